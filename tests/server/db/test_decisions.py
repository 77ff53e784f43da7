"""Decisions: who may make them, what they need, and that no two people overwrite each other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from factcheck.server.db import Forbidden, Refused, Stale, events, texts
from factcheck.server.db.decisions import Action, Choice, decide
from factcheck.server.db.models import ClaimRow, TextRow, User
from factcheck.server.db.roles import Role
from factcheck.types import Claim, Failure, Label, Verdict
from tests.server.conftest import NOW, Desk, check_all, claims_of


def choose(desk: Desk, role: Role, claim: ClaimRow, action: Action, expected: int = 1, **more: object) -> ClaimRow:
    choice = Choice.model_validate({"action": action, "expected": expected, **more})
    with desk.database.writing() as session:
        return decide(session, session.get_one(User, desk.people[role].id), claim.id, choice, now=NOW)


@pytest.fixture
def claim(desk: Desk, text: TextRow) -> ClaimRow:
    return claims_of(desk.database, text)[0]


def test_accepting_settles_a_claim(desk: Desk, claim: ClaimRow) -> None:
    decided = choose(desk, Role.REVIEWER, claim, Action.ACCEPT)
    assert (decided.state, decided.version, decided.action) == ("decided", 2, "accept")
    assert decided.decider is not None
    assert decided.decider.name == "reviewer one"


def test_readers_decide_nothing(desk: Desk, claim: ClaimRow) -> None:
    with pytest.raises(Forbidden):
        choose(desk, Role.READER, claim, Action.ACCEPT)


@pytest.mark.parametrize("action", [Action.CHANGE_VERDICT, Action.NOT_A_CLAIM])
def test_overrides_need_a_reason(desk: Desk, claim: ClaimRow, action: Action) -> None:
    label = Label.SUPPORTED if action is Action.CHANGE_VERDICT else None
    with pytest.raises(Refused, match="reason"):
        choose(desk, Role.REVIEWER, claim, action, label=label, reason="  ")
    decided = choose(desk, Role.REVIEWER, claim, action, label=label, reason="the mayor confirmed it")
    assert (decided.state, decided.label) == ("decided", label)


def test_a_stale_decision_is_refused_and_says_who_was_quicker(desk: Desk, claim: ClaimRow) -> None:
    choose(desk, Role.EDITOR, claim, Action.CHANGE_VERDICT, label=Label.SUPPORTED, reason="seen it")
    with pytest.raises(Stale, match="editor one was quicker and changed the verdict to supported"):
        choose(desk, Role.REVIEWER, claim, Action.ACCEPT)


def test_of_many_at_once_one_decision_wins_and_the_history_adds_up(desk: Desk, claim: ClaimRow, text: TextRow) -> None:
    def attempt(number: int) -> bool:
        try:
            choose(desk, Role.REVIEWER, claim, Action.NOT_A_CLAIM, reason=f"reason {number}")
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, range(16)))
    assert won.count(True) == 1
    with desk.database.reading() as session:
        made = [event for event in events.of_text(session, text.id) if event.kind == "claim not_a_claim"]
        assert len(made) == len(texts.decisions(session, text.id)[claim.id]) == 1
        assert made[0].data["reason"] == f"reason {won.index(True)}"


def test_a_second_review_needs_a_second_person(desk: Desk, claim: ClaimRow) -> None:
    choose(desk, Role.REVIEWER, claim, Action.ASK_SECOND)
    for action in (Action.ACCEPT, Action.REOPEN):
        with pytest.raises(Forbidden, match="another person"):
            choose(desk, Role.REVIEWER, claim, action, expected=2)
    assert choose(desk, Role.EDITOR, claim, Action.ACCEPT, expected=2).state == "decided"


def test_who_decided_first_is_not_the_second_person_when_another_asks(desk: Desk, claim: ClaimRow) -> None:
    choose(desk, Role.REVIEWER, claim, Action.ACCEPT)
    choose(desk, Role.EDITOR, claim, Action.ASK_SECOND, expected=2)
    with pytest.raises(Forbidden):
        choose(desk, Role.REVIEWER, claim, Action.ACCEPT, expected=3)
    assert choose(desk, Role.EDITOR, claim, Action.ACCEPT, expected=3).state == "decided"


def test_editing_the_text_does_not_get_around_a_second_review(desk: Desk, claim: ClaimRow, text: TextRow) -> None:
    choose(desk, Role.REVIEWER, claim, Action.ASK_SECOND)
    with desk.database.writing() as session:
        body = texts.current_version(session, texts.get_text(session, text.id)).body
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        texts.edit_text(session, by, text.id, expected=1, body=body + " It is blue.", now=NOW)
    check_all(desk.database)
    moved = claims_of(desk.database, text)[0]
    assert moved.state == "second"
    with pytest.raises(Forbidden):
        choose(desk, Role.REVIEWER, moved, Action.ACCEPT)


def test_a_correction_must_change_something(desk: Desk, claim: ClaimRow) -> None:
    with pytest.raises(Refused, match="same"):
        choose(desk, Role.REVIEWER, claim, Action.CORRECT, replacement=claim.claim["quote"])
    decided = choose(desk, Role.REVIEWER, claim, Action.CORRECT, replacement="Ana Ruiz opened the bridge on 4 May.")
    assert decided.replacement == "Ana Ruiz opened the bridge on 4 May."


def test_opening_again_forgets_nothing(desk: Desk, claim: ClaimRow, text: TextRow) -> None:
    choose(desk, Role.REVIEWER, claim, Action.ACCEPT)
    assert choose(desk, Role.EDITOR, claim, Action.REOPEN, expected=2).state == "open"
    with desk.database.reading() as session:
        history = texts.decisions(session, text.id)[claim.id]
    assert [(one.user.name, one.action) for one in history] == [("reviewer one", "accept"), ("editor one", "reopen")]


@pytest.mark.parametrize("table", ["events", "decisions"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = '2000-01-01'", "DELETE FROM {}"])
def test_what_happened_cannot_be_rewritten(desk: Desk, claim: ClaimRow, table: str, change: str) -> None:
    choose(desk, Role.REVIEWER, claim, Action.ACCEPT)
    with pytest.raises(IntegrityError, match="only ever added"), desk.database.writing() as session:
        session.execute(sql(change.format(table)))


def test_a_claim_that_could_not_be_judged_cannot_be_accepted(desk: Desk, claim: ClaimRow) -> None:
    with desk.database.writing() as session:
        row = session.get_one(ClaimRow, claim.id)
        failure = Failure(stage="exact", error="ValueError", message="no luck")
        row.verdict = Verdict.failed(Claim.model_validate(row.claim), failure).model_dump(mode="json")
    with pytest.raises(Refused, match="no verdict to accept"):
        choose(desk, Role.REVIEWER, claim, Action.ACCEPT)
    decided = choose(desk, Role.REVIEWER, claim, Action.CHANGE_VERDICT, label=Label.REFUTED, reason="looked it up")
    assert decided.state == "decided"
