"""Documents that say the same in the same words: syndicated copies and near-duplicates, found by runs of words.

A run is five words that follow each other. Candidates come from MinHash signatures (Broder, "On the resemblance and
containment of documents", 1997), cut to bands so that no two documents need be compared that share no band; each
candidate is then counted exactly. A copy that was cut short counts too: what is asked is how much of the shorter one
stands in the longer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from vectorstore.types import Document

_RUN = 5
_LEAST_RUNS = 8
"""A shorter text is compared as a whole: a few words in common tell nothing."""
_SHARED = 0.6
"""Share of the shorter one's runs that stand in the longer one of two copies."""
_BANDS, _ROWS = 32, 3
"""Signatures of 96 values: two documents that share half of all their runs share a band 98.6 times in 100."""
_MOST_RUNS = 20_000
"""Runs of one document that are looked at: a book is told by its beginning."""
_PRIME = (1 << 61) - 1
_WORD = re.compile(r"\w+")

Runs = NDArray[np.uint64]


def copies(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """Groups of ids of documents that copy each other, two or more each, in the order of their first members.

    Being a copy is passed on: of A, B and C in a chain all three are in one group. Streams; what is kept of a document
    is its runs, 8 bytes each.
    """
    runs: dict[str, Runs] = {}
    bands: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    parent: dict[str, str] = {}
    for document in documents:
        found = _runs(document.text)
        runs[document.doc_id] = found
        parent[document.doc_id] = document.doc_id
        candidates: set[str] = set()
        for band, key in enumerate(_keys(found)):
            candidates.update(bands[band, key])
            bands[band, key].append(document.doc_id)
        for other in sorted(candidates):
            if _root(parent, other) != _root(parent, document.doc_id) and _is_copy(found, runs[other]):
                parent[_root(parent, document.doc_id)] = _root(parent, other)
    groups: dict[str, list[str]] = defaultdict(list)
    for doc_id in parent:
        groups[_root(parent, doc_id)].append(doc_id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _runs(text: str) -> Runs:
    """Sorted numbers of the runs of a text."""
    words = [word.casefold() for word in _WORD.findall(text)]
    count = len(words) - _RUN + 1
    told = [" ".join(words)] if count < _LEAST_RUNS else [
        " ".join(words[place : place + _RUN]) for place in range(min(count, _MOST_RUNS))
    ]  # fmt: skip
    numbers = {int.from_bytes(blake2b(run.encode(), digest_size=7).digest(), "big") for run in told}
    return np.array(sorted(numbers), dtype=np.uint64)


def _keys(runs: Runs) -> list[bytes]:
    """The bands of a document's signature: the least value of its runs under each of many shuffles."""
    shuffled = (runs[None, :] * _FACTORS[:, None]) ^ (runs[None, :] >> np.uint64(17))
    signature = shuffled.min(axis=1)
    return [band.tobytes() for band in signature.reshape(_BANDS, _ROWS)]


def _is_copy(first: Runs, second: Runs) -> bool:
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared >= _SHARED * min(len(first), len(second))


def _root(parent: dict[str, str], doc_id: str) -> str:
    while parent[doc_id] != doc_id:
        parent[doc_id] = parent[parent[doc_id]]
        doc_id = parent[doc_id]
    return doc_id


_FACTORS: NDArray[np.uint64] = np.random.default_rng(1).integers(
    1, _PRIME, _BANDS * _ROWS, dtype=np.uint64
) | np.uint64(1)
