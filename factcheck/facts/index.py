"""The fact index: what each stored document asserts, read once, kept in one SQLite file beside the store.

A row belongs to one text of one document and to one state of the reading rules; when either changes the row counts
for nothing and the document is read again. A file that is damaged, locked or not writable costs time, never an answer.
"""

import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from factcheck.facts.reading import read_facts
from factcheck.kinds.clause import frame_key, frames_of
from factcheck.kinds.frame import Frame, remember_frame
from factcheck.language.parse import MODELS, reads
from factcheck.types import Claim, Fact, Frozen, Span
from vectorstore.types import Document, Passage

logger = logging.getLogger(__name__)

FILE_NAME = "facts.sqlite3"
WHOLE_DOCUMENT = 20_000
"""Documents up to this many characters are read whole; of longer ones only the passages that were found."""
KEPT = 300
"""How many stretches of text are kept in memory, about 50 kB each; their clauses taken apart fit into what
``kinds.frame`` remembers. Others come from the file, in about a millisecond."""
BUSY_SECONDS = 5.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS stretches (
    doc_id TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, state TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (doc_id, start, stop)
);
CREATE TABLE IF NOT EXISTS slots (
    doc_id TEXT NOT NULL, start INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS slots_by_value ON slots (kind, type, value);
CREATE INDEX IF NOT EXISTS slots_by_document ON slots (doc_id, start);
"""
ASKED_FOR = frozenset({"person", "speaker", "role", "body", "relation", "place"})
"""Slot types that documents can be looked up by."""


class _Kept(Frozen):
    """A fact as it is written down; the document is looked up when it is read."""

    claim: Claim
    sentence: Span
    frame: Frame | None = None
    """The clause taken apart, so that it need not be parsed again to be compared."""


class SlotValue(NamedTuple):
    """A value some document has for a slot, and in which kind of fact."""

    doc_id: str
    value: str


_ROWS = TypeAdapter(tuple[_Kept, ...])


@cache
def rules_digest() -> str:
    """Digest of everything that decides how a text is read: the rules' source, their word lists, the parser's name."""
    root = Path(__file__).parents[1]
    state = blake2b("|".join(MODELS).encode(), digest_size=12)
    for folder in ("claims", "facts", "kinds", "language", "names"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".txt"}:
                state.update(path.read_bytes())
    return state.hexdigest()


def state_of(document: Document) -> str:
    """Digest of a document's text and day, and of the rules: when it changes, the facts are read anew."""
    parts = (rules_digest(), document.text, document.published_at or "", document.title or "", document.language or "")
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class FactIndex:
    """What documents assert, in memory and, given a ``path``, in a file. May be used from several threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file, or make it; without one, or when it cannot be used, only memory is."""
        self._lock = threading.RLock()
        self._memory: OrderedDict[tuple[str, int, int, str], tuple[Fact, ...]] = OrderedDict()
        self._file = None if path is None else _open(path)

    def read(self, document: Document, passages: Sequence[Passage] = ()) -> tuple[Fact, ...]:
        """The facts of a document, or of its found ``passages`` when it is long; empty in languages not read."""
        if not reads(document.language):
            return ()
        state = state_of(document)
        if len(document.text) <= WHOLE_DOCUMENT:
            return self._stretch(document, state, 0, len(document.text))
        return tuple(f for p in passages for f in self._stretch(document, state, p.start, p.end))

    def fill(self, documents: Iterable[Document]) -> int:
        """Read what is not yet in the index; returns how many documents were read. Long ones wait until asked for."""
        count = 0
        for document in documents:
            if reads(document.language) and len(document.text) <= WHOLE_DOCUMENT:
                with self._lock:
                    known = self._from_file(document, state_of(document), 0, len(document.text)) is not None
                if not known:
                    self.read(document)
                    count += 1
        return count

    def values(self, kind: str, slot: str) -> list[SlotValue]:
        """Every value that facts of a ``kind`` have for a slot (one of ASKED_FOR), with the document that has it."""
        if self._file is None:
            return []
        with self._lock:
            rows = self._file.execute(
                "SELECT DISTINCT doc_id, value FROM slots WHERE kind = ? AND type = ? ORDER BY doc_id, value",
                (kind, slot),
            )
            return [SlotValue(*row) for row in rows]

    def forget(self, doc_ids: Iterable[str]) -> None:
        """Drop the facts of removed documents."""
        gone = set(doc_ids)
        with self._lock:
            for key in [key for key in self._memory if key[0] in gone]:
                del self._memory[key]
            if self._file is not None:
                with self._file as file:
                    for table in ("stretches", "slots"):
                        file.executemany(f"DELETE FROM {table} WHERE doc_id = ?", [(doc_id,) for doc_id in gone])  # noqa: S608 - our own table names

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _stretch(self, document: Document, state: str, start: int, end: int) -> tuple[Fact, ...]:
        key = (document.doc_id, start, end, state)
        with self._lock:
            if key not in self._memory:
                found = self._from_file(document, state, start, end)
                if found is None:
                    found = read_facts(document, start, end)
                    self._write(document, state, start, end, found)
                self._memory[key] = found
                while len(self._memory) > KEPT:
                    self._memory.popitem(last=False)
            self._memory.move_to_end(key)
            return self._memory[key]

    def _from_file(self, document: Document, state: str, start: int, end: int) -> tuple[Fact, ...] | None:
        if self._file is None:
            return None
        row = self._file.execute(
            "SELECT facts FROM stretches WHERE doc_id = ? AND start = ? AND stop = ? AND state = ?",
            (document.doc_id, start, end, state),
        ).fetchone()
        if row is None:
            return None
        kept = _ROWS.validate_json(row[0])
        for one in kept:
            if one.frame is not None:
                remember_frame(*frame_key(one.claim), one.frame)
        return tuple(Fact(one.claim, document, one.sentence) for one in kept)

    def _write(self, document: Document, state: str, start: int, end: int, facts: Sequence[Fact]) -> None:
        if self._file is None:
            return
        kept = tuple(
            _Kept(claim=fact.claim, sentence=fact.sentence, frame=frame)
            for fact, frame in zip(facts, frames_of([fact.claim for fact in facts]), strict=True)
        )
        place = (document.doc_id, start, end)
        with suppress(sqlite3.OperationalError), self._file as file:  # locked or read-only: the next one writes it
            file.execute("DELETE FROM slots WHERE doc_id = ? AND start = ?", (document.doc_id, start))
            file.execute(
                "INSERT OR REPLACE INTO stretches VALUES (?, ?, ?, ?, ?)", (*place, state, _ROWS.dump_json(kept))
            )
            file.executemany("INSERT INTO slots VALUES (?, ?, ?, ?, ?)", _slots(document.doc_id, start, facts))


def _slots(doc_id: str, start: int, facts: Iterable[Fact]) -> list[tuple[str, int, str, str, str]]:
    return sorted(
        {
            (doc_id, start, fact.claim.type, slot.type, slot.resolved)
            for fact in facts for slot in fact.claim.slots if slot.type in ASKED_FOR
        }
    )  # fmt: skip


def _open(path: Path) -> sqlite3.Connection | None:
    """The file, made anew when it is damaged; None when there can be none here."""
    try:
        try:
            return _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as exc:
            logger.warning("the fact index %s is damaged and made anew: %s", path, exc)
            path.unlink()
            return _connect(path)
    except (sqlite3.Error, OSError) as exc:
        logger.debug("no fact index at %s: %s", path, exc)
        return None


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.executescript(_SCHEMA)
    except sqlite3.Error:
        file.close()
        raise
    return file
