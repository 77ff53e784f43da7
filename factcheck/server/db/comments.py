"""Remarks on claims: they decide nothing, and like everything else that happens they are only ever added."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db.accounts import allow
from factcheck.server.db.errors import NotFound, Refused
from factcheck.server.db.events import record
from factcheck.server.db.models import ClaimRow, Event, User, Version
from factcheck.server.db.roles import Right
from factcheck.server.db.texts import THREAD

KIND = "comment"
LONGEST_COMMENT = 2000


def comment(session: Session, by: User, claim_id: int, words: str, *, now: datetime) -> ClaimRow:
    """Add a remark to a claim and return the claim; raises Forbidden for readers, Refused for no words or too many."""
    allow(by, Right.DECIDE)
    row = session.get(ClaimRow, claim_id)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    said = words.strip()
    if not said:
        raise Refused("the comment is empty")
    if len(said) > LONGEST_COMMENT:
        raise Refused(f"the comment has {len(said):,} characters; at most {LONGEST_COMMENT:,}")
    text_id = session.get_one(Version, row.version_id).text_id
    record(session, KIND, at=now, user_id=by.id, text_id=text_id, claim_id=row.id, number=row.number, words=said)
    session.flush()
    return row


def comments(session: Session, text_id: int) -> dict[int, list[Event]]:
    """Return the remarks on the claims of a text by ``ClaimRow.thread``, the first first."""
    found: dict[int, list[Event]] = defaultdict(list)
    query = select(Event, THREAD).join(ClaimRow, Event.claim_id == ClaimRow.id)
    for row, thread in session.execute(query.where(Event.text_id == text_id, Event.kind == KIND).order_by(Event.id)):
        found[thread].append(row)
    return dict(found)
