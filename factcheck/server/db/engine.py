"""Opens the database: one SQLite file, brought up to date, with transactions that really are transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from factcheck.errors import StoreFailed, UsageError

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_MS = 10_000


class Database:
    """Gives out sessions. Reading never waits; writing is one at a time, so what is read there stays true."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(immediate=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session for reading; whatever is changed in it is forgotten."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or forgotten when an error leaves it."""
        with Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at a SQLAlchemy URL, made and migrated if need be.

    Raises UsageError for a URL that is not SQLite's, StoreFailed when the file cannot be used.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise UsageError(f"database {url!r} is not a database URL; give one like sqlite:///review.sqlite3") from exc
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        shown = parsed.render_as_string(hide_password=True)
        raise UsageError(f"database {shown!r}: this version keeps reviews in a SQLite file, as sqlite:///FILE")
    try:
        Path(str(parsed.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed.set(drivername="sqlite+pysqlite"), connect_args={"isolation_level": None})
        _set_up(engine)
        _migrate(engine)
    except (SQLAlchemyError, OSError) as exc:
        reason = " ".join(str(exc).split())[:200]
        raise StoreFailed(f"database {parsed.database}: cannot be used: {reason}; check the folder's rights") from exc
    return Database(engine)


def _set_up(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        for pragma in (
            "journal_mode=WAL",  # readers and the writer do not stop each other
            "synchronous=FULL",  # what was acknowledged survives a power cut
            "foreign_keys=ON",
            f"busy_timeout={_WAIT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock before it reads: otherwise two could read the same version and both go on.
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
