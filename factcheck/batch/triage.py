"""A day's articles as a ranked list, so that people read first what matters: contradicted, surely, often repeated.

Claims not worth checking never get here. The others are judged as in a batch, with its journal; claims that say the
same are one line with all their articles. What the order is made of stands in every line.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from factcheck.batch.job import Job, run
from factcheck.batch.journal import Journal
from factcheck.batch.output import verdict_at, whole_file
from factcheck.batch.run import Tally
from factcheck.batch.seen import LIKE, NEAR, Memory, Seen, alike
from factcheck.build import open_documents
from factcheck.errors import StoreFailed
from factcheck.types import Frozen, Label, Verdict
from vectorstore.embedding import embed

WEIGHTS = {Label.REFUTED: 1.0, Label.CONFLICTING: 0.8, Label.NOT_ENOUGH_EVIDENCE: 0.4, Label.SUPPORTED: 0.1}
"""How much a claim with this label is worth a person's time."""
FAILED = 0.3
"""The same for one that could not be judged."""
UNSURE = 0.5
"""Taken for the confidence of a verdict that has none."""
SHOWN = 5
"""Articles named for a claim."""
COMPARED = 200
"""Claims at the top that are compared with one another for saying the same in other words."""


class Ranked(Frozen):
    """A claim in its place."""

    rank: int
    score: float
    """Weight of the label, times confidence, times one plus the binary logarithm of how many articles have it."""
    claim: str
    label: Label | None
    confidence: float | None
    articles: int
    """How many have it."""
    named: tuple[str, ...]
    """The first of them."""
    also: tuple[str, ...]
    """Other words in which it was found."""
    seen: Seen | None
    """What the desk had on it before; looked for at the top of the list alone."""
    verdict: Verdict

    @property
    def why(self) -> str:
        """Say in a few words why it stands where it does."""
        label = "not judged" if self.label is None else self.label.value.lower().replace("_", " ")
        sure = "" if self.confidence is None else f", {self.confidence:.0%} sure"
        return f"{label}{sure}, in {self.articles:,} article{'' if self.articles == 1 else 's'}"


@dataclass(frozen=True)
class _Group:
    """Rows that say the same."""

    place: int
    """Of the first of them in the journal."""
    claim: str
    label: Label | None
    confidence: float | None
    articles: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        weight = FAILED if self.label is None else WEIGHTS[self.label]
        sure = UNSURE if self.confidence is None else self.confidence
        return round(weight * sure * (1 + math.log2(max(len(self.articles), 1))), 4)


def triage(
    job: Job, out: Path, *, top: int, memory: Memory | None = None, resume: bool = False, restart: bool = False,
    watch: Callable[[Tally], None] = lambda _: None,
) -> list[Ranked]:  # fmt: skip
    """Judge the claims of ``job`` and write them to ``out``, JSON Lines, ranked; returns the first ``top``.

    Those are looked for in ``memory``, what the desk had before. Raises what ``run`` does.
    """

    def write(journal: Journal, path: Path) -> None:
        try:
            with whole_file(path) as stream:
                for one in _ranked(journal, job, memory, top=top):
                    stream.write(one.model_dump_json().encode() + b"\n")
        except OSError as exc:
            raise StoreFailed(f"{path}: cannot be written: {exc.strerror or exc}; go on with --resume") from exc

    run(job, out, resume=resume, restart=restart, watch=watch, write=write)
    with out.open(encoding="utf-8") as lines:
        return [Ranked.model_validate_json(line) for line, _ in zip(lines, range(top), strict=False)]


def _ranked(journal: Journal, job: Job, memory: Memory | None, *, top: int) -> Iterator[Ranked]:
    order = _by_score(_groups(journal))
    order = _by_score([*_joined(order[:COMPARED]), *order[COMPARED:]])
    seen: dict[int, Seen | None] = {}
    if memory is not None:
        with open_documents(job.settings, create=False) as documents:
            seen = dict(enumerate(memory.find([one.claim for one in order[:top]], documents), 1))
    for rank, one in enumerate(order, 1):
        yield Ranked(
            rank=rank, score=one.score, claim=one.claim, label=one.label, confidence=one.confidence,
            articles=len(one.articles), named=one.articles[:SHOWN], also=one.also, seen=seen.get(rank),
            verdict=verdict_at(journal, one.place),
        )  # fmt: skip


def _by_score(groups: Sequence[_Group]) -> list[_Group]:
    return sorted(groups, key=lambda one: (-one.score, one.place))


def _groups(journal: Journal) -> list[_Group]:
    """Rows by judgement, in the order of the journal."""
    groups: dict[int, _Group] = {}
    articles: dict[int, dict[str, None]] = {}
    for place, entry in enumerate(journal.entries()):
        first = place if entry.like is None else entry.like
        if entry.verdict is not None:
            verdict = entry.verdict
            groups[place] = _Group(place, verdict.claim or entry.claim_id, verdict.label, verdict.confidence, ())
        articles.setdefault(first, {})[entry.origin.article if entry.origin else entry.claim_id] = None
    return [replace(one, articles=tuple(articles[place])) for place, one in groups.items()]


def _joined(order: Sequence[_Group]) -> list[_Group]:
    """The groups, those that say the same in other words taken together under the first of them."""
    if not order:
        return []
    vectors = embed([one.claim for one in order])
    cosines = vectors @ vectors.T
    near = [(row, place) for row, place in np.argwhere(np.triu(cosines, 1) >= NEAR).tolist()]
    likeness = alike([(order[first].claim, order[second].claim) for first, second in near])
    same = [pair for pair, value in zip(near, likeness, strict=True) if value >= LIKE]
    head = list(range(len(order)))
    for first, second in same:  # in rising order, so that the head of the first is known
        if head[second] == second and order[first].label is order[second].label:
            head[second] = head[first]
    joined = []
    for place, one in enumerate(order):
        if head[place] != place:
            continue
        mates = [order[other] for other in range(place + 1, len(order)) if head[other] == place]
        names = dict.fromkeys([*one.articles, *(name for mate in mates for name in mate.articles)])
        joined.append(replace(one, articles=tuple(names), also=tuple(mate.claim for mate in mates)))
    return joined
