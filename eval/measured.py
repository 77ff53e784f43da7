"""A command run to its end: what it took of the clock, the processors and the memory. And ``factcheck batch`` so."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from eval.bench import MEGABYTE
from eval.made_claims import Made

LOOK_EVERY = 0.5
"""Seconds between looks at the memory of the processes."""


@dataclass(frozen=True)
class Ran:
    """One command that ended well."""

    seconds: float
    """On the wall."""
    processor_seconds: float
    """Of all cores together, of the process and all it has waited for."""
    megabytes: float
    """The most that its processes held together, what they share counted once."""
    out: str
    said: str
    """On standard error."""


def measured(command: Sequence[str]) -> Ran:
    """Run a command; raises RuntimeError with its errors unless it ends well."""
    before, began = os.times(), time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, stdin=subprocess.DEVNULL)
        most = 0.0
        while process.poll() is None:
            most = max(most, _megabytes(process.pid))
            time.sleep(LOOK_EVERY)
        printed, said = (_text(stream) for stream in (out, errors))
    after = os.times()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[1:5])} ended with {process.returncode}: {said.strip()[-500:]}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(time.monotonic() - began, used, most, printed, said)


def factcheck(*arguments: str) -> Ran:
    """Run the command line."""
    return measured([sys.executable, "-m", "factcheck", *arguments])


def batch(claims: Path, store: Path, *more: str) -> Ran:
    """Run ``factcheck batch``; the verdicts are in ``verdicts_of(claims)``."""
    return factcheck("batch", str(claims), "--out", str(verdicts_of(claims)), "--store", str(store), *more)


def verdicts_of(claims: Path) -> Path:
    """Where ``batch`` writes the verdicts of a file."""
    return claims.with_name(claims.name + ".verdicts.jsonl")


def write_claims(path: Path, made: Sequence[Made]) -> None:
    """Write claims as ``factcheck batch`` reads them."""
    rows = [{"claim": one.claim, "as_of": one.as_of.isoformat() if one.as_of else ""} for one in made]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


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
