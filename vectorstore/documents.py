"""Documents, their versions and their passages in SQLite: the truth of a store.

Vectors are a cache of what stands here; a passage that is not here is in no answer. A document and its passages
change in one transaction, so a reader sees the old version or the new one, whole. Knows nothing of vectors.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vectorstore import history
from vectorstore.lexical import WordIndex, forget_words, index_words
from vectorstore.ranking import Near
from vectorstore.schema import connect, readable_errors
from vectorstore.types import Document, Filters, Frozen, Hit, Passage, Revision, Source, Version

_PAGE = 500
"""Documents read at a time when all are asked for."""


class Prepared(Frozen):
    """A document that is ready to be stored."""

    document: Document
    digest: str
    """Equal digests mean that storing would change nothing."""
    passages: tuple[Passage, ...]
    first_passage: int
    """Id of the first passage; the others follow it."""


class Documents:
    """The SQLite file of one store. May be used from several threads."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._connection = connect(folder, create=create)
        self._words = WordIndex(self._connection)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._lock, readable_errors(self._folder):
            self._connection.close()

    def identity(self) -> str:
        """Name of this store, unlike that of any other: vectors are marked with it."""
        name: str = self._read("SELECT value FROM about WHERE name = 'identity'", [])[0][0]
        return name

    def get(self, doc_id: str, *, version: int | None = None) -> Document | None:
        """Read a whole document, or an earlier version of it; None when it is unknown."""
        if version is not None and self.version_numbers([doc_id]).get(doc_id) != version:
            with self._lock, readable_errors(self._folder):
                return history.old_version(self._connection, doc_id, version)
        rows = self._read("SELECT source, text FROM documents WHERE doc_id = ?", [doc_id])
        if not rows:
            return None
        source = Source.model_validate_json(rows[0][0])
        return Document.model_construct(**dict(source), text=rows[0][1])

    def sources(self) -> Iterator[Source]:
        """Read all documents without their texts, by doc_id, a page at a time."""
        last = ""
        while rows := self._read(
            "SELECT doc_id, source FROM documents WHERE doc_id > ? ORDER BY doc_id LIMIT ?", [last, _PAGE]
        ):
            yield from (Source.model_validate_json(row[1]) for row in rows)
            last = rows[-1][0]

    def versions(self) -> Iterator[Version]:
        """Read the digest of every document, by doc_id, a page at a time."""
        last = ""
        while rows := self._read(
            "SELECT doc_id, digest FROM documents WHERE doc_id > ? ORDER BY doc_id LIMIT ?", [last, _PAGE]
        ):
            yield from (Version(doc_id=doc_id, digest=digest) for doc_id, digest in rows)
            last = rows[-1][0]

    def history(self, doc_id: str) -> tuple[Revision, ...]:
        """Every version of a document, oldest first."""
        with self._lock, readable_errors(self._folder):
            return history.revisions(self._connection, doc_id)

    def version_numbers(self, doc_ids: Sequence[str]) -> dict[str, int]:
        """Read the numbers of the present versions of those of the documents that are stored."""
        rows = self._read(
            "SELECT doc_id, version FROM documents WHERE doc_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(doc_ids))],
        )
        return dict(rows)

    def count(self) -> int:
        """How many documents there are."""
        count: int = self._read("SELECT count(*) FROM documents", [])[0][0]
        return count

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        """Read the passages of one document in order, with nothing for an unknown one."""
        rows = self._read(
            'SELECT doc_id, start, "end", passages.text FROM passages JOIN documents ON documents.id = document'
            " WHERE doc_id = ? ORDER BY start",
            [doc_id],
        )
        return tuple(_passage(*row) for row in rows)

    def passage_numbers(self, passage_ids: Sequence[str]) -> dict[str, int]:
        """Find the numbers under which those of the passages are kept that are stored."""
        places = [(name, *name.rpartition("#")[::2]) for name in passage_ids]
        asked = [[name, doc_id, *map(int, offsets.split("-"))] for name, doc_id, offsets in places]
        rows = self._read(
            "SELECT json_extract(value, '$[0]'), passages.id FROM json_each(?)"
            " JOIN documents ON doc_id = json_extract(value, '$[1]') JOIN passages ON document = documents.id"
            " AND start = json_extract(value, '$[2]') AND \"end\" = json_extract(value, '$[3]')",
            [json.dumps(asked)],
        )
        return dict(rows)

    def passage_texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """Read the texts of passages."""
        rows = self._read(
            "SELECT id, text FROM passages WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]
        )
        return dict(rows)

    def digests(self, doc_ids: Sequence[str]) -> dict[str, str]:
        """Read the digests of those of the documents that are stored."""
        rows = self._read(
            "SELECT doc_id, digest FROM documents WHERE doc_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(doc_ids))],
        )
        return dict(rows)

    def stored_sources(self, doc_ids: Sequence[str]) -> dict[str, Source]:
        """Read those of the documents that are stored, without their texts."""
        rows = self._read(
            "SELECT doc_id, source FROM documents WHERE doc_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(doc_ids))],
        )
        return {doc_id: Source.model_validate_json(source) for doc_id, source in rows}

    def hits(self, passage_ids: Sequence[int]) -> dict[int, Hit]:
        """Read passages with their sources by id, score 0; ids of passages that are gone are left out."""
        rows = self._read(
            'SELECT passages.id, source, doc_id, start, "end", passages.text'
            " FROM passages JOIN documents ON documents.id = document"
            " WHERE passages.id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(passage_ids))],
        )
        return {
            number: Hit(passage=_passage(*place), source=Source.model_validate_json(source), score=0.0)
            for number, source, *place in rows
        }

    def nearest_words(self, query: str, *, limit: int, filters: Filters | None = None) -> list[Near]:
        """The passages that fit the words of ``query`` best, with their BM25, best first."""
        with self._lock, readable_errors(self._folder):
            return self._words.nearest(query, limit=limit, passages=self.passage_count(), filters=filters)

    def passing(self, found: Sequence[Near], filters: Filters) -> list[Near]:
        """Those of the passages whose documents pass the filters, in their order."""
        with self._lock, readable_errors(self._folder):
            return self._words.passing(found, filters)

    def check_words(self) -> None:
        """Raise WordsDamaged when the word index does not have as many passages as there are."""
        with self._lock, readable_errors(self._folder):
            self._words.check(self.passage_count())

    def rebuild_words(self) -> None:
        """Make the word index anew from the passages."""
        with self._transaction():
            self._words.rebuild()

    def passage_ids(self) -> set[int]:
        """Ids of all passages."""
        return {row[0] for row in self._read("SELECT id FROM passages", [])}

    def passage_count(self) -> int:
        """How many passages there are."""
        return self._counter("passages")

    def generation(self) -> int:
        """Count of the changes so far: it differs when another process has written since."""
        return self._counter("generation")

    def unfinished(self) -> bool:
        """Whether a writer has stopped between the vectors and the documents, or is at it now."""
        return self._counter("writing") > 0

    def begin_writing(self, passages: int) -> int:
        """Note that vectors are about to change and take ids for ``passages`` of them; returns the first."""
        with self._transaction() as connection:
            first: int = connection.execute(
                "UPDATE counters SET value = value + ? WHERE name = 'next_passage' RETURNING value - ?",
                [passages, passages],
            ).fetchone()[0]
            connection.execute("UPDATE counters SET value = 1 WHERE name = 'writing'")
        return first

    def end_writing(self) -> None:
        """Note that vectors and documents agree again."""
        with self._transaction() as connection:
            connection.execute("UPDATE counters SET value = 0 WHERE name = 'writing'")

    def replace(self, prepared: Sequence[Prepared], *, now: str) -> list[int]:
        """Store documents in place of older versions, all or none; returns ids of passages that are no more.

        ``now`` is the time that is noted, ISO 8601 in UTC. Older versions go to the history.
        """
        with self._transaction() as connection:
            numbers = [history.next_version(connection, one.document, now=now) for one in prepared]
            gone = _remove(connection, [one.document.doc_id for one in prepared])
            for one, (version, stored_at) in zip(prepared, numbers, strict=True):
                _insert(connection, one, version=version, stored_at=stored_at)
            _count_passages(connection, sum(len(one.passages) for one in prepared) - len(gone))
        return gone

    def remove(self, doc_ids: Sequence[str], *, now: str, reason: str | None = None) -> list[int]:
        """Move documents to the history, all or none; returns ids of passages that are no more."""
        with self._transaction() as connection:
            history.keep_removed(connection, doc_ids, now=now, reason=reason)
            gone = _remove(connection, doc_ids)
            _count_passages(connection, -len(gone))
        return gone

    def _counter(self, name: str) -> int:
        value: int = self._read("SELECT value FROM counters WHERE name = ?", [name])[0][0]
        return value

    def _read(self, statement: str, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        with self._lock, readable_errors(self._folder):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, readable_errors(self._folder):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'generation'")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has already ended it
                    self._connection.execute("ROLLBACK")
                raise


def _count_passages(connection: sqlite3.Connection, more: int) -> None:
    connection.execute("UPDATE counters SET value = value + ? WHERE name = 'passages'", [more])


def _insert(connection: sqlite3.Connection, prepared: Prepared, *, version: int, stored_at: str) -> None:
    document, first = prepared.document, prepared.first_passage
    day = document.published_date
    row = connection.execute(
        "INSERT INTO documents (doc_id, version, stored_at, text_sha256, digest, title, day, publisher, source, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            document.doc_id, version, stored_at, history.text_digest(document.text), prepared.digest,
            document.title or "", None if day is None else day.toordinal(),
            (document.publisher or "").casefold(), document.source.model_dump_json(), document.text,
        ],
    ).lastrowid  # fmt: skip
    connection.executemany(
        'INSERT INTO passages (id, document, start, "end", text) VALUES (?, ?, ?, ?, ?)',
        (
            (first + index, row, passage.start, passage.end, passage.text)
            for index, passage in enumerate(prepared.passages)
        ),
    )
    index_words(connection, first, first + len(prepared.passages) - 1)


def _remove(connection: sqlite3.Connection, doc_ids: Sequence[str]) -> list[int]:
    which = [json.dumps(list(doc_ids))]
    rows = connection.execute(
        "SELECT passages.id FROM passages JOIN documents ON documents.id = document"
        " WHERE doc_id IN (SELECT value FROM json_each(?))",
        which,
    )
    gone = [row[0] for row in rows]
    forget_words(connection, gone)
    connection.execute("DELETE FROM documents WHERE doc_id IN (SELECT value FROM json_each(?))", which)
    return gone


def _passage(doc_id: str, start: int, end: int, text: str) -> Passage:
    return Passage(passage_id=f"{doc_id}#{start}-{end}", doc_id=doc_id, start=start, end=end, text=text)
