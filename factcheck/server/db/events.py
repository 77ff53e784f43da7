"""The record: one row for everything that happens, added in the transaction that does it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db.models import Event, Json


def record(
    session: Session, kind: str, *, at: datetime, user_id: int | None = None,
    text_id: int | None = None, claim_id: int | None = None, **data: object,
) -> None:  # fmt: skip
    """Add an event; it is kept or lost together with what it tells of."""
    known: Json = {name: value for name, value in data.items() if value is not None}
    session.add(Event(kind=kind, at=at, user_id=user_id, text_id=text_id, claim_id=claim_id, data=known))


def of_text(session: Session, text_id: int) -> list[Event]:
    """Return everything that happened to a text, in order."""
    return list(session.scalars(select(Event).where(Event.text_id == text_id).order_by(Event.id)))
