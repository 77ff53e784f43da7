"""The SQLite file of a store: its tables, its pragmas, and how SQLite's errors read to a person.

One file holds the documents (the truth), their passages, and the word index over them, so that one transaction
changes all three. Vectors live elsewhere, by passage id.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import StoreError

FILE_NAME = "documents.sqlite3"
APPLICATION_ID = 0x46435653
"""Marks a SQLite file as ours ("FCVS")."""
SCHEMA_VERSION = 1

_WAIT_SECONDS = 10.0
"""How long to wait for another process that is in the middle of a transaction."""

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
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'passage_words', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('next_passage', 1), ('generation', 0), ('writing', 0);
"""


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
    if create and not _made(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")  # another process may be making the tables at this moment
        if not _made(connection):
            _run_script(connection, _TABLES)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    if not _made(connection) or _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError(f"{folder / FILE_NAME} is not a factcheck store: choose another folder")
    version = _pragma(connection, "user_version")
    if version != SCHEMA_VERSION:
        raise StoreError(
            f"store {folder} has format {version}, this version reads {SCHEMA_VERSION}: "
            "use the version that wrote it, or ingest into a new folder"
        )
    connection.execute("PRAGMA synchronous = NORMAL")


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
