"""The API, version 1: judge claims and texts, ask, search, and the texts under review.

Programs send ``Authorization: Bearer TOKEN``; a page of this server may use its session and its form token.
"""

from datetime import date, datetime
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from factcheck.chat import Answer, Conversation
from factcheck.checker import Checker
from factcheck.server.access import Program, database_of
from factcheck.server.db import inbox, texts
from factcheck.server.db.accounts import allow
from factcheck.server.db.decisions import Choice, decide
from factcheck.server.db.models import ClaimRow
from factcheck.server.db.reading import checked_claim
from factcheck.server.db.roles import Right
from factcheck.server.judge import Judge
from factcheck.server.review.pages import page
from factcheck.server.times import utc_now
from factcheck.server.worker import Worker
from factcheck.types import CheckedClaim, Claim, Report, Verdict
from vectorstore.types import Hit, Source

router = APIRouter(prefix="/api")
MOST_CLAIMS = 200
LONGEST_CLAIM = 4000
LONGEST_TEXT = 200_000
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class _In(BaseModel):
    """What comes in: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid")


class TextIn(_In):
    """A text to take claims from."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")
    as_of: date | None = None
    """Its day of publication."""
    title: str | None = Field(default=None, max_length=300)


class NewText(TextIn):
    """A text for people to review."""

    deadline: datetime | None = None


class ClaimsIn(_In):
    """Statements to judge."""

    claims: list[Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM, pattern=r"\S")]] = Field(
        min_length=1, max_length=MOST_CLAIMS
    )
    as_of: date | None = None


class QuestionIn(_In):
    """A question about the documents, after those asked before."""

    question: str = Field(min_length=1, max_length=2000, pattern=r"\S")
    before: list[Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]] = Field(
        default_factory=list, max_length=8
    )
    """Earlier questions of this conversation, oldest first: what follow-ups refer to."""
    as_of: date | None = None


class Sources(BaseModel):
    """A page of the documents in the store."""

    total: int
    sources: list[Source]


class TextOut(BaseModel):
    """A text under review."""

    id: int
    title: str
    as_of: date | None
    state: str
    """``queued``, ``checking``, ``failed``, ``review``, ``ready`` or ``approved``."""
    version: int
    """Number of its words under review."""
    row_version: int
    """Grows with every change; a change names the one it saw."""
    waiting: int
    """Claims that need a person."""
    refuted: int
    conflicting: int
    claims: int


class TextsOut(BaseModel):
    """A page of the inbox."""

    total: int
    texts: list[TextOut]


class ClaimOut(BaseModel):
    """A claim under review."""

    id: int
    number: int
    version: int
    """What a decision must name as ``expected``."""
    state: str
    action: str | None
    label: str | None
    replacement: str | None
    checked: CheckedClaim


class TextWhole(TextOut):
    """A text under review with its words and claims."""

    body: str
    found: list[ClaimOut]


def _judge(request: Request) -> Judge:
    judge: Judge = request.app.state.judge
    return judge


@router.post("/v1/extract", tags=["check"])
def extract(request: Request, guest: Program, given: TextIn) -> list[Claim]:
    """The claims of a text, also those not worth checking and why."""
    allow(guest.user, Right.READ)
    return _judge(request).call(lambda checker: checker.extract(given.text, as_of=given.as_of))


@router.post("/v1/verify", tags=["check"])
def verify(request: Request, guest: Program, given: ClaimsIn) -> list[Verdict]:
    """One verdict for each claim, in order, with its sources."""
    allow(guest.user, Right.READ)
    return _judge(request).call(lambda checker: checker.verify(given.claims, as_of=given.as_of))


@router.post("/v1/check", tags=["check"])
def check(request: Request, guest: Program, given: TextIn) -> Report:
    """A whole text: claims, verdicts, and the account of every sentence."""
    allow(guest.user, Right.READ)
    return _judge(request).call(lambda checker: checker.check(given.text, as_of=given.as_of, title=given.title))


