"""Writing: documents are split, embedded and stored so that a kill at any moment leaves a usable store.

Order of a batch: passage ids are taken and the store is marked as being written; vectors go to the index; then
one SQLite transaction puts the documents, passages and words in place of their old versions, and from there on
they are in answers; then the old vectors go. What a kill leaves behind is vectors without passages, which no
search shows and the next writer sweeps out (``repair``).
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from vectorstore.documents import Documents, Prepared
from vectorstore.embedding import cut_to_tokens, embed, model_digest
from vectorstore.passages import TITLE_TOKENS, split
from vectorstore.stores import Entry, VectorIndex
from vectorstore.types import Document, Hit, IngestResult, Passage, Problem, Source

log = logging.getLogger(__name__)

INDEX_VERSION = 1
"""Raise it when passages or vectors are made differently: every document then counts as changed."""

_BATCH_DOCUMENTS = 128
_BATCH_CHARACTERS = 500_000
"""A batch is one transaction; both bounds keep it small, a longer document is a batch of its own."""
_PART = 512
"""Passages embedded and handed to the index at once."""


Clock = Callable[[], datetime]
Report = Callable[[int, int], None]
"""Told how many passages are done, and of how many."""


def add(incoming: Iterable[Document], *, documents: Documents, index: VectorIndex, clock: Clock) -> IngestResult:
    """Store documents in batches, the caller holding the writer's lock; returns what was done."""
    result = IngestResult()
    for batch in _batches(incoming):
        result = combine(result, _add_batch(batch, documents=documents, index=index, clock=clock))
    return result


def remove(
    doc_ids: Sequence[str], *, documents: Documents, index: VectorIndex, clock: Clock, reason: str | None = None
) -> int:
    """Remove documents everywhere but from the history, the caller holding the writer's lock; returns how many."""
    present = list(documents.digests(doc_ids))
    if present:
        documents.begin_writing(0)
        index.drop(documents.remove(present, now=_now(clock), reason=reason))
        documents.end_writing()
    return len(present)


def stamp(documents: Documents) -> str:
    """What vectors of this store are marked with: others are of another store, or were made in another way."""
    return f"{documents.identity()} {INDEX_VERSION} {model_digest()}"


def agrees(*, documents: Documents, index: VectorIndex) -> bool:
    """Whether the vectors are those of the passages, as far as marks and counts tell."""
    return (
        not documents.unfinished() and index.stamp() == stamp(documents) and index.count() == documents.passage_count()
    )


def repair(*, documents: Documents, index: VectorIndex, report: Report | None = None) -> None:
    """Make the vectors agree with the passages, the caller holding the writer's lock.

    Vectors of passages that are not there go, passages without a vector get theirs. Does nothing but count
    unless a writer was stopped half-way or the vectors were lost.
    """
    if agrees(documents=documents, index=index):
        return
    if index.stamp() != stamp(documents):
        index.clear(stamp(documents))
    kept, wanted = index.passages(), documents.passage_ids()
    if kept:  # a store that is new, or rebuilt on demand, has none
        log.warning("repairing the vectors: %d to remove, %d to make", len(kept - wanted), len(wanted - kept))
    index.drop(sorted(kept - wanted))
    missing = sorted(wanted - kept)
    for start in range(0, len(missing), _PART):
        hits = documents.hits(missing[start : start + _PART])
        _put(index, list(hits), list(hits.values()))
        if report is not None:
            report(min(start + _PART, len(missing)), len(missing))
    documents.end_writing()


def combine(first: IngestResult, second: IngestResult) -> IngestResult:
    """Add up two results."""
    return IngestResult(
        added=first.added + second.added,
        replaced=first.replaced + second.replaced,
        unchanged=first.unchanged + second.unchanged,
        passages=first.passages + second.passages,
        problems=first.problems + second.problems,
    )


