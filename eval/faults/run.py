"""``python -m eval faults``: every fault put in, one after the other, and a table of what came of it.

Exits 1 when something was lost, something passed that should not, or a fault was met with anything but a plain line.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.faults import batches, models, servers, stores
from eval.faults.tools import Fault, NotHere, Outcome
from eval.serving import ROOT

FAULTS: tuple[Fault, ...] = (*stores.FAULTS, *batches.FAULTS, *models.FAULTS, *servers.FAULTS)
HEAD = "| fault | what was done | what the program said | exit code | lost | passed wrongly |"


def main(arguments: Sequence[str]) -> int:
    """Break things and print a Markdown table; returns 1 when one of them did not go well, 2 for an unknown fault."""
    parser = argparse.ArgumentParser(prog="python -m eval faults", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="FAULT", help="names of faults, or parts of them")
    options = parser.parse_args(arguments)
    chosen = [one for one in FAULTS if options.only is None or any(part in one.name for part in options.only)]
    if not chosen:
        print(f"faults: none is called so; known are: {', '.join(one.name for one in FAULTS)}", file=sys.stderr)
        return 2
    print(HEAD, "|---" * 6 + "|", sep="\n", flush=True)
    complaints, absent = [], []
    for fault in chosen:
        with tempfile.TemporaryDirectory(prefix="factcheck-fault-") as name:
            try:
                outcome = fault.make(Path(name))
            except NotHere as exc:
                absent.append(f"{fault.name}: {exc}")
                continue
            except Exception as exc:  # noqa: BLE001 - the other faults are to be seen all the same
                outcome = Outcome("", wrong=[f"could not be followed to its end: {type(exc).__name__}: {exc}"])
            print(row(fault, outcome, Path(name)), flush=True)
        complaints += [f"{fault.name}: {one}" for one in outcome.wrong]
        complaints += [f"{fault.name}: lost {one}" for one in outcome.lost[:5]]
        complaints += [f"{fault.name}: passed: {one}" for one in outcome.passed[:5]]
    print()
    for one in absent:
        print(f"not made on this machine: {one}")
    for one in complaints:
        print(f"NOT WELL: {one}")
    print(f"{len(chosen) - len(absent)} faults made, {len(complaints)} complaints")
    return int(bool(complaints))


def row(fault: Fault, outcome: Outcome, folder: Path) -> str:
    """A row of the table, without the names of this machine."""
    said = outcome.said.removeprefix("factcheck: ")
    for path, name in ((str(folder), "…"), (str(ROOT), "…")):
        said = said.replace(path, name)
    said = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", said).replace("|", "\\|").replace("\n", " ")
    code = "goes on" if outcome.code is None else str(outcome.code)
    lost, passed = (", ".join(found[:3]) or "nothing" for found in (outcome.lost, outcome.passed))
    return f"| {fault.name} | {fault.done} | {said} | {code} | {lost} | {passed} |"