@router.post("/v1/chat", tags=["ask"])
def chat(request: Request, guest: Program, given: QuestionIn) -> Answer:
    """Answer a question from the documents, with sources, or decline."""
    allow(guest.user, Right.READ)

    def ask(checker: Checker) -> Answer:
        talk = Conversation(checker, as_of=given.as_of)
        for earlier in given.before:
            talk.ask(earlier)
        return talk.ask(given.question)

    return _judge(request).call(ask)


@router.get("/v1/search", tags=["ask"])
def search(
    request: Request, guest: Program, q: Annotated[str, Query(min_length=1, max_length=400)], limit: Limit = 10
) -> list[Hit]:
    """The passages nearest to a query."""
    allow(guest.user, Right.READ)
    return _judge(request).call(lambda checker: checker.store.search([q], k=limit)[0])


@router.get("/v1/sources", tags=["ask"])
def sources(request: Request, guest: Program, limit: Limit = 50, offset: Offset = 0) -> Sources:
    """The documents in the store, by doc_id, without their texts."""
    allow(guest.user, Right.READ)
    return _judge(request).call(
        lambda checker: Sources(
            total=checker.store.count(), sources=list(islice(checker.store.sources(), offset, offset + limit))
        )
    )


@router.get("/v1/texts", tags=["review"])
def list_texts(request: Request, guest: Program, limit: Limit = 50, offset: Offset = 0) -> TextsOut:
    """The inbox: texts that need a person most first."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        rows = inbox.inbox(session, limit=limit, offset=offset)
        return TextsOut(total=inbox.count(session), texts=[_text_out(row) for row in rows])


@router.post("/v1/texts", tags=["review"], status_code=201)
def add_text(request: Request, guest: Program, given: NewText) -> TextOut:
    """Put a text into the queue of checks, for people to review."""
    with database_of(request).writing() as session:
        made = texts.add_text(
            session, guest.user, title=given.title or "", body=given.text, as_of=given.as_of,
            deadline=given.deadline.replace(tzinfo=None) if given.deadline else None, now=utc_now(),
        )  # fmt: skip
        row = inbox.row_of(session, made.id)
    worker: Worker = request.app.state.worker
    worker.wake()
    return _text_out(row)


@router.get("/v1/texts/{text_id}", tags=["review"])
def show_text(request: Request, guest: Program, text_id: int) -> TextWhole:
    """A text under review: its words, claims, verdicts and decisions."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        row = inbox.row_of(session, text_id)
        claims = texts.shown_claims(session, row.version.id)
        return TextWhole(**_text_out(row).model_dump(), body=row.version.body, found=[_claim_out(c) for c in claims])


@router.post("/v1/claims/{claim_id}/decisions", tags=["review"], status_code=201)
def decide_claim(request: Request, guest: Program, claim_id: int, given: Choice) -> ClaimOut:
    """Decide a claim; refused with 409 when somebody else was quicker."""
    with database_of(request).writing() as session:
        return _claim_out(decide(session, guest.user, claim_id, given, now=utc_now()))


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """The API for reading: made from its own description, nothing loaded from elsewhere."""
    return page("api", None, api=request.app.openapi())


def _text_out(row: inbox.InboxRow) -> TextOut:
    return TextOut(
        id=row.text.id, title=row.text.title, as_of=row.text.as_of, state=row.state, version=row.version.number,
        row_version=row.text.version, waiting=row.waiting, refuted=row.refuted, conflicting=row.conflicting,
        claims=row.claims,
    )  # fmt: skip


def _claim_out(row: ClaimRow) -> ClaimOut:
    return ClaimOut(
        id=row.id, number=row.number, version=row.version, state=row.state, action=row.action, label=row.label,
        replacement=row.replacement, checked=checked_claim(row),
    )  # fmt: skip
