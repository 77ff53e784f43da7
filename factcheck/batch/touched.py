"""Which kept verdicts new, changed and removed documents can reach. Retrieval turned round: documents look for claims.

A verdict that was given with a removed or changed document among the found is reached. A new document reaches a
verdict when one of its passages is as near to the claim as the weaker of the passages it was judged on: then a search
could find it in their place. Nearness is the cosine of the store's own vectors; what words alone would find in a text
that is far from the claim is missed (``python -m eval batch`` counts how often).
"""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from factcheck.batch.cache import Changes, Reachable, VerdictCache
from vectorstore.embedding import DIMENSIONS, embed
from vectorstore.types import Store

LEAST = 0.25
"""Cosine below which a passage has nothing to do with a claim."""
WEAK = 0.25
"""Which of the passages a verdict was given on is the one to beat: at this share of them from the weakest."""
HELD = 20_000
"""Vectors of passages kept in memory at a time."""


def renew(cache: VerdictCache, store: Store) -> Changes:
    """Mark the kept verdicts that the documents added, changed or removed since the last time can reach."""
    versions = list(store.versions())
    changes = cache.changes(versions)
    if changes.new or changes.gone:
        cache.note(versions, reached(changes, cache, store))
    return changes


def reached(changes: Changes, cache: VerdictCache, store: Store) -> set[str]:
    """Keys of the verdicts that ``changes`` can reach."""
    keys = cache.resting_on(changes.gone)
    new = [passage.text for doc_id in changes.new for passage in store.passages(doc_id)]
    if not new:
        return keys
    near, vectors = _Near(store), embed(new)
    for page in cache.fresh():
        claims = _vectors(page, cache)
        for one, claim, cosine in zip(page, claims, (claims @ vectors.T).max(axis=1), strict=True):
            if near.beats(claim, one.passages, float(cosine)):
                keys.add(one.key)
    return keys


def _vectors(page: Sequence[Reachable], cache: VerdictCache) -> NDArray[np.float32]:
    """The vectors of the claims, computed where that was not done before."""
    missing = [one for one in page if one.vector is None]
    made = dict(zip([one.key for one in missing], embed([one.claim for one in missing]), strict=True))
    cache.keep_vectors(made.items())
    return np.stack([made[one.key] if one.vector is None else one.vector for one in page])


class _Near:
    """Cosines of claims and the passages they were judged on; passages that many claims share are embedded once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def beats(self, claim: NDArray[np.float32], passages: Sequence[str], cosine: float) -> bool:
        """Whether a passage this near to the claim could take the place of one of ``passages``."""
        if cosine < LEAST:
            return False
        vectors = self._of(passages)
        return len(vectors) == 0 or cosine >= float(np.quantile(vectors @ claim, WEAK))

    def _of(self, passages: Sequence[str]) -> NDArray[np.float32]:
        missing = [name for name in passages if name not in self._vectors]
        texts = [self._text(name) for name in missing]
        known = [(name, text) for name, text in zip(missing, texts, strict=True) if text]
        for (name, _), vector in zip(known, embed([text for _, text in known]), strict=True):
            self._vectors[name] = vector
        found = [self._vectors[name] for name in passages if name in self._vectors]
        while len(self._vectors) > HELD:
            self._vectors.popitem(last=False)
        return np.stack(found) if found else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def _text(self, passage: str) -> str | None:
        """The words of a passage by its id ``doc_id#start-end``; None when its document is gone."""
        doc_id, _, offsets = passage.rpartition("#")
        start, _, end = offsets.partition("-")
        document = self._store.get(doc_id)
        return document.text[int(start) : int(end)] if document else None
