"""Verdicts on one half of the grounds, judged in a store made for it and thrown away afterwards.

The numbers are those of ``factcheck eval claims``. Of the develop half the verdicts can be written out to be read;
of the measure half only numbers leave this program, because a half whose mistakes are read is soon tuned on.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from factcheck.build import build_checker
from factcheck.checker import Checker
from factcheck.cli.eval_tables import claims_view
from factcheck.cli.output import print_rows, show, write_file
from factcheck.errors import FactcheckError, InputError
from factcheck.measure.claims import ClaimRow, ClaimsResult, judge_rows, measure_claims
from factcheck.measure.rows import read_rows
from factcheck.settings import load_settings
from factcheck.types import Verdict
from vectorstore import Document, VectorStoreError, load

FOLDER = Path(__file__).resolve().parent
HALVES = ("develop", "measure")
PASSAGES = 10
"""How many passages count as retrieved."""


class GroundRow(ClaimRow):
    """A labelled claim of the grounds."""

    phenomenon: str
    """What makes it hard; one of the list in the README beside this file."""
    explanation: str
    """Why the label is right."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 2 when the options or the files are of no use, 3 when the measuring failed."""
    options = _parser().parse_args(arguments)
    if options.out is not None and options.half == "measure":
        print("grounds: the measure half gives numbers only; --out works with develop", file=sys.stderr)
        return 2
    try:
        rows = rows_of(options.half)
        verdicts, result = measure(rows, FOLDER / options.half / "documents.jsonl", by=options.by)
        if options.out is not None:
            write_file(options.out, "".join(verdict.model_dump_json() + "\n" for verdict in verdicts))
    except (FactcheckError, VectorStoreError) as exc:
        print(f"grounds: {exc}", file=sys.stderr)
        return 2 if isinstance(exc, InputError) else 3
    if options.json:
        print_rows([result])
    else:
        show(*claims_view(result))
    return 0


def rows_of(half: str) -> list[GroundRow]:
    """The labelled claims of one half, ``develop`` or ``measure``; raises InputError for a row that is not whole."""
    return read_rows(str(FOLDER / half / "claims.jsonl"), GroundRow)


def measure(rows: Sequence[GroundRow], documents: Path, *, by: str = "category") -> tuple[list[Verdict], ClaimsResult]:
    """Judge the rows against the documents alone and count, by ``category`` or by ``phenomenon``.

    Raises FactcheckError or VectorStoreError when the documents cannot be stored.
    """
    grouped = [row.model_copy(update={"category": getattr(row, by)}) for row in rows]
    with (
        tempfile.TemporaryDirectory(prefix="factcheck-grounds-") as folder,
        build_checker(load_settings(store=folder)) as checker,
    ):
        checker.ingest(_documents(documents))
        verdicts = list(judge_rows(rows, checker.verify))
        result = measure_claims(grouped, verdicts, lambda doc_id: _text(checker, doc_id), k=PASSAGES)
    return verdicts, result


def _documents(path: Path) -> Iterable[Document]:
    for item in load([str(path)]):
        if not isinstance(item, Document):
            raise InputError(f"{item.source}, line {item.line}: {item.message}")
        yield item


def _text(checker: Checker, doc_id: str) -> str | None:
    document = checker.store.get(doc_id)
    return None if document is None else document.text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval grounds", description=__doc__)
    parser.add_argument("half", choices=HALVES, help="develop: to look at and learn from; measure: to be measured on")
    parser.add_argument("--by", choices=("category", "phenomenon"), default="category", help="how to group the rows")
    parser.add_argument("--out", type=Path, help="write the verdicts as JSON Lines (develop only)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
