"""The API of what reviews rest on: sources, people, tokens, the desk's own figures."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request

from factcheck.server.access import Program, RowId, database_of, judge_of, worker_of
from factcheck.server.api.shapes import (
    PersonIn,
    PersonOut,
    Resting,
    RoleIn,
    Secret,
    SourceEdit,
    SourceIn,
    SourceWhole,
    TokenIn,
    TokenOut,
    person_out,
)
from factcheck.server.db import Forbidden, NotFound, accounts, citations
from factcheck.server.db.accounts import allow
from factcheck.server.db.desk import figures
from factcheck.server.db.models import Json, User
from factcheck.server.db.roles import Right
from factcheck.server.stocking import EDITABLE, NewSource, bring_source, edit_source, remove_source
from factcheck.server.times import utc_now
from vectorstore.types import Source

router = APIRouter(prefix="/api/v1")
DocId = Annotated[str, Query(min_length=1, max_length=512)]


@router.get("/source", tags=["sources"])
def show_source(request: Request, guest: Program, doc_id: DocId) -> SourceWhole:
    """A document with its text, and the verdicts that rest on it."""
    allow(guest.user, Right.READ)
    document = judge_of(request).call(lambda checker: checker.store.get(doc_id))
    if document is None:
        raise NotFound(f"there is no document {doc_id[:80]!r}")
    with database_of(request).reading() as session:
        resting = [
            Resting(
                text_id=text.id, claim_id=claim.id, claim=claim.claim["claim"],
                label=(claim.verdict or {}).get("label"), changed=citation.changed,
            )
            for text, claim, citation in citations.resting_on(session, doc_id)
        ]  # fmt: skip
    return SourceWhole(source=document.source, text=document.text, resting=resting)


@router.post("/source", tags=["sources"], status_code=201)
def add_source(request: Request, guest: Program, given: SourceIn) -> Source:
    """Store a document that somebody brings along."""
    day = given.published_at.isoformat() if given.published_at else None
    new = NewSource(**given.model_dump(exclude={"published_at"}), published_at=day)
    return bring_source(database_of(request), judge_of(request), guest.user, new).source


@router.patch("/source", tags=["sources"])
def change_source(request: Request, guest: Program, doc_id: DocId, given: SourceEdit) -> Source:
    """Set what is known about a document."""
    allow(guest.user, Right.MANAGE_SOURCES)
    before = judge_of(request).call(lambda checker: checker.store.get(doc_id))
    if before is None:
        raise NotFound(f"there is no document {doc_id[:80]!r}")
    said = {name: getattr(given, name) for name in EDITABLE}
    values = {name: _text(getattr(before, name)) if value is None else value for name, value in said.items()}
    tags = before.tags if given.tags is None else tuple(given.tags)
    return edit_source(database_of(request), judge_of(request), guest.user, doc_id, values, ", ".join(tags)).source


@router.delete("/source", tags=["sources"], status_code=204)
def drop_source(
    request: Request, guest: Program, doc_id: DocId, reason: Annotated[str, Query(min_length=1, max_length=2000)]
) -> None:
    """Take a document out of every answer; the history keeps what it said."""
    remove_source(
        database_of(request), judge_of(request), guest.user, doc_id, reason, worker_of(request).sources_changed
    )


@router.get("/desk", tags=["desk"])
def desk(request: Request, guest: Program) -> Json:
    """How good the check is by what this desk decided."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        return asdict(figures(session))


@router.get("/people", tags=["people"])
def people(request: Request, guest: Program) -> list[PersonOut]:
    """Everybody with an account."""
    allow(guest.user, Right.READ)
    with database_of(request).reading() as session:
        return [person_out(row) for row in accounts.people(session)]


@router.post("/invitations", tags=["people"], status_code=201)
def invite(request: Request, guest: Program, given: RoleIn) -> Secret:
    """Make a one-time token for ``/join/TOKEN``; with a session alone, not with an API token."""
    _in_person(guest.csrf)
    with database_of(request).writing() as session:
        return Secret(token=accounts.invite(session, guest.user, given.role, now=utc_now()))


@router.put("/people/{user_id}", tags=["people"])
def change_person(request: Request, guest: Program, user_id: RowId, given: PersonIn) -> PersonOut:
    """Change a role, or whether somebody may sign in; with a session alone, not with an API token."""
    _in_person(guest.csrf)
    with database_of(request).writing() as session:
        accounts.set_person(session, guest.user, user_id, role=given.role, active=given.active, now=utc_now())
        return person_out(session.get_one(User, user_id))


@router.get("/tokens", tags=["people"])
def tokens(request: Request, guest: Program) -> list[TokenOut]:
    """One's own API tokens."""
    with database_of(request).reading() as session:
        rows = accounts.api_tokens(session, guest.user)
        return [TokenOut(id=row.id, name=row.name, created_at=row.created_at) for row in rows]


@router.post("/tokens", tags=["people"], status_code=201)
def new_token(request: Request, guest: Program, given: TokenIn) -> Secret:
    """Make an API token; with a session alone: a stolen token must not make others."""
    _in_person(guest.csrf)
    with database_of(request).writing() as session:
        return Secret(token=accounts.new_api_token(session, guest.user, given.name, now=utc_now()))


@router.delete("/tokens/{token_id}", tags=["people"], status_code=204)
def revoke_token(request: Request, guest: Program, token_id: RowId) -> None:
    """Make one of one's own API tokens useless."""
    with database_of(request).writing() as session:
        accounts.revoke_api_token(session, guest.user, token_id, now=utc_now())


def _in_person(csrf: str) -> None:
    if not csrf:
        raise Forbidden("sign in with a browser for this: an API token may not do it")


def _text(value: object) -> str:
    return "" if value is None else str(value)
