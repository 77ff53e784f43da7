"""Pages about texts: the inbox, the review of one, its history, questions about the sources."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from sqlalchemy.orm import Session

from factcheck.chat import Answer, Conversation
from factcheck.checker import Checker
from factcheck.reports import REPORTS, format_of, render_bytes
from factcheck.reports.findings import Standing, reads_otherwise, unchecked
from factcheck.reports.html_page import card, own_words, text_pieces
from factcheck.server.access import Browser, Guest, database_of
from factcheck.server.db import NotFound, Refused, checking, events, inbox, texts
from factcheck.server.db.accounts import allow
from factcheck.server.db.comments import comment, comments
from factcheck.server.db.decisions import DONE, Action, Choice, decide
from factcheck.server.db.labelled import labelled
from factcheck.server.db.models import ClaimRow, Version
from factcheck.server.db.reading import cited_texts, finding_of, report_of
from factcheck.server.db.roles import Right
from factcheck.server.judge import Judge
from factcheck.server.review.account import check_form
from factcheck.server.review.pages import page
from factcheck.server.review.uploads import texts_of
from factcheck.server.times import utc_now
from factcheck.server.worker import Worker
from factcheck.types import Label
from vectorstore.loaders import known_suffixes
from vectorstore.types import Source

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=2000)]
Body = Annotated[str, Form(max_length=texts.LONGEST_TEXT + 1)]
PER_PAGE = 50
FORMATS = tuple(row.name for row in REPORTS if not row.published)
LOOK_EVERY = 0.5
"""Seconds between two looks at how far a check is."""


def _judge(request: Request) -> Judge:
    judge: Judge = request.app.state.judge
    return judge


def _wake(request: Request) -> None:
    worker: Worker = request.app.state.worker
    worker.wake()


def day_of(text: str) -> date | None:
    """A day out of a form; None for nothing, Refused for what is none."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(f"{text[:40]!r} is not a day; write it as 2025-07-23") from None


def moment_of(text: str) -> datetime | None:
    """A time out of a form; None for nothing, Refused for what is none."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None) if text.strip() else None
    except ValueError:
        raise Refused(f"{text[:40]!r} is not a time; write it as 2025-07-23T18:00") from None


@router.get("/")
def show_inbox(request: Request, guest: Browser, start: int = 0) -> HTMLResponse:
    """Every text, those that need a person most first."""
    with database_of(request).reading() as session:
        rows = inbox.inbox(session, limit=PER_PAGE, offset=max(0, start))
        total = inbox.count(session)
    return page(
        "inbox", guest, rows=rows, total=total, start=max(0, start), per_page=PER_PAGE, suffixes=known_suffixes()
    )


@router.post("/texts")
def add_text(
    request: Request,
    guest: Browser,
    csrf: Short,
    body: Body,
    title: Short = "",
    as_of: Short = "",
    deadline: Short = "",
) -> Response:
    """Put a pasted text into the queue."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        made = texts.add_text(
            session, guest.user, title=title, body=body.replace("\r\n", "\n"), as_of=day_of(as_of),
            deadline=moment_of(deadline), now=utc_now(),
        )  # fmt: skip
    _wake(request)
    return RedirectResponse(f"/texts/{made.id}", 303)


@router.post("/texts/upload")
def upload(
    request: Request, guest: Browser, csrf: Short, file: UploadFile, as_of: Short = "", deadline: Short = ""
) -> Response:
    """Put the texts of a file of any known format into the queue: all of them, or none when one is refused."""
    check_form(guest, csrf)
    allow(guest.user, Right.ADD_TEXT)
    found = texts_of(file)
    with database_of(request).writing() as session:
        made = [
            texts.add_text(
                session, guest.user, title=one.title, body=one.body, as_of=day_of(as_of), deadline=moment_of(deadline),
                now=utc_now(),
            )
            for one in found
        ]  # fmt: skip
        place = f"/texts/{made[0].id}" if len(made) == 1 else "/"
    _wake(request)
    return RedirectResponse(place, 303)


