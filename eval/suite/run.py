"""``python -m eval all`` and ``python -m eval regress``: every part into one page and one file; what got worse."""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.suite import numbers
from eval.suite.ablations import Ablation, ablations
from eval.suite.grounds import NAMES
from eval.suite.numbers import Part
from eval.suite.parts import PARTS, QUICK, here, run
from eval.suite.peers import (
    ENVS,
    NOT_RUN,
    SYSTEMS,
    Column,
    How,
    compare,
    cost_of_1000,
    standing,
    tokens_a_claim,
)  # fmt: skip
from factcheck.errors import FactcheckError
from factcheck.version import __version__
from vectorstore import VectorStoreError

FOLDER = Path(__file__).parent
BASELINE = FOLDER / "baseline.json"
PAGE, FILE = "measured.html", "measured.json"


def measure_all(arguments: Sequence[str]) -> int:
    """Measure, write page and file; returns 2 when data is missing, 3 when measuring failed."""
    parser = argparse.ArgumentParser(prog="python -m eval all", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/measured"), help="folder of the page and the file")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--peers", action="store_true", help="also other programs, installed by pip")
    parser.add_argument("--ablations", action="store_true", help="also with parts of the program left out")
    parser.add_argument("--baseline", action="store_true", help="make what is measured the baseline of regress")
    options = parser.parse_args(arguments)
    try:
        parts = _parts(options.only or here())
        columns = compare(NAMES, How(ENVS, SYSTEMS)) if options.peers else []
        without = ablations(NAMES) if options.ablations else []
    except (FactcheckError, VectorStoreError) as exc:
        print(f"all: {exc}", file=sys.stderr)
        return 2
    except (RuntimeError, subprocess.CalledProcessError) as exc:
        print(f"all: {exc}", file=sys.stderr)
        return 3
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / PAGE).write_text(page(parts, columns, without), "utf-8")
    more = {"peers": [asdict(one) for one in columns], "ablations": [asdict(one) for one in without]}
    numbers.write(options.out / FILE, parts, {"version": __version__, **more})
    if options.baseline:
        before = numbers.read(BASELINE) if options.only and BASELINE.exists() else []
        measured = {part.name: part for part in parts}
        kept = [measured.pop(part.name, part) for part in before]
        numbers.write(BASELINE, [*kept, *measured.values()], {"version": __version__})
    print(f"{options.out / PAGE}\n{options.out / FILE}")
    return 0


def regress(arguments: Sequence[str]) -> int:
    """Compare with the baseline; returns 1 when something is worse by more than noise, 2 when data is missing."""
    parser = argparse.ArgumentParser(prog="python -m eval regress", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, metavar="PART",
        help=f"of: {', '.join(PARTS)}; default: {', '.join(QUICK)}, which need nothing beside the checkout",
    )  # fmt: skip
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--file", type=Path, help="numbers measured before, instead of measuring now")
    options = parser.parse_args(arguments)
    try:
        baseline = numbers.read(options.baseline)
        parts = numbers.read(options.file) if options.file else _parts(options.only or QUICK)
    except (FactcheckError, VectorStoreError) as exc:
        print(f"regress: {exc}", file=sys.stderr)
        return 2
    worse = numbers.compared(parts, baseline)
    for one in worse:
        now = "not measured" if one.value is None else f"{one.value:.3f}"
        print(f"WORSE {one.part}: {one.name}: {one.was:.3f} -> {now}")
    print(f"{len(parts)} parts compared with the baseline, {len(worse)} numbers worse by more than noise")
    return int(bool(worse))


def page(parts: Sequence[Part], columns: Sequence[Column], without: Sequence[Ablation] = ()) -> str:
    """The page; every text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("page.html.jinja").render(
        parts=parts, columns=columns, without=without, standing=standing(columns), not_run=NOT_RUN,
        version=__version__, shown=_shown, tokens_a_claim=tokens_a_claim, cost_of_1000=cost_of_1000,
        day=datetime.now(UTC).date().isoformat(), machine=_machine(),
    )  # fmt: skip


def _parts(names: Sequence[str]) -> list[Part]:
    parts = []
    for name in names:
        part = run(name)
        print(f"== {part.title} ({part.seconds:.0f} s)", flush=True)
        for one in part.numbers:
            mark = {None: "", True: "  reached", False: "  NOT REACHED"}[one.kept]
            print(f"{_shown(one.value):>10}  {one.name}{mark}", flush=True)
        parts.append(part)
    return parts


def _shown(value: float | None) -> str:
    if value is None:
        return "n/a"
    return f"{value:.3f}" if 0 < abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
