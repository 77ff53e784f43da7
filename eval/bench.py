"""How quick and how large the command line is, each measurement in a process of its own.

Prints start-up of ``factcheck --help``, ingest of a file of documents, one cold ``factcheck verify`` with its peak
memory, and a batch of a thousand claims in one process, against the limits the product promises. Exits 1 when one is
broken. Disk caches are as they are.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "istanbul" / "documents.jsonl"
CLAIM = "The third round of talks was held in Istanbul on 23 July 2025."
CLAIMS = 1000
HELP_RUNS = 5
MEGABYTE = 1000 * 1000


@dataclass(frozen=True)
class Ran:
    """One finished process."""

    seconds: float
    megabytes: float
    """Peak resident memory, in 10^6 bytes; never less than this process had when it started the other."""
    code: int
    errors: str


@dataclass(frozen=True)
class Measure:
    """One number and its limit."""

    name: str
    value: float
    limit: float | None
    """None: only told, not promised."""
    unit: str

    @property
    def kept(self) -> bool:
        """Whether the value is within its limit."""
        return self.limit is None or self.value < self.limit


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 1 when a limit is broken, 2 when there is nothing to measure on, 3 on failure."""
    options = _parser().parse_args(arguments)
    if not options.documents.is_file():
        print(f"bench: {options.documents}: no such file; give one with --documents", file=sys.stderr)
        return 2
    try:
        measures = measure(options.documents, options.claim)
    except RuntimeError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 3
    if options.json:
        print(json.dumps([asdict(one) | {"kept": one.kept} for one in measures], indent=2))
    else:
        for one in measures:
            verdict = "" if one.limit is None else f"limit {one.limit:g}: {'kept' if one.kept else 'BROKEN'}"
            print(f"{one.name:<40} {one.value:>8.2f} {one.unit:<3} {verdict}".rstrip())
    return 0 if all(one.kept for one in measures) else 1


def measure(documents: Path, claim: str) -> list[Measure]:
    """Run the commands, each in a fresh process, on a store made for it; raises RuntimeError when one fails."""
    helps = [_factcheck("--help").seconds for _ in range(HELP_RUNS)]
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        ingest = _factcheck("ingest", str(documents), "--store", folder)
        verify = _factcheck("verify", claim, "--store", folder)
        claims = Path(folder) / "claims.jsonl"
        _write_claims(documents, claims)
        out = str(Path(folder) / "verdicts.jsonl")
        batch = _factcheck("batch", str(claims), "--out", out, "--store", folder, "--workers", "1", "--no-cache")
    return [
        Measure(f"factcheck --help, median of {HELP_RUNS}", median(helps), 0.5, "s"),
        Measure(f"factcheck ingest {documents.name}", ingest.seconds, 60.0, "s"),
        Measure("  peak memory", ingest.megabytes, None, "MB"),
        Measure("factcheck verify, new process", verify.seconds, 3.0, "s"),
        Measure("  peak memory", verify.megabytes, 700.0, "MB"),
        Measure(f"factcheck batch, {CLAIMS:,} claims", batch.seconds, 120.0, "s"),
        Measure("  peak memory", batch.megabytes, 1000.0, "MB"),
    ]


def _write_claims(documents: Path, out: Path) -> None:
    from eval.grounds.measure import FOLDER
    from eval.made_claims import documents_in, made_claims

    made = made_claims(documents_in(documents), FOLDER / "develop" / "claims.jsonl", most=CLAIMS)
    rows = ({"claim": one.claim} | ({"as_of": one.as_of.isoformat()} if one.as_of else {}) for one in made)
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _factcheck(*arguments: str) -> Ran:
    """Run the command line; raises RuntimeError with its errors unless it ends well."""
    ran = run([sys.executable, "-m", "factcheck", *arguments])
    if ran.code:
        raise RuntimeError(f"factcheck {arguments[0]} ended with {ran.code}: {ran.errors.strip()}")
    return ran


def run(command: Sequence[str]) -> Ran:
    """Run a command to its end, its output thrown away, and say how long it took and how large it grew."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    kilobytes = usage.ru_maxrss  # Linux counts in units of 1024 bytes
    return Ran(seconds, kilobytes * 1024 / MEGABYTE, process.returncode, said)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval bench", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents to ingest")
    parser.add_argument("--claim", default=CLAIM, help="the claim to verify")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
