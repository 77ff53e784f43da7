"""``factcheck eval calibration``: confidence fitted again on what the desk decided."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.measure.decided import DecidedRow, Refit
    from factcheck.verdict.refit import Decided

EXAMPLES = """
factcheck eval calibration decisions.jsonl
factcheck eval calibration decisions.jsonl --out calibration.json
"""
FOLDS = 5

File = Annotated[str, typer.Argument(metavar="FILE", help="What was decided, as the review tool exports it.")]


def calibration(
    file: File,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the calibration.")] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Fit confidence again on the desk's own decisions, and tell the error before and after.

    The error after is of rows that were not fitted on. FACTCHECK_CALIBRATION names the file that is used from then on.
    """
    from factcheck.build import use_calibration
    from factcheck.cli import eval_tables, messages, output
    from factcheck.measure.decided import DecidedRow
    from factcheck.measure.rows import read_rows
    from factcheck.settings import load_settings
    from factcheck.verdict.calibration import calibration as in_force
    from factcheck.verdict.refit import refitted

    messages.speak(quiet=quiet, verbose=verbose)
    use_calibration(load_settings())
    rows = _decided(read_rows(file, DecidedRow))
    result = _measured(rows)
    if out is not None:
        output.write_file(out, refitted(in_force(), rows).model_dump_json(indent=1) + "\n")
        messages.say(f"wrote {out}; use it with FACTCHECK_CALIBRATION={out}")
    if as_json:
        output.print_rows([result])
    else:
        output.show(*eval_tables.refit_view(result))


def _decided(rows: "Sequence[DecidedRow]") -> "list[Decided]":
    from factcheck.errors import InputError
    from factcheck.verdict.refit import Decided

    found = [
        Decided(judged=row.judged, tier=row.tier, confidence=row.confidence, right=row.judged == row.label)
        for row in rows
        if row.judged is not None and row.confidence is not None
    ]
    if not found:
        raise InputError("no row has both a verdict that was judged and its confidence: nothing to fit on")
    return found


def _measured(rows: "Sequence[Decided]") -> "Refit":
    """The error as it is, and of each fifth of the rows as fitted on the others."""
    from factcheck.measure.decided import Refit
    from factcheck.measure.labels import binned_error
    from factcheck.verdict.refit import changed, changes

    held = [
        (changed(row, changes([one for n, one in enumerate(rows) if n % FOLDS != fold])), row.right)
        for fold in range(FOLDS)
        for row in rows[fold::FOLDS]
    ]
    return Refit(
        rows=len(rows),
        right=round(sum(row.right for row in rows) / len(rows), 4),
        error_before=round(binned_error([row.confidence for row in rows], [row.right for row in rows]), 4),
        error_held_out=round(binned_error([p for p, _ in held], [right for _, right in held]), 4),
    )
