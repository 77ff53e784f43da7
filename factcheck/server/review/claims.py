"""What a person does to a claim on its page: decide, comment, read it otherwise, give evidence, hand it on, add one."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from factcheck.server import judging
from factcheck.server.access import Browser, RowId, database_of, judge_of
from factcheck.server.db import Refused, by_hand, texts
from factcheck.server.db.comments import comment
from factcheck.server.db.decisions import Action, Choice, decide
from factcheck.server.db.models import ClaimRow, Version
from factcheck.server.judging import Given
from factcheck.server.review.account import check_form
from factcheck.server.review.forms import Body, Seen, Short, Words, person_of
from factcheck.server.review.uploads import texts_of
from factcheck.server.stocking import NewSource
from factcheck.server.times import utc_now
from factcheck.types import Label, Stance

router = APIRouter(include_in_schema=False)


@router.get("/claims/{claim_id}")
def show(request: Request, guest: Browser, claim_id: RowId) -> Response:
    """To a claim, wherever it stands."""
    del guest
    with database_of(request).reading() as session:
        row = by_hand.get_claim(session, claim_id)
        return _to(session, row)


@router.post("/claims/{claim_id}/decide")
def decide_claim(
    request: Request, guest: Browser, claim_id: RowId, csrf: Short, action: Short, expected: Seen,
    label: Short = "", replacement: Words = "", reason: Short = "",
) -> Response:  # fmt: skip
    """Write down what a person decides of a claim, and go to the next one that needs a person."""
    check_form(guest, csrf)
    chosen = _choice(action, expected, label=label, replacement=replacement, reason=reason)
    with database_of(request).writing() as session:
        row = decide(session, guest.user, claim_id, chosen, now=utc_now())
        return _to(session, _next(session, row) if row.state == "decided" else row)


@router.post("/claims/{claim_id}/comment")
def comment_claim(request: Request, guest: Browser, claim_id: RowId, csrf: Short, words: Short) -> Response:
    """Keep a remark on a claim."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        return _to(session, comment(session, guest.user, claim_id, words, now=utc_now()))


@router.post("/claims/{claim_id}/reword")
def reword(
    request: Request, guest: Browser, claim_id: RowId, csrf: Short, expected: Seen, statement: Words, reason: Short = ""
) -> Response:
    """Judge a claim as a person reads it."""
    check_form(guest, csrf)
    row = judging.reword(
        database_of(request), judge_of(request), guest.user, claim_id, expected=expected, statement=statement,
        reason=reason.strip() or None,
    )  # fmt: skip
    return _shown(request, row)


@router.post("/claims/{claim_id}/again")
def judge_again(request: Request, guest: Browser, claim_id: RowId, csrf: Short, expected: Seen) -> Response:
    """Judge a claim by the sources as they are now."""
    check_form(guest, csrf)
    row = judging.reword(
        database_of(request), judge_of(request), guest.user, claim_id, expected=expected, statement=None
    )
    return _shown(request, row)


@router.post("/claims/{claim_id}/evidence")
def give_evidence(
    request: Request, guest: Browser, claim_id: RowId, csrf: Short, quote: Words, stance: Short, note: Short = "",
    doc_id: Short = "", body: Body = "", title: Short = "", publisher: Short = "", published_at: Short = "",
    url: Short = "", file: UploadFile | None = None,
) -> Response:  # fmt: skip
    """Keep words of a source as evidence; the source may be a new one, pasted or as a file."""
    check_form(guest, csrf)
    if stance not in (Stance.SUPPORTS, Stance.REFUTES):
        raise Refused("say whether the words support the claim or refute it")
    if file is not None and file.filename:
        found = texts_of(file)
        body, title = "\n\n".join(one.body for one in found), title or found[0].title
    new = NewSource(text=body, title=title, publisher=publisher, published_at=published_at, url=url)
    source = new if body.strip() else None
    given = Given(quote=quote, stance=Stance(stance), doc_id=doc_id.strip() or None, source=source, note=note)
    return _shown(request, judging.attach(database_of(request), judge_of(request), guest.user, claim_id, given))


@router.post("/claims/{claim_id}/assign")
def assign(request: Request, guest: Browser, claim_id: RowId, csrf: Short, to: Short = "") -> Response:
    """Give a claim to somebody to decide, or to nobody."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        return _to(session, by_hand.assign_claim(session, guest.user, claim_id, person_of(to), now=utc_now()))


@router.post("/texts/{text_id}/claims")
def add_claim(
    request: Request, guest: Browser, text_id: RowId, csrf: Short, number: Seen, words: Words,
    near: Annotated[int, Form(ge=0, le=texts.LONGEST_TEXT)] = 0, statement: Words = "",
) -> Response:  # fmt: skip
    """Judge and keep a claim that the check had missed."""
    check_form(guest, csrf)
    row = judging.add_missed(
        database_of(request), judge_of(request), guest.user, text_id, number=number, words=words, near=near,
        statement=statement,
    )  # fmt: skip
    return _shown(request, row)


def _choice(action: str, expected: int, *, label: str, replacement: str, reason: str) -> Choice:
    try:
        done = Action(action)
        new = Label(label) if done is Action.CHANGE_VERDICT and label else None
    except ValueError:
        raise Refused(f"{(action + ' ' + label)[:60]!r} is nothing that can be decided") from None
    words = replacement if done is Action.CORRECT else None
    return Choice(action=done, expected=expected, label=new, replacement=words, reason=reason or None)


def _next(session: Session, row: ClaimRow) -> ClaimRow:
    """The next claim of the text that needs a person, from this one on; this one when there is none."""
    rows = texts.in_order(texts.shown_claims(session, row.version_id))
    at = next(n for n, one in enumerate(rows) if one.id == row.id)
    return next((one for one in (*rows[at + 1 :], *rows[:at]) if texts.needs_person(one)), row)


def _to(session: Session, row: ClaimRow) -> Response:
    text_id = session.get_one(Version, row.version_id).text_id
    return RedirectResponse(f"/texts/{text_id}#f{row.folded_into or row.number}", 303)


def _shown(request: Request, row: ClaimRow) -> Response:
    with database_of(request).reading() as session:
        return _to(session, row)
