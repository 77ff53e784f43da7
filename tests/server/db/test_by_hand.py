"""What people do to claims beside deciding them, and that it survives an edit of the text."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from factcheck.server.db import Forbidden, NotFound, Refused, Stale, by_hand, comments, reading, texts
from factcheck.server.db.decisions import Action, Choice, decide
from factcheck.server.db.models import ClaimRow, TextRow, User
from factcheck.server.db.roles import Role
from factcheck.types import Evidence, Label, Span, Stance
from tests.server.conftest import BODY, NOW, SOURCE, Desk, check_all, claims_of, judge

WISH = "Everybody should see it."


def add(desk: Desk, text: TextRow, words: str = WISH, role: Role = Role.REVIEWER, **more: object) -> ClaimRow:
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[role].id)
        claim = by_hand.missed_claim(session, by, text.id, number=1, words=words, **more)  # type: ignore[arg-type]
        return by_hand.add_claim(session, by, text.id, claim, judge(claim), [SOURCE], number=1, now=NOW)


def reread(desk: Desk, claim: ClaimRow, statement: str | None, *, expected: int = 1) -> ClaimRow:
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        said = by_hand.reading(session, by, claim.id, expected=expected, statement=statement)
        return by_hand.judged_anew(session, by, claim.id, said, judge(said), [SOURCE], expected=expected, now=NOW)


def give(desk: Desk, claim: ClaimRow, role: Role = Role.REVIEWER) -> None:
    quote = Evidence.cite(SOURCE, Span(start=0, end=30), stance=Stance.REFUTES, score=1.0, note="seen on paper")
    with desk.database.writing() as session:
        by_hand.attach(session, session.get_one(User, desk.people[role].id), claim.id, quote, SOURCE, now=NOW)


def edit(desk: Desk, text: TextRow, body: str) -> list[ClaimRow]:
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        version = texts.get_text(session, text.id).version
        texts.edit_text(session, by, text.id, expected=version, body=body, now=NOW)
    check_all(desk.database)
    return claims_of(desk.database, text)


def test_a_missed_claim_stands_in_the_text_with_its_verdict(desk: Desk, text: TextRow) -> None:
    row = add(desk, text, "the   bridge", near=BODY.index("the bridge"), statement="Ana Ruiz opened it on 3 May.")
    assert row.claim["span"]["start"] == BODY.index("the bridge")
    assert (row.claim["quote"], row.claim["claim"]) == ("the bridge", "Ana Ruiz opened it on 3 May.")
    assert row.verdict is not None
    assert row.adder is not None
    assert row.adder.name == "reviewer one"
    with pytest.raises(Refused, match="already"):
        add(desk, text, "the bridge", statement="Ana Ruiz opened it on 3 May.")


@pytest.mark.parametrize("words", ["", "  ", "not in the text"])
def test_words_that_do_not_stand_in_the_text_are_no_claim_of_it(desk: Desk, text: TextRow, words: str) -> None:
    with pytest.raises(Refused, match="do not stand"):
        add(desk, text, words)


def test_readers_add_reword_attach_and_assign_nothing(desk: Desk, text: TextRow) -> None:
    claim = claims_of(desk.database, text)[0]
    with pytest.raises(Forbidden):
        add(desk, text, role=Role.READER)
    with pytest.raises(Forbidden):
        give(desk, claim, Role.READER)
    with desk.database.writing() as session:
        reader = session.get_one(User, desk.people[Role.READER].id)
        with pytest.raises(Forbidden):
            by_hand.reading(session, reader, claim.id, expected=1, statement="x")
        with pytest.raises(Forbidden):
            by_hand.assign_claim(session, reader, claim.id, None, now=NOW)
        with pytest.raises(Forbidden):
            texts.assign_text(session, reader, text.id, reader.id, now=NOW)


def test_a_selection_of_an_older_version_is_stale(desk: Desk, text: TextRow) -> None:
    edit(desk, text, BODY + " It is blue.")
    with pytest.raises(Stale, match="version 2"):
        add(desk, text)


def test_another_reading_is_judged_and_opens_the_claim_again(desk: Desk, text: TextRow) -> None:
    claim = claims_of(desk.database, text)[0]
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        decide(session, by, claim.id, Choice(action=Action.ACCEPT, expected=1), now=NOW)
    row = reread(desk, claim, "Ana Ruiz opened a bridge on 3 May 2031.", expected=2)
    assert (row.state, row.version, row.claim["claim"]) == ("open", 3, "Ana Ruiz opened a bridge on 3 May 2031.")
    assert row.extracted is not None
    with pytest.raises(Stale, match="reviewer one was quicker and read it otherwise"):
        reread(desk, claim, "Something else.", expected=2)
    with pytest.raises(Refused, match="already"):
        reread(desk, claim, "Ana Ruiz opened a bridge on 3 May 2031.", expected=3)


def test_a_new_reading_does_not_get_around_a_second_review(desk: Desk, text: TextRow) -> None:
    claim = claims_of(desk.database, text)[0]
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        decide(session, by, claim.id, Choice(action=Action.ASK_SECOND, expected=1), now=NOW)
    with pytest.raises(Refused, match="second"):
        reread(desk, claim, "Something else.", expected=2)


def test_an_edit_keeps_what_people_added_read_and_gave(desk: Desk, text: TextRow) -> None:
    first, *_ = claims_of(desk.database, text)
    added = add(desk, text)
    reread(desk, first, "Ana Ruiz opened a bridge on 3 May 2031.")
    give(desk, first)
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        comments.comment(session, by, first.id, "Ask Ana.", now=NOW)
        by_hand.assign_claim(session, by, first.id, desk.people[Role.EDITOR].id, now=NOW)
    body = "A word first. " + BODY
    rows = edit(desk, text, body)
    read = next(row for row in rows if row.extracted is not None)
    hand = next(row for row in rows if row.added_by is not None)
    assert read.claim["claim"] == "Ana Ruiz opened a bridge on 3 May 2031."
    assert body[read.claim["span"]["start"] : read.claim["span"]["end"]] == read.claim["quote"]
    assert body[hand.claim["span"]["start"] : hand.claim["span"]["end"]] == WISH
    assert hand.verdict == {**(added.verdict or {}), "claim_id": hand.claim["claim_id"]}
    assert read.assigned_to == desk.people[Role.EDITOR].id
    with desk.database.reading() as session:
        assert [one.data["words"] for one in comments.comments(session, text.id)[read.thread]] == ["Ask Ana."]
        assert [one.user.name for one in texts.attachments(session, text.id)[read.thread]] == ["reviewer one"]
        assert [one.action for one in texts.decisions(session, text.id)[read.thread]] == ["reword"]
        assert reading.cited_texts(session, [read]) == {SOURCE.doc_id: SOURCE.text}
    assert not [row for row in edit(desk, text, "The bridge cost 20 million euros.") if row.added_by]


def test_evidence_stands_with_the_others_and_is_never_changed(desk: Desk, text: TextRow) -> None:
    claim = claims_of(desk.database, text)[1]
    give(desk, claim)
    with desk.database.reading() as session:
        row = texts.get_text(session, text.id)
        report = reading.report_of(session, row, texts.current_version(session, row))
    verdict = report.claims[1].verdict
    assert verdict is not None
    assert [one.note for one in verdict.evidence] == [None, "seen on paper"]
    with pytest.raises(IntegrityError, match="only ever added"), desk.database.writing() as session:
        session.execute(sql("DELETE FROM attachments"))


def test_the_report_is_as_people_decided(desk: Desk, text: TextRow) -> None:
    first, second, _ = claims_of(desk.database, text)
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        new = Choice(action=Action.CHANGE_VERDICT, expected=1, label=Label.SUPPORTED, reason="the mayor said so")
        decide(session, by, first.id, new, now=NOW)
        decide(session, by, second.id, Choice(action=Action.NOT_A_CLAIM, expected=1, reason="a joke"), now=NOW)
    with desk.database.reading() as session:
        row = texts.get_text(session, text.id)
        version = texts.current_version(session, row)
        report = reading.report_of(session, row, version)
        as_checked = reading.report_of(session, row, version, decided=False)
    changed, dropped = report.claims[0].verdict, report.claims[1]
    assert changed is not None
    assert (changed.label, changed.confidence) == (Label.SUPPORTED, None)
    assert "reviewer one changed the verdict to supported: the mayor said so" in changed.explanation
    assert (dropped.verdict, dropped.claim.reason) == (None, "not a claim, says reviewer one: a joke")
    assert as_checked.tally()["REFUTED"] == 1


def test_work_is_given_to_who_may_do_it(desk: Desk, text: TextRow) -> None:
    claim = claims_of(desk.database, text)[0]
    with desk.database.writing() as session:
        by = session.get_one(User, desk.people[Role.REVIEWER].id)
        row = by_hand.assign_claim(session, by, claim.id, desk.people[Role.EDITOR].id, now=NOW)
        assert row.assignee is not None
        with pytest.raises(Refused, match="may not decide"):
            by_hand.assign_claim(session, by, claim.id, desk.people[Role.READER].id, now=NOW)
        with pytest.raises(NotFound):
            by_hand.assign_claim(session, by, claim.id, 999, now=NOW)
        texts.assign_text(session, by, text.id, desk.people[Role.EDITOR].id, now=NOW)
        session.flush()
        session.expire_all()
        assert texts.get_text(session, text.id).owner.name == "editor one"
