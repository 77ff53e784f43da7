"""The web application: pages for people at ``/``, the API for programs under ``/api``, ``/health`` for machines."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from factcheck.errors import FactcheckError
from factcheck.server.access import NotSignedIn, Program, check_origin, database_of
from factcheck.server.api.manage import router as manage_api
from factcheck.server.api.review import router as review_api
from factcheck.server.api.routes import router as api
from factcheck.server.api.talking import router as talking
from factcheck.server.db import Database, Forbidden, NotFound, Refused, Stale, TooManyAttempts, WrongCredentials
from factcheck.server.db.accounts import allow
from factcheck.server.db.roles import Right
from factcheck.server.exporting import Publisher
from factcheck.server.intake import Intake
from factcheck.server.judge import Judge
from factcheck.server.review.account import router as account
from factcheck.server.review.asking import router as asking
from factcheck.server.review.claims import router as claims
from factcheck.server.review.pages import error_page
from factcheck.server.review.sources import router as sources
from factcheck.server.review.texts import router as texts
from factcheck.server.watching import Watch
from factcheck.server.worker import Worker
from factcheck.version import __version__
from vectorstore import VectorStoreError

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 2_000_000
"""Bytes of a request; a longer text is for ``factcheck check``."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATUS: tuple[tuple[type[FactcheckError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Stale, 409),
    (TooManyAttempts, 429),
    (WrongCredentials, 401),
    (Refused, 422),
)


def create_app(
    database: Database, judge: Judge, *, inbox: Sequence[str] = (), publisher: Publisher = lambda _day: None
) -> FastAPI:
    """The application over an open database and a judge; starting it starts the checks, stopping it stops them.

    ``inbox`` are folders and feeds whose new texts are taken in; ``publisher`` says who publishes what is approved.
    """
    worker = Worker(database, judge, intake=Intake(inbox))

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        worker.start()
        yield
        worker.stop()

    app = FastAPI(
        title="factcheck", version=__version__, lifespan=running, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None, description="Claims of texts, their verdicts with exact sources, and what people decided.",
    )  # fmt: skip
    app.state.database, app.state.judge, app.state.worker = database, judge, worker
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (api, talking, review_api, manage_api, account, claims, texts, sources, asking):
        app.include_router(router)
    watch = Watch()
    app.middleware("http")(watch.follow)
    app.middleware("http")(_guard)
    app.state.watch, app.state.publisher = watch, publisher
    app.add_exception_handler(FactcheckError, _told)
    app.add_exception_handler(VectorStoreError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.get("/health", include_in_schema=False)(_health)
    app.get("/ready", include_in_schema=False)(_ready)
    app.get("/metrics", include_in_schema=False)(_metrics)
    return app


async def _guard(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Size and origin of what comes in; security headers on what goes out."""
    response: Response
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY or "transfer-encoding" in request.headers:
        response = PlainTextResponse(f"a request may have at most {LARGEST_BODY} bytes, and says how many", 413)
    else:
        try:
            check_origin(request)
            response = await call(request)
        except Forbidden as exc:
            response = PlainTextResponse(str(exc), 403)
    if request.url.path.startswith("/static/") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=604800"
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _told(request: Request, exc: Exception) -> Response:
    """A refusal as a person or a program can read it."""
    if isinstance(exc, NotSignedIn) and not _for_program(request):
        return RedirectResponse("/sign-in", 303)
    status = next((code for kind, code in STATUS if isinstance(exc, kind)), 503)
    if status == 503:
        logger.error("%s %s: %s", request.method, request.url.path, exc)
    if _for_program(request):
        return JSONResponse({"error": type(exc).__name__, "message": str(exc)}, status)
    return error_page(request, str(exc), status)


def _invalid(request: Request, exc: Exception) -> Response:
    """What of a request does not have its form, without repeating what came in."""
    errors = exc.errors() if isinstance(exc, RequestValidationError) else []
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in errors[:3]) or "not understood"
    if _for_program(request):
        return JSONResponse({"error": "Invalid", "message": told}, 422)
    return error_page(request, told, 422)


def _for_program(request: Request) -> bool:
    return request.url.path.startswith("/api") or request.url.path in ("/metrics", "/ready")


def _health() -> dict[str, str]:
    """That the process answers."""
    return {"status": "ok", "version": __version__}


def _metrics(request: Request, guest: Program) -> Response:
    """What Prometheus asks for, with the API token of a reader."""
    allow(guest.user, Right.READ)
    watch: Watch = request.app.state.watch
    with database_of(request).reading() as session:
        return PlainTextResponse(watch.page(session), media_type="text/plain; version=0.0.4; charset=utf-8")


def _ready(request: Request) -> dict[str, int]:
    """That the store answers; raises StoreFailed when it does not."""
    judge: Judge = request.app.state.judge
    return {"documents": judge.call(lambda checker: checker.store.count())}
