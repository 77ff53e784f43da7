"""Measurements as tables for a terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from factcheck.reports.safe_text import one_line
from factcheck.types import Label

if TYPE_CHECKING:
    from rich.console import RenderableType

    from factcheck.measure.claims import ClaimsResult
    from factcheck.measure.decided import Refit
    from factcheck.measure.extraction import ExtractionResult
    from factcheck.measure.pairs import PairsResult
    from factcheck.measure.retrieval import RetrievalResult

_SHORT = {Label.NOT_ENOUGH_EVIDENCE: "NEE"}


def claims_view(result: "ClaimsResult") -> "Iterator[RenderableType]":
    """Return what went wrong, the measures, the confusion table, the categories."""
    yield _pairs(
        [
            ("rows", str(result.rows)),
            ("failed (in no other number)", str(result.failed)),
            ("wrongly SUPPORTED", str(result.wrong_supported)),
            ("wrongly REFUTED", str(result.wrong_refuted)),
            ("label accuracy", _number(result.accuracy)),
            ("macro-F1", _number(result.macro_f1)),
            *((f"  F1 {label}", _number(value)) for label, value in result.f1.items()),
            ("abstention rate", _number(result.abstention)),
            (f"evidence recall@{result.k}, documents", _number(result.document_recall)),
            (f"evidence recall@{result.k}, quotes", _number(result.quote_recall)),
            ("gold quotes not in the store", str(result.unplaced_quotes)),
            ("calibration error", _number(result.calibration_error)),
        ]
    )
    yield ""
    table = _table("gold \\ said", *(_SHORT.get(label, label) for label in Label))
    for gold, row in result.confusion.items():
        table.add_row(_SHORT.get(gold, gold), *(str(row[said]) for said in Label))
    yield table
    yield ""
    table = _table("category", "rows", "accuracy", "wrong SUPPORTED", "wrong REFUTED", "failed")
    for name, one in result.categories.items():
        counts = (str(one.wrong_supported), str(one.wrong_refuted), str(one.failed))
        table.add_row(Text(one_line(name, 40)), str(one.rows), _number(one.accuracy), *counts)
    yield table


def pairs_view(result: "PairsResult") -> "Iterator[RenderableType]":
    """Return the measures, the confusion table, and each kind where the rows have kinds."""
    rate = result.pairs_per_second
    yield _pairs(
        [
            ("rows", str(result.rows)),
            ("accuracy", _number(result.accuracy)),
            ("balanced accuracy", _number(result.balanced_accuracy)),
            ("macro-F1", _number(result.macro_f1)),
            ("calibration error", _number(result.calibration_error)),
            ("pairs a second", "n/a" if rate is None else f"{rate:.0f}"),
        ]
    )
    yield ""
    table = _table("gold \\ said", *result.labels)
    for gold, row in zip(result.labels, result.confusion, strict=True):
        table.add_row(gold, *map(str, row))
    yield table
    if result.kinds:
        yield ""
        table = _table("kind", "rows", "accuracy")
        for kind, (rows, accuracy) in result.kinds.items():
            table.add_row(Text(one_line(kind, 40)), str(rows), _number(accuracy))
        yield table


def extraction_view(result: "ExtractionResult") -> "Iterator[RenderableType]":
    """Return recall and precision, by document and by type, and what was missed."""
    yield _pairs(
        [
            ("gold claims", str(result.gold)),
            ("found", str(result.found)),
            ("recall", _number(result.recall)),
            ("predictions worth checking", str(result.predicted)),
            ("precision (estimate)", _number(result.precision_estimate)),
            ("predictions made from no claim", str(result.not_claim_hits)),
            ("quotes that are not exact", str(result.inexact)),
        ]
    )
    yield ""
    table = _table("document", "gold", "found", "predicted", "right", "from no claim", "worth agreed")
    for one in result.documents:
        counts = (one.gold, one.found, one.predicted, one.right, len(one.not_claim_hits), one.worth_agreed)
        table.add_row(Text(one_line(one.doc_id, 40)), *map(str, counts))
    yield table
    yield ""
    table = _table("type", "gold", "found")
    for name, count in result.types.items():
        table.add_row(name, str(count.gold), str(count.found))
    yield table
    for one in result.documents:
        yield from (Text(f"missed  {miss.type}: {one_line(miss.text)}") for miss in one.missed)
        yield from (Text(f"no claim  {one_line(quote)}") for quote in one.not_claim_hits)


def retrieval_view(result: "RetrievalResult") -> "Iterator[RenderableType]":
    """Return the measures of the search as it is, then what each half of it finds alone."""
    halves = (("vectors", result.vectors_alone), ("words", result.words_alone))
    yield _pairs(
        [
            ("documents", str(result.documents)),
            ("queries", str(result.queries)),
            ("queries without judgements (not measured)", str(result.unjudged)),
            ("nDCG@10", _number(result.ndcg_at_10)),
            *((f"recall@{k}", _number(value)) for k, value in result.recall.items()),
            *(
                (f"  {name} alone: {measure}", _number(value))
                for name, one in halves
                if one is not None
                for measure, value in (
                    ("nDCG@10", one.ndcg_at_10),
                    *((f"recall@{k}", v) for k, v in one.recall.items()),
                )
            ),
        ]
    )


def refit_view(result: "Refit") -> "Iterator[RenderableType]":
    """Return how well confidence held before and holds after."""
    yield _pairs(
        [
            ("rows", str(result.rows)),
            ("verdicts that people let stand", _number(result.right)),
            ("calibration error before", _number(result.error_before)),
            ("calibration error after, held out", _number(result.error_held_out)),
        ]
    )


def _pairs(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
