"""Dates of documents that need a look: none, one that cannot be right, one that was stated but could not be read."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vectorstore.types import Source

_FIRST_YEAR = 1600
"""The first newspapers."""


def doubt(source: "Source", today: date) -> str | None:
    """What is wrong with the date of a document, in a few words; None when nothing is."""
    day = source.published_date
    if day is None:
        stated = source.metadata.get("published_at") or source.metadata.get("date")
        return f"no date: {str(stated)[:40]!r} cannot be read" if stated else "no date"
    if day > today:
        return "in the future"
    if day.year < _FIRST_YEAR:
        return "before any newspaper"
    return None
