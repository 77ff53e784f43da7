"""The baseline of ``check``: problems that are known and do not count, one JSON object a line, kept with the texts."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import InputError, UsageError

if TYPE_CHECKING:
    from factcheck.reports.problems import Problem


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints in a baseline; raises UsageError or InputError that names it."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as exc:
        raise UsageError(f"{path}: no such baseline; make it with --update-baseline") from exc
    except UnicodeDecodeError as exc:
        raise InputError(f"{path}: is no baseline; make it anew with --update-baseline") from exc
    known = set()
    for number, line in enumerate(lines, 1):
        try:
            known.add(str(json.loads(line)["fingerprint"]))
        except (ValueError, KeyError, TypeError) as exc:
            raise InputError(f"{path}, line {number}: is no baseline; make it anew with --update-baseline") from exc
    return frozenset(known)


def baseline_of(problems: "Iterable[Problem]") -> str:
    """Return the baseline that knows all of these, in an order that makes small changes."""
    return "".join(sorted({_line(one) for one in problems}))


def _line(problem: "Problem") -> str:
    shown = {
        "file": problem.name, "standing": problem.code, "claim": problem.finding.checked.claim.claim,
        "fingerprint": problem.fingerprint,
    }  # fmt: skip
    return json.dumps(shown, ensure_ascii=False) + "\n"


def summary(problems: "Sequence[Problem]") -> str:
    """Return how many problems are new, known and ignored, in one line."""
    counts = {state: sum(one.state.value == state for one in problems) for state in ("new", "known", "ignored")}
    return f"{len(problems)} problems: " + ", ".join(f"{count} {state}" for state, count in counts.items())
