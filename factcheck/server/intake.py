"""Texts that come by themselves: new ones in a folder or a feed are put into the inbox, each once."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db import Database, Refused, texts
from factcheck.server.db.models import Arrival, User
from factcheck.server.db.roles import Role
from factcheck.verdict.receipt import sha256
from vectorstore import VectorStoreError, load
from vectorstore.types import Document, Problem

logger = logging.getLogger(__name__)
EVERY = timedelta(minutes=2)


class Intake:
    """Looks into folders, files and feeds every now and then."""

    def __init__(self, places: Sequence[str]) -> None:
        self._places = tuple(places)
        self._looked: datetime | None = None
        self._told: set[str] = set()

    def _tell(self, trouble: str) -> None:
        """Log what could not be read, once."""
        if trouble not in self._told:
            self._told.add(trouble)
            logger.warning("not taken in: %s", trouble)

    def look(self, database: Database, *, now: datetime) -> int:
        """Put what is new into the inbox and return how many texts that were; nothing before its time has come.

        A place that cannot be read is told in the log and asked again. Texts belong to the first admin; until there
        is one, nothing is taken in.
        """
        if not self._places or (self._looked is not None and abs(now - self._looked) < EVERY):
            return 0
        self._looked = now
        added = 0
        for place in self._places:
            try:
                read = list(load([place]))
            except VectorStoreError as exc:
                self._tell(f"{place}: {exc}")
                continue
            for one in read:
                if isinstance(one, Problem):
                    self._tell(f"{one.source}: {one.message}")
            found = [one for one in read if isinstance(one, Document)]
            with database.writing() as session:
                owner = _owner(session)
                if owner is None:
                    return 0
                added += sum(_take_in(session, owner, one, now) for one in found)
        return added


def _take_in(session: Session, owner: User, found: Document, now: datetime) -> bool:
    """Put a document into the inbox unless it came before; an article that was changed comes again."""
    key = sha256(f"{found.doc_id}\n{found.text}")
    if session.get(Arrival, key) is not None:
        return False
    session.add(Arrival(key=key, doc_id=found.doc_id[:512], at=now))
    try:
        texts.add_text(
            session, owner, title=found.title or found.doc_id, body=found.text.strip(), as_of=found.published_date,
            deadline=None, now=now,
        )  # fmt: skip
    except Refused as exc:
        logger.warning("not taken in: %s: %s", found.doc_id, exc)
        return False
    return True


def _owner(session: Session) -> User | None:
    return session.scalars(select(User).where(User.role == Role.ADMIN, User.active).order_by(User.id)).first()
