"""Whether this desk has dealt with a claim before, in whatever words: retrieval, then two-way entailment.

Earlier claims that are near by their vectors are read by the verifier model both ways, each as a source of the other:
two claims say the same when each supports the other. Where both have numbers these must be the same ones, and both or
neither must deny: what the model takes lightly is compared exactly. ``python -m eval seen`` measures it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.language.denial import denials
from factcheck.models import score
from factcheck.types import Frozen, Label
from factcheck.verdict.receipt import sha256
from vectorstore.embedding import DIMENSIONS, embed
from vectorstore.types import Store

LIKE = 0.7
"""Probability of support, the weaker of both ways, from which on two claims say the same."""
NEAR = 0.6
"""Cosine below which two claims are not read."""
MOST = 5
"""Earlier claims that are read for one."""
BLOCK = 10_000
"""Earlier claims whose vectors are multiplied at a time."""
AT_ONCE = 64
"""Claims that are looked for together."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Earlier(Frozen):
    """A claim that was dealt with."""

    claim: str
    as_of: date | None = None
    label: Label
    by: str
    """Who: a person's name, or what program."""
    decided: bool
    """Whether a person decided; else it is a verdict of the program that nobody has looked at."""
    at: datetime | None = None
    """When, in UTC; None when that was not noted."""
    documents: Mapping[str, str] = {}
    """SHA-256 of the texts of the documents that it was judged on."""
    stale: bool = False
    """Whether documents came since that can reach it."""


class Seen(Frozen):
    """A claim, and the earlier one that says the same."""

    claim: str
    earlier: Earlier
    likeness: float
    """Probability that each supports the other, the weaker of both ways."""
    changed: tuple[str, ...]
    """Documents it was judged on that have another text now, or are gone."""

    @property
    def line(self) -> str:
        """Say it in one line."""
        before = self.earlier
        when = f" on {before.at:%d %B %Y}" if before.at else ""
        day = f", as of {before.as_of.isoformat()}" if before.as_of else ""
        since = [f"sources changed since: {', '.join(self.changed[:3])}"] if self.changed else []
        since += ["documents came that may change it"] if before.stale else []
        return (
            f"{before.label.value} before{day}: “{before.claim}”, {'decided' if before.decided else 'judged'} by "
            f"{before.by}{when}; {'; '.join(since) or 'sources unchanged'}"
        )


class Known(NamedTuple):
    """An earlier claim as it is held: what it takes to find it, and how to read the rest."""

    claim: str
    decided: bool
    """Whether a person decided."""
    recall: Callable[[], Earlier]
    vector: NDArray[np.float32] | None = None
    """Its unit vector, where it is at hand."""


class Memory:
    """Earlier claims, ready to be looked for; people's decisions go before verdicts of the program.

    Of each its words and a vector of half precision are held, less than a kilobyte and a half.
    """

    def __init__(self, known: Iterable[Known]) -> None:
        """Hold the earlier claims, and compute the vectors that are not at hand."""
        self._known: list[Known] = []
        blocks = [np.zeros((0, DIMENSIONS), dtype=np.float16)]
        coming = iter(known)
        while block := list(islice(coming, BLOCK)):
            missing = [place for place, one in enumerate(block) if one.vector is None]
            vectors = np.zeros((len(block), DIMENSIONS), dtype=np.float32)
            vectors[missing] = embed([block[place].claim for place in missing])
            for place, one in enumerate(block):
                if one.vector is not None:
                    vectors[place] = one.vector
            blocks.append(vectors.astype(np.float16))
            self._known += [one._replace(vector=None) for one in block]
        self._vectors = np.concatenate(blocks)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._known)

    def find(self, claims: Sequence[str], store: Store | None = None) -> list[Seen | None]:
        """For each claim the earlier one that says the same, None when there is none.

        ``store`` says whether its sources have changed since. Raises ModelFailed when the model cannot be run.
        """
        found: list[Seen | None] = []
        for start in range(0, len(claims), AT_ONCE):
            found += self._find(claims[start : start + AT_ONCE], store)
        return found

    def _find(self, claims: Sequence[str], store: Store | None) -> Iterator[Seen | None]:
        near = self._near(claims)
        pairs = [(claims[row], self._known[place].claim) for row, place in near]
        best: dict[int, tuple[bool, float, int]] = {}
        for (row, place), likeness in zip(near, alike(pairs), strict=True):
            rank = (self._known[place].decided, likeness, -place)
            if likeness >= LIKE and (row not in best or rank > best[row]):
                best[row] = rank
        for row, claim in enumerate(claims):
            if row in best:
                _, likeness, place = best[row]
                earlier = self._known[-place].recall()
                yield Seen(claim=claim, earlier=earlier, likeness=round(likeness, 4), changed=_changed(earlier, store))
            else:
                yield None

    def _near(self, claims: Sequence[str]) -> list[tuple[int, int]]:
        """Row of the claim and place of the earlier one, for those worth reading."""
        vectors = embed(claims)
        found: list[list[tuple[float, int]]] = [[] for _ in claims]
        for start in range(0, len(self), BLOCK):
            cosines = vectors @ self._vectors[start : start + BLOCK].astype(np.float32).T
            for row, around in enumerate(cosines):
                nearest = np.argsort(-around, kind="stable")[:MOST].tolist()
                found[row] += [(float(around[place]), start + place) for place in nearest if around[place] >= NEAR]
        return [(row, place) for row, some in enumerate(found) for _, place in sorted(some, reverse=True)[:MOST]]


def alike(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """How surely two claims say the same: the weaker of both ways of support, 0 where exact parts differ."""
    if not pairs:
        return []
    forth = score(pairs)[:, 0]
    back = score([(second, first) for first, second in pairs])[:, 0]
    weaker: NDArray[np.float64] = np.minimum(forth, back)
    return [
        float(value) if _same_parts(first, second) else 0.0
        for (first, second), value in zip(pairs, weaker, strict=True)
    ]


def _same_parts(first: str, second: str) -> bool:
    one, other = _numbers(first), _numbers(second)
    return (not one or not other or one == other) and _denies(first) == _denies(second)


def _numbers(text: str) -> list[str]:
    return sorted(number.replace(",", "").lstrip("0") for number in _NUMBER.findall(text))


def _denies(text: str) -> bool:
    return denials(text) % 2 == 1


def _changed(earlier: Earlier, store: Store | None) -> tuple[str, ...]:
    if store is None:
        return ()
    present = {doc_id: store.get(doc_id) for doc_id in earlier.documents}
    return tuple(
        doc_id
        for doc_id, digest in earlier.documents.items()
        if (document := present[doc_id]) is None or sha256(document.text) != digest
    )
