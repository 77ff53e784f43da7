"""A database with people of every role, and a small checked text made from the core's own types."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from factcheck.server.db import Database, accounts, checking, open_database, texts
from factcheck.server.db.models import ClaimRow, TextRow, User
from factcheck.server.db.roles import Role
from factcheck.types import (
    Claim,
    Evidence,
    Extraction,
    Label,
    LedgerEntry,
    Receipt,
    SentenceState,
    SlotStatus,
    SlotVerdict,
    Span,
    Stance,
    Tier,
    Verdict,
)
from factcheck.verdict.receipt import sha256
from vectorstore.types import Document

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC).replace(tzinfo=None)
PASSWORD = "correct horse battery"
BODY = "Ana Ruiz opened the bridge on 3 May. The bridge cost 20 million euros. Everybody should see it."
SOURCE = Document(
    doc_id="gazette", title="Bridge opened", url="https://gazette.example/bridge", publisher="Gazette",
    published_at="2031-05-05", text="The new bridge was opened on 4 May by Ana Ruiz. It cost 20 million euros.",
)  # fmt: skip


class Desk(NamedTuple):
    """A database and one person of each role."""

    database: Database
    people: dict[Role, User]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'review.sqlite3'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    people: dict[Role, User] = {}
    with database.writing() as session:
        token = accounts.first_invitation(session, now=NOW)
        assert token is not None
        people[Role.ADMIN] = accounts.accept(session, token, name="Ada", password=PASSWORD, now=NOW)
        for role in (Role.READER, Role.REVIEWER, Role.EDITOR):
            token = accounts.invite(session, people[Role.ADMIN], role, now=NOW)
            people[role] = accounts.accept(session, token, name=f"{role} one", password=PASSWORD, now=NOW)
    return Desk(database, people)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def extraction(body: str = BODY) -> Extraction:
    """The three sentences of the body: a date, a quantity, and a wish."""
    sentences = [sentence.strip(". ") + "." for sentence in body.split(". ")]
    claims = []
    ledger = []
    for index, sentence in enumerate(sentences):
        span = span_of(body, sentence)
        wish = "should" in sentence
        kind = "quantity" if "million" in sentence else "date"
        if wish:
            ledger.append(
                LedgerEntry(sentence_index=index, span=span, state=SentenceState.NOT_CHECK_WORTHY, reason="a wish")
            )
        else:
            ledger.append(LedgerEntry(sentence_index=index, span=span, state=SentenceState.CLAIMS))
        claims.append(
            Claim.cut(
                body, span, claim_id=f"c{index + 1}", claim=sentence, type=kind,
                check_worthy=not wish, reason="a wish" if wish else None, sentence_index=index, as_of=date(2031, 5, 6),
            )
        )  # fmt: skip
    return Extraction(claims=tuple(claims), ledger=tuple(ledger))


def judge(claim: Claim, body: str = BODY) -> Verdict:
    """The date is refuted by the source, all else supported."""
    refuted = "3 May" in claim.quote
    words = "The new bridge was opened on 4 May by Ana Ruiz." if refuted else "It cost 20 million euros."
    slots = ()
    if refuted:
        slots = (
            SlotVerdict(
                type="date", claimed="3 May", found="4 May", status=SlotStatus.MISMATCH, span=span_of(body, "3 May")
            ),
        )
    quote = span_of(SOURCE.text, words)
    marks = (span_of(SOURCE.text, "4 May"),) if refuted else ()
    stance = Stance.REFUTES if refuted else Stance.SUPPORTS
    return Verdict(
        claim_id=claim.claim_id, claim=claim.claim, as_of=claim.as_of, tier=Tier.EXACT, slots=slots,
        label=Label.REFUTED if refuted else Label.SUPPORTED, correction="4 May (not 3 May)" if refuted else None,
        explanation="The source has 4 May." if refuted else "The source says the same.",
        evidence=(Evidence.cite(SOURCE, quote, stance=stance, score=0.9, marks=marks),),
        receipt=Receipt(version="1", settings="s", documents={SOURCE.doc_id: sha256(SOURCE.text)}),
    )  # fmt: skip


def check_all(database: Database) -> None:
    """Do by hand what the background check does."""
    with database.writing() as session:
        version = checking.next_to_check(session)
        assert version is not None
        checking.begin(session, version.id, extraction(version.body), program="1", now=NOW)
        waiting = checking.to_judge(session, version.id)
        judged = [(row_id, judge(claim, version.body)) for row_id, claim in waiting]
        checking.keep_verdicts(session, version.id, judged, [SOURCE])
        checking.finish(session, version.id, now=NOW)


@pytest.fixture
def text(desk: Desk) -> TextRow:
    """A checked text in the inbox, added by the reviewer."""
    with desk.database.writing() as session:
        added = texts.add_text(
            session, desk.people[Role.REVIEWER], title="Bridge", body=BODY, as_of=date(2031, 5, 6), deadline=None,
            now=NOW,
        )  # fmt: skip
    check_all(desk.database)
    return added


def claims_of(database: Database, text: TextRow) -> list[ClaimRow]:
    with database.reading() as session:
        return texts.claims(session, texts.current_version(session, texts.get_text(session, text.id)).id)
