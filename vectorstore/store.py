"""Opening a store, and the store itself: documents, words and vectors in one folder.

A folder holds ``documents.sqlite3`` (the truth), ``chroma/`` (vectors, made again when lost; a server may keep them
instead) and ``writer.lock``. One process writes at a time, any number read.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

from vectorstore import schema
from vectorstore.documents import Documents
from vectorstore.errors import IndexDamaged, StoreError, StoreLocked, VectorsBusy, VectorsDamaged, WordsDamaged
from vectorstore.lock import FILE_NAME as LOCK_NAME
from vectorstore.lock import only_writer
from vectorstore.types import By, Document, Filters, Hit, IngestResult, Passage, Revision, Source, Store, Version

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vectorstore.stores import VectorIndex

log = logging.getLogger(__name__)
Asked = TypeVar("Asked")

_WRITER_WAITS = 2.0
"""Seconds that a writer waits for another: a reader that tidies up is done sooner, an ingest is not."""
_READER_WAITS = 5.0
"""Seconds that a reader asks vectors again that another process is changing just now."""
_READER_PAUSE = 0.05
_LOOKS, _LOOK_AGAIN = 3, 0.2
"""Vectors are made anew when so many looks, so many seconds apart, found them damaged while no other process writes:
one that only reads them may have their files open and be tidying them."""
_REOPEN_SECONDS = 10.0
"""While another process writes, a reader's vectors are at most this much behind; its words are not."""

# numpy, the model and Chroma come with indexing, search and stores: these are imported where they are first used


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_store(
    location: str | Path, *, create: bool = True, vectors: str = "chroma", clock: Callable[[], datetime] = _utc_now
) -> Store:
    """Open the store in a folder, making it when ``create`` and it is new.

    For the address of a Chroma server, vectors are there and everything else in a folder of the user's data, one for
    each server. ``vectors`` is a name in ``vectorstore.stores.STORES``, or begins with one and a colon. Raises
    StoreError when there is no store and none is to be made, when the folder holds something else, or when the store
    is damaged. Vectors are opened at the first search or write.
    """
    folder = Path(location).expanduser()
    if str(location).startswith(("http://", "https://")):
        folder, vectors = _folder_of_server(str(location)), str(location)
    try:
        _check_folder(folder, create=create)
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"store {folder} cannot be opened: {exc.strerror} (check the path and permissions)") from exc
    return FolderStore(folder, Documents(folder, create=create), vectors=vectors, clock=clock)


def _folder_of_server(address: str) -> Path:
    """Where the documents of a store are whose vectors are at ``address``; raises StoreError for no address."""
    from platformdirs import user_data_path

    try:
        parts = urlsplit(address)
        place = f"{parts.scheme}://{(parts.hostname or '').lower()}:{parts.port or ''}"
    except ValueError as exc:
        raise StoreError(f"{address}: not the address of a server: write http://host:port") from exc
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise StoreError(f"{address}: not the address of a server: write http://host:port")
    name = hashlib.blake2b(place.encode(), digest_size=8).hexdigest()
    return user_data_path("factcheck", appauthor=False) / "servers" / name


def _check_folder(folder: Path, *, create: bool) -> None:
    if (folder / schema.FILE_NAME).is_file():
        return
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file: a store is a folder, give another path")
    if folder.is_dir() and any(entry.name != LOCK_NAME for entry in folder.iterdir()):
        raise StoreError(f"{folder} is a folder of something else, not a store: give another path")
    if not create:
        raise StoreError(
            f"there is no store at {folder}: add documents first (factcheck ingest --store {folder} PATH ...)"
        )


