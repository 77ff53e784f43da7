"""The API, version 1: judge claims and texts, search. ``talking``, ``review`` and ``manage`` beside it have the rest.

Programs send ``Authorization: Bearer TOKEN``; a page of this server may use its session and its form token.
"""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from factcheck.server.access import Program, judge_of
from factcheck.server.api.shapes import ClaimsIn, Limit, Offset, Sources, TextIn
from factcheck.server.db.accounts import allow
from factcheck.server.db.roles import Right
from factcheck.server.review.pages import page
from factcheck.types import Claim, Report, Verdict
from vectorstore.types import Hit

router = APIRouter(prefix="/api")


@router.post("/v1/extract", tags=["check"])
def extract(request: Request, guest: Program, given: TextIn) -> list[Claim]:
    """The claims of a text, also those not worth checking and why."""
    allow(guest.user, Right.READ)
    return judge_of(request).call(lambda checker: checker.extract(given.text, as_of=given.as_of))


@router.post("/v1/verify", tags=["check"])
def verify(request: Request, guest: Program, given: ClaimsIn) -> list[Verdict]:
    """One verdict for each claim, in order, with its sources."""
    allow(guest.user, Right.READ)
    return judge_of(request).call(lambda checker: checker.verify(given.claims, as_of=given.as_of))


@router.post("/v1/check", tags=["check"])
def check(request: Request, guest: Program, given: TextIn) -> Report:
    """A whole text: claims, verdicts, and the account of every sentence."""
    allow(guest.user, Right.READ)
    return judge_of(request).call(lambda checker: checker.check(given.text, as_of=given.as_of, title=given.title))


@router.get("/v1/search", tags=["ask"])
def search(
    request: Request, guest: Program, q: Annotated[str, Query(min_length=1, max_length=400)], limit: Limit = 10
) -> list[Hit]:
    """The passages nearest to a query."""
    allow(guest.user, Right.READ)
    return judge_of(request).call(lambda checker: checker.store.search([q], k=limit)[0])


@router.get("/v1/sources", tags=["ask"])
def sources(request: Request, guest: Program, limit: Limit = 50, offset: Offset = 0) -> Sources:
    """The documents in the store, by doc_id, without their texts."""
    allow(guest.user, Right.READ)
    return judge_of(request).call(
        lambda checker: Sources(
            total=checker.store.count(), sources=list(islice(checker.store.sources(), offset, offset + limit))
        )
    )


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """The API for reading: made from its own description, nothing loaded from elsewhere."""
    return page("api", None, api=request.app.openapi())
