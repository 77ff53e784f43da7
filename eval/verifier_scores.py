"""Scores the shipped verifier on every labelled file of a folder, and prints one Markdown table.

The numbers of each row are those of ``factcheck eval pairs``; where the rows of a file are pieces of evidence for one
claim (WiCE's chunks) they are joined as ``--join`` does.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from factcheck.measure.pairs import PairRow, PairsResult, joined, measure_pairs
from factcheck.measure.rows import read_rows
from factcheck.models import score

DEV = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev"
JOINED = "wice_oraclechunks"
CHUNK = 512


def main(arguments: Sequence[str]) -> int:
    """Score and print; returns 2 when there is nothing to score."""
    parser = argparse.ArgumentParser(prog="python -m eval verifier-scores", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", help="labelled pairs; default: all of the shared dev folder")
    parser.add_argument("--limit", type=int, help="at most this many rows of a file, spread evenly")
    options = parser.parse_args(arguments)
    files = options.files or sorted(DEV.glob("*.jsonl.gz"))
    if not files:
        print(f"verifier-scores: no labelled files in {DEV}", file=sys.stderr)
        return 2
    print(
        "| set | rows | accuracy | balanced | macro-F1 | calibration error | pairs/s |\n|---|---|---|---|---|---|---|"
    )
    for path in files:
        name = path.name.removesuffix(".gz").removesuffix(".jsonl")
        result = scored(path, options.limit)
        print(_row(name, result), flush=True)
        for kind, (rows, accuracy) in result.kinds.items():
            print(f"| {name}: {kind} | {rows} | {accuracy:.3f} | | | | |")
    return 0


def scored(path: Path, limit: int | None) -> PairsResult:
    """The measures of one file."""
    rows = read_rows(str(path), PairRow)
    join = JOINED in path.name
    if limit is not None and limit < len(rows) and not join:
        rows = [rows[at * len(rows) // limit] for at in range(limit)]
    began = time.perf_counter()
    scores = np.concatenate(list(_parts(rows)))
    rate = len(rows) / (time.perf_counter() - began)
    kept, scores = joined(rows, scores) if join else (rows, scores)
    return measure_pairs(kept, scores, pairs_per_second=rate)


def _parts(rows: Sequence[PairRow]) -> Iterator[np.ndarray]:
    for start in range(0, len(rows), CHUNK):
        yield score([(row.claim, row.evidence) for row in rows[start : start + CHUNK]])


def _row(name: str, result: PairsResult) -> str:
    return (
        f"| {name} | {result.rows} | {result.accuracy:.3f} | {result.balanced_accuracy:.3f} | {result.macro_f1:.3f} "
        f"| {result.calibration_error:.3f} | {result.pairs_per_second or 0:.0f} |"
    )
