"""The SQLite file of a store: its tables, its pragmas, and how SQLite's errors read to a person.

One file holds the documents (the truth), what they were before, their passages, and the word index over them, so
that one transaction changes all four. Vectors live elsewhere, by passage id.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import StoreError

FILE_NAME = "documents.sqlite3"
APPLICATION_ID = 0x46435653
"""Marks a SQLite file as ours ("FCVS")."""
SCHEMA_VERSION = 2

_FORMAT_WITH_IDENTITY = 2
_WAIT_SECONDS = 10.0
"""How long to wait for another process that is in the middle of a transaction."""
_CACHE_KIBIBYTES = 64 * 1024
"""Pages of the file kept in memory: the word lists of a store of hundreds of thousands of passages are read often."""

_TABLES = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL UNIQUE,
    text_sha256 TEXT NOT NULL,
    digest TEXT NOT NULL,       -- of everything that was stored and how it was split: equal means unchanged
    title TEXT NOT NULL,        -- empty when there is none; a copy of what source has, for the word index
    day INTEGER,                -- ordinal of the day of publication, NULL when unknown
    publisher TEXT NOT NULL,    -- case-folded, empty when unknown
    source TEXT NOT NULL,       -- Source as JSON
    text TEXT NOT NULL
);
CREATE INDEX documents_by_day ON documents (day);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,     -- never used twice, see counters
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL          -- a copy: SQLite cannot cut a text that holds a NUL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE VIEW passage_words AS
    SELECT passages.id AS id, documents.title AS title, passages.text AS text
    FROM passages JOIN documents ON documents.id = passages.document;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('next_passage', 1), ('generation', 0), ('writing', 0);
"""
WORDS = """
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'passage_words', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
"""
_VERSIONS = """
ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN stored_at TEXT NOT NULL DEFAULT '';  -- empty: before this was noted
CREATE TABLE history (          -- what documents were before; never changed, only added to
    id INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    stored_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    ended_by TEXT NOT NULL,     -- changed or removed
    reason TEXT,                -- what was said at the removal
    text_sha256 TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (doc_id, version)
);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;  -- about the store itself
INSERT INTO counters SELECT 'passages', count(*) FROM passages;
"""
_STEPS = {1: _TABLES + WORDS, 2: _VERSIONS}
"""What leads to each format from the one before it; a new store takes all of them."""


@contextmanager
def readable_errors(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError of one line that names the folder and the remedy."""
    try:
        yield
    except sqlite3.ProgrammingError as exc:
        raise StoreError(f"store {folder} is closed: open it again") from exc
    except sqlite3.OperationalError as exc:
        if "locked" in str(exc) or "busy" in str(exc):
            raise StoreError(f"store {folder} is busy in another process: try again when it is done") from exc
        raise StoreError(f"store {folder} cannot be used: {exc} (check permissions and disk space)") from exc
    except sqlite3.DatabaseError as exc:
        raise StoreError(
            f"store {folder} is damaged ({exc}): restore it from a copy, or delete the folder and ingest again"
        ) from exc


def connect(folder: Path, *, create: bool) -> sqlite3.Connection:
    """Open the SQLite file of the store in ``folder``, making the tables when ``create`` and it is new.

    Raises StoreError when the file is not ours, is damaged, or was written by a newer version.
    """
    path = folder / FILE_NAME
    with readable_errors(folder):
        mode = "rwc" if create else "rw"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT_SECONDS,
            isolation_level=None, check_same_thread=False,
        )  # fmt: skip
        try:
            _prepare(connection, folder, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what was reported as stored outlives a power cut too
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
    if create and not _made(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        _upgrade(connection, 0)
    if not _made(connection) or _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError(f"{folder / FILE_NAME} is not a factcheck store: choose another folder")
    version = _pragma(connection, "user_version")
    if 0 < version < SCHEMA_VERSION:
        _upgrade(connection, version)
    elif version != SCHEMA_VERSION:
        raise StoreError(
            f"store {folder} has format {version}, this version reads {SCHEMA_VERSION}: "
            "use the version that wrote it, or ingest into a new folder"
        )


def _upgrade(connection: sqlite3.Connection, seen: int) -> None:
    """Bring the tables to today's format in one transaction; ``seen`` is the format before it, 0 for no tables."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # another process may have done it while this one waited
        if _pragma(connection, "user_version") == seen and _made(connection) == (seen > 0):
            for step in range(seen + 1, SCHEMA_VERSION + 1):
                _run_script(connection, _STEPS[step])
            if seen < _FORMAT_WITH_IDENTITY:
                connection.execute("INSERT INTO about VALUES ('identity', ?)", [uuid.uuid4().hex])
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has already ended it
            connection.execute("ROLLBACK")
        raise


def _made(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: ``executescript`` would commit the open transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
