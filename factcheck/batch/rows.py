"""A row of a batch: a claim with where it came from, or why there is none. Knows no file format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b

from pydantic import JsonValue

from factcheck.types import Claim, Failure, Frozen, Label, Span, Verdict

Fields = Mapping[str, JsonValue]


class Origin(Frozen):
    """Where in which article a claim stands."""

    article: str
    """The article's id: its path below the folder that was given, or its own ``doc_id``."""
    title: str | None = None
    url: str | None = None
    type: str
    """The claim's type."""
    span: Span
    """Where ``quote`` stands in the article's text."""
    quote: str
    attribution: str | None = None
    digest: str
    """Of the article, to know it again."""


@dataclass(frozen=True)
class Row:
    """One row that goes in. It has a claim or a failure."""

    number: int
    """From 1; different for every row of a run."""
    claim_id: str
    text: str
    """The claim as given; what could be read of it when the row failed."""
    claim: Claim | None = None
    failure: Failure | None = None
    origin: Origin | None = None
    """None for a claim that was given alone."""
    fields: Fields = field(default_factory=dict)
    """Everything the row had, for choosing rows."""
    noted: str | None = None
    """The digest of a row that is known from a journal and was not read again; such a row has nothing else."""

    @property
    def digest(self) -> str:
        """Tells whether a row is the one that an earlier run has read: everything that goes into its verdict."""
        if self.noted is not None:
            return self.noted
        claim = self.claim.model_dump_json() if self.claim else self.failure.model_dump_json() if self.failure else ""
        return _digest(self.claim_id, self.text, claim)

    @property
    def key(self) -> str:
        """Equal for claims that one judgement answers. Empty for a row without a claim."""
        return "" if self.claim is None else key_of(self.claim)

    @property
    def expected(self) -> Label | None:
        """The label that the row is known to have, when it says so in ``label``."""
        value = str(self.fields.get("label") or "").strip().upper()
        return Label(value) if value in set(Label) else None

    def failed(self) -> Verdict:
        """The verdict of a row that could not be read."""
        failure = self.failure or Failure(stage="read", error="InputError", message="the row has no claim")
        return Verdict(claim_id=self.claim_id, claim=self.text, label=None, error=failure)


def key_of(claim: Claim) -> str:
    """Equal for claims that one judgement answers: a digest of everything but the id."""
    return _digest(claim.model_dump_json(exclude={"claim_id", "sentence_index"}))


def row_of(number: int, place: str, fields: Fields, *, as_of: date | None = None) -> Row:
    """The row that ``fields`` (``claim``, and if known ``claim_id``, ``as_of``, ``context``) say.

    ``place`` names it in messages, ``as_of`` is the day of rows that give none.
    """
    fields = {name.strip().lower(): value for name, value in fields.items()}
    claim_id = _text(fields.get("claim_id")) or f"row-{number}"
    text = _text(fields.get("claim"))
    whole = _whole(text)
    problem = _problem(fields, text, whole)
    if problem is not None:
        return unreadable(number, place, problem, claim_id=_whole(claim_id), text=whole, fields=fields)
    claim = Claim.cut(
        text, Span(start=0, end=len(text)), claim_id=claim_id, claim=text, type="statement",
        as_of=_day(fields.get("as_of")) or as_of, context=_text(fields.get("context")) or None,
    )  # fmt: skip
    return Row(number=number, claim_id=claim_id, text=text, claim=claim, fields=fields)


def unreadable(
    number: int, place: str, problem: str, *, claim_id: str | None = None, text: str = "", fields: Fields | None = None
) -> Row:
    """The row of something that cannot be read as a claim."""
    failure = Failure(stage="read", error="InputError", message=f"{place}: {problem}")
    return Row(
        number=number, claim_id=claim_id or f"row-{number}", text=text, failure=failure, fields=fields or {}
    )  # fmt: skip


def _problem(fields: Fields, text: str, whole: str) -> str | None:
    if not text.strip():
        return "has no claim; give it as 'claim'"
    if text != whole or _text(fields.get("claim_id")) != _whole(_text(fields.get("claim_id"))):
        return "is not valid UTF-8"
    try:
        _day(fields.get("as_of"))
    except ValueError:
        return f"as_of {_whole(str(fields['as_of']))[:40]!r} is not a date like 2025-07-23"
    if not isinstance(fields.get("claim"), str):
        return f"its claim is not a text but {json.dumps(fields['claim'])[:40]}"
    return None


def _day(value: JsonValue) -> date | None:
    if value is None or value == "":
        return None
    return datetime.fromisoformat(str(value).strip()).date()


def _text(value: JsonValue) -> str:
    return "" if value is None else str(value)


def _whole(text: str) -> str:
    """The text with half characters, which no file can hold, replaced."""
    return text.encode("utf-8", "replace").decode()


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
