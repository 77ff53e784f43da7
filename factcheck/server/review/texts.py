"""Pages about texts: the inbox, the review of one, its history, questions about the sources."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from difflib import SequenceMatcher

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from factcheck.reports.findings import reads_otherwise
from factcheck.reports.html_page import own_words
from factcheck.server.access import Browser, RowId, database_of, worker_of
from factcheck.server.db import Refused, checking, citations, events, inbox, texts
from factcheck.server.db.accounts import allow
from factcheck.server.db.decisions import DONE
from factcheck.server.db.desk import figures
from factcheck.server.db.labelled import labelled
from factcheck.server.db.roles import Right
from factcheck.server.exporting import FORMATS, PUBLISHED, exported
from factcheck.server.review.account import check_form
from factcheck.server.review.forms import Body, Seen, Short, day_of, moment_of, person_of
from factcheck.server.review.pages import page
from factcheck.server.review.reviewing import view
from factcheck.server.review.uploads import texts_of
from factcheck.server.times import utc_now
from factcheck.types import Label
from vectorstore.loaders import known_suffixes

router = APIRouter(include_in_schema=False)
PER_PAGE = 50
LOOK_EVERY = 0.5
"""Seconds between two looks at how far a check is."""


@router.get("/")
def show_inbox(request: Request, guest: Browser, start: int = 0) -> HTMLResponse:
    """Every text, those that need a person most first."""
    with database_of(request).reading() as session:
        rows = inbox.inbox(session, limit=PER_PAGE, offset=max(0, start))
        total, changed = inbox.count(session), citations.texts_to_look_at(session)
    return page(
        "inbox",
        guest,
        rows=rows,
        total=total,
        start=max(0, start),
        per_page=PER_PAGE,
        suffixes=known_suffixes(),
        changed=changed,
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
    worker_of(request).wake()
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
    worker_of(request).wake()
    return RedirectResponse(place, 303)


@router.get("/texts/{text_id}")
def review(request: Request, guest: Browser, text_id: RowId) -> HTMLResponse:
    """The text with its claims, and beside it what the sources say and what was decided."""
    with database_of(request).reading() as session:
        seen = view(session, text_id)
    return page(
        "review", guest, **seen, own_words=own_words, reads_otherwise=reads_otherwise, labels=list(Label),
        formats=[one for one in FORMATS if seen["text"].approved_at or one not in PUBLISHED], doing=DONE,
    )  # fmt: skip


@router.get("/texts/{text_id}/progress")
def progress(request: Request, guest: Browser, text_id: RowId) -> StreamingResponse:
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


@router.post("/texts/{text_id}/edit")
def edit(
    request: Request,
    guest: Browser,
    text_id: RowId,
    csrf: Short,
    body: Body,
    expected: Seen,
) -> Response:
    """Keep new words of a text; only what changed is checked again."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        texts.edit_text(session, guest.user, text_id, expected=expected, body=body.replace("\r\n", "\n"), now=utc_now())
    worker_of(request).wake()
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/approval")
def approval(
    request: Request,
    guest: Browser,
    text_id: RowId,
    csrf: Short,
    expected: Seen,
    what: Short,
) -> Response:
    """Approve a text, or withdraw its approval."""
    check_form(guest, csrf)
    change = texts.approve if what == "approve" else texts.withdraw_approval
    with database_of(request).writing() as session:
        change(session, guest.user, text_id, expected=expected, now=utc_now())
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/corrections")
def apply_corrections(request: Request, guest: Browser, text_id: RowId, csrf: Short, expected: Seen) -> Response:
    """Put the corrections that were decided into the text; only what changed is checked again."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        texts.apply_corrections(session, guest.user, text_id, expected=expected, now=utc_now())
    worker_of(request).wake()
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/assign")
def assign(request: Request, guest: Browser, text_id: RowId, csrf: Short, to: Short) -> Response:
    """Make somebody the owner of a text."""
    check_form(guest, csrf)
    person = person_of(to)
    if person is None:
        raise Refused("a text has an owner; choose one")
    with database_of(request).writing() as session:
        texts.assign_text(session, guest.user, text_id, person, now=utc_now())
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.post("/texts/{text_id}/again")
def check_again(request: Request, guest: Browser, text_id: RowId, csrf: Short) -> Response:
    """Queue a check that failed again."""
    check_form(guest, csrf)
    allow(guest.user, Right.DECIDE)
    with database_of(request).writing() as session:
        version = texts.current_version(session, texts.get_text(session, text_id))
        if version.state != "failed":
            raise Refused("this check did not fail")
        checking.try_again(session, version, now=utc_now(), user_id=guest.user.id)
    worker_of(request).wake()
    return RedirectResponse(f"/texts/{text_id}", 303)


@router.get("/texts/{text_id}/history")
def history(request: Request, guest: Browser, text_id: RowId) -> HTMLResponse:
    """Everything that happened to a text."""
    with database_of(request).reading() as session:
        text = texts.get_text(session, text_id)
        happened = events.of_text(session, text_id)
        made = texts.versions(session, text_id)
    return page("history", guest, text=text, events=happened, versions=made)


@router.get("/texts/{text_id}/versions/{number}")
def show_version(request: Request, guest: Browser, text_id: RowId, number: RowId) -> HTMLResponse:
    """The words of one version, compared with those of the one before."""
    with database_of(request).reading() as session:
        text = texts.get_text(session, text_id)
        version = texts.get_version(session, text_id, number)
        before = texts.get_version(session, text_id, number - 1).body if number > 1 else version.body
    return page("version", guest, text=text, version=version, pieces=list(_compared(before, version.body)))


def _compared(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Stretches of words: ``same``, ``old`` or ``new``."""
    one, two = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    for kind, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(two[c:d])
            continue
        if a < b:
            yield "old", "".join(one[a:b])
        if c < d:
            yield "new", "".join(two[c:d])


@router.get("/texts/{text_id}/export/{name}")
def export(request: Request, guest: Browser, text_id: RowId, name: str) -> Response:
    """The check as a file, in one of the report formats."""
    del guest
    content = exported(database_of(request), text_id, name, request.app.state.publisher)
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


@router.get("/desk")
def desk(request: Request, guest: Browser) -> HTMLResponse:
    """How good the check is by what this desk decided."""
    with database_of(request).reading() as session:
        return page("desk", guest, f=figures(session))


@router.get("/texts/{text_id}/history.jsonl")
def history_rows(request: Request, guest: Browser, text_id: RowId) -> Response:
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