class FolderStore:
    """A store in a folder; made by ``open_store``. May be used from several threads."""

    def __init__(self, folder: Path, documents: Documents, *, vectors: str, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._documents = documents
        self._vectors = vectors
        self._clock = clock
        self._index: VectorIndex | None = None
        self._seen_generation = -1
        self._opened_at = 0.0
        self._sound = False
        self._writing = False
        self._lock = threading.RLock()

    def add(self, documents: Iterable[Document]) -> IngestResult:
        """Store documents: new ones are added, equal ones left alone, changed ones replaced.

        Streams: takes any number, keeps a batch. Raises StoreLocked when another process writes.
        """
        from vectorstore import indexing

        with self._write(wait=_WRITER_WAITS) as index:
            return indexing.add(documents, documents=self._documents, index=index, clock=self._clock)

    def remove(self, doc_ids: Sequence[str], *, reason: str | None = None) -> int:
        """Take documents out of every answer; their history stays. Raises StoreLocked as ``add`` does."""
        from vectorstore import indexing

        with self._write(wait=_WRITER_WAITS) as index:
            return indexing.remove(doc_ids, documents=self._documents, index=index, clock=self._clock, reason=reason)

    def rebuild(self, report: Callable[[int, int], None] | None = None) -> int:
        """Make the word index and all vectors anew; returns how many passages there are.

        ``report`` is told how many passages are done, and of how many. When it is stopped, the next search or write
        goes on with it. Raises StoreLocked as ``add`` does.
        """
        with self._write(anew=(WordsDamaged, VectorsDamaged), report=report):
            return self._documents.passage_count()

    def get(self, doc_id: str, *, version: int | None = None) -> Document | None:
        """Read the stored document or an earlier version of it, None when it is unknown."""
        return self._documents.get(doc_id, version=version)

    def history(self, doc_id: str) -> tuple[Revision, ...]:
        """Every version of a document, oldest first."""
        return self._documents.history(doc_id)

    def version_numbers(self, doc_ids: Sequence[str]) -> dict[str, int]:
        """Read the numbers of the present versions of those of the documents that are stored."""
        return self._documents.version_numbers(doc_ids)

    def sources(self) -> Iterator[Source]:
        """Read all documents without their texts, by doc_id."""
        return self._documents.sources()

    def versions(self) -> Iterator[Version]:
        """Read the digest of every document, by doc_id: it differs when anything of the document did."""
        return self._documents.versions()

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        """Read the passages of one document in order; empty when it is unknown."""
        return self._documents.passages(doc_id)

    def count(self) -> int:
        """How many documents are stored; raises StoreError when the folder was deleted while this had it open."""
        if not (self._folder / schema.FILE_NAME).exists():
            raise StoreError(f"store {self._folder} is gone: it was moved or deleted; put it back and open it again")
        return self._documents.count()

    def search(
        self, queries: Sequence[str], *, k: int = 10, filters: Filters | None = None, by: By = "both"
    ) -> list[list[Hit]]:
        """For each query the best ``k`` passages, best first: dense and lexical search, fused.

        An index that turns out to be damaged is made again first, however long that takes; while another process
        writes that cannot be, and is a StoreError.
        """
        from vectorstore.search import search

        def ask() -> list[list[Hit]]:
            index = self._current_index()
            return search(queries, documents=self._documents, index=index, k=k, filters=filters, by=by)

        return self._ask(ask)

    def vectors(self, passage_ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """The unit vectors of those of the passages that are stored; computed where their keeper gives none out."""
        from vectorstore.embedding import embed

        def ask() -> "tuple[dict[str, int], dict[int, NDArray[np.float32]], dict[int, str]]":
            numbers = self._documents.passage_numbers(passage_ids)
            kept = self._current_index().kept(list(numbers.values()))
            return numbers, kept, self._documents.passage_texts([one for one in numbers.values() if one not in kept])

        numbers, kept, texts = self._ask(ask)
        kept.update(zip(texts, embed(list(texts.values())), strict=True))
        return {name: kept[number] for name, number in numbers.items() if number in kept}

    def close(self) -> None:
        """Let go of files and locks; closing twice does no harm."""
        with self._lock:
            self._close_index()
            self._documents.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _write(
        self, *, anew: Sequence[type[IndexDamaged]] = (), report: Callable[[int, int], None] | None = None,
        wait: float = 0.0,
    ) -> "Iterator[VectorIndex]":  # fmt: skip
        """Give the vectors to the only writer, both indexes mended if need be, those of ``anew`` without a look."""
        from vectorstore import indexing

        with only_writer(self._folder, wait=wait):
            with self._lock:
                self._usable_words(anew=WordsDamaged in anew)
                index = self._usable_index(anew=VectorsDamaged in anew)
                self._writing = True
            try:
                indexing.repair(documents=self._documents, index=index, report=report)
                yield index
            finally:
                with self._lock:
                    self._writing = False
                    self._sound = False
                    self._seen_generation = self._documents.generation()

    def _ask(self, ask: Callable[[], Asked]) -> Asked:
        """What ``ask`` finds out; indexes that are damaged are made anew first.

        Vectors that another process is changing look damaged for a moment. So they are opened again and asked again:
        until nobody writes them, or for so long; and only what is damaged while nobody writes is made anew.
        """
        until, looks = time.monotonic() + _READER_WAITS, 0
        with self._lock:
            while True:
                try:
                    return ask()
                except (IndexDamaged, VectorsBusy) as exc:
                    trouble = exc
                self._close_index()
                try:
                    with self._write():
                        return ask()
                except IndexDamaged as exc:
                    looks += 1
                    if looks >= _LOOKS:
                        self._mend(exc)
                        return ask()
                    self._close_index()
                    time.sleep(_LOOK_AGAIN)
                except (StoreLocked, VectorsBusy) as exc:
                    if time.monotonic() > until:
                        raise StoreError(f"{trouble}; another process is writing, ask again when it is done") from exc
                time.sleep(_READER_PAUSE)

    def _usable_words(self, *, anew: bool) -> None:
        try:
            if not anew:
                self._documents.check_words()
        except WordsDamaged as exc:
            log.warning("store %s: %s; making it anew from the documents", self._folder, exc)
            anew = True
        if anew:
            self._documents.rebuild_words()

    def _usable_index(self, *, anew: bool) -> "VectorIndex":
        from vectorstore.stores import forget_index

        for look in range(0 if anew else _LOOKS):
            try:
                index = self._fresh_index(alone=True)
                index.check()
            except VectorsDamaged as exc:
                self._close_index()
                if look < _LOOKS - 1:
                    time.sleep(_LOOK_AGAIN)
                else:
                    log.warning("store %s: %s; making them anew from the documents", self._folder, exc)
            else:
                return index
        self._close_index()
        self._documents.begin_writing(0)  # first: who has them open must see that they are others
        forget_index(self._vectors, self._folder, identity=self._documents.identity())
        return self._fresh_index()

    def _mend(self, damage: IndexDamaged) -> None:
        log.warning("store %s: %s; making it anew from the documents", self._folder, damage)
        try:
            with self._write(anew=[type(damage)]):
                pass
        except StoreLocked as exc:
            raise StoreError(f"{damage}; another process is writing, ask again when it is done") from exc

    def _current_index(self) -> "VectorIndex":
        """Give the vectors as they are now; when a killed writer left them untidy, tidy up first."""
        from vectorstore import indexing

        if self._writing and self._index is not None:
            return self._index
        index = self._fresh_index()
        if self._sound:
            return index
        self._documents.check_words()
        index.check()
        if not indexing.agrees(documents=self._documents, index=index):
            try:
                with self._write() as index:
                    pass
            except StoreLocked:
                # what the writer in another process has committed is answered, but nobody else's vectors
                if index.stamp() != indexing.stamp(self._documents):
                    raise
                return index
        self._sound = True
        return index

    def _fresh_index(self, *, alone: bool = False) -> "VectorIndex":
        """Open the vectors, again when another process has changed them and the keeper would not see it.

        ``alone`` says that none is changing them now.
        """
        from vectorstore.stores import open_index

        generation = self._documents.generation()
        if self._index is None or (generation != self._seen_generation and self._is_stale(self._index, alone=alone)):
            self._close_index()
            self._index = open_index(self._vectors, self._folder, identity=self._documents.identity())
            self._opened_at = time.monotonic()
            self._seen_generation = generation
        elif generation != self._seen_generation and self._index.sees_other_writers:
            self._seen_generation = generation
            self._sound = False
        return self._index

    def _is_stale(self, index: "VectorIndex", *, alone: bool) -> bool:
        if index.sees_other_writers:
            return False
        if alone:
            return True
        # while another process writes, a large index is not read from disk again for every question
        return not self._documents.unfinished() or time.monotonic() - self._opened_at > _REOPEN_SECONDS

    def _close_index(self) -> None:
        self._sound = False
        if self._index is not None:
            self._index.close()
            self._index = None
