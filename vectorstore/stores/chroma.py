"""Vectors in Chroma: embedded in the store's folder, or on a server; no embedding function of its own.

Chroma takes so many rows at once, lets one process write a folder, and keeps a copy of the graph in memory: batches,
the store's writer lock and ``sees_other_writers`` are for that.
"""

import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.errors import StoreError, VectorsBusy, VectorsDamaged
from vectorstore.ranking import Near
from vectorstore.stores.base import Entry, Place
from vectorstore.stores.chroma_reading import Reader, open_reader
from vectorstore.stores.whole import MOST, Whole
from vectorstore.types import Filters

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

FOLDER = "chroma"
COLLECTION = "passages"

_UNDATED = 0
"""Stands for no date: ordinals of real days begin at 1, and Chroma cannot ask for a missing value."""
_SEARCH_BREADTH = 200
"""Candidates the graph keeps while it searches: recall for a few milliseconds."""
_KEPT_AT_ONCE = 1000
"""Vectors asked for by id in one go."""
_SAMPLE = 3
"""Vectors that are asked for themselves when an index is checked."""
_SAME = 1e-3
"""Cosine distance within which a vector is itself."""
_BUSY = ("locked", "busy")
_TROUBLE = ("readonly", "read-only", "permission", "no space", "disk is full", "connect", "timed out")
"""Words of errors that making the vectors again would not mend."""


def open_folder(place: Place) -> "ChromaIndex":
    """Open the Chroma in the store's folder, making it when missing; its package is loaded when it is written."""
    folder = place.folder / FOLDER
    with _readable_errors(str(folder)):
        reader = open_reader(folder, COLLECTION)
        return ChromaIndex(lambda: _embedded(folder), str(folder), COLLECTION, sees_other_writers=False, reader=reader)


def forget_folder(place: Place) -> None:
    """Delete the Chroma in the store's folder."""
    folder = place.folder / FOLDER
    try:
        while folder.exists():
            with suppress(FileNotFoundError):  # who has it open takes files of its own away
                shutil.rmtree(folder)
    except OSError as exc:
        raise StoreError(f"the vectors in {folder} are damaged and cannot be deleted: {exc.strerror}") from exc


def open_server(place: Place) -> "ChromaIndex":
    """Open the store's own collection on the Chroma server at ``place.name``."""
    with _readable_errors(place.name):
        name = _collection_on_server(place)
        return ChromaIndex(lambda: _remote(place.name), place.name, name, sees_other_writers=True)


def forget_on_server(place: Place) -> None:
    """Delete the store's own collection, no other, on the server."""
    with _readable_errors(place.name):
        client = _remote(place.name)
        try:
            if _collection_on_server(place) in {one.name for one in client.list_collections()}:
                client.delete_collection(_collection_on_server(place))
        finally:
            _close(client)


def _collection_on_server(place: Place) -> str:
    return f"{COLLECTION}-{place.identity}"


