"""The API of the review: texts, claims, decisions, evidence, history; the same rules as the pages."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from factcheck.server import judging
from factcheck.server.access import Program, RowId, database_of, judge_of, worker_of
from factcheck.server.api.shapes import (
    Approval,
    Assignment,
    ClaimOut,
    CommentIn,
    Edit,
    Events,
    EvidenceIn,
    Expected,
    Limit,
    MissedIn,
    NewText,
    Offset,
    ReadingIn,
    TextOut,
    TextsOut,
    TextWhole,
    claim_out,
    event_out,
    text_out,
)
from factcheck.server.db import Refused, by_hand, events, inbox, texts
from factcheck.server.db.accounts import allow
from factcheck.server.db.comments import comment
from factcheck.server.db.decisions import Choice, decide
from factcheck.server.db.labelled import labelled
from factcheck.server.db.models import ClaimRow, Json
from factcheck.server.db.roles import Right
from factcheck.server.exporting import exported
from factcheck.server.judging import Given
from factcheck.server.stocking import NewSource
from factcheck.server.times import utc_now

router = APIRouter(prefix="/api/v1", tags=["review"])


@router.get("/texts")
def list_texts(request: Request, guest: Program, limit: Limit = 50, offset: Offset = 0) -> TextsOut:
    """The inbox: texts that need a person most first."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        rows = inbox.inbox(session, limit=limit, offset=offset)
        return TextsOut(total=inbox.count(session), texts=[text_out(row) for row in rows])


@router.post("/texts", status_code=201)
def add_text(request: Request, guest: Program, given: NewText) -> TextOut:
    """Put a text into the queue of checks, for people to review."""
    with database_of(request).writing() as session:
        made = texts.add_text(
            session, guest.user, title=given.title or "", body=given.text, as_of=given.as_of,
            deadline=given.deadline.replace(tzinfo=None) if given.deadline else None, now=utc_now(),
        )  # fmt: skip
        row = inbox.row_of(session, made.id)
    worker_of(request).wake()
    return text_out(row)


@router.get("/texts/{text_id}")
def show_text(request: Request, guest: Program, text_id: RowId) -> TextWhole:
    """A text under review: its words, claims, verdicts and decisions."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        row = inbox.row_of(session, text_id)
        claims = texts.shown_claims(session, row.version.id)
        return TextWhole(**text_out(row).model_dump(), body=row.version.body, found=[claim_out(c) for c in claims])


@router.post("/claims/{claim_id}/decisions", status_code=201)
def decide_claim(request: Request, guest: Program, claim_id: RowId, given: Choice) -> ClaimOut:
    """Decide a claim; refused with 409 when somebody else was quicker."""
    with database_of(request).writing() as session:
        return claim_out(decide(session, guest.user, claim_id, given, now=utc_now()))


@router.put("/texts/{text_id}/text")
def edit_text(request: Request, guest: Program, text_id: RowId, given: Edit) -> TextOut:
    """Keep new words of a text; only what changed is checked again."""
    with database_of(request).writing() as session:
        texts.edit_text(session, guest.user, text_id, expected=given.expected, body=given.text, now=utc_now())
        row = text_out(inbox.row_of(session, text_id))
    worker_of(request).wake()
    return row


@router.post("/texts/{text_id}/corrections")
def apply_corrections(request: Request, guest: Program, text_id: RowId, given: Expected) -> TextOut:
    """Put the corrections that were decided into the text."""
    with database_of(request).writing() as session:
        texts.apply_corrections(session, guest.user, text_id, expected=given.expected, now=utc_now())
        row = text_out(inbox.row_of(session, text_id))
    worker_of(request).wake()
    return row


@router.put("/texts/{text_id}/approval")
def approve(request: Request, guest: Program, text_id: RowId, given: Approval) -> TextOut:
    """Approve a text, or withdraw its approval."""
    change = texts.approve if given.approved else texts.withdraw_approval
    with database_of(request).writing() as session:
        change(session, guest.user, text_id, expected=given.expected, now=utc_now())
        return text_out(inbox.row_of(session, text_id))


@router.put("/texts/{text_id}/owner")
def assign_text(request: Request, guest: Program, text_id: RowId, given: Assignment) -> TextOut:
    """Hand a text on."""
    if given.to is None:
        raise Refused("a text has an owner; choose one")
    with database_of(request).writing() as session:
        texts.assign_text(session, guest.user, text_id, given.to, now=utc_now())
        return text_out(inbox.row_of(session, text_id))


@router.get("/texts/{text_id}/events")
def history(request: Request, guest: Program, text_id: RowId, limit: Limit = 50, offset: Offset = 0) -> Events:
    """Everything that happened to a text, in order."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        texts.get_text(session, text_id)
        rows = events.of_text(session, text_id)
    return Events(total=len(rows), events=[event_out(row) for row in rows[offset : offset + limit]])


