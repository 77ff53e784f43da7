"""Who is asking: a browser with a session cookie and a form token, or a program with an API token."""

from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi import Path as PathParameter

from factcheck.server.db import Database, Forbidden, WrongCredentials, accounts
from factcheck.server.db.models import User
from factcheck.server.judge import Judge
from factcheck.server.times import utc_now
from factcheck.server.worker import Worker

COOKIE = "factcheck_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guest(NamedTuple):
    """Somebody who is signed in."""

    user: User
    csrf: str
    """What forms must send back; empty for programs, which send no cookie that a page could misuse."""


class NotSignedIn(WrongCredentials):
    """Nobody is signed in."""


def database_of(request: Request) -> Database:
    """The database of this server."""
    found: Database = request.app.state.database
    return found


def browser(request: Request) -> Guest:
    """The person whose session cookie came along; raises NotSignedIn."""
    token = request.cookies.get(COOKIE, "")
    with database_of(request).reading() as session:
        row = accounts.signed_in(session, token, now=utc_now()) if token else None
        if row is None:
            raise NotSignedIn("sign in first")
        return Guest(row.user, row.csrf)


def program(request: Request) -> Guest:
    """The person of an API token, or of a session whose form token is in the header ``X-CSRF-Token``.

    Raises NotSignedIn for neither, Forbidden for a session that changes something without its form token.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        with database_of(request).reading() as session:
            user = accounts.by_api_token(session, token.strip())
        if user is None:
            raise NotSignedIn("this API token does not work")
        return Guest(user, "")
    guest = browser(request)
    if request.method not in SAFE and request.headers.get("x-csrf-token") != guest.csrf:
        raise Forbidden("the form token is missing or wrong; load the page again")
    return guest


def check_origin(request: Request) -> None:
    """Refuse a change that another site's page asks for; raises Forbidden."""
    if request.method in SAFE:
        return
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get("host"):
        raise Forbidden("this form was sent by another site")


def judge_of(request: Request) -> Judge:
    """The checker of this server."""
    found: Judge = request.app.state.judge
    return found


def worker_of(request: Request) -> Worker:
    """What runs the checks of this server."""
    found: Worker = request.app.state.worker
    return found


RowId = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
"""The number of a text, a claim, a person in an address; another one is not understood."""
Browser = Annotated[Guest, Depends(browser)]
Program = Annotated[Guest, Depends(program)]
