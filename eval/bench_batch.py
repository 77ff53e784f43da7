"""How many claims a second ``factcheck batch`` judges, how much memory it takes, and what its cache saves.

The claims are made from the documents (``eval/made_claims.py``), all different, so that no two share a judgement. Each
measurement is a process of its own. Beside the time on the wall the time of the processors is told, which other work
on the machine does not stretch: it says what as many idle cores would do. Exits 1 when a limit is broken.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from eval.bench import DOCUMENTS, MEGABYTE, Measure
from eval.bench_stages import stages
from eval.grounds.measure import FOLDER
from eval.made_claims import RIGHT, Made, documents_in, made_claims

LEAST_RATE = 15.0
"""Claims a second that are promised on two cores."""
WANTED_RATE = 40.0
MOST_GROWTH = 1.2
"""How much larger a run of all claims may get than one of the first thousand."""
LOOK_EVERY = 0.5
"""Seconds between looks at the memory of the processes."""
SAMPLE = 320
"""Claims of which it is told where their time goes."""


@dataclass(frozen=True)
class Ran:
    """One batch."""

    rows: int
    seconds: float
    """On the wall."""
    processor_seconds: float
    """Of all cores together."""
    megabytes: float
    """The most that its processes held together, what they share counted once."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 1 when a limit is broken, 2 when there is nothing to measure on, 3 on failure."""
    options = _parser().parse_args(arguments)
    if not options.documents.is_file():
        print(f"bench-batch: {options.documents}: no such file; give one with --documents", file=sys.stderr)
        return 2
    made = made_claims(documents_in(options.documents), FOLDER / "develop" / "claims.jsonl", most=options.claims)
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        try:
            return _measure(options, made, Path(folder))
        except RuntimeError as exc:
            print(f"bench-batch: {exc}", file=sys.stderr)
            return 3


def _measure(options: argparse.Namespace, made: Sequence[Made], folder: Path) -> int:
    store, cores = folder / "store", options.workers
    _factcheck("ingest", str(options.documents), "--store", str(store))
    _write(folder / "first.jsonl", made[: options.first])
    _write(folder / "all.jsonl", made)
    first = batch(folder / "first.jsonl", store, options, "--no-cache")
    whole = batch(folder / "all.jsonl", store, options)
    again = batch(folder / "all.jsonl", store, options, "--restart")
    taken = stages(folder / "first.jsonl", store, options.sample)
    measures = [
        Measure(f"claims a second, {len(made):,} claims", whole.rows / whole.seconds, None, "/s"),
        Measure(f"  on {cores} idle cores", cores * whole.rows / whole.processor_seconds, None, "/s"),
        Measure(f"peak memory, {first.rows:,} claims", first.megabytes, None, "MB"),
        Measure(f"peak memory, {whole.rows:,} claims", whole.megabytes, MOST_GROWTH * first.megabytes, "MB"),
        Measure("the same again, out of the cache", again.rows / again.seconds, None, "/s"),
        Measure("  times as quick", whole.seconds / again.seconds, None, "x"),
    ]
    right = _right(made, folder / "all.jsonl.out.jsonl")
    kept = all(one.kept for one in measures) and measures[1].value >= LEAST_RATE
    if options.json:
        rows = [asdict(one) for one in measures]
        print(json.dumps({"measures": rows, "right": right, "stages": asdict(taken), "kept": kept}, indent=2))
        return 0 if kept else 1
    for one in measures:
        limit = "" if one.limit is None else f"limit {one.limit:.0f}: {'kept' if one.kept else 'BROKEN'}"
        print(f"{one.name:<44} {one.value:>8.1f} {one.unit:<3} {limit}".rstrip())
    print(f"{LEAST_RATE:g} a second are promised: {'kept' if measures[1].value >= LEAST_RATE else 'BROKEN'}")
    print("\nmade how       claims   right  labels")
    for name, row in right.items():
        print(f"{name:<12} {row['claims']:>8,} {row['share']:>7.3f}  {row['labels']}")
    print("\n" + taken.told(cores, WANTED_RATE))
    return 0 if kept else 1


def batch(claims: Path, store: Path, options: argparse.Namespace, *more: str) -> Ran:
    """Run ``factcheck batch``; raises RuntimeError with its errors unless it ends well."""
    out = claims.with_name(claims.name + ".out.jsonl")
    how = ["--workers", str(options.workers), "--engine", options.engine, *more]
    command = [sys.executable, "-m", "factcheck", "batch", str(claims), "--out", str(out), "--store", str(store), *how]
    before = os.times()
    began = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stderr=errors, stdin=subprocess.DEVNULL)
        most = 0.0
        while process.poll() is None:
            most = max(most, _megabytes(process.pid))
            time.sleep(LOOK_EVERY)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    seconds, after = time.monotonic() - began, os.times()
    if process.returncode:
        raise RuntimeError(f"factcheck batch ended with {process.returncode}: {said.strip()[-500:]}")
    rows = len(out.read_bytes().splitlines())
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(rows, seconds, used, most)


def _megabytes(pid: int) -> float:
    """What a process and its children hold now, in 10^6 bytes."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:  # one of them ended meanwhile
        pass
    return total / MEGABYTE


def _right(made: Sequence[Made], out: Path) -> dict[str, dict[str, object]]:
    """For each way of making claims, how many of them got a label that is right."""
    labels: dict[str, Counter[str]] = {name: Counter() for name in RIGHT}
    with out.open(encoding="utf-8") as lines:
        for one, line in zip(made, lines, strict=True):
            labels[one.made][json.loads(line)["label"] or "not judged"] += 1
    return {
        name: {
            "claims": found.total(),
            "share": round(sum(found[label] for label in RIGHT[name]) / max(found.total(), 1), 3),
            "labels": ", ".join(f"{count:,} {label}" for label, count in found.most_common()),
        }
        for name, found in labels.items()
    }


def _write(path: Path, made: Sequence[Made]) -> None:
    rows = [{"claim": one.claim, "as_of": one.as_of.isoformat() if one.as_of else ""} for one in made]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _factcheck(*arguments: str) -> None:
    ran = subprocess.run([sys.executable, "-m", "factcheck", *arguments], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"factcheck {arguments[0]} ended with {ran.returncode}: {ran.stderr.strip()}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval bench-batch", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents to judge against")
    parser.add_argument("--claims", type=int, default=20_000, help="how many claims")
    parser.add_argument("--first", type=int, default=1000, help="how many of them the small run has")
    parser.add_argument("--workers", type=int, default=2, help="processes that judge")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="claims of which it is told where their time goes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
