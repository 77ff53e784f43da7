"""Where the time of judging goes: processor seconds of each step, and how many pairs the local model reads."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

import factcheck.checker as walk
from factcheck.batch.run import CHUNK
from factcheck.batch.sources import rows_of
from factcheck.build import build_checker
from factcheck.claims import parts_of_all
from factcheck.evidence import gather
from factcheck.models import score
from factcheck.models.verifier import Scores
from factcheck.settings import load_settings
from factcheck.verdict import local

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Stages:
    """Processor seconds, all cores together, of judging ``claims`` claims in one process that was warm."""

    claims: int
    all: float
    reading: float
    """Claims parsed and taken apart."""
    searching: float
    comparing: float
    """Exact comparison with what the sources assert."""
    model: float
    """The local model."""
    pairs: int
    """Claim and passage, or claim and sentence, that it read."""

    def told(self, cores: int, wanted: float) -> str:
        """Say what stands between this rate and the one that is wanted."""
        parts = {name: getattr(self, name) for name in ("reading", "searching", "comparing", "model")}
        lines = [
            f"processor time a claim: {1000 * self.all / self.claims:.1f} ms; "
            f"for {wanted:g} a second on {cores} cores it may be {1000 * cores / wanted:.1f} ms"
        ]
        for name, took in parts.items():
            lines.append(f"  {name:<10} {1000 * took / self.claims:>6.1f} ms  {took / self.all:>5.0%}")
        each, rate = self.pairs / self.claims, self.pairs / max(self.model, 1e-9)
        lines.append(
            f"the model reads {each:.1f} pairs a claim at {rate:.0f} a second and core: were it all, "
            f"{cores * rate / max(each, 1e-9):.0f} claims a second"
        )
        return "\n".join(lines)


def stages(claims: Path, store: Path, most: int) -> Stages:
    """Judge the first ``most`` claims of a file in this process and add up what each step takes."""
    seconds = dict.fromkeys(("reading", "searching", "model"), 0.0)
    pairs = 0

    def counted(given: Sequence[tuple[str, str]], *, kinds: Sequence[str | None] | None = None) -> Scores:
        nonlocal pairs
        pairs += len(given)
        return score(given, kinds=kinds)

    rows = [row.claim for row, _ in zip(rows_of(str(claims)), range(most + CHUNK), strict=False) if row.claim]
    with build_checker(load_settings(store=str(store)), create=False) as checker:
        checker.verify(rows[most:] or rows)  # loads what has to be loaded
        with (
            _replaced(walk, "parts_of_all", _timed(parts_of_all, seconds, "reading")),
            _replaced(walk, "gather", _timed(gather, seconds, "searching")),
            _replaced(local, "judge", _timed(local.judge, seconds, "model")),
            _replaced(local, "score", counted),
        ):
            began = time.process_time()
            done = sum(
                len(checker.verify(rows[start : start + CHUNK])) for start in range(0, min(most, len(rows)), CHUNK)
            )
            whole = time.process_time() - began
    return Stages(done, whole, **seconds, comparing=whole - sum(seconds.values()), pairs=pairs)


def _timed(step: Callable[P, R], seconds: dict[str, float], name: str) -> Callable[P, R]:
    def timed(*given: P.args, **options: P.kwargs) -> R:
        began = time.process_time()
        try:
            return step(*given, **options)
        finally:
            seconds[name] += time.process_time() - began

    return timed


@contextmanager
def _replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
