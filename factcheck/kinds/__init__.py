"""One module per claim type. To add one: a module with NAME, find and compare, and its line in KINDS."""

from types import ModuleType

from factcheck.kinds import date, event, location, membership, quantity, quote, statement, title_role

KINDS: dict[str, ModuleType] = {
    kind.NAME: kind for kind in (title_role, membership, quote, statement, date, quantity, location, event)
}
"""All claim types by name, the most specific first."""

CLAUSE_KINDS = frozenset({"statement", "date", "quantity", "location", "event"})
"""Types that speak of whole clauses: any of them may be held against any other."""


def comparable(claimed: str, found: str) -> bool:
    """Whether statements of these two types may be held against each other."""
    if claimed in CLAUSE_KINDS:
        return found in CLAUSE_KINDS or (claimed == "statement" and found == "quote")
    return claimed == found or (claimed == "quote" and found == "statement")


__all__ = ["CLAUSE_KINDS", "KINDS", "comparable"]
