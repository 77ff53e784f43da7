"""Claims to the passages worth judging: batched searches of the store for all of them.

Each claim is searched for twice: anywhere, and among what was published around the day it speaks of. Without the
second, a claim about June drowns in what everybody wrote in July.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from factcheck.types import Claim, Gathered
from vectorstore.types import Document, Filters, Hit, Store

OF_ITS_TIME = 0.06
"""By how much a passage of the claim's time ranks before one that fits its words as well; scores are at most 1.

Chosen on the development claims; ``python -m eval all --only istanbul`` prints the recall@5 that it comes to.
"""
DAYS_AROUND = 7
"""What was published this many days before or after the claim's day counts as of its time."""


def query_of(claim: Claim) -> str:
    """What to search for: the statement as it stands alone, with the full names its slots know."""
    names = [s.value for s in claim.slots if s.type in {"person", "speaker"} and s.value and s.value not in claim.claim]
    return " ".join([claim.claim, *names])


def gather(claims: Sequence[Claim], days: Sequence[Collection[date]], store: Store, *, k: int) -> list[Gathered]:
    """The best ``k`` passages for each claim, and up to half as many more from around each day it speaks of.

    ``days`` has the days of each claim; the result is in the order of ``claims``. Raises StoreError when the store
    cannot be searched.
    """
    if not claims:
        return []
    queries = [query_of(claim) for claim in claims]
    found = store.search(queries, k=k)
    near_in_time: list[set[str]] = [set() for _ in claims]
    for day, rows in _by_day(days).items():
        near = Filters(
            published_from=day - timedelta(days=DAYS_AROUND),
            published_to=day + timedelta(days=DAYS_AROUND),
            include_undated=False,
        )
        of_its_time = store.search([queries[row] for row in rows], k=k, filters=near)
        for row, hits in zip(rows, of_its_time, strict=True):
            found[row] = _joined(found[row], hits, more=k // 2)
            near_in_time[row].update(hit.passage.passage_id for hit in hits)
    found = [_ranked(hits, near) for hits, near in zip(found, near_in_time, strict=True)]
    documents: dict[str, Document | None] = {}
    for hits in found:
        for hit in hits:
            if hit.passage.doc_id not in documents:
                documents[hit.passage.doc_id] = store.get(hit.passage.doc_id)
    numbers = store.version_numbers(list(documents))
    return [Gathered(tuple(hits), tuple(_in_order(hits, documents)), numbers) for hits in found]


def _by_day(days: Sequence[Collection[date]]) -> dict[date, list[int]]:
    """Rows of the claims that speak of each day, so that each day is one search."""
    rows: dict[date, list[int]] = {}
    for row, spoken_of in enumerate(days):
        for day in spoken_of:
            rows.setdefault(day, []).append(row)
    return rows


def _joined(first: Sequence[Hit], second: Sequence[Hit], *, more: int) -> list[Hit]:
    have = {hit.passage.passage_id for hit in first}
    return [*first, *[hit for hit in second if hit.passage.passage_id not in have][:more]]


def _ranked(hits: Sequence[Hit], near_in_time: Collection[str]) -> list[Hit]:
    """Best first, what is of the claim's time a little before what is not."""
    return sorted(hits, key=lambda hit: -(hit.score + OF_ITS_TIME * (hit.passage.passage_id in near_in_time)))


def _in_order(hits: Sequence[Hit], documents: dict[str, Document | None]) -> Iterator[Document]:
    for doc_id in dict.fromkeys(hit.passage.doc_id for hit in hits):
        document = documents[doc_id]
        if document is not None:
            yield document
