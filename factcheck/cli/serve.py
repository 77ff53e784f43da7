"""``factcheck serve``: the review tool and the API."""

from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.server.db import Database
    from factcheck.settings import Settings

EXAMPLES = """
factcheck serve
factcheck serve --port 8080 --store ./store
factcheck serve --inbox ~/drafts --inbox https://desk.example/feed.xml
factcheck serve --host 0.0.0.0 --behind-proxy     # a proxy in front does TLS
"""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8000,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Allow another address than loopback: a proxy in front does TLS.")
    ] = False,
    inbox: Annotated[
        list[str] | None,
        typer.Option("--inbox", metavar="PATH|URL", help="A folder or feed whose new texts are checked; repeatable."),
    ] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log as JSON Lines.")] = False,
    store: options.Store = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Serve the review tool at /, the API under /api.

    The first start prints a link that makes the first account. Reviews are kept beside the store.
    """
    import uvicorn

    from factcheck.cli import messages
    from factcheck.cli.checking import publication_of
    from factcheck.errors import UsageError
    from factcheck.server.app import create_app
    from factcheck.server.db import open_database
    from factcheck.server.judge import Judge
    from factcheck.server.memory import keep_few_pools
    from factcheck.server.watching import log_to_stderr
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    if host not in LOOPBACK and not behind_proxy:
        raise UsageError(f"--host {host} is not this machine alone, and this server does no TLS; put a proxy in front "
                         "that does, and say so with --behind-proxy")  # fmt: skip
    keep_few_pools()
    settings = load_settings(store=store)
    database = open_database(database_url(settings))
    try:
        with database.held():
            _invite(database, f"http://{'localhost' if host == '::1' else host}:{port}")
            level = "debug" if verbose else "warning" if quiet else "info"
            log_to_stderr(level, as_json=log_json)
            judge = Judge(settings)
            try:
                app = create_app(
                    database, judge, inbox=inbox or (), publisher=lambda day: publication_of(settings, day)
                )  # fmt: skip
                uvicorn.run(
                    app, host=host, port=port, log_config=None, log_level=level, access_log=False,
                    proxy_headers=behind_proxy, server_header=False, timeout_graceful_shutdown=5,
                )  # fmt: skip
            finally:
                judge.close()
    finally:
        database.close()


def database_url(settings: "Settings") -> str:
    """Where reviews are kept, as a SQLAlchemy URL."""
    return settings.database or f"sqlite:///{_beside(settings.store)}"


def _beside(store: str) -> str:
    """The file for reviews: in the store's folder, or for a store on a server among the user's data."""
    from pathlib import Path

    import platformdirs

    if store.startswith(("http://", "https://")):
        return str(Path(platformdirs.user_data_dir("factcheck", appauthor=False)) / "review.sqlite3")
    return str(Path(store).expanduser().resolve() / "review.sqlite3")


def _invite(database: "Database", address: str) -> None:
    """Print the link that makes the first account, while there is none."""
    import sys

    from factcheck.server.db import accounts
    from factcheck.server.times import utc_now

    with database.writing() as session:
        token = accounts.first_invitation(session, now=utc_now())
    if token is not None:
        sys.stderr.write(f"factcheck: make the first account at {address}/join/{token}\n")
        sys.stderr.flush()
