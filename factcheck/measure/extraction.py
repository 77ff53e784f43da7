"""Claims found in texts against claims that people found in them, by the rule of ``matching``."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from pydantic import Field

from factcheck.errors import InputError
from factcheck.measure.matching import Statement, assign, score, shared_place
from factcheck.measure.means import share
from factcheck.measure.rows import Row
from factcheck.types import Claim, Extraction, Frozen, Span

HIT = 0.5
"""Share of the shorter of two quotes from which a claim counts as made from what is none."""

Extract = Callable[[str, date | None], Extraction]


class GoldClaim(Row):
    """A statement that people found."""

    text: str = Field(min_length=1)
    type: str
    span_quote: str = Field(min_length=1)
    check_worthy: bool = True


class ExtractionRow(Row):
    """All checkable statements of a document, and what in it is none."""

    doc_id: str
    claims: tuple[GoldClaim, ...]
    not_claims: tuple[str, ...] = ()


class TextRow(Row):
    """A document to find claims in."""

    doc_id: str
    text: str = Field(min_length=1)
    published_at: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication; None when unknown or not ISO."""
        try:
            return datetime.fromisoformat(self.published_at).date() if self.published_at else None
        except ValueError:
            return None


class TypeCount(Frozen):
    """The gold claims of one type."""

    gold: int
    found: int


class Missed(Frozen):
    """A gold claim that no prediction matches."""

    doc_id: str
    type: str
    text: str
    quote: str


class DocumentResult(Frozen):
    """What was found in one document."""

    doc_id: str
    gold: int
    found: int
    predicted: int
    """Predictions worth checking."""
    right: int
    """Of these, those that match a gold claim, also when another prediction was paired with it."""
    worth_agreed: int
    """Pairs that agree on whether it is worth checking."""
    not_claim_hits: tuple[str, ...]
    """Quotes of predictions worth checking that were made from what is no claim."""
    inexact: int
    """Predictions whose quote is not the text at their span (there must be none)."""
    types: dict[str, TypeCount]
    missed: tuple[Missed, ...]
    unplaced: int
    """Gold quotes that do not stand in the text; their claims cannot be found."""


class ExtractionResult(Frozen):
    """What was measured over all documents. Shares are 0 to 1; None where there was nothing to measure."""

    documents: tuple[DocumentResult, ...]
    gold: int
    found: int
    recall: float | None
    predicted: int
    precision_estimate: float | None
    """Share of predictions worth checking that match a gold claim; an estimate, as a true claim that nobody
    wrote down counts as wrong."""
    types: dict[str, TypeCount]
    not_claim_hits: int
    inexact: int


def measure_extraction(rows: Sequence[ExtractionRow], texts: Iterable[TextRow], extract: Extract) -> ExtractionResult:
    """Extract the claims of each labelled document and compare; InputError for one not in ``texts``."""
    wanted = {row.doc_id for row in rows}
    by_id = {text.doc_id: text for text in texts if text.doc_id in wanted}
    lacking = sorted(wanted - set(by_id))
    if lacking:
        raise InputError(f"no document with doc_id {', '.join(lacking)}; give them with --documents")
    results = []
    for row in rows:
        text = by_id[row.doc_id]
        results.append(compare(row, text.text, extract(text.text, text.day).claims))
    return _summed(tuple(results))


def compare(row: ExtractionRow, text: str, claims: Sequence[Claim]) -> DocumentResult:
    """Compare the claims found in one text with its labelled ones."""
    gold = [_gold_side(claim, text) for claim in row.claims]
    sides = [_predicted_side(claim) for claim in claims]
    pairs = assign(gold, sides)
    worthy = [n for n, claim in enumerate(claims) if claim.check_worthy]
    no_claims = [span for quote in row.not_claims for span in places(text, quote.strip())]
    hits = [claims[n] for n in worthy if any(shared_place(claims[n].span, span) >= HIT for span in no_claims)]
    counts, found = Counter(claim.type for claim in row.claims), Counter(row.claims[g].type for g in pairs)
    return DocumentResult(
        doc_id=row.doc_id,
        gold=len(gold),
        found=len(pairs),
        predicted=len(worthy),
        right=sum(any(score(one, sides[n]) is not None for one in gold) for n in worthy),
        worth_agreed=sum(row.claims[g].check_worthy is claims[p].check_worthy for g, p in pairs.items()),
        not_claim_hits=tuple(claim.quote for claim in hits),
        inexact=sum(text[claim.span.start : claim.span.end] != claim.quote for claim in claims),
        types={name: TypeCount(gold=counts[name], found=found[name]) for name in sorted(counts)},
        missed=tuple(
            Missed(doc_id=row.doc_id, type=claim.type, text=claim.text, quote=claim.span_quote)
            for g, claim in enumerate(row.claims)
            if g not in pairs
        ),
        unplaced=sum(not side.spans for side in gold),
    )


def places(text: str, quote: str) -> tuple[Span, ...]:
    """Return every place where ``quote`` stands in ``text``."""
    found, start = [], text.find(quote) if quote else -1
    while start >= 0:
        found.append(Span(start=start, end=start + len(quote)))
        start = text.find(quote, start + 1)
    return tuple(found)


def _gold_side(claim: GoldClaim, text: str) -> Statement:
    return Statement(text=claim.text, quote=claim.span_quote, type=claim.type, spans=places(text, claim.span_quote))


def _predicted_side(claim: Claim) -> Statement:
    return Statement(
        text=claim.claim, quote=claim.quote, type=claim.type, spans=(claim.span,), speaker=claim.attribution
    )


def _summed(results: tuple[DocumentResult, ...]) -> ExtractionResult:
    gold, found = sum(one.gold for one in results), sum(one.found for one in results)
    predicted = sum(one.predicted for one in results)
    names = sorted({name for one in results for name in one.types})
    per_type = {name: [one.types[name] for one in results if name in one.types] for name in names}
    return ExtractionResult(
        documents=results,
        gold=gold,
        found=found,
        recall=share(found, gold),
        predicted=predicted,
        precision_estimate=share(sum(one.right for one in results), predicted),
        types={
            name: TypeCount(gold=sum(one.gold for one in counts), found=sum(one.found for one in counts))
            for name, counts in per_type.items()
        },
        not_claim_hits=sum(len(one.not_claim_hits) for one in results),
        inexact=sum(one.inexact for one in results),
    )
