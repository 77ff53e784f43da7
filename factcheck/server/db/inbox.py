"""The list of texts, ordered by what needs a person: contradictions first, then the nearer deadline."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import Session, defer, lazyload

from factcheck.server.db.errors import NotFound
from factcheck.server.db.models import ClaimRow, TextRow, Version
from factcheck.types import Label


@dataclass(frozen=True)
class InboxRow:
    """A text as the inbox shows it."""

    text: TextRow
    version: Version
    refuted: int
    conflicting: int
    other: int
    """Claims that need a person for another reason: no evidence, not judged, a second look."""
    decided: int
    claims: int
    """Claims worth checking."""

    @property
    def waiting(self) -> int:
        """How many claims need a person."""
        return self.refuted + self.conflicting + self.other

    @property
    def state(self) -> str:
        """``approved``, ``queued``, ``checking``, ``failed``, ``review`` or ``ready`` (for approval)."""
        if self.text.approved_at is not None:
            return "approved"
        if self.version.state != "checked":
            return self.version.state
        return "review" if self.waiting else "ready"


def inbox(session: Session, *, limit: int = 50, offset: int = 0) -> list[InboxRow]:
    """Return texts, those that need a person most first: not approved, contradictions, deadline, age."""
    counts = _counts()
    grave = func.coalesce(counts.c.refuted + counts.c.conflicting, 0)
    query = _rows(counts).order_by(
        TextRow.approved_at.is_not(None), grave == 0, TextRow.deadline.is_(None), TextRow.deadline, grave.desc(),
        TextRow.id.desc(),
    )  # fmt: skip
    return [_row(*found) for found in session.execute(query.limit(limit).offset(offset))]


def row_of(session: Session, text_id: int) -> InboxRow:
    """Return one text as the inbox shows it; raises NotFound."""
    found = session.execute(_rows(_counts(text_id)).where(TextRow.id == text_id)).one_or_none()
    if found is None:
        raise NotFound(f"there is no text {text_id}")
    return _row(*found)


def count(session: Session) -> int:
    """Return how many texts there are."""
    return session.scalar(select(func.count(TextRow.id))) or 0


def _counts(text_id: int | None = None) -> Subquery:
    """How many claims of each version need a person and why, as ``texts.needs_person`` says, without opening them."""
    waiting = Version.state == "checked"
    lone = waiting & (ClaimRow.state == "open")
    needs = waiting & ((ClaimRow.state == "second") | (lone & (func.coalesce(ClaimRow.said, "") != Label.SUPPORTED)))
    query = select(
        ClaimRow.version_id,
        _sum(lone & (ClaimRow.said == Label.REFUTED)).label("refuted"),
        _sum(lone & (ClaimRow.said == Label.CONFLICTING)).label("conflicting"),
        _sum(needs).label("waiting"),
        _sum(ClaimRow.state == "decided").label("decided"),
        func.count().label("claims"),
    ).join(Version, ClaimRow.version_id == Version.id)
    query = query.where(ClaimRow.folded_into.is_(None), ClaimRow.worthy)
    if text_id is not None:
        query = query.where(Version.text_id == text_id)
    return query.group_by(ClaimRow.version_id).subquery()


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _rows(counts: Subquery) -> Select[Any]:
    columns = (counts.c.refuted, counts.c.conflicting, counts.c.waiting, counts.c.decided, counts.c.claims)
    query = select(TextRow, Version, *columns).options(
        defer(Version.body), defer(Version.ledger), lazyload(Version.text)
    )
    query = query.join(Version, (Version.text_id == TextRow.id) & (Version.number == TextRow.current))
    return query.outerjoin(counts, counts.c.version_id == Version.id)


def _row(text: TextRow, version: Version, *counted: int | None) -> InboxRow:
    refuted, conflicting, waiting, decided, claims = (number or 0 for number in counted)
    return InboxRow(
        text=text, version=version, refuted=refuted, conflicting=conflicting, other=waiting - refuted - conflicting,
        decided=decided, claims=claims,
    )  # fmt: skip
