"""How many claims a second ``factcheck batch`` judges, how much memory it takes, and what its cache saves.

The claims are made from the documents (``eval/made_claims.py``), all different, so that no two share a judgement. Each
measurement is a process of its own. Beside the time on the wall the time of the processors is told, which other work
on the machine does not stretch: it says what as many idle cores would do. Exits 1 when a limit is broken.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.bench import DOCUMENTS, Measure
from eval.bench_stages import stages
from eval.grounds.measure import FOLDER
from eval.made_claims import RIGHT, Made, documents_in, made_claims
from eval.measured import batch, factcheck, verdicts_of, write_claims

LEAST_RATE = 15.0
"""Claims a second that are promised on two cores."""
WANTED_RATE = 40.0
MOST_GROWTH = 1.2
"""How much larger a run of all claims may get than one of the first thousand."""
SAMPLE = 320
"""Claims of which it is told where their time goes."""


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
    how = ("--workers", str(cores))
    factcheck("ingest", str(options.documents), "--store", str(store))
    write_claims(folder / "first.jsonl", made[: options.first])
    write_claims(folder / "all.jsonl", made)
    shutil.copytree(store, folder / "other")  # with a cache of verdicts of its own
    first = batch(folder / "first.jsonl", folder / "other", *how)
    whole = batch(folder / "all.jsonl", store, *how)
    again = batch(folder / "all.jsonl", store, "--restart", *how)
    taken = stages(folder / "first.jsonl", store, options.sample)
    measures = [
        Measure(f"claims a second, {len(made):,} claims", len(made) / whole.seconds, None, "/s"),
        Measure(f"  on {cores} idle cores", cores * len(made) / whole.processor_seconds, None, "/s"),
        Measure(f"peak memory, {min(options.first, len(made)):,} claims", first.megabytes, None, "MB"),
        Measure(f"peak memory, {len(made):,} claims", whole.megabytes, MOST_GROWTH * first.megabytes, "MB"),
        Measure("the same again, out of the cache", len(made) / again.seconds, None, "/s"),
        Measure("  times as quick", whole.seconds / again.seconds, None, "x"),
    ]
    right = _right(made, verdicts_of(folder / "all.jsonl"))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval bench-batch", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents to judge against")
    parser.add_argument("--claims", type=int, default=20_000, help="how many claims")
    parser.add_argument("--first", type=int, default=1000, help="how many of them the small run has")
    parser.add_argument("--workers", type=int, default=2, help="processes that judge")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="claims of which it is told where their time goes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
