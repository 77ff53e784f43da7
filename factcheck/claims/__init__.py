"""Text to claims that stand alone, each with its type, slots and span, and a ledger of every sentence."""

from factcheck.claims.alternatives import alternatives
from factcheck.claims.denial import denied_claim
from factcheck.claims.extract import extract
from factcheck.claims.parts import Parts, parts_of, parts_of_all

__all__ = ["Parts", "alternatives", "denied_claim", "extract", "parts_of", "parts_of_all"]