class ChromaIndex:
    """Meets ``VectorIndex``."""

    def __init__(
        self,
        connect: "Callable[[], ClientAPI]",
        where: str,
        name: str,
        *,
        sees_other_writers: bool,
        reader: Reader | None = None,
    ) -> None:
        """``reader`` answers until something is written; without one the client of ``connect`` does from the start."""
        self.sees_other_writers = sees_other_writers
        self._connect = connect
        self._where = where
        self._name = name
        self._reader = reader
        self._client: ClientAPI | None = None
        self._batch = 0
        self._collection: Any = reader
        self._whole: Whole | None = None
        self._is_whole: bool | None = None
        """Whether the vectors are few enough to be held; None while that is not known."""
        self._closed = False
        if reader is None:
            self._writable()

    def _writable(self) -> "ClientAPI":
        """The client, with which everything is done from now on."""
        if self._client is None:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._client = self._connect()
            self._batch = self._client.get_max_batch_size()
            self._collection = self._open({})
        return self._client

    def _open(self, metadata: dict[str, str]) -> Any:  # noqa: ANN401 - untyped at the edge
        return self._writable().get_or_create_collection(
            self._name,
            embedding_function=None,  # the default one would download a model
            metadata=metadata or None,
            configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_BREADTH}},
        )

    def stamp(self) -> str:
        """What ``clear`` was last told."""
        return str((self._collection.metadata or {}).get("stamp", ""))

    def clear(self, stamp: str) -> None:
        """Make the collection anew."""
        with _readable_errors(self._where):
            self._writable().delete_collection(self._name)
            self._collection = self._open({"stamp": stamp})
            self._is_whole = None

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep vectors in batches of a size that Chroma takes."""
        if not entries:
            return
        with _readable_errors(self._where):
            self._writable()
            self._is_whole = None
            for start in range(0, len(entries), self._batch):
                part = entries[start : start + self._batch]
                self._collection.upsert(
                    ids=[str(entry.passage) for entry in part],
                    embeddings=vectors[start : start + len(part)],
                    metadatas=[
                        {"doc_id": one.doc_id, "day": one.day or _UNDATED, "publisher": one.publisher} for one in part
                    ],
                )

    def drop(self, passages: Sequence[int]) -> None:
        """Forget vectors in batches of a size that Chroma takes."""
        if not passages:
            return  # a client of Chroma writes as soon as it is opened: not for nothing, beside another writer
        with _readable_errors(self._where):
            self._writable()
            self._is_whole = None
            for start in range(0, len(passages), self._batch):
                ids = [str(passage) for passage in passages[start : start + self._batch]]
                self._collection.delete(ids=ids)

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[Near]]:
        """Find the nearest passages; fewer than ``limit`` where fewer pass the filters."""
        with _readable_errors(self._where):
            if not len(vectors):
                return []
            whole = self._held()
            if whole is not None:
                return whole.nearest(vectors, limit=limit, filters=filters)
            found = self._collection.query(
                query_embeddings=vectors, n_results=limit, where=_where(filters), include=["distances"]
            )
            return [
                [Near(int(passage), 1.0 - float(distance)) for passage, distance in zip(ids, distances, strict=True)]
                for ids, distances in zip(found["ids"], found["distances"], strict=True)
            ]

    def _held(self) -> Whole | None:
        """All vectors, when there are few and no other process writes them; read once."""
        if self._is_whole is None:
            self._is_whole = not self.sees_other_writers and self.count() <= MOST
            self._whole = None
            if self._is_whole:
                rows = self._collection.get(include=["embeddings", "metadatas"])
                entries = [
                    Entry(passage=int(passage), **{**about, "day": about["day"] or None})
                    for passage, about in zip(rows["ids"], rows["metadatas"], strict=True)
                ]
                self._whole = Whole(entries, np.array(rows["embeddings"], dtype=np.float32))
        return self._whole

    def kept(self, passages: Sequence[int]) -> dict[int, Vectors]:
        """Ask for vectors by their ids."""
        with _readable_errors(self._where):
            whole = self._held()
            if whole is not None:
                return whole.kept(passages)
            found: dict[int, Vectors] = {}
            for start in range(0, len(passages), _KEPT_AT_ONCE):
                ids = [str(passage) for passage in passages[start : start + _KEPT_AT_ONCE]]
                rows = self._collection.get(ids=ids, include=["embeddings"])
                vectors = np.asarray(rows["embeddings"], dtype=np.float32)
                found.update(zip(map(int, rows["ids"]), vectors, strict=True))
            return found

    def check(self) -> None:
        """Ask for a few vectors by themselves: a graph that lost some of them does not find them."""
        with _readable_errors(self._where):
            some = self._collection.get(limit=_SAMPLE, include=["embeddings"])
            if not some["ids"]:
                return
            found = self._collection.query(
                query_embeddings=some["embeddings"], n_results=_SEARCH_BREADTH, include=["distances"]
            )
            for distances in found["distances"]:
                # equal texts have equal vectors: not the id but the distance says that it was found
                if not distances or min(distances) > _SAME:
                    raise VectorsDamaged(
                        f"the vectors at {self._where} do not find themselves: they have to be made again"
                    )

    def passages(self) -> set[int]:
        """All ids."""
        with _readable_errors(self._where):
            return {int(passage) for passage in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        """How many vectors there are."""
        with _readable_errors(self._where):
            count: int = self._collection.count()
            return count

    def close(self) -> None:
        """Let go of files."""
        if not self._closed:
            self._closed = True
            if self._reader is not None:
                self._reader.close()
            if self._client is not None:
                with suppress(Exception):  # a server that is gone has nothing to let go of
                    _close(self._client)


def _embedded(folder: Path) -> "ClientAPI":
    with _quiet_import():
        import chromadb
        from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    except BaseException:
        from chromadb.api.shared_system_client import SharedSystemClient

        # Chroma remembers each folder it has opened, also one that failed, and would give that one out again
        SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
        raise


def _close(client: "ClientAPI") -> None:
    """Close a client, and what Chroma leaves open when it is the last one of its address: connections to a server."""
    from chromadb.api.shared_system_client import SharedSystemClient

    both = [one for one in (client, getattr(client, "_admin_client", None)) if one is not None]
    sessions = [(one._identifier, getattr(getattr(one, "_server", None), "_session", None)) for one in both]  # noqa: SLF001
    client.close()
    for identifier, session in sessions:
        if session is not None and identifier not in SharedSystemClient._identifier_to_system:  # noqa: SLF001
            session.close()


def _remote(address: str) -> "ClientAPI":
    with _quiet_import():
        import chromadb
        from chromadb.config import Settings

    parts = urlsplit(address)
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )


@contextmanager
def _quiet_import() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its many dependencies deprecate is not our user's business
        yield


def _where(filters: Filters | None) -> dict[str, Any] | None:
    """Write filters in Chroma's words; None when all pass."""
    if filters is None:
        return None
    dated: list[dict[str, Any]] = []
    if filters.published_from is not None:
        dated.append({"day": {"$gte": filters.published_from.toordinal()}})
    if filters.published_to is not None:
        dated.append({"day": {"$lte": filters.published_to.toordinal()}})
    conditions: list[dict[str, Any]] = []
    if dated and filters.include_undated:
        conditions.append({"$or": [{"day": _UNDATED}, _all(dated)]})
    elif dated:
        conditions.append(_all([{"day": {"$gt": _UNDATED}}, *dated]))
    if filters.publishers:
        conditions.append({"publisher": {"$in": [publisher.casefold() for publisher in filters.publishers]}})
    return _all(conditions) if conditions else None


def _all(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


@contextmanager
def _readable_errors(where: str) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except BaseException as exc:  # Chroma's core raises PanicException, which is no Exception
        if isinstance(exc, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        reason = str(exc).splitlines()[0][:200] if str(exc) else type(exc).__name__
        unreached = f"the vectors at {where} cannot be reached ({reason}): try again when that is mended"
        if any(word in reason.casefold() for word in _BUSY):
            raise VectorsBusy(unreached) from exc
        if any(word in reason.casefold() for word in _TROUBLE):
            raise StoreError(unreached) from exc
        raise VectorsDamaged(f"the vectors at {where} cannot be used ({reason}): they have to be made again") from exc
