"""Pages about people: the first account, sign-in, invitations, roles, API tokens."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from factcheck.server.access import COOKIE, Browser, Guest, RowId, database_of
from factcheck.server.db import Forbidden, Refused, TooManyAttempts, WrongCredentials, accounts
from factcheck.server.db.roles import MEANINGS
from factcheck.server.review.pages import page
from factcheck.server.times import utc_now

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=400)]


def check_form(guest: Guest, csrf: str) -> None:
    """Raise Forbidden unless the form carries the session's own token."""
    if not guest.csrf or csrf != guest.csrf:
        raise Forbidden("the form is too old; load the page again")


def _with_session(response: Response, request: Request, token: str) -> Response:
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", max_age=12 * 3600
    )
    return response


@router.get("/join/{token}")
def invitation(request: Request, token: str) -> HTMLResponse:
    """The form that makes an account out of an invitation."""
    with database_of(request).reading() as session:
        role = accounts.invited_as(session, token, now=utc_now())
    return page("join", None, token=token, role=role.value, meaning=MEANINGS[role], shortest=accounts.SHORTEST_PASSWORD)


@router.post("/join/{token}")
def join(request: Request, token: str, name: Field, password: Field) -> Response:
    """Make the account and sign its person in."""
    with database_of(request).writing() as session:
        user = accounts.accept(session, token, name=name, password=password, now=utc_now())
        signed = accounts.sign_in(session, user.id, now=utc_now())
    return _with_session(RedirectResponse("/", 303), request, signed)


@router.get("/sign-in")
def sign_in_form(request: Request) -> HTMLResponse:
    """The form to sign in."""
    with database_of(request).reading() as session:
        empty = not accounts.any_people(session)
    return page("sign_in", None, empty=empty, message="")


@router.post("/sign-in")
def sign_in(request: Request, name: Field, password: Field) -> Response:
    """Sign in; too many failures of a name or from an address wait."""
    address = request.client.host if request.client else ""
    try:
        with database_of(request).reading() as session:
            if accounts.failed_too_often(session, name, address, now=utc_now()):
                raise TooManyAttempts("too many wrong passwords; wait a quarter of an hour")
            user = accounts.find_by_password(session, name, password)
    except WrongCredentials as exc:
        with database_of(request).writing() as session:
            accounts.note_failure(session, name, address, now=utc_now())
        return page("sign_in", None, status=401, empty=False, message=str(exc))
    with database_of(request).writing() as session:
        token = accounts.sign_in(session, user.id, now=utc_now())
    return _with_session(RedirectResponse("/", 303), request, token)


@router.post("/sign-out")
def sign_out(request: Request, guest: Browser, csrf: Field) -> Response:
    """End the session."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        accounts.sign_out(session, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/people")
def people(request: Request, guest: Browser) -> HTMLResponse:
    """Everybody with an account, and one's own API tokens."""
    return _people(request, guest)


def _people(request: Request, guest: Guest, *, link: str = "", token: str = "") -> HTMLResponse:
    with database_of(request).reading() as session:
        everybody, tokens = accounts.people(session), accounts.api_tokens(session, guest.user)
    return page(
        "people",
        guest,
        people=everybody,
        tokens=tokens,
        roles=MEANINGS,
        link=link,
        token=token,
        shortest=accounts.SHORTEST_PASSWORD,
    )


@router.post("/people/invite")
def invite(request: Request, guest: Browser, csrf: Field, role: Field) -> HTMLResponse:
    """Show a link, once, that makes an account of a role."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        token = accounts.invite(session, guest.user, role, now=utc_now())
    return _people(request, guest, link=f"{request.base_url}join/{token}")


@router.post("/people/{user_id}")
def change_person(
    request: Request, guest: Browser, user_id: RowId, csrf: Field, role: Field, active: Field = "no"
) -> Response:
    """Change a role, or whether somebody may sign in."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        accounts.set_person(session, guest.user, user_id, role=role, active=active == "yes", now=utc_now())
    return RedirectResponse("/people", 303)


@router.post("/password")
def change_password(request: Request, guest: Browser, csrf: Field, old: Field, new: Field) -> Response:
    """Change one's own password; all sessions end, and a new one begins here. Wrong old ones are counted."""
    check_form(guest, csrf)
    address = request.client.host if request.client else ""
    try:
        with database_of(request).writing() as session:
            if accounts.failed_too_often(session, guest.user.name, address, now=utc_now()):
                raise TooManyAttempts("too many wrong passwords; wait a quarter of an hour")
            accounts.change_password(session, guest.user, old, new, now=utc_now())
            token = accounts.sign_in(session, guest.user.id, now=utc_now())
    except WrongCredentials:
        with database_of(request).writing() as session:
            accounts.note_failure(session, guest.user.name, address, now=utc_now())
        raise Refused("the password as it is was not right") from None
    return _with_session(RedirectResponse("/people", 303), request, token)


@router.post("/tokens")
def new_token(request: Request, guest: Browser, csrf: Field, name: Field) -> HTMLResponse:
    """Show a new API token, once."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        token = accounts.new_api_token(session, guest.user, name, now=utc_now())
    return _people(request, guest, token=token)


@router.post("/tokens/{token_id}/revoke")
def revoke_token(request: Request, guest: Browser, token_id: RowId, csrf: Field) -> Response:
    """Make one of one's own API tokens useless."""
    check_form(guest, csrf)
    with database_of(request).writing() as session:
        accounts.revoke_api_token(session, guest.user, token_id, now=utc_now())
    return RedirectResponse("/people", 303)
