"""Vectors in any LangChain ``VectorStore``: a desk's own PostgreSQL, or whatever else has such an adapter.

LangChain's interface can neither list nor count, has no filters of one kind, and makes vectors itself. So a register
of what was handed over lies in the store's folder, filters are applied here, and the backend is given our vectors
through an ``Embeddings`` that knows only those. It gets ids, never texts.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vectorstore.embedding import DIMENSIONS, Vectors
from vectorstore.errors import StoreError, VectorsDamaged
from vectorstore.lexical import passing
from vectorstore.ranking import Near
from vectorstore.stores.base import Entry, Place
from vectorstore.types import Filters

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import VectorStore

FILE_NAME = "langchain.sqlite3"
_BATCH = 1000
_SAMPLE = 3
_DEEPER = (2, 16)
"""How many times more than wanted is asked for when a filter leaves too few; after that, all."""
_BEST, _LEAST = 0.8, 0.2
"""Cosines that the first and the last of a ranking are taken to have."""
_REGISTER = """
CREATE TABLE IF NOT EXISTS documents (passage INTEGER PRIMARY KEY, day INTEGER, publisher TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_UNIT = [1.0] + [0.0] * (DIMENSIONS - 1)
# the table is called documents so that the conditions of the word search fit it


def open_backend(place: Place) -> "LangChainIndex":
    """Open the backend that ``langchain:module:function`` names.

    The function takes an ``Embeddings`` and a name for the collection, unlike that of any other store, and returns a
    ``VectorStore`` that keeps cosine (or inner product, as all vectors have length 1) and has
    ``similarity_search_by_vector`` and ``get_by_ids``.
    """
    register = place.folder / FILE_NAME
    with _readable_errors(place.name):
        connection = sqlite3.connect(register, isolation_level=None, check_same_thread=False)
        try:
            connection.executescript(_REGISTER)
            given = _given()
            backend = _maker(place.name)(given, f"passages-{place.identity}")
        except BaseException:
            connection.close()
            raise
    return LangChainIndex(backend, given, connection, place.name)


def forget_backend(place: Place) -> None:
    """Delete what the register lists from the backend, and the register."""
    register = place.folder / FILE_NAME
    try:
        index = open_backend(place)
    except VectorsDamaged:  # the register itself: what it listed stays in the backend, and is in no answer
        register.unlink(missing_ok=True)
        return
    try:
        index.clear("")
    finally:
        index.close()
    register.unlink(missing_ok=True)


class LangChainIndex:
    """Meets ``VectorIndex``."""

    sees_other_writers = True

    def __init__(self, backend: "VectorStore", given: Any, register: sqlite3.Connection, where: str) -> None:  # noqa: ANN401
        self._backend = backend
        self._given = given
        self._register = register
        self._where = where

    def stamp(self) -> str:
        """What ``clear`` was last told."""
        with _readable_errors(self._where):
            row = self._register.execute("SELECT value FROM about WHERE name = 'stamp'").fetchone()
            return str(row[0]) if row else ""

    def clear(self, stamp: str) -> None:
        """Delete all that the register lists."""
        self.drop(sorted(self.passages()))
        with _readable_errors(self._where):
            self._register.execute("INSERT OR REPLACE INTO about VALUES ('stamp', ?)", [stamp])

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Hand vectors over, then note them: what a kill leaves unnoted is in no answer."""
        with _readable_errors(self._where):
            for start in range(0, len(entries), _BATCH):
                part = entries[start : start + _BATCH]
                ids = [_id(entry.passage) for entry in part]
                self._given.vectors = dict(zip(ids, vectors[start : start + len(part)].tolist(), strict=True))
                self._backend.add_texts(ids, metadatas=[{"passage": entry.passage} for entry in part], ids=ids)
                self._given.vectors = {}
                self._register.execute("BEGIN")
                self._register.executemany(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)",
                    [(entry.passage, entry.day, entry.publisher) for entry in part],
                )
                self._register.execute("COMMIT")

    def drop(self, passages: Sequence[int]) -> None:
        """Strike vectors from the register, then delete them."""
        known = self.passages() if passages else set()
        present = [passage for passage in passages if passage in known]
        with _readable_errors(self._where):
            for start in range(0, len(present), _BATCH):
                part = present[start : start + _BATCH]
                self._register.execute("BEGIN")
                self._register.executemany("DELETE FROM documents WHERE passage = ?", [(one,) for one in part])
                self._register.execute("COMMIT")
                self._backend.delete([_id(one) for one in part])

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[Near]]:
        """Ask for more where a filter, or a vector that is no longer noted, leaves too few.

        LangChain's interface gives no cosines for a vector: scores fall evenly with the rank, over the range that
        cosines of found passages mostly have.
        """
        condition, values = passing(filters) if filters is not None else ("1", {})
        with _readable_errors(self._where):
            query = f"SELECT passage FROM documents WHERE {condition}"  # noqa: S608 - fixed words, named values
            allowed = {row[0] for row in self._register.execute(query, values)}
            total: int = self._register.execute("SELECT count(*) FROM documents").fetchone()[0]
            found = [self._nearest(vector.tolist(), limit, allowed, total) for vector in vectors]
            return [
                [Near(one, _BEST - (_BEST - _LEAST) * rank / limit) for rank, one in enumerate(row)] for row in found
            ]

    def _nearest(self, vector: list[float], limit: int, allowed: set[int], total: int) -> list[int]:
        if not allowed:
            return []
        found: list[int] = []
        for deep in (limit, *(limit * more for more in _DEEPER), total):
            wanted = min(deep, total)
            documents = self._backend.similarity_search_by_vector(vector, k=wanted)
            ids = [int(one.metadata["passage"]) for one in documents]
            found = [one for one in ids if one in allowed]
            if len(found) >= min(limit, len(allowed)) or wanted == total:
                break
        return found[:limit]

    def kept(self, passages: Sequence[int]) -> dict[int, Vectors]:  # noqa: ARG002
        """None: LangChain's interface does not give vectors out."""
        return {}

    def check(self) -> None:
        """Ask for a few of the vectors that were handed over."""
        with _readable_errors(self._where):
            ids = [_id(row[0]) for row in self._register.execute(
                "SELECT passage FROM documents ORDER BY passage LIMIT ?", [_SAMPLE]
            )]  # fmt: skip
            last = self._register.execute("SELECT max(passage) FROM documents").fetchone()[0]
            wanted = set(ids) | ({_id(last)} if last is not None else set())
            if wanted and len(self._backend.get_by_ids(sorted(wanted))) < len(wanted):
                raise VectorsDamaged(f"the vectors at {self._where} are lost: they have to be made again")

    def passages(self) -> set[int]:
        """All ids."""
        with _readable_errors(self._where):
            return {row[0] for row in self._register.execute("SELECT passage FROM documents")}

    def count(self) -> int:
        """How many vectors were handed over and not deleted."""
        with _readable_errors(self._where):
            count: int = self._register.execute("SELECT count(*) FROM documents").fetchone()[0]
            return count

    def close(self) -> None:
        """Let go of the register; the backend is LangChain's, which has no word for it."""
        self._register.close()


def _id(passage: int) -> str:
    """The number of a passage as a UUID: some backends take nothing else."""
    return str(UUID(int=passage))


def _given() -> "Embeddings":
    from langchain_core.embeddings import Embeddings as Base

    class Given(Base):
        """Gives out the vectors that were put in, by passage id."""

        def __init__(self) -> None:
            self.vectors: dict[str, list[float]] = {}

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            """The vectors of what is being put in; some backends ask before, to learn how long vectors are."""
            return [self.vectors[text] for text in texts] if self.vectors else [_UNIT for _ in texts]

        def embed_query(self, _text: str) -> list[float]:
            """What some backends ask for to learn how long vectors are; searches are made by vector."""
            return _UNIT

    return Given()


def _maker(name: str) -> "Callable[[Embeddings, str], VectorStore]":
    _, _, target = name.partition(":")
    module, _, function = target.partition(":")
    if not module or not function:
        raise StoreError(f"{name!r} names no backend: write langchain:MODULE:FUNCTION")
    try:
        maker: Callable[[Embeddings, str], VectorStore] = getattr(import_module(module), function)
    except (ImportError, AttributeError) as exc:
        raise StoreError(f"{name!r} cannot be imported ({exc}): check the name and that it is installed") from exc
    return maker


@contextmanager
def _readable_errors(where: str) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.OperationalError):
            raise StoreError(f"the register of the vectors at {where} cannot be used: {exc}") from exc
        raise VectorsDamaged(f"the register of the vectors at {where} is damaged ({exc})") from exc
    except Exception as exc:
        reason = str(exc).splitlines()[0][:200] if str(exc) else type(exc).__name__
        raise StoreError(f"the vectors at {where} cannot be reached or written ({reason})") from exc
