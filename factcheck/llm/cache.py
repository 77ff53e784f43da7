"""Answers of a language model on disk, so that nothing is paid for twice.

One SQLite file of text; what comes out is checked like a fresh answer. (The cache libraries that were looked at keep
pickles, which run code when somebody else can write the folder.)
"""

import logging
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

FILE_NAME = "replies.sqlite3"
_SCHEMA = """CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL)"""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    text: str
    tokens_in: int
    tokens_out: int


class ReplyCache:
    """Replies by key, in a folder; may be used from several threads and processes.

    A file that cannot be read or written is told once in a warning, and the run goes on without it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = threading.Lock()
        self._broken = False
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(self._open()) as connection, connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(_SCHEMA)
            self._path.chmod(0o600)
        except (OSError, sqlite3.Error) as exc:
            self._give_up(exc)

    def get(self, key: str) -> Reply | None:
        """The reply under ``key``; None when there is none."""
        rows = self._run("SELECT text, tokens_in, tokens_out FROM replies WHERE key = ?", (key,))
        return Reply(*rows[0]) if rows else None

    def put(self, key: str, reply: Reply) -> None:
        """Keep a reply; the last one under a key counts."""
        row = (key, reply.text, reply.tokens_in, reply.tokens_out)
        self._run("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?)", row)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)

    def _run(self, statement: str, values: tuple[str | int, ...]) -> list[tuple[str, int, int]]:
        if self._broken:
            return []
        try:
            with self._lock, closing(self._open()) as connection, connection:
                return connection.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeEncodeError) as exc:
            self._give_up(exc)
            return []

    def _give_up(self, exc: Exception) -> None:
        self._broken = True
        logger.warning("%s: answers are not kept: %s (delete the file to begin anew)", self._path, exc)
