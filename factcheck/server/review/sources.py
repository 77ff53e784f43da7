"""Pages about the documents that verdicts rest on: found, read, put right, removed, and what hangs on them."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from factcheck.checker import Checker
from factcheck.reports.safe_text import web_link
from factcheck.server.access import Browser, database_of, judge_of, worker_of
from factcheck.server.db import NotFound, citations
from factcheck.server.db.accounts import allow
from factcheck.server.db.roles import Right, may
from factcheck.server.review.account import check_form
from factcheck.server.review.forms import Body, Short, day_of
from factcheck.server.review.pages import page
from factcheck.server.review.uploads import texts_of
from factcheck.server.stocking import EDITABLE, NewSource, bring_source, edit_source, remove_source
from vectorstore.types import Document, Filters, Revision, Source

router = APIRouter(include_in_schema=False)
PER_PAGE = 50
Word = Annotated[str, Query(max_length=400)]


@router.get("/sources")
def sources(
    request: Request, guest: Browser, q: Word = "", publisher: Word = "", first: Word = "", last: Word = "",
    undated: Word = "", start: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:  # fmt: skip
    """The documents in the store: all, or those that a search and filters leave."""
    wanted = Filters(
        published_from=day_of(first), published_to=day_of(last), publishers=(publisher,) if publisher.strip() else (),
        include_undated=not (first or last),
    )  # fmt: skip

    def find(checker: Checker) -> tuple[list[tuple[Source, str]], int, list[str]]:
        names = sorted({one.publisher for one in checker.store.sources() if one.publisher})
        if q.strip():
            (hits,) = checker.store.search([q.strip()], k=PER_PAGE, filters=wanted)
            hits = [hit for hit in hits if not undated or hit.source.published_at is None]
            return [(hit.source, hit.passage.text) for hit in hits], checker.store.count(), names
        rows = (one for one in checker.store.sources() if _passes(one, wanted, undated=bool(undated)))
        return [(one, "") for one in islice(rows, start, start + PER_PAGE + 1)], checker.store.count(), names

    found, total, names = judge_of(request).call(find)
    with database_of(request).reading() as session:
        changed = citations.changed_documents(session)
    return page(
        "sources", guest, found=found[:PER_PAGE], more=len(found) > PER_PAGE, q=q, total=total, start=start,
        per_page=PER_PAGE, publisher=publisher, first=first, last=last, undated=undated, publishers=names,
        changed=changed, may_add=may(guest.user.role, Right.ADD_SOURCE),
    )  # fmt: skip


@router.get("/sources/show")
def show(
    request: Request, guest: Browser, doc_id: Annotated[str, Query(max_length=512)],
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    at: Annotated[str, Query(max_length=40, pattern=r"^(\d+-\d+)?$")] = "",
) -> HTMLResponse:  # fmt: skip
    """One document with its text, what was quoted marked, its versions, and the verdicts that rest on it."""
    document, history = judge_of(request).call(
        lambda checker: (checker.store.get(doc_id, version=version), checker.store.history(doc_id))
    )
    if document is None and not history:
        raise NotFound(f"there is no document {doc_id[:80]!r}")
    if document is None and version is not None:
        raise NotFound(f"document {doc_id[:80]!r} has no version {version}")
    if document is None:  # removed: its last version is still there to read
        number = history[-1].number
        document = judge_of(request).call(lambda checker: checker.store.get(doc_id, version=number))
    with database_of(request).reading() as session:
        resting = citations.resting_on(session, doc_id)
    return page(
        "source", guest, doc_id=doc_id, document=document, pieces=_pieces(document, at),
        history=list(reversed(history)), shown=version, resting=resting,
        link=web_link(document.url) if document else None, editable=EDITABLE,
        may_edit=may(guest.user.role, Right.MANAGE_SOURCES), present=_present(history),
    )  # fmt: skip


@router.post("/sources")
def add(
    request: Request, guest: Browser, csrf: Short, body: Body = "", title: Short = "", publisher: Short = "",
    published_at: Short = "", url: Short = "", file: UploadFile | None = None,
) -> Response:  # fmt: skip
    """Store a document that somebody brings along, pasted or as a file."""
    check_form(guest, csrf)
    allow(guest.user, Right.ADD_SOURCE)
    if file is not None and file.filename:
        found = texts_of(file)
        body, title = "\n\n".join(one.body for one in found), title or found[0].title
    given = NewSource(text=body, title=title, publisher=publisher, published_at=published_at, url=url)
    return _to(bring_source(database_of(request), judge_of(request), guest.user, given).doc_id)


@router.post("/sources/edit")
def edit(
    request: Request, guest: Browser, csrf: Short, doc_id: Short, title: Short = "", publisher: Short = "",
    published_at: Short = "", author: Short = "", language: Short = "", url: Short = "", source_rank: Short = "",
    tags: Short = "",
) -> Response:  # fmt: skip
    """Set what is known about a document; it stays when the file is read again."""
    check_form(guest, csrf)
    given = dict(zip(EDITABLE, (title, publisher, published_at, author, language, url, source_rank), strict=True))
    edit_source(database_of(request), judge_of(request), guest.user, doc_id, given, tags)
    return _to(doc_id)


@router.post("/sources/remove")
def remove(request: Request, guest: Browser, csrf: Short, doc_id: Short, reason: Short) -> Response:
    """Take a document out of every answer, with a reason; the history keeps what it said."""
    check_form(guest, csrf)
    remove_source(
        database_of(request), judge_of(request), guest.user, doc_id, reason, worker_of(request).sources_changed
    )
    return RedirectResponse("/sources", 303)


def _passes(source: Source, wanted: Filters, *, undated: bool) -> bool:
    day = source.published_date
    if wanted.publishers and (source.publisher or "").casefold() != wanted.publishers[0].casefold():
        return False
    if undated:
        return day is None
    if day is None:
        return wanted.include_undated
    return (wanted.published_from or day) <= day <= (wanted.published_to or day)


def _pieces(document: Document | None, at: str) -> list[tuple[str, bool]]:
    """The text, cut at what is to be marked."""
    text = document.text if document else ""
    start, end = (int(one[:9]) for one in at.split("-")) if at else (0, 0)
    if not start < end <= len(text):
        return [(text, False)]
    return [(text[:start], False), (text[start:end], True), (text[end:], False)]


def _present(history: Iterable[Revision]) -> bool:
    return any(one.ended_at is None for one in history)


def _to(doc_id: str) -> Response:
    from urllib.parse import urlencode

    return RedirectResponse(f"/sources/show?{urlencode({'doc_id': doc_id})}", 303)