@router.get("/texts/{text_id}")
def review(request: Request, guest: Browser, text_id: int) -> HTMLResponse:
    """The text with its claims, and beside it what the sources say and what was decided."""
    with database_of(request).reading() as session:
        text = texts.get_text(session, text_id)
        version = texts.current_version(session, text)
        rows = texts.shown_claims(session, version.id)
        report = report_of(session, text, version)
        decided = texts.decisions(session, text.id)
        documents = cited_texts(session, rows)
        remarks = comments(session, text_id)
    found = {row.id: finding_of(row) for row in rows}
    shown = [one for one in found.values() if one.standing is not Standing.NOT_CHECKED or version.state != "checked"]
    done = version.state == "checked"
    return page(
        "review", guest, text=text, version=version, done=done, findings=found, decided=decided, doing=DONE,
        rows=sorted(rows, key=lambda row: row.number), pieces=text_pieces(report, shown) if done else [],
        cards={one.number: [card(piece, documents) for piece in (*one.evidence, *one.neutral)] for one in shown},
        own_words=own_words, reads_otherwise=reads_otherwise, unchecked=unchecked(report) if done else [],
        needs=texts.needs_person, labels=list(Label), waiting=sum(texts.needs_person(row) for row in rows),
        formats=FORMATS, remarks=remarks,
    )  # fmt: skip


@router.get("/texts/{text_id}/progress")
def progress(request: Request, guest: Browser, text_id: int) -> StreamingResponse:
    """How far the check is, as server-sent events, until it is done."""
    del guest
    database = database_of(request)

    def look() -> tuple[str, int, int]:
        with database.reading() as session:
            version = texts.current_version(session, texts.get_text(session, text_id))
            return version.state, version.judged, version.to_judge

    async def tell() -> AsyncIterator[str]:
        last = None
        while not await request.is_disconnected():
            state, judged, total = await asyncio.to_thread(look)
            if (state, judged, total) != last:
                last = (state, judged, total)
                yield f"data: {json.dumps({'state': state, 'judged': judged, 'of': total})}\n\n"
            if state not in checking.UNFINISHED:
                return
            await asyncio.sleep(LOOK_EVERY)

    return StreamingResponse(tell(), media_type="text/event-stream")


@router.post("/claims/{claim_id}/decide")
def decide_claim(
    request: Request, guest: Browser, claim_id: int, csrf: Short, action: Short, expected: Annotated[int, Form(ge=1)],
    label: Short = "", replacement: Annotated[str, Form(max_length=4000)] = "", reason: Short = "",
) -> Response:  # fmt: skip
    """Write down what a person decides of a claim."""
    check_form(guest, csrf)
    chosen = _choice(action, expected, label=label, replacement=replacement, reason=reason)
    with database_of(request).writing() as session:
        row = decide(session, guest.user, claim_id, chosen, now=utc_now())
        number, text_id = row.number, _text_of(session, row)
    return RedirectResponse(f"/texts/{text_id}#f{number}", 303)


