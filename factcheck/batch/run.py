"""The walk of a batch: rows are planned, judged and noted chunk by chunk."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from factcheck.batch.engine import Done, Engine, Work
from factcheck.batch.journal import Entry, Journal
from factcheck.batch.rows import Row
from factcheck.errors import InputError
from factcheck.types import Claim, Label, Tier

CHUNK = 64
"""Rows noted at a time. Chunks are counted from the first row, so that a run that goes on cuts the same ones."""
FAILED = "FAILED"


@dataclass
class Tally:
    """What has come out so far."""

    rows: int = 0
    judged: int = 0
    """Judgements made by this process."""
    taken: int = 0
    """Judgements that an earlier run had made, with no document since that could change them."""
    shared: int = 0
    """Rows that share the judgement of an equal claim."""
    unanswered: int = 0
    """Rows to which the language model gave no answer: another run may get one."""
    kept: int = 0
    """Rows that an earlier process of this run had done."""
    labels: Counter[str] = field(default_factory=Counter)
    """Rows by label; those without one under ``FAILED``."""

    def count(self, label: Label | None) -> None:
        """Add a row with this label."""
        self.rows += 1
        self.labels[label.value if label else FAILED] += 1


@dataclass(frozen=True)
class _First:
    """The first row with a key: its place among the entries, and its label once it is judged."""

    place: int
    label: Label | None = None


_Known = dict[bytes, _First]


@dataclass(frozen=True)
class _Chunk:
    """Rows that are noted together, and those of them that are judged now."""

    rows: Sequence[Row]
    judged: Sequence[Row]
    first: int
    """Place of the first row among the entries."""


def judge_rows(
    rows: Iterable[Row], engine: Engine, journal: Journal, *, watch: Callable[[Tally], None] = lambda _: None
) -> Tally:
    """Judge the rows that the journal does not have yet, and note them in it; returns what came out, old and new.

    ``watch`` is called after every chunk. Raises InputError when a row is not the one that the journal has, and
    StoreFailed or ModelFailed when something the judging needs is lost; what was noted stays.
    """
    tally, known = Tally(), _Known()
    coming = iter(rows)
    _pass_over(coming, journal, tally, known)
    watch(tally)
    for done in engine.judge(_planned(coming, known, first=len(journal))):
        entries = _entries(done, known)
        journal.append(entries)
        for place, entry in enumerate(entries, done.about.first):
            _count(entry, place, tally, known)
        tally.judged += len(done.about.judged) - done.taken
        tally.taken += done.taken
        watch(tally)
    return tally


def _pass_over(coming: Iterator[Row], journal: Journal, tally: Tally, known: _Known) -> None:
    """Take the rows that are noted from ``coming``, and learn which keys are judged."""
    for place, entry in enumerate(journal.entries()):
        row = next(coming, None)
        if row is None or row.digest != entry.digest:
            raise InputError(
                f"row {place + 1} is not the one that the interrupted run has read; give the same input, or begin "
                "anew with --restart"
            )
        _count(entry, place, tally, known)
    tally.kept = tally.rows


def _count(entry: Entry, place: int, tally: Tally, known: _Known) -> None:
    if entry.verdict is None:
        tally.shared += 1
        tally.count(known[bytes.fromhex(entry.key)].label)
        return
    if entry.key:
        known[bytes.fromhex(entry.key)] = _First(place, entry.verdict.label)
    tally.unanswered += entry.verdict.error is not None and entry.verdict.error.stage == Tier.LLM
    tally.count(entry.verdict.label)


def _planned(coming: Iterator[Row], known: _Known, *, first: int) -> Iterator[Work[_Chunk]]:
    """Chunks of rows, each with the claims that no row before it has."""
    while rows := list(islice(coming, CHUNK - first % CHUNK)):
        judged = []
        for place, row in enumerate(rows, first):
            key = bytes.fromhex(row.key)
            if key and key not in known:
                known[key] = _First(place)
                judged.append(row)
        claims: list[Claim] = [row.claim for row in judged if row.claim is not None]
        yield Work(claims, _Chunk(rows, judged, first))
        first += len(rows)


def _entries(done: Done[_Chunk], known: _Known) -> list[Entry]:
    verdicts = {row.number: verdict for row, verdict in zip(done.about.judged, done.verdicts, strict=True)}
    return [
        Entry(
            digest=row.digest, claim_id=row.claim_id, key=row.key, origin=row.origin, expected=row.expected,
            verdict=row.failed() if row.claim is None else verdicts.get(row.number),
            like=None if row.claim is None or row.number in verdicts else known[bytes.fromhex(row.key)].place,
        )
        for row in done.about.rows
    ]  # fmt: skip
