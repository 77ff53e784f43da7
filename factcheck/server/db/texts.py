"""Texts under review: added, edited, approved. Each function works in the caller's transaction, at time ``now``."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factcheck.server.db.accounts import allow
from factcheck.server.db.errors import NotFound, Refused, Stale
from factcheck.server.db.events import record
from factcheck.server.db.models import Attachment, ClaimRow, Decision, TextRow, User, Version
from factcheck.server.db.roles import Right, may
from factcheck.types import Label

LONGEST_TEXT = 200_000
"""Characters; more is a book, to be checked with ``factcheck batch``."""
LONGEST_TITLE = 300
THREAD = func.coalesce(ClaimRow.origin, ClaimRow.id)
"""``ClaimRow.thread``, for queries."""


def add_text(
    session: Session, by: User, *, title: str, body: str, as_of: date | None, deadline: datetime | None, now: datetime
) -> TextRow:
    """Put a text in the inbox, its check queued; raises Forbidden for readers, Refused for an empty or endless text."""
    allow(by, Right.ADD_TEXT)
    _check_body(body)
    shown = " ".join(title.split())[:LONGEST_TITLE] or _first_words(body)
    text = TextRow(title=shown, as_of=as_of, deadline=deadline, owner_id=by.id, created_at=now, version=1, current=1)
    session.add(text)
    session.flush()
    session.add(Version(text_id=text.id, number=1, body=body, created_by=by.id, created_at=now))
    record(session, "text added", at=now, user_id=by.id, text_id=text.id, title=shown, characters=len(body))
    session.flush()
    return text


def edit_text(session: Session, by: User, text_id: int, *, expected: int, body: str, now: datetime) -> Version:
    """Add a version with other words, its check queued; an approval is withdrawn by it.

    Raises Stale when the text was changed since version ``expected`` of its row was read.
    """
    allow(by, Right.DECIDE)
    _check_body(body)
    text = get_text(session, text_id)
    _check_fresh(text, expected)
    if body == current_version(session, text).body:
        raise Refused("nothing was changed")
    text.current, text.version = text.current + 1, text.version + 1
    text.approved_at = text.approved_by = None
    version = Version(text_id=text.id, number=text.current, body=body, created_by=by.id, created_at=now)
    session.add(version)
    record(session, "text edited", at=now, user_id=by.id, text_id=text.id, number=text.current, characters=len(body))
    session.flush()
    return version


def approve(session: Session, by: User, text_id: int, *, expected: int, now: datetime) -> None:
    """Approve a text; raises Refused while something in it still needs a person, Forbidden unless by an editor."""
    allow(by, Right.APPROVE)
    text = get_text(session, text_id)
    _check_fresh(text, expected)
    version = current_version(session, text)
    if version.state != "checked":
        raise Refused("the check of this text is not done")
    waiting = [row for row in shown_claims(session, version.id) if needs_person(row)]
    if waiting:
        raise Refused(f"{len(waiting)} claim{'s' * (len(waiting) > 1)} still need a person; decide them first")
    text.approved_at, text.approved_by, text.version = now, by.id, text.version + 1
    record(session, "text approved", at=now, user_id=by.id, text_id=text.id, number=version.number)


def withdraw_approval(session: Session, by: User, text_id: int, *, expected: int, now: datetime) -> None:
    """Open an approved text again; raises Forbidden unless by an editor, Refused when it was not approved."""
    allow(by, Right.APPROVE)
    text = get_text(session, text_id)
    _check_fresh(text, expected)
    if text.approved_at is None:
        raise Refused("this text is not approved")
    text.approved_at, text.approved_by, text.version = None, None, text.version + 1
    record(session, "approval withdrawn", at=now, user_id=by.id, text_id=text.id)


def needs_person(row: ClaimRow) -> bool:
    """Whether somebody has to look at a claim before its text can be approved.

    All but what a source supports, what somebody decided, and what is not worth checking.
    """
    if row.state == "second":
        return True
    if row.state == "decided" or not row.worthy:
        return False
    return row.said != Label.SUPPORTED


def get_text(session: Session, text_id: int) -> TextRow:
    """Return a text; raises NotFound."""
    text = session.get(TextRow, text_id)
    if text is None:
        raise NotFound(f"there is no text {text_id}")
    return text


def current_version(session: Session, text: TextRow) -> Version:
    """Return the version of a text that is under review."""
    return get_version(session, text.id, text.current)


def get_version(session: Session, text_id: int, number: int) -> Version:
    """Return one version of a text; raises NotFound."""
    query = select(Version).where(Version.text_id == text_id, Version.number == number)
    version = session.scalar(query)
    if version is None:
        raise NotFound(f"text {text_id} has no version {number}")
    return version


def versions(session: Session, text_id: int) -> list[Version]:
    """Return all versions of a text, the first first."""
    return list(session.scalars(select(Version).where(Version.text_id == text_id).order_by(Version.number)))


def claims(session: Session, version_id: int) -> list[ClaimRow]:
    """Return all claims of a version, in the order of the text."""
    return list(session.scalars(select(ClaimRow).where(ClaimRow.version_id == version_id).order_by(ClaimRow.number)))


def shown_claims(session: Session, version_id: int) -> list[ClaimRow]:
    """Return the claims that people decide: those not folded into another one."""
    return [row for row in claims(session, version_id) if row.folded_into is None]


def in_order(rows: list[ClaimRow]) -> list[ClaimRow]:
    """Return claims as they stand in the text."""
    return sorted(rows, key=lambda row: (row.claim["span"]["start"], row.claim["span"]["end"], row.number))


def apply_corrections(session: Session, by: User, text_id: int, *, expected: int, now: datetime) -> Version:
    """Add a version with the corrections that were decided in place of the claims' words; raises as ``edit_text``.

    Raises Refused when there is none, or two of them want the same words.
    """
    allow(by, Right.DECIDE)
    version = current_version(session, get_text(session, text_id))
    rows = [row for row in claims(session, version.id) if row.state == "decided" and row.replacement is not None]
    if not rows:
        raise Refused("no correction was applied to a claim yet")
    body, rest = version.body, len(version.body)
    for row in sorted(rows, key=lambda row: -int(row.claim["span"]["start"])):
        start, end = int(row.claim["span"]["start"]), int(row.claim["span"]["end"])
        if end > rest:
            raise Refused(f"two corrections are about the same words ({row.claim['quote'][:60]!r}); edit them by hand")
        body, rest = body[:start] + str(row.replacement) + body[end:], start
    return edit_text(session, by, text_id, expected=expected, body=body, now=now)


def decisions(session: Session, text_id: int) -> dict[int, list[Decision]]:
    """Return all decisions on the claims of a text by ``ClaimRow.thread``, the first first."""
    query = select(Decision, THREAD).join(ClaimRow, Decision.claim_id == ClaimRow.id).join(Version)
    found: dict[int, list[Decision]] = {}
    for row, thread in session.execute(query.where(Version.text_id == text_id).order_by(Decision.id)):
        found.setdefault(thread, []).append(row)
    return found


def attachments(session: Session, text_id: int) -> dict[int, list[Attachment]]:
    """Return the evidence that people gave for the claims of a text by ``ClaimRow.thread``, the first first."""
    query = select(Attachment, THREAD).join(ClaimRow, Attachment.claim_id == ClaimRow.id).join(Version)
    found: dict[int, list[Attachment]] = {}
    for row, thread in session.execute(query.where(Version.text_id == text_id).order_by(Attachment.id)):
        found.setdefault(thread, []).append(row)
    return found


def assign_text(session: Session, by: User, text_id: int, user_id: int, *, now: datetime) -> None:
    """Make somebody the owner of a text; raises Forbidden for readers, Refused for a person who may not decide."""
    allow(by, Right.DECIDE)
    text, person = get_text(session, text_id), assignable(session, user_id)
    text.owner_id = person.id
    record(session, "text assigned", at=now, user_id=by.id, text_id=text.id, to=person.name)


def assignable(session: Session, user_id: int) -> User:
    """Return a person to whom work can be given; raises NotFound for nobody, Refused for one who may not do it."""
    person = session.get(User, user_id)
    if person is None:
        raise NotFound(f"there is no person {user_id}")
    if not person.active or not may(person.role, Right.DECIDE):
        raise Refused(f"{person.name} may not decide claims; choose somebody who may")
    return person


def _check_fresh(text: TextRow, expected: int) -> None:
    if text.version != expected:
        raise Stale("this text was changed meanwhile (edited or approved); look at it again")


def _check_body(body: str) -> None:
    if not body.strip():
        raise Refused("there is no text; paste or upload one")
    if len(body) > LONGEST_TEXT:
        raise Refused(f"the text has {len(body):,} characters; at most {LONGEST_TEXT:,} can be reviewed as one")
    try:
        body.encode()
    except UnicodeEncodeError as exc:
        raise Refused("the text holds half a surrogate pair, which is not a character") from exc


def _first_words(body: str) -> str:
    words = body.split()[:12]
    return " ".join(words)[:LONGEST_TITLE]
