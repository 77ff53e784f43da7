"""What people decide of claims. Nobody's decision is lost: one that was made without seeing the last is refused.

A claim is ``open``, ``second`` (a second person must decide) or ``decided``. Every decision names the version of the
claim it was made on; the update finds no row when somebody was quicker, and the claim's history has a unique index
on that version besides.
"""

from datetime import datetime
from enum import StrEnum

from pydantic import Field
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from factcheck.server.db.accounts import allow
from factcheck.server.db.errors import Forbidden, NotFound, Refused, Stale
from factcheck.server.db.events import record
from factcheck.server.db.models import ClaimRow, Decision, User, Version
from factcheck.server.db.roles import Right
from factcheck.types import Frozen, Label

LONGEST_REASON = 2000
LONGEST_REPLACEMENT = 4000


class Action(StrEnum):
    """What can be decided of a claim."""

    ACCEPT = "accept"
    CORRECT = "correct"
    CHANGE_VERDICT = "change_verdict"
    NOT_A_CLAIM = "not_a_claim"
    ASK_SECOND = "ask_second"
    REOPEN = "reopen"


NEEDS_REASON = (Action.CHANGE_VERDICT, Action.NOT_A_CLAIM)
"""Overrides of what the check said; they must be explained."""

REWORDED, JUDGED_AGAIN = "reword", "judge_again"
"""What else makes a new version of a claim, and stands among its decisions."""

DONE: dict[str, str] = {
    Action.ACCEPT: "accepted the verdict",
    Action.CORRECT: "applied a correction",
    Action.CHANGE_VERDICT: "changed the verdict",
    Action.NOT_A_CLAIM: "marked it as not a claim",
    Action.ASK_SECOND: "asked for a second review",
    Action.REOPEN: "opened it again",
    REWORDED: "read it otherwise",
    JUDGED_AGAIN: "had it judged again",
}
"""What a person did, for reading after their name."""


class Choice(Frozen):
    """What a person decides of a claim."""

    action: Action
    expected: int = Field(ge=1)
    """The version of the claim that the person saw."""
    label: Label | None = None
    """The new verdict; for ``change_verdict`` alone."""
    replacement: str | None = Field(default=None, max_length=LONGEST_REPLACEMENT)
    """The words that take the place of the claim's; for ``correct`` alone."""
    reason: str | None = Field(default=None, max_length=LONGEST_REASON)
    """Why; must be given for ``change_verdict`` and ``not_a_claim``."""


def decide(session: Session, by: User, claim_id: int, choice: Choice, *, now: datetime) -> ClaimRow:
    """Write down a decision and return the claim as it is now.

    Raises Forbidden for readers and for the first person where a second must decide, Stale when somebody was
    quicker, Refused for a decision that lacks its reason or does not fit.
    """
    allow(by, Right.DECIDE)
    row = session.get(ClaimRow, claim_id)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    version = session.get_one(Version, row.version_id)
    check_fresh(session, row, choice.expected)
    check_open(version, row)
    _check_complete(row, choice)
    _check_second_person(row, by)
    _write(session, row, by, choice)
    reason = (choice.reason or "").strip() or None
    log(session, row, by, choice.action, now, label=choice.label, replacement=choice.replacement, reason=reason)
    session.refresh(row)
    return row


def last_decision(session: Session, claim_id: int) -> Decision | None:
    """Return the newest decision on a claim, None when there is none."""
    return session.scalars(select(Decision).where(Decision.claim_id == claim_id).order_by(Decision.id.desc())).first()


def check_fresh(session: Session, row: ClaimRow, expected: int) -> None:
    """Raise Stale, with what the other person did, unless the claim still is the version that was seen."""
    if row.version == expected:
        return
    last = last_decision(session, row.id)
    if last is None:
        raise Stale("this claim was changed meanwhile; look at it again")
    what = DONE[last.action] + (f" to {last.label.lower().replace('_', ' ')}" if last.label else "")
    raise Stale(f"{last.user.name} was quicker and {what} at {last.at:%H:%M} UTC; your decision was not written")


def check_open(version: Version, row: ClaimRow) -> None:
    """Raise Refused unless the claim is of the words under review, checked and not approved, and shown on its own."""
    text = version.text
    if text.approved_at is not None:
        raise Refused("the text is approved; an editor must withdraw that first")
    if text.current != version.number:
        raise Refused(f"this is version {version.number} of the text; decide on version {text.current}")
    if version.state != "checked":
        raise Refused("the check of this text is not done")
    if row.folded_into is not None:
        raise Refused(f"this claim is shown as part of claim {row.folded_into}; decide that one")


def _check_complete(row: ClaimRow, choice: Choice) -> None:
    reason = (choice.reason or "").strip()
    if choice.action in NEEDS_REASON and not reason:
        raise Refused("give a reason: the history must show why the check was overruled")
    if (choice.label is not None) != (choice.action is Action.CHANGE_VERDICT):
        raise Refused("a new verdict goes with changing the verdict, and with nothing else")
    if (choice.replacement is not None) != (choice.action is Action.CORRECT):
        raise Refused("new words go with a correction, and with nothing else")
    if choice.replacement is not None and choice.replacement.strip() == str(row.claim["quote"]).strip():
        raise Refused("the correction is the same as the text")
    if choice.action is Action.REOPEN and row.state == "open":
        raise Refused("this claim is open")
    if choice.action is Action.ASK_SECOND and row.state == "second":
        raise Refused("a second review was asked for already")
    if row.said in (None, "FAILED") and choice.action is Action.ACCEPT:
        raise Refused("there is no verdict to accept")


def _check_second_person(row: ClaimRow, by: User) -> None:
    if row.state == "second" and row.not_by == by.id:
        raise Forbidden("a second review was asked for: another person than you must decide")


def _write(session: Session, row: ClaimRow, by: User, choice: Choice) -> None:
    values: dict[str, object] = {"version": choice.expected + 1, "not_by": None}
    if choice.action is Action.ASK_SECOND:
        values |= {"state": "second", "not_by": row.decided_by or by.id}
    elif choice.action is Action.REOPEN:
        values |= {"state": "open", "action": None, "label": None, "replacement": None, "decided_by": None}
    else:
        values |= {
            "state": "decided", "action": choice.action.value, "label": choice.label,
            "replacement": choice.replacement, "decided_by": by.id,
        }  # fmt: skip
    theirs = (ClaimRow.id == row.id) & (ClaimRow.version == choice.expected)
    if session.scalar(update(ClaimRow).where(theirs).values(**values).returning(ClaimRow.id)) is None:
        raise Stale("this claim was changed meanwhile; look at it again")
    session.refresh(row)


def log(
    session: Session, row: ClaimRow, by: User, action: str, now: datetime, *, label: Label | None = None,
    replacement: str | None = None, reason: str | None = None, **more: object,
) -> None:  # fmt: skip
    """Write down, for good, what made the claim's present version; ``more`` goes on the record of the text."""
    made = Decision(claim_id=row.id, version=row.version, user_id=by.id, at=now, action=str(action))
    made.label, made.replacement, made.reason = label, replacement, reason
    session.add(made)
    record(
        session, f"claim {action}", at=now, user_id=by.id, text_id=session.get_one(Version, row.version_id).text_id,
        claim_id=row.id, number=row.number, version=row.version, label=label, replacement=replacement, reason=reason,
        **more,
    )  # fmt: skip
    session.flush()
