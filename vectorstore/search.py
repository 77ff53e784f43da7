"""Dense and lexical search, fused: the one search that others call.

Each query is ranked twice, by cosine of its vector and by BM25 of its words; ``ranking`` joins the two.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from vectorstore.documents import Documents
from vectorstore.embedding import Vectors, embed
from vectorstore.ranking import Near, fuse
from vectorstore.stores import VectorIndex
from vectorstore.types import By, Filters, Hit

_LEAST_DEPTH = 200
"""How far down each ranking is read, at least: what one of them ranks low the other may lift."""

_DEEPER = 10

_REMEMBERED = 512
"""Vectors of queries kept: the same claim is often searched for again among what was published around a day."""
_vectors: "OrderedDict[str, Vectors]" = OrderedDict()
_vectors_lock = Lock()


def search(
    queries: Sequence[str],
    *,
    documents: Documents,
    index: VectorIndex,
    k: int,
    filters: Filters | None = None,
    by: By = "both",
) -> list[list[Hit]]:
    """For each query the best ``k`` passages, best first; a query without any letter or digit finds nothing.

    A query is a sentence or two: its vector sees the first 256 tokens, its word search the first 96 words.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    asked = [query.encode(errors="replace").decode() for query in queries]
    full = [row for row, query in enumerate(asked) if any(map(str.isalnum, query))]
    depth = max(_LEAST_DEPTH, 2 * k)
    dense: list[list[Near]] = [[] for _ in full]
    if full and by != "words":
        dense = _nearest(query_vectors([asked[row] for row in full]), documents, index, depth, filters)
    fused: dict[int, list[Near]] = {}
    for row, by_vector in zip(full, dense, strict=True):
        by_words = documents.nearest_words(asked[row], limit=depth, filters=filters) if by != "vectors" else []
        fused[row] = fuse(by_vector, by_words)
    return _hits([fused.get(row, []) for row in range(len(queries))], documents, k)


def query_vectors(queries: Sequence[str]) -> Vectors:
    """The vectors of queries, one a row; those of the last ones are not computed again."""
    if not queries:
        return embed([])
    with _vectors_lock:
        known = {query: _vectors[query] for query in queries if query in _vectors}
    missing = list(dict.fromkeys(query for query in queries if query not in known))
    known.update(zip(missing, embed(missing), strict=True))
    with _vectors_lock:
        _vectors.update((query, known[query].copy()) for query in missing)  # a row would keep its whole batch
        while len(_vectors) > _REMEMBERED:
            _vectors.popitem(last=False)
    return np.stack([known[query] for query in queries])


def _nearest(
    vectors: Vectors, documents: Documents, index: VectorIndex, depth: int, filters: Filters | None
) -> list[list[Near]]:
    """The nearest that pass. What is not kept beside vectors is filtered here, out of ``_DEEPER`` times as many.

    Where fewer than one in so many pass, some of them are found by their words alone.
    """
    if filters is None or not (filters.languages or filters.tags):
        return index.nearest(vectors, limit=depth, filters=filters)
    found = index.nearest(vectors, limit=_DEEPER * depth, filters=filters.of_vectors)
    return [documents.passing(ranking, filters)[:depth] for ranking in found]


def _hits(rankings: Sequence[Sequence[Near]], documents: Documents, k: int) -> list[list[Hit]]:
    """Read the best of each ranking; more of them where a passage is gone."""
    hits = documents.hits(sorted({near.passage for ranking in rankings for near in ranking[:k]}))
    if any(near.passage not in hits for ranking in rankings for near in ranking[:k]):
        # a vector whose passage is gone (a removal in another process, an ingest that was killed) is no answer
        hits = documents.hits(sorted({near.passage for ranking in rankings for near in ranking}))
    return [
        [hits[near.passage].model_copy(update={"score": near.score}) for near in ranking if near.passage in hits][:k]
        for ranking in rankings
    ]