@router.get("/texts/{text_id}/export/{name}", response_class=Response)
def export(request: Request, guest: Program, text_id: RowId, name: str) -> Response:
    """The check as people decided it, as a file in one of the report formats."""
    allow(guest.user, Right.READ)
    content = exported(database_of(request), text_id, name, request.app.state.publisher)
    return Response(content, media_type="application/octet-stream")


@router.post("/texts/{text_id}/claims", status_code=201)
def add_claim(request: Request, guest: Program, text_id: RowId, given: MissedIn) -> ClaimOut:
    """Judge and keep a claim that the check missed."""
    return claim_out(
        judging.add_missed(
            database_of(request), judge_of(request), guest.user, text_id, number=given.version, words=given.words,
            near=given.near, statement=given.statement,
        )
    )  # fmt: skip


@router.post("/claims/{claim_id}/readings", status_code=201)
def reword(request: Request, guest: Program, claim_id: RowId, given: ReadingIn) -> ClaimOut:
    """Judge a claim as a person reads it, or again by the sources of now."""
    return claim_out(
        judging.reword(
            database_of(request), judge_of(request), guest.user, claim_id, expected=given.expected,
            statement=given.statement, reason=given.reason,
        )
    )  # fmt: skip


@router.post("/claims/{claim_id}/evidence", status_code=201)
def attach(request: Request, guest: Program, claim_id: RowId, given: EvidenceIn) -> ClaimOut:
    """Keep words of a source as evidence; a source that comes along is stored."""
    if given.stance == "neutral":
        raise Refused("say whether the words support the claim or refute it")
    source = given.source
    new = None
    if source is not None:
        day = source.published_at.isoformat() if source.published_at else None
        new = NewSource(**source.model_dump(exclude={"published_at"}), published_at=day)
    what = Given(quote=given.quote, stance=given.stance, doc_id=given.doc_id, source=new, note=given.note)
    return claim_out(judging.attach(database_of(request), judge_of(request), guest.user, claim_id, what))


@router.post("/claims/{claim_id}/comments", status_code=201)
def add_comment(request: Request, guest: Program, claim_id: RowId, given: CommentIn) -> ClaimOut:
    """Keep a remark on a claim."""
    with database_of(request).writing() as session:
        return claim_out(comment(session, guest.user, claim_id, given.words, now=utc_now()))


@router.put("/claims/{claim_id}/assignee")
def assign_claim(request: Request, guest: Program, claim_id: RowId, given: Assignment) -> ClaimOut:
    """Give a claim to somebody to decide."""
    with database_of(request).writing() as session:
        return claim_out(by_hand.assign_claim(session, guest.user, claim_id, given.to, now=utc_now()))


@router.get("/claims/{claim_id}")
def show_claim(request: Request, guest: Program, claim_id: RowId) -> ClaimOut:
    """A claim with its verdict and what was decided."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        row: ClaimRow = by_hand.get_claim(session, claim_id)
        return claim_out(row)


@router.get("/decisions")
def decisions(request: Request, guest: Program, limit: Limit = 200, offset: Offset = 0) -> list[Json]:
    """What was decided, as rows that ``factcheck eval claims`` reads."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        return [row for n, row in enumerate(labelled(session)) if offset <= n < offset + limit]
