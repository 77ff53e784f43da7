"""Which day a text speaks from: by the command line, else by the text itself, else unknown."""

from datetime import date

from factcheck.cli import messages
from factcheck.cli.draft import Draft
from factcheck.errors import UsageError


def day_of(draft: Draft, asked: str | None) -> date | None:
    """Return the day, saying where it is from; raises UsageError for a ``--as-of`` that is no date."""
    for note in draft.notes:
        messages.warn(note)
    if asked is not None:
        return parse_day(asked)
    if draft.as_of is None:
        messages.say(f"{draft.name}: no date known, so words such as 'today' stay as they are; give --as-of")
    else:
        messages.say(f"{draft.name}: as of {draft.as_of.isoformat()}, by its own date line")
    return draft.as_of


def parse_day(asked: str) -> date:
    """Return the day that ``--as-of`` names; raises UsageError unless it is like 2025-07-23."""
    try:
        return date.fromisoformat(asked.strip())
    except ValueError as exc:
        raise UsageError(f"--as-of {asked!r} is not a date like 2025-07-23") from exc
