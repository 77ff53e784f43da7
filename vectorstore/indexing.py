"""Writing: documents are split, embedded and stored so that a kill at any moment leaves a usable store.

Order of a batch: passage ids are taken and the store is marked as being written; vectors go to the index; then
one SQLite transaction puts the documents, passages and words in place of their old versions, and from there on
they are in answers; then the old vectors go. What a kill leaves behind is vectors without passages, which no
search shows and the next writer sweeps out (``repair``).
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence

from vectorstore.documents import Documents, Prepared
from vectorstore.embedding import cut_to_tokens, embed
from vectorstore.passages import TITLE_TOKENS, split
from vectorstore.stores import Entry, VectorIndex
from vectorstore.types import Document, Hit, IngestResult, Passage, Problem, Source

log = logging.getLogger(__name__)

INDEX_VERSION = 1
"""Raise it when passages or vectors are made differently: every document then counts as changed."""

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 500_000
"""A batch is one transaction; both bounds keep it small, a longer document is a batch of its own."""
_PART = 256
"""Passages embedded and handed to the index at once."""


def add(incoming: Iterable[Document], *, documents: Documents, index: VectorIndex) -> IngestResult:
    """Store documents in batches, the caller holding the writer's lock; returns what was done."""
    result = IngestResult()
    for batch in _batches(incoming):
        result = combine(result, _add_batch(batch, documents=documents, index=index))
    return result


def remove(doc_ids: Sequence[str], *, documents: Documents, index: VectorIndex) -> int:
    """Remove documents everywhere, the caller holding the writer's lock; returns how many there were."""
    present = list(documents.digests(doc_ids))
    if present:
        documents.begin_writing(0)
        index.drop(documents.remove(present))
        documents.end_writing()
    return len(present)


def repair(*, documents: Documents, index: VectorIndex) -> None:
    """Make the vectors agree with the passages, the caller holding the writer's lock.

    Vectors of passages that are not there go, passages without a vector get theirs. Does nothing but count
    unless a writer was stopped half-way or the vectors were lost.
    """
    if not documents.unfinished() and index.count() == documents.passage_count():
        return
    kept, wanted = index.passages(), documents.passage_ids()
    log.warning("repairing the vectors: %d to remove, %d to make", len(kept - wanted), len(wanted - kept))
    index.drop(sorted(kept - wanted))
    missing = sorted(wanted - kept)
    for start in range(0, len(missing), _PART):
        hits = documents.hits(missing[start : start + _PART])
        _put(index, list(hits), list(hits.values()))
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


def _add_batch(batch: Sequence[Document], *, documents: Documents, index: VectorIndex) -> IngestResult:
    known = documents.digests([document.doc_id for document in batch])
    changed = [document for document in batch if known.get(document.doc_id) != _digest(document)]
    if not changed:
        return IngestResult(unchanged=len(batch))
    cut = [split(document) for document in changed]
    first = documents.begin_writing(sum(map(len, cut)))
    prepared: list[Prepared] = []
    for document, passages in zip(changed, cut, strict=True):
        ids = range(first, first + len(passages))
        first += len(passages)
        hits = [Hit(passage=passage, source=document.source, score=0.0) for passage in passages]
        prepared.append(
            Prepared(document=document, digest=_digest(document), passages=passages, first_passage=ids.start)
        )
        _put(index, ids, hits)
    index.drop(documents.replace(prepared))
    documents.end_writing()
    replaced = sum(document.doc_id in known for document in changed)
    return IngestResult(
        added=len(changed) - replaced,
        replaced=replaced,
        unchanged=len(batch) - len(changed),
        passages=sum(map(len, cut)),
        problems=tuple(_unsearchable(one) for one in prepared if not one.passages),
    )


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


def _digest(document: Document) -> str:
    return hashlib.sha256(f"{INDEX_VERSION}\n{document.model_dump_json()}".encode()).hexdigest()


def _unsearchable(prepared: Prepared) -> Problem:
    return Problem(
        source=prepared.document.doc_id,
        message="no passage to search: its text has nothing but page clutter; it is stored all the same",
        kept=True,
    )
