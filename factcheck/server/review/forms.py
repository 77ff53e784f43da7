"""What comes out of forms: lengths, days, times, people."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Form

from factcheck.server.db import Refused, by_hand, texts

Short = Annotated[str, Form(max_length=2000)]
Words = Annotated[str, Form(max_length=by_hand.LONGEST_STATEMENT)]
Body = Annotated[str, Form(max_length=texts.LONGEST_TEXT + 1)]
Seen = Annotated[int, Form(ge=1, le=2**31 - 1)]
"""The version of a row that a person saw."""


def day_of(text: str) -> date | None:
    """A day out of a form; None for nothing, Refused for what is none."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(f"{text[:40]!r} is not a day; write it as 2025-07-23") from None


def moment_of(text: str) -> datetime | None:
    """A time out of a form; None for nothing, Refused for what is none."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None) if text.strip() else None
    except ValueError:
        raise Refused(f"{text[:40]!r} is not a time; write it as 2025-07-23T18:00") from None


def person_of(given: str) -> int | None:
    """The number of a person out of a form; None for nobody, Refused for what is no number."""
    if not given.strip():
        return None
    if not given.strip().isascii() or not given.strip().isdigit() or len(given.strip()) > 9:
        raise Refused(f"{given[:20]!r} is nobody")
    return int(given)