def _batches(incoming: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in batches; the same doc_id never twice in one, so that the later one replaces the earlier."""
    batch: list[Document] = []
    taken: set[str] = set()
    characters = 0
    for document in incoming:
        full = len(batch) == _BATCH_DOCUMENTS or characters + len(document.text) > _BATCH_CHARACTERS
        if batch and (full or document.doc_id in taken):
            yield batch
            batch, taken, characters = [], set(), 0
        batch.append(document)
        taken.add(document.doc_id)
        characters += len(document.text)
    if batch:
        yield batch


def _add_batch(batch: Sequence[Document], *, documents: Documents, index: VectorIndex, clock: Clock) -> IngestResult:
    known = documents.digests([document.doc_id for document in batch])
    changed = [
        document
        for document in _with_edits([one for one in batch if known.get(one.doc_id) != _digest(one)], documents)
        if known.get(document.doc_id) != _digest(document)
    ]
    if not changed:
        return IngestResult(unchanged=len(batch))
    cut = [split(document) for document in changed]
    first = documents.begin_writing(sum(map(len, cut)))
    prepared: list[Prepared] = []
    fresh: list[Hit] = []
    for document, passages in zip(changed, cut, strict=True):
        one = Prepared(document=document, digest=_digest(document), passages=passages, first_passage=first + len(fresh))
        prepared.append(one)
        fresh.extend(Hit(passage=passage, source=document.source, score=0.0) for passage in passages)
    _put(index, range(first, first + len(fresh)), fresh)
    index.drop(documents.replace(prepared, now=_now(clock)))
    documents.end_writing()
    replaced = sum(document.doc_id in known for document in changed)
    return IngestResult(
        added=len(changed) - replaced,
        replaced=replaced,
        unchanged=len(batch) - len(changed),
        passages=sum(map(len, cut)),
        problems=tuple(_unsearchable(one) for one in prepared if not one.passages),
    )


def _with_edits(incoming: Sequence[Document], documents: Documents) -> Iterator[Document]:
    """Give documents the values that a person has set by hand in their stored versions."""
    stored = documents.stored_sources([document.doc_id for document in incoming])
    for document in incoming:
        source = stored.get(document.doc_id)
        if source is None or not source.edited or document.edited:
            yield document
        else:
            kept = {name: getattr(source, name) for name in (*source.edited, "edited")}
            yield document.model_copy(update=kept)


def _put(index: VectorIndex, ids: Sequence[int], hits: Sequence[Hit]) -> None:
    """Embed passages and hand them to the index, a part at a time."""
    for start in range(0, len(ids), _PART):
        part = hits[start : start + _PART]
        vectors = embed([_embedded_text(hit.source, hit.passage) for hit in part])
        entries = [_entry(number, hit.source) for number, hit in zip(ids[start:], part, strict=False)]
        index.put(entries, vectors)


def _embedded_text(source: Source, passage: Passage) -> str:
    title = cut_to_tokens(source.title or "", TITLE_TOKENS)
    return f"{title}\n{passage.text}" if title and not passage.text.startswith(title) else passage.text


def _entry(number: int, source: Source) -> Entry:
    day = source.published_date
    return Entry(
        passage=number,
        doc_id=source.doc_id,
        day=None if day is None else day.toordinal(),
        publisher=(source.publisher or "").casefold(),
    )


def _now(clock: Clock) -> str:
    return clock().astimezone(UTC).isoformat(timespec="seconds")


def _digest(document: Document) -> str:
    # what has no value is left out, so that fields of later versions change no digest
    said = document.model_dump_json(exclude_defaults=True, exclude={"retrieved_at"})
    return hashlib.sha256(f"{INDEX_VERSION}\n{said}".encode()).hexdigest()


def _unsearchable(prepared: Prepared) -> Problem:
    return Problem(
        source=prepared.document.doc_id,
        message="no passage to search: its text has nothing but page clutter; it is stored all the same",
        kept=True,
    )
