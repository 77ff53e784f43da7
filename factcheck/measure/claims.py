"""Verdicts on labelled claims: what went wrong comes first, rows that failed are counted apart."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from pydantic import Field

from factcheck.measure.labels import accuracy, calibration_error, confusion, f1, macro_f1, wrongly
from factcheck.measure.means import mean, share
from factcheck.measure.ranking import recall_at
from factcheck.measure.rows import Row
from factcheck.types import Claim, Frozen, Label, Span, Verdict

BATCH = 16
"""Claims judged in one call."""
COVERED = 0.5
"""Share of a gold quote that one retrieved passage must hold to count as found: more than half reads as the
same statement, all of it would punish where a passage happens to be cut."""

Judge = Callable[[Sequence[Claim]], list[Verdict]]
TextOf = Callable[[str], str | None]


class GoldQuote(Row):
    """A quote that settles a claim."""

    doc_id: str
    quote: str = ""


class ClaimRow(Row):
    """A labelled claim."""

    claim_id: str | None = None
    claim: str = Field(min_length=1, pattern=r"\S")
    label: Label
    as_of: date | None = None
    context: str | None = None
    category: str | None = None
    evidence: tuple[GoldQuote, ...] = ()


class Category(Frozen):
    """The rows of one category."""

    rows: int
    accuracy: float | None
    wrong_supported: int
    wrong_refuted: int
    failed: int


class ClaimsResult(Frozen):
    """What was measured. Shares are 0 to 1; None where there was nothing to measure."""

    rows: int
    failed: int
    """Rows that got no label; they are in none of the other numbers."""
    wrong_supported: int
    """SUPPORTED, and it is not."""
    wrong_refuted: int
    """REFUTED, and it is not."""
    accuracy: float | None
    macro_f1: float | None
    """Mean over the labels that occur."""
    f1: dict[Label, float | None]
    abstention: float | None
    """Share of NOT_ENOUGH_EVIDENCE among the judged."""
    k: int
    """How many passages count as retrieved."""
    document_recall: float | None
    """Gold documents among the first ``k`` passages, mean over rows with gold evidence."""
    quote_recall: float | None
    """Gold quotes held by one of the first ``k`` passages, mean over rows with gold evidence."""
    unplaced_quotes: int
    """Gold quotes that are not in the stored document; they count as not found."""
    calibration_error: float | None
    """None while verdicts have no confidence."""
    confusion: dict[Label, dict[Label, int]]
    """Gold, then predicted."""
    categories: dict[str, Category]


def as_claims(rows: Sequence[ClaimRow]) -> list[Claim]:
    """Return the rows as claims given alone, in order; those without an id get one from their row number."""
    return [
        Claim.cut(
            row.claim, Span(start=0, end=len(row.claim)), claim_id=row.claim_id or f"row-{number}",
            claim=row.claim, type="statement", as_of=row.as_of, context=row.context,
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def judge_rows(rows: Sequence[ClaimRow], judge: Judge) -> Iterator[Verdict]:
    """Yield one verdict for each row, in order, judged in batches."""
    claims = iter(as_claims(rows))
    while batch := list(islice(claims, BATCH)):
        yield from judge(batch)


def measure_claims(
    rows: Sequence[ClaimRow], verdicts: Sequence[Verdict], text_of: TextOf, *, k: int = 10
) -> ClaimsResult:
    """Compare verdicts with their rows, in the same order; ``text_of`` gives stored texts by doc_id."""
    both = list(zip(rows, verdicts, strict=True))
    pairs = _pairs(both)
    found = [_found(row, verdict, text_of, k) for row, verdict in both if row.evidence and verdict.receipt]
    scored = [(v.confidence, v.label is row.label) for row, v in both if v.confidence is not None and v.label]
    return ClaimsResult(
        rows=len(both),
        failed=len(both) - len(pairs),
        wrong_supported=wrongly(pairs, Label.SUPPORTED),
        wrong_refuted=wrongly(pairs, Label.REFUTED),
        accuracy=accuracy(pairs),
        macro_f1=macro_f1(pairs),
        f1={label: f1(pairs, label) for label in Label},
        abstention=share(sum(said is Label.NOT_ENOUGH_EVIDENCE for _, said in pairs), len(pairs)),
        k=k,
        document_recall=mean(one.documents for one in found),
        quote_recall=mean(one.quotes for one in found),
        unplaced_quotes=sum(one.unplaced for one in found),
        calibration_error=calibration_error(scored),
        confusion=confusion(pairs),
        categories=_categories(both),
    )


class _Found(Frozen):
    documents: float | None
    quotes: float | None
    unplaced: int


def _pairs(both: Sequence[tuple[ClaimRow, Verdict]]) -> list[tuple[Label, Label]]:
    return [(row.label, verdict.label) for row, verdict in both if verdict.label is not None]


def _categories(both: Sequence[tuple[ClaimRow, Verdict]]) -> dict[str, Category]:
    groups: dict[str, list[tuple[ClaimRow, Verdict]]] = defaultdict(list)
    for row, verdict in both:
        groups[row.category or "no category"].append((row, verdict))
    return {name: _category(group) for name, group in sorted(groups.items())}


def _category(group: Sequence[tuple[ClaimRow, Verdict]]) -> Category:
    pairs = _pairs(group)
    return Category(
        rows=len(group),
        accuracy=accuracy(pairs),
        wrong_supported=wrongly(pairs, Label.SUPPORTED),
        wrong_refuted=wrongly(pairs, Label.REFUTED),
        failed=len(group) - len(pairs),
    )


def _found(row: ClaimRow, verdict: Verdict, text_of: TextOf, k: int) -> _Found:
    passages = [_place(name) for name in verdict.receipt.passages[:k]] if verdict.receipt else []
    documents = recall_at([doc_id for doc_id, _ in passages], {gold.doc_id for gold in row.evidence}, k)
    quotes = [gold for gold in row.evidence if gold.quote]
    placed = [(gold, _span_in(text_of(gold.doc_id) or "", gold.quote)) for gold in quotes]
    held = sum(
        span is not None and any(doc_id == gold.doc_id and _covers(place, span) for doc_id, place in passages)
        for gold, span in placed
    )
    return _Found(
        documents=documents,
        quotes=share(held, len(quotes)),
        unplaced=sum(span is None for _, span in placed),
    )


def _place(passage_id: str) -> tuple[str, Span]:
    """Take a passage id apart: ``doc_id#start-end``; a doc_id may itself hold a ``#``."""
    doc_id, _, offsets = passage_id.rpartition("#")
    start, _, end = offsets.partition("-")
    return doc_id, Span(start=int(start), end=int(end))


def _span_in(text: str, quote: str) -> Span | None:
    start = text.find(quote)
    return None if start < 0 else Span(start=start, end=start + len(quote))


def _covers(passage: Span, quote: Span) -> bool:
    shared = min(passage.end, quote.end) - max(passage.start, quote.start)
    return shared > COVERED * (quote.end - quote.start)
