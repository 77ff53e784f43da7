"""Verdicts on invented news that no rule was written after: ``python -m eval grounds develop|measure``."""
