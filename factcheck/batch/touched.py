"""Which kept verdicts new, changed and removed documents can reach. Retrieval turned round: documents look for claims.

A verdict that was given with a removed or changed document among the found is reached. A new document reaches a
verdict when one of its passages comes among the best ``RANK`` beside those that the verdict was judged on, by the two
things that a search goes by: nearness of vectors, and rare words that both have. No search is made, so that this
costs a small part of judging. What only comes lower down hardly ever turns a verdict; ``python -m eval touched``
counts how often it does.
"""

import math
import re
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.batch.cache import Changes, Reachable, VerdictCache
from vectorstore.embedding import embed
from vectorstore.ranking import WORDS_WEIGHT
from vectorstore.types import Store

RANK = 2
"""A new passage that comes no further down than this reaches the verdict."""
LEAST = 0.25
"""Cosine below which a passage has nothing to do with a claim."""
HELD = 20_000
"""Passages kept in memory at a time."""
STEM = 6
"""Letters of a word that are compared."""
_WORD = re.compile(r"\w+")


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
    new = tuple(passage.passage_id for doc_id in changes.new for passage in store.passages(doc_id))
    if not new:
        return keys
    passages = _Passages(store)
    for page in cache.fresh():
        held = passages.of(dict.fromkeys([*new, *(name for one in page for name in one.passages)]))
        rarity = _rarity(held.values())
        fresh = [held[name] for name in new]
        for one, claim in zip(page, _vectors(page, cache), strict=True):
            words = {word: rarity.get(word, 0.0) for word in _words(one.claim)}
            before = [held[name] for name in one.passages if name in held and name not in new]
            near = [passage for passage in fresh if float(passage.vector @ claim) >= LEAST]
            if near and _comes_ahead(claim, words, near, before):
                keys.add(one.key)
    return keys


class _Held(NamedTuple):
    """A passage as it is compared."""

    vector: NDArray[np.float32]
    words: frozenset[str]


class _Passages:
    """Passages of a store by their ids, the last ``HELD`` of them kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def of(self, names: Iterable[str]) -> dict[str, _Held]:
        """Those of the passages whose documents are there."""
        names = list(names)
        missing = [name for name in names if name not in self._held]
        vectors = self._store.vectors(missing)
        documents = {doc_id: self._store.get(doc_id) for doc_id in {name.rpartition("#")[0] for name in vectors}}
        for name, vector in vectors.items():
            doc_id, _, offsets = name.rpartition("#")
            start, _, end = offsets.partition("-")
            document = documents[doc_id]
            if document is not None:
                said = f"{document.title or ''} {document.text[int(start) : int(end)]}"
                self._held[name] = _Held(vector, _words(said))
        found = {name: self._held[name] for name in names if name in self._held}
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return found


def _comes_ahead(
    claim: NDArray[np.float32], words: Mapping[str, float], new: Sequence[_Held], before: Sequence[_Held]
) -> bool:
    """Whether one of ``new`` comes among the best ``RANK``."""
    scores = _scores(claim, words, [*new, *before])
    ahead = np.sort(scores[len(new) :])[::-1]
    return len(ahead) < RANK or bool(scores[: len(new)].max() >= ahead[RANK - 1])


def _scores(claim: NDArray[np.float32], words: Mapping[str, float], passages: Sequence[_Held]) -> NDArray[np.float64]:
    """How well passages fit a claim: vectors and words joined as in a search, the words weighed by rarity."""
    near = np.array([float(one.vector @ claim) for one in passages])
    shared = np.array([sum(words[word] for word in words.keys() & one.words) for one in passages])
    return near + WORDS_WEIGHT * shared / (shared.max() or 1.0)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold()[:STEM] for word in _WORD.findall(text))


def _rarity(passages: Collection[_Held]) -> dict[str, float]:
    """What each word weighs: the rarer among the passages, the more, as in BM25."""
    counts = Counter(word for one in passages for word in one.words)
    return {word: math.log(1 + (len(passages) - n + 0.5) / (n + 0.5)) for word, n in counts.items()}


def _vectors(page: Sequence[Reachable], cache: VerdictCache) -> NDArray[np.float32]:
    """The vectors of the claims, computed where that was not done before."""
    missing = [one for one in page if one.vector is None]
    made = dict(zip([one.key for one in missing], embed([one.claim for one in missing]), strict=True))
    cache.keep_vectors(made.items())
    return np.stack([made[one.key] if one.vector is None else one.vector for one in page])
