"""What is run in a peer's own environment: ``python NAME.py ASKED ANSWERS``, JSON Lines in and out."""
