"""Texts: added, checked, edited, approved; what is kept over a new version, and what the inbox shows first."""

from datetime import timedelta

import pytest

from factcheck.server.db import Forbidden, NotFound, Refused, Stale, checking, reading, texts
from factcheck.server.db.decisions import Action, Choice, decide
from factcheck.server.db.inbox import inbox
from factcheck.server.db.models import TextRow, User
from factcheck.server.db.roles import Role
from factcheck.types import Label
from tests.server.conftest import BODY, NOW, SOURCE, Desk, check_all, claims_of, extraction


def add(desk: Desk, role: Role = Role.REVIEWER, **more: object) -> TextRow:
    fields = {"title": "", "body": BODY, "as_of": None, "deadline": None, **more}
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[role].id)
        return texts.add_text(session, by, now=NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", ["", "  \n", "x" * (texts.LONGEST_TEXT + 1), "half \ud800 pair"])
def test_a_text_that_cannot_be_reviewed_is_refused(desk: Desk, body: str) -> None:
    with pytest.raises(Refused):
        add(desk, body=body)


def test_readers_add_nothing(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        add(desk, Role.READER)


def test_a_text_without_a_title_gets_its_first_words(desk: Desk) -> None:
    assert add(desk).title.startswith("Ana Ruiz opened the bridge")


def test_a_check_that_stopped_goes_on_where_it_was(desk: Desk) -> None:
    add(desk)
    with desk.database.writing() as session:
        version = checking.next_to_check(session)
        assert version is not None
        checking.begin(session, version.id, extraction(), program="1", now=NOW)
    with desk.database.reading() as session:
        again = checking.next_to_check(session)
        assert again is not None
        assert (again.id, again.state, again.to_judge) == (version.id, "checking", 2)
        assert [claim.claim_id for _, claim in checking.to_judge(session, again.id)] == ["c1", "c2"]


def test_the_report_and_the_quoted_texts_come_back_as_they_were(desk: Desk, text: TextRow) -> None:
    with desk.database.reading() as session:
        row = texts.get_text(session, text.id)
        version = texts.current_version(session, row)
        report = reading.report_of(session, row, version)
        assert report.tally()["REFUTED"] == 1
        assert report.claims[0].claim == extraction().claims[0]
        assert reading.cited_texts(session, texts.claims(session, version.id)) == {SOURCE.doc_id: SOURCE.text}


def test_editing_checks_only_what_changed_and_keeps_decisions(desk: Desk, text: TextRow) -> None:
    first = claims_of(desk.database, text)[0]
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        decide(session, by, first.id, Choice(action=Action.ACCEPT, expected=1), now=NOW)
        body = "A word first. " + BODY.replace("20 million", "30 million")
        texts.edit_text(session, by, text.id, expected=1, body=body, now=NOW)
        version = checking.next_to_check(session)
        assert version is not None
        checking.begin(session, version.id, extraction(body), program="1", now=NOW)
        session.flush()
        assert [c.quote for _, c in checking.to_judge(session, version.id)] == [
            "A word first.", "The bridge cost 30 million euros.",
        ]  # fmt: skip
        kept = texts.claims(session, version.id)[1]
        assert (kept.state, kept.verdict["label"] if kept.verdict else None) == ("decided", Label.REFUTED)
        assert kept.verdict is not None
        span = kept.verdict["slots"][0]["span"]
        assert body[span["start"] : span["end"]] == "3 May"


def test_a_stale_edit_is_refused(desk: Desk, text: TextRow) -> None:
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        texts.edit_text(session, by, text.id, expected=1, body="One.", now=NOW)
        with pytest.raises(Stale):
            texts.edit_text(session, by, text.id, expected=1, body="Two.", now=NOW)


def test_approval_is_an_editors_and_waits_for_all_decisions(desk: Desk, text: TextRow) -> None:
    with desk.database.writing() as session:
        editor = session.get_one(User, desk.people[Role.EDITOR].id)
        reviewer = session.get_one(User, desk.people[Role.REVIEWER].id)
        with pytest.raises(Refused, match="1 claim still need"):
            texts.approve(session, editor, text.id, expected=1, now=NOW)
        claim = texts.claims(session, texts.current_version(session, texts.get_text(session, text.id)).id)[0]
        decide(session, reviewer, claim.id, Choice(action=Action.ACCEPT, expected=1), now=NOW)
        with pytest.raises(Forbidden):
            texts.approve(session, reviewer, text.id, expected=1, now=NOW)
        texts.approve(session, editor, text.id, expected=1, now=NOW)
        with pytest.raises(Refused, match="approved"):
            decide(session, reviewer, claim.id, Choice(action=Action.REOPEN, expected=2), now=NOW)
        texts.withdraw_approval(session, editor, text.id, expected=2, now=NOW)


def test_the_inbox_puts_contradictions_first_then_the_nearer_deadline(desk: Desk) -> None:
    quiet = "The bridge cost 20 million euros."
    for title, body, hours in (("calm", quiet, 1), ("late", BODY, 9), ("soon", BODY, 2), ("none", BODY, None)):
        add(desk, title=title, body=body, deadline=None if hours is None else NOW + timedelta(hours=hours))
        check_all(desk.database)
    with desk.database.reading() as session:
        rows = inbox(session)
    assert [row.text.title for row in rows] == ["soon", "late", "none", "calm"]
    assert [(row.state, row.refuted, row.waiting) for row in rows] == [("review", 1, 1)] * 3 + [("ready", 0, 0)]


def test_unknown_numbers_are_not_found(desk: Desk) -> None:
    with desk.database.reading() as session, pytest.raises(NotFound):
        texts.get_text(session, 99)
