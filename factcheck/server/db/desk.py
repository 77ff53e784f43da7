"""How good the check is by what this desk decided: right or not, how sure it was, whether two people agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db.labelled import label_of, labelled
from factcheck.server.db.models import ClaimRow, Decision, Json
from factcheck.server.db.texts import THREAD
from factcheck.types import Label

BINS = 5


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    name: str
    right: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded; 0 of nothing."""
        return round(100 * self.right / self.of) if self.of else 0


@dataclass(frozen=True)
class Bin:
    """Verdicts whose confidence was about the same."""

    said: float
    """Mean confidence, 0 to 1."""
    right: int
    of: int


@dataclass(frozen=True)
class Figures:
    """All of the page."""

    accuracy: Share
    months: tuple[Share, ...]
    """The oldest first."""
    labels: tuple[Share, ...]
    """By what the check said."""
    confusion: tuple[tuple[str, str, int], ...]
    """What the check said, what people said, how often; only where they differ."""
    agreement: Share
    """Second people who gave the same verdict as the first."""
    bins: tuple[Bin, ...]
    error: float | None
    """Expected calibration error: mean distance of confidence and share right, by bin; None without a row."""


def figures(session: Session) -> Figures:
    """Return the figures of all decisions; counts of what was no claim or could not be judged are left out."""
    rows = [row for row in labelled(session) if row["judged"] is not None]
    bins = tuple(_bins(rows))
    sure = sum(one.of for one in bins)
    differ = Counter((row["judged"], row["label"]) for row in rows if row["judged"] != row["label"])
    return Figures(
        accuracy=_share("all", rows),
        months=tuple(_by(rows, [str(row.get("decided_at", ""))[:7] for row in rows])),
        labels=tuple(_by(rows, [row["judged"] for row in rows], list(Label))),
        confusion=tuple((said, meant, count) for (said, meant), count in differ.most_common()),
        agreement=_agreement(session),
        bins=bins,
        error=sum(abs(one.said * one.of - one.right) for one in bins) / sure if sure else None,
    )


def _share(name: str, rows: Sequence[Json]) -> Share:
    return Share(name, sum(row["judged"] == row["label"] for row in rows), len(rows))


def _by(rows: Sequence[Json], keys: Sequence[str], order: Iterable[str] | None = None) -> Iterator[Share]:
    for key in order or sorted(set(keys)):
        of_it = [row for row, its in zip(rows, keys, strict=True) if its == key]
        if of_it:
            yield _share(str(key), of_it)


def _bins(rows: Sequence[Json]) -> Iterator[Bin]:
    known = [row for row in rows if row["confidence"] is not None]
    for number in range(BINS):
        inside = [row for row in known if min(int(row["confidence"] * BINS), BINS - 1) == number]
        if inside:
            said = sum(row["confidence"] for row in inside) / len(inside)
            yield Bin(said, sum(row["judged"] == row["label"] for row in inside), len(inside))


def _agreement(session: Session) -> Share:
    """Of claims that two people gave a verdict one after the other: how often the second said what the first had."""
    query = select(Decision, ClaimRow, THREAD).join(ClaimRow, Decision.claim_id == ClaimRow.id).order_by(Decision.id)
    before: dict[int, tuple[int, str]] = {}
    same = of = 0
    for made, row, thread in session.execute(query):
        label = label_of(made.action, made.label, (row.verdict or {}).get("label"))
        if made.action == "reword":
            before.pop(thread, None)
        if label is None:
            continue
        first = before.get(thread)
        if first is not None and first[0] != made.user_id:
            of += 1
            same += first[1] == label
        before[thread] = (made.user_id, label)
    return Share("second people", same, of)
