"""The list of texts, ordered by what needs a person: contradictions first, then the nearer deadline."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factcheck.server.db.models import ClaimRow, TextRow, Version
from factcheck.server.db.texts import current_version, get_text, needs_person
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
    query = select(TextRow, Version).join(
        Version, (Version.text_id == TextRow.id) & (Version.number == TextRow.current)
    )
    found = session.execute(query.order_by(TextRow.approved_at.is_not(None), TextRow.id.desc())).all()
    by_version = _claims_of(session, [version.id for _, version in found])
    rows = [_row(text, version, by_version.get(version.id, [])) for text, version in found]
    rows.sort(key=_urgency)
    return rows[offset : offset + limit]


def row_of(session: Session, text_id: int) -> InboxRow:
    """Return one text as the inbox shows it; raises NotFound."""
    text = get_text(session, text_id)
    version = current_version(session, text)
    return _row(text, version, _claims_of(session, [version.id]).get(version.id, []))


def count(session: Session) -> int:
    """Return how many texts there are."""
    return session.scalar(select(func.count(TextRow.id))) or 0


def _claims_of(session: Session, version_ids: list[int]) -> dict[int, list[ClaimRow]]:
    query = select(ClaimRow).where(ClaimRow.version_id.in_(version_ids), ClaimRow.folded_into.is_(None))
    found: dict[int, list[ClaimRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.version_id, []).append(row)
    return found


def _row(text: TextRow, version: Version, claims: list[ClaimRow]) -> InboxRow:
    worthy = [row for row in claims if row.claim["check_worthy"]]
    waiting = [row for row in worthy if needs_person(row)] if version.state == "checked" else []
    labels = [row.verdict["label"] if row.verdict and row.state == "open" else None for row in waiting]
    refuted, conflicting = labels.count(Label.REFUTED), labels.count(Label.CONFLICTING)
    return InboxRow(
        text=text,
        version=version,
        refuted=refuted,
        conflicting=conflicting,
        other=len(waiting) - refuted - conflicting,
        decided=sum(row.state == "decided" for row in worthy),
        claims=len(worthy),
    )


def _urgency(row: InboxRow) -> tuple[bool, bool, datetime, int, int]:
    never = datetime.max  # noqa: DTZ901 - all times of the database are UTC without a zone
    grave = row.refuted + row.conflicting
    return (row.state == "approved", grave == 0, row.text.deadline or never, -grave, -row.text.id)