@router.post("/claims/{claim_id}/comment")
def comment_claim(request: Request, guest: Browser, claim_id: int, csrf: Short, words: Short) -> Response:
    """Keep a remark on a claim."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        row = comment(session, guest.user, claim_id, words, now=utc_now())
        number, text_id = row.number, _text_of(session, row)
    return RedirectResponse(f"/texts/{text_id}#f{number}", 303)


def _choice(action: str, expected: int, *, label: str, replacement: str, reason: str) -> Choice:
    try:
        done = Action(action)
        new = Label(label) if done is Action.CHANGE_VERDICT and label else None
    except ValueError:
        raise Refused(f"{(action + ' ' + label)[:60]!r} is nothing that can be decided") from None
    words = replacement if done is Action.CORRECT else None
    return Choice(action=done, expected=expected, label=new, replacement=words, reason=reason or None)


def _text_of(session: Session, row: ClaimRow) -> int:
    return session.get_one(Version, row.version_id).text_id


@router.post("/texts/{text_id}/edit")
def edit(
    request: Request, guest: Browser, text_id: int, csrf: Short, body: Body, expected: Annotated[int, Form(ge=1)]
) -> Response:
    """Keep new words of a text; only what changed is checked again."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        texts.edit_text(session, guest.user, text_id, expected=expected, body=body.replace("\r\n", "\n"), now=utc_now())
    _wake(request)
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/approval")
def approval(
    request: Request, guest: Browser, text_id: int, csrf: Short, expected: Annotated[int, Form(ge=1)], what: Short
) -> Response:
    """Approve a text, or withdraw its approval."""
    check_form(guest, csrf)
    change = texts.approve if what == "approve" else texts.withdraw_approval
    with database_of(request).writing() as session:
        change(session, guest.user, text_id, expected=expected, now=utc_now())
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/again")
def check_again(request: Request, guest: Browser, text_id: int, csrf: Short) -> Response:
    """Queue a check that failed again."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        version = texts.current_version(session, texts.get_text(session, text_id))
        if version.state != "failed":
            raise Refused("this check did not fail")
        checking.try_again(session, version, now=utc_now(), user_id=guest.user.id)
    _wake(request)
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.get("/texts/{text_id}/history")
def history(request: Request, guest: Browser, text_id: int) -> HTMLResponse:
    """Everything that happened to a text."""
    with database_of(request).reading() as session:
        text = texts.get_text(session, text_id)
        happened = events.of_text(session, text_id)
    return page("history", guest, text=text, events=happened)


@router.get("/texts/{text_id}/export/{name}")
def export(request: Request, guest: Browser, text_id: int, name: str) -> Response:
    """The check as a file, in one of the report formats."""
    del guest
    if name not in FORMATS:
        raise NotFound(f"there is no format {name[:20]!r}; there are {', '.join(FORMATS)}")
    with database_of(request).reading() as session:
        text = texts.get_text(session, text_id)
        version = texts.current_version(session, text)
        report = report_of(session, text, version)
        documents = cited_texts(session, texts.claims(session, version.id))
    content = render_bytes(format_of(name).name, report, documents)
    named = {"Content-Disposition": f'attachment; filename="text-{text_id}.{name}"'}
    return Response(content, media_type="application/octet-stream", headers=named)


@router.get("/decisions.jsonl")
def decided_rows(request: Request, guest: Browser) -> Response:
    """Every claim that a person gave a verdict, in the format that ``factcheck eval claims`` reads."""
    del guest
    with database_of(request).reading() as session:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in labelled(session)]
    named = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
    return Response("".join(lines), media_type="application/x-ndjson", headers=named)


@router.get("/texts/{text_id}/history.jsonl")
def history_rows(request: Request, guest: Browser, text_id: int) -> Response:
    """Everything that happened to a text, one event a line, as it was written down."""
    del guest
    with database_of(request).reading() as session:
        texts.get_text(session, text_id)
        rows = [
            {
                "event": one.id, "at": one.at.isoformat() + "Z", "kind": one.kind, "claim_id": one.claim_id,
                "by": one.user.name if one.user else None, "data": one.data,
            }
            for one in events.of_text(session, text_id)
        ]  # fmt: skip
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    named = {"Content-Disposition": f'attachment; filename="text-{text_id}-history.jsonl"'}
    return Response("".join(lines), media_type="application/x-ndjson", headers=named)


@router.get("/ask")
def ask_form(guest: Browser) -> HTMLResponse:
    """The form for a question about the sources."""
    return _asked(guest, None, "", "")


@router.post("/ask")
def ask(request: Request, guest: Browser, csrf: Short, question: Short, as_of: Short = "") -> HTMLResponse:
    """Answer a question out of the sources."""
    check_form(guest, csrf)
    day = day_of(as_of)
    answer = _judge(request).call(lambda checker: Conversation(checker, as_of=day).ask(question))
    return _asked(guest, answer, question, as_of)


def _asked(guest: Guest, answer: Answer | None, question: str, as_of: str) -> HTMLResponse:
    return page("ask", guest, answer=answer, question=question, as_of=as_of)


@router.get("/sources")
def sources(request: Request, guest: Browser, q: str = "", start: int = 0) -> HTMLResponse:
    """The documents in the store, all or those that a search finds."""
    query = q.strip()[:400]

    def find(checker: Checker) -> list[tuple[Source, str]]:
        if query:
            (hits,) = checker.store.search([query], k=PER_PAGE)
            return [(hit.source, hit.passage.text) for hit in hits]
        return [(source, "") for source in islice(checker.store.sources(), max(0, start), max(0, start) + PER_PAGE)]

    found = _judge(request).call(find)
    total = _judge(request).call(lambda checker: checker.store.count())
    return page("sources", guest, found=found, q=query, total=total, start=max(0, start), per_page=PER_PAGE)
