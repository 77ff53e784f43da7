"""How a run goes, in one line: rows, rate, time left, what came out. Knows nothing of terminals."""

from collections import deque
from collections.abc import Callable

from factcheck.batch.run import FAILED, Tally
from factcheck.types import Label

WINDOW = 60.0
"""Seconds over which the rate is taken, so that it follows what is judged now."""
_WORDS = {
    Label.REFUTED.value: "refuted", Label.CONFLICTING.value: "conflicting", FAILED: "not judged",
    Label.NOT_ENOUGH_EVIDENCE.value: "no evidence", Label.SUPPORTED.value: "supported",
}  # fmt: skip


class Pace:
    """Follows a run by a clock that counts seconds."""

    def __init__(self, clock: Callable[[], float], total: int | None) -> None:
        self._clock = clock
        self.total = total
        self.began = clock()
        self._seen: deque[tuple[float, int]] = deque()

    def line(self, tally: Tally) -> str:
        """Say how it stands now; call it as often as the tally changes."""
        now = self._clock()
        self._seen.append((now, tally.rows))
        while len(self._seen) > 2 and now - self._seen[0][0] > WINDOW:
            self._seen.popleft()
        (then, before) = self._seen[0]
        rate = (tally.rows - before) / (now - then) if now > then else 0.0
        parts = [f"{tally.rows:,}" + (f" of {self.total:,} rows" if self.total is not None else " rows")]
        if rate:
            parts.append(f"{rate:.1f} a second")
            if self.total is not None and self.total > tally.rows:
                parts.append(f"{duration((self.total - tally.rows) / rate)} left")
        return ", ".join([*parts, *counts(tally)])

    def summary(self, tally: Tally) -> str:
        """Say what the run did, when it is over."""
        seconds = self._clock() - self.began
        new = tally.rows - tally.kept
        parts = [f"{tally.rows:,} rows", *counts(tally)]
        if tally.shared:
            parts.append(f"{tally.shared:,} repeat an earlier claim")
        if tally.taken:
            parts.append(f"{tally.taken:,} judged before on the same documents")
        if tally.kept:
            parts.append(f"{tally.kept:,} were done before the stop")
        if new and seconds > 0:
            parts.append(f"{new / seconds:.1f} a second")
        return ", ".join(parts)


def counts(tally: Tally) -> list[str]:
    """How many rows came out how, the gravest first; what there is none of is left out."""
    return [f"{tally.labels[label]:,} {word}" for label, word in _WORDS.items() if tally.labels[label]]


def duration(seconds: float) -> str:
    """Seconds in the two largest units that fit: ``2 h 05 min``, ``3 min 20 s``, ``12 s``."""
    whole = max(1, round(seconds))
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {whole % 60:02} s" if minutes else f"{whole} s"
