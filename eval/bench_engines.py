"""The same claims judged by every engine of ``factcheck batch``: equal verdicts, start-up and throughput.

On Ray with one worker, with two, and with two of which one is killed in the middle. Throughput counts from the first
chunk that is judged, when all workers have loaded their models, to the last; the time before that is told as start-up.
Each worker is given one core, also the local ones. Exits 1 when verdicts differ, or when two workers do not do 1.6
times as much as one.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from eval.bench import DOCUMENTS
from eval.grounds.measure import FOLDER
from eval.made_claims import Made, documents_in, made_claims
from factcheck.batch.engine import Done, Engine, Work
from factcheck.batch.on_ray import OnRay
from factcheck.batch.rows import row_of
from factcheck.batch.run import CHUNK
from factcheck.batch.workers import Workers
from factcheck.settings import Settings, load_settings
from factcheck.types import Claim, Verdict
from vectorstore import open_store

LEAST_GAIN = 1.6
"""How much more two workers are to do than one."""


@dataclass(frozen=True)
class Run:
    """One engine at all the claims."""

    name: str
    start_up: float
    """Seconds until every worker has answered a first chunk."""
    claims: int
    seconds: float
    """For the claims after the first chunks."""
    processor_seconds: float
    """What the workers took of all cores for them; of a killed one, only what it took after it began anew."""
    killed: bool
    workers: int
    same: bool
    """Whether the verdicts are those of the first engine."""

    @property
    def rate(self) -> float:
        """Claims a second."""
        return self.claims / self.seconds

    @property
    def idle_rate(self) -> float | None:
        """Claims a second if every worker had a core to itself, by the processor time that they took.

        None when one was killed: what it took is not known.
        """
        return None if self.killed else self.workers * self.claims / self.processor_seconds


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 1 when a promise is broken, 2 when there is nothing to measure on."""
    options = _parser().parse_args(arguments)
    if not options.documents.is_file():
        print(f"bench-engines: {options.documents}: no such file; give one with --documents", file=sys.stderr)
        return 2
    os.environ["OMP_NUM_THREADS"] = "1"  # a worker has one core: as Ray gives it, and as two must share two
    documents = documents_in(options.documents)
    made = made_claims(documents, FOLDER / "develop" / "claims.jsonl", most=options.claims + 2 * CHUNK)
    claims = [_claim(number, one) for number, one in enumerate(made, 1)]
    with tempfile.TemporaryDirectory(prefix="factcheck-engines-") as folder:
        with open_store(folder) as store:
            store.add(documents)
        runs = _runs(claims, load_settings(store=folder))
    by_name = {one.name: one for one in runs}
    one_worker, two = by_name["ray, 1 worker"], by_name["ray, 2 workers"]
    gain = two.rate / one_worker.rate
    idle_gain = (two.idle_rate or 0.0) / (one_worker.idle_rate or 1.0)
    kept = all(one.same for one in runs) and gain >= LEAST_GAIN
    if options.json:
        rows = [asdict(one) | {"rate": one.rate, "idle_rate": one.idle_rate} for one in runs]
        print(json.dumps({"runs": rows, "gain": gain, "idle_gain": idle_gain, "kept": kept}, indent=2))
        return 0 if kept else 1
    print(f"{'engine':<28} {'start-up':>10} {'claims a second':>17} {'on idle cores':>15}  verdicts")
    for one in runs:
        same = "the same" if one.same else "DIFFER"
        idle = "" if one.idle_rate is None else f"{one.idle_rate:.1f}"
        print(f"{one.name:<28} {one.start_up:>8.1f} s {one.rate:>17.1f} {idle:>15}  {same}")
    print(f"two workers on Ray do {gain:.2f} times as much as one; at least {LEAST_GAIN:g} are promised")
    print(f"by processor time, which other work on this machine does not stretch, {idle_gain:.2f} times")
    return 0 if kept else 1


def _runs(claims: Sequence[Claim], settings: Settings) -> list[Run]:
    plans: list[tuple[str, Callable[[], Engine], bool]] = [
        ("local, 2 workers", lambda: Workers(settings, 2), False),
        ("ray, 1 worker", lambda: OnRay(settings, 1), False),
        ("ray, 2 workers", lambda: OnRay(settings, 2), False),
        ("ray, 2 workers, one killed", lambda: OnRay(settings, 2), True),
    ]
    runs: list[Run] = []
    first: list[str] = []
    for name, begin, kill in plans:
        run, verdicts = _run(name, begin, claims, kill=kill, expected=first)
        first = first or verdicts
        runs.append(run)
    return runs


def _run(
    name: str, begin: Callable[[], Engine], claims: Sequence[Claim], *, kill: bool, expected: Sequence[str]
) -> tuple[Run, list[str]]:
    began = time.monotonic()
    engine = begin()
    try:
        verdicts: list[Verdict] = []
        warm = 2 * CHUNK
        for done in engine.judge(_chunks(claims[:warm])):
            verdicts += done.verdicts
        used, started = _used(engine), time.monotonic()
        judged = engine.judge(_chunks(claims[warm:]))
        for done in _maybe_killed(engine, judged, at=len(claims) // CHUNK // 2, kill=kill):
            verdicts += done.verdicts
        ended, took = time.monotonic(), _used(engine)
    finally:
        engine.close()
    said = [verdict.model_dump_json() for verdict in verdicts]
    same = not expected or said == list(expected)
    cpu = sum(took.values()) - sum(seconds for pid, seconds in used.items() if pid in took)
    return Run(name, started - began, len(claims) - warm, ended - started, cpu, kill, len(took), same), said


def _used(engine: Engine) -> dict[int, float]:
    """Processor seconds so far of every worker, by the number of its process."""
    numbers = engine.processes() if isinstance(engine, OnRay | Workers) else []
    times = {number: psutil.Process(number).cpu_times() for number in numbers}
    return {number: spent.user + spent.system for number, spent in times.items()}


def _maybe_killed(engine: Engine, judged: Iterator[Done[int]], *, at: int, kill: bool) -> Iterator[Done[int]]:
    """What is judged, one of the workers killed after ``at`` chunks."""
    for done in judged:
        if kill and done.about == at and isinstance(engine, OnRay):
            os.kill(engine.processes()[0], signal.SIGKILL)
        yield done


def _chunks(claims: Sequence[Claim]) -> Iterator[Work[int]]:
    for number, start in enumerate(range(0, len(claims), CHUNK)):
        yield Work(claims[start : start + CHUNK], number)


def _claim(number: int, made: Made) -> Claim:
    row = row_of(number, "", {"claim": made.claim}, as_of=made.as_of)
    if row.claim is None:
        raise ValueError(f"made a claim that is none: {made.claim!r}")
    return row.claim


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval bench-engines", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents to judge against")
    parser.add_argument("--claims", type=int, default=2000, help="how many claims, beside those that warm up")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
