"""What a part of the suite gives: named numbers, each with the side on which better lies and how much is noise."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from factcheck.errors import InputError


@dataclass(frozen=True)
class Number:
    """One measured number."""

    name: str
    """Unique in its part."""
    value: float | None
    """None: there was nothing to measure."""
    better: Literal["more", "less"]
    noise: float = 0.0
    """By how much two runs of the same program may differ."""
    limit: float | None = None
    """What is promised: at least this (``more``) or at most this (``less``)."""

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None when nothing is promised or nothing was measured."""
        if self.limit is None or self.value is None:
            return None
        return self.value >= self.limit if self.better == "more" else self.value <= self.limit


@dataclass(frozen=True)
class Part:
    """One area."""

    name: str
    title: str
    method: str
    """What was done to what, and what the numbers do not tell."""
    numbers: tuple[Number, ...]
    seconds: float


@dataclass(frozen=True)
class Worse:
    """A number that fell behind the baseline by more than noise."""

    part: str
    name: str
    was: float
    value: float | None


def write(path: Path, parts: Sequence[Part], more: dict[str, Any]) -> None:
    """Write parts, and whatever else there is to tell of the run, as one JSON file."""
    whole = {**more, "parts": [asdict(part) for part in parts]}
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> list[Part]:
    """The parts in a file that ``write`` made; raises InputError when it is no such file."""
    try:
        rows = json.loads(path.read_text("utf-8"))["parts"]
        return [Part(**{**row, "numbers": tuple(Number(**one) for one in row["numbers"])}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise InputError(f"{path}: not a file of measured numbers ({exc})") from exc


def compared(parts: Iterable[Part], baseline: Iterable[Part]) -> list[Worse]:
    """What is worse than in ``baseline`` by more than noise, or no longer measured; parts not run are left out."""
    known = {(part.name, one.name): one for part in parts for one in part.numbers}
    ran = {name for name, _ in known}
    found = []
    for part in baseline:
        for was in part.numbers:
            if part.name not in ran or was.value is None:
                continue
            now = known.get((part.name, was.name))
            value = None if now is None else now.value
            if value is None or _behind(was, value) > was.noise + 1e-9:
                found.append(Worse(part.name, was.name, was.value, value))
    return found


def _behind(was: Number, value: float) -> float:
    assert was.value is not None
    return was.value - value if was.better == "more" else value - was.value
