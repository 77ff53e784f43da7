"""A claim judged by the exact tier beside a few source texts, without a store."""

from collections.abc import Callable
from datetime import date

import pytest

from factcheck.checker import settled
from factcheck.claims import parts_of
from factcheck.facts.reading import read_facts
from factcheck.types import Claim, Document, Gathered, Span, Verdict
from factcheck.verdict.explain import verdict_of
from factcheck.verdict.receipt import receipt_of
from factcheck.verdict.settle import unaccounted

Judge = Callable[..., Verdict]


@pytest.fixture
def judge() -> Judge:
    """Give ``judge(claim, *sources, as_of=..., published=...)``, which returns the verdict."""

    def _judge(claim: str, *sources: str, as_of: date | None = None, published: date | None = None) -> Verdict:
        day = published.isoformat() if published else None
        documents = tuple(Document(doc_id=f"d{n}", text=text, published_at=day) for n, text in enumerate(sources))
        whole = Claim.cut(
            claim, Span(start=0, end=len(claim)), claim_id="c", claim=claim, type="statement", as_of=as_of
        )
        split = parts_of(whole)
        facts = [fact for document in documents for fact in read_facts(document, 0, len(document.text))]
        parts = [settled(part, facts, documents) for part in split.parts]
        got = Gathered((), documents)
        left_over = (*split.left_over, *unaccounted(split.setting, parts))
        return verdict_of(whole, parts, left_over, got, receipt_of(got, version="test", settings={}))

    return _judge
