"""Opens the database, a SQLite file or PostgreSQL: brought up to date, with transactions that really are some."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DataError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from factcheck.errors import StoreFailed, UsageError
from factcheck.server.db.errors import Refused

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_MS = 20_000
_POOL = 10
"""Connections to PostgreSQL that are kept open; as many again for a rush."""
_WRITERS = 0x66616374
"""Number of the lock that writers of PostgreSQL take one after the other."""
_SERVERS = 0x66616375
"""And of the lock that a server holds while it runs."""


class Database:
    """Gives out sessions. Reading never waits; writing is one at a time, so what is read there stays true."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(immediate=True)
        self._turn = Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session for reading; whatever is changed in it is forgotten."""
        with Session(self._engine, expire_on_commit=False) as session, _kept_in_words():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or forgotten when an error leaves it.

        Writers of this process take turns, in their order: SQLite's own waiting lets one starve among many. Raises
        Refused for a value that the database cannot hold, as a NUL character in PostgreSQL, and StoreFailed when
        another process keeps it busy.
        """
        with self._turn, Session(self._writing, expire_on_commit=False) as session, _kept_in_words():
            yield session
            session.commit()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one server that works on this database; raises StoreFailed while there is another.

        The lock ends with the process, however that ends.
        """
        url = self._engine.url
        with _lock_of_server(self._engine) if url.get_backend_name() == "postgresql" else _lock_of_file(url) as mine:
            if not mine:
                raise StoreFailed(f"database {_shown(url)}: another server works on it; stop that one first")
            yield

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at a SQLAlchemy URL, made and migrated if need be.

    Raises UsageError for a URL that is neither SQLite's nor PostgreSQL's, StoreFailed when it cannot be used.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise UsageError(f"database {url!r} is not a database URL; give one like sqlite:///review.sqlite3") from exc
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql") or parsed.database in (None, "", ":memory:"):
        raise UsageError(f"database {_shown(parsed)!r}: reviews are kept in a SQLite file, as sqlite:///FILE, or in "
                         "PostgreSQL, as postgresql://USER@HOST/NAME")  # fmt: skip
    try:
        engine = _file(parsed) if backend == "sqlite" else _server(parsed)
        try:
            _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    except (SQLAlchemyError, OSError) as exc:
        reason = " ".join(str(getattr(exc, "orig", None) or exc).split())[:200]
        remedy = (
            "check the folder's rights, or restore a copy"
            if backend == "sqlite"
            else "check that the server runs and lets you in"
        )
        raise StoreFailed(f"database {_shown(parsed)}: cannot be used: {reason}; {remedy}") from exc
    return Database(engine)


def there_is(url: str) -> bool:
    """Whether opening the database would find one; a file that is not there would be made. A server is asked then."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # opening it says what is wrong
    return parsed.get_backend_name() != "sqlite" or Path(str(parsed.database)).expanduser().is_file()


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _file(url: URL) -> Engine:
    Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), connect_args={"isolation_level": None})

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

    return engine


@contextmanager
def _lock_of_file(url: URL) -> Iterator[bool]:
    import fcntl

    with Path(f"{url.database}.lock").expanduser().open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _lock_of_server(engine: Engine) -> Iterator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SERVERS})").scalar())
        try:
            yield mine
        finally:
            if mine:
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_SERVERS})")


def _server(url: URL) -> Engine:
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True
        )
    except ImportError as exc:
        raise UsageError("PostgreSQL needs its driver: pip install 'factcheck-assistant[postgres]'") from exc

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # As in SQLite: writers come one after the other, so that what one has read is still so when it writes.
        if connection.get_execution_options().get("immediate"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

    return engine


@contextmanager
def _kept_in_words() -> Iterator[None]:
    try:
        yield
    except OperationalError as exc:
        reason = " ".join(str(exc.orig).split())[:200]
        if "database is locked" in reason:
            raise StoreFailed("the database of reviews is kept busy by another program; try again") from exc
        raise StoreFailed(f"the database of reviews cannot be used ({reason}); nothing was kept of this") from exc
    except (DataError, OverflowError) as exc:
        raise Refused("this holds a character or a number that the database cannot keep") from exc


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as exc:  # it names a revision that this version does not have
            raise StoreFailed(
                f"database {_shown(engine.url)}: was written by a newer version of factcheck; use that one, "
                "or another database"
            ) from exc
