"""Conversations about the sources: each belongs to one person, and nobody else reads it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db.accounts import allow
from factcheck.server.db.errors import NotFound, Refused
from factcheck.server.db.models import Json, Talk, User
from factcheck.server.db.roles import Right

MOST_TURNS = 100
"""Questions of one conversation; after that a new one is begun."""


def begin(session: Session, by: User, *, as_of: date | None, now: datetime) -> Talk:
    """A new conversation, about a day or about none; raises Forbidden."""
    allow(by, Right.READ)
    talk = Talk(user_id=by.id, as_of=as_of, turns=[], created_at=now, asked_at=now)
    session.add(talk)
    session.flush()
    return talk


def get_talk(session: Session, by: User, talk_id: int) -> Talk:
    """A conversation of this person; raises NotFound for one that is not there or not theirs."""
    allow(by, Right.READ)
    talk = session.get(Talk, talk_id)
    if talk is None or talk.user_id != by.id:
        raise NotFound(f"you have no conversation {talk_id}")
    return talk


def talks_of(session: Session, by: User, *, limit: int, offset: int = 0) -> Sequence[Talk]:
    """The conversations of this person, the latest first."""
    allow(by, Right.READ)
    query = select(Talk).where(Talk.user_id == by.id).order_by(Talk.asked_at.desc(), Talk.id.desc())
    return session.scalars(query.limit(limit).offset(offset)).all()


def check_room(talk: Talk) -> None:
    """Raise Refused when no further question fits."""
    if len(talk.turns) >= MOST_TURNS:
        raise Refused(f"conversation {talk.id} has {MOST_TURNS} questions; begin a new one")


def add_turn(session: Session, by: User, talk_id: int, turn: Json, *, now: datetime) -> Talk:
    """Keep a question with its answer; raises NotFound, and Refused when the conversation is too long."""
    talk = get_talk(session, by, talk_id)
    check_room(talk)
    talk.turns, talk.asked_at = [*talk.turns, turn], now
    session.flush()
    return talk


def drop(session: Session, by: User, talk_id: int) -> None:
    """Forget a conversation; raises NotFound."""
    session.delete(get_talk(session, by, talk_id))
