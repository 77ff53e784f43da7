"""Questions with the facts their answers must hold, and the command that asks them."""
