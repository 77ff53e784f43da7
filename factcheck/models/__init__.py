"""The model that ships: its weights, its tokenizer, its card, and the lazy loader."""

from factcheck.models.verifier import LABELS, Pair, Scores, score, verifier_digest

__all__ = ["LABELS", "Pair", "Scores", "score", "verifier_digest"]
