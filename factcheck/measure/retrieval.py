"""Search on labelled queries: nDCG@10 and recall@k."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import AliasChoices, Field, model_validator

from factcheck.errors import InputError
from factcheck.measure.means import mean
from factcheck.measure.ranking import ndcg_at, recall_at
from factcheck.measure.rows import Row, numbered_lines
from factcheck.types import Frozen

BATCH = 32
"""Queries searched for in one call."""
NDCG_AT = 10

Search = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""Queries in, for each the ids of documents, best first."""
Judgements = Mapping[str, Mapping[str, float]]
"""Query id, then document id, then gain."""


class CorpusRow(Row):
    """A document to be found; ``sentences`` are joined with spaces when there is no ``text``."""

    id: str = Field(validation_alias=AliasChoices("id", "_id", "doc_id"))
    title: str | None = None
    text: str = ""

    @model_validator(mode="before")
    @classmethod
    def _joined(cls, row: Any) -> Any:  # noqa: ANN401 - not validated yet
        if isinstance(row, dict) and not row.get("text") and isinstance(row.get("sentences"), list):
            return row | {"text": " ".join(map(str, row["sentences"]))}
        return row


class QueryRow(Row):
    """A query."""

    id: str = Field(validation_alias=AliasChoices("id", "_id"))
    text: str = Field(min_length=1)


class RetrievalResult(Frozen):
    """What was measured. Shares are 0 to 1; None where there was nothing to measure."""

    queries: int
    """Queries with judgements; the others are not in the numbers."""
    unjudged: int
    documents: int
    ndcg_at_10: float | None
    recall: dict[int, float | None]
    """By k."""
    vectors_alone: "RetrievalResult | None" = None
    """What search by vectors alone finds; None when that was not measured."""
    words_alone: "RetrievalResult | None" = None
    """What search by words alone finds; None when that was not measured."""


def read_qrels(path: str) -> Judgements:
    """Return the judgements of a TSV file ``query-id corpus-id score``; InputError names file and line."""
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for number, line in numbered_lines(path):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1 and cells[-1].strip() == "score":
            continue
        try:
            query, document, gain = cells
            gains[query][document] = float(gain)
        except ValueError as exc:
            raise InputError(f"{path}, line {number}: is not query-id, corpus-id, score with tabs") from exc
    return dict(gains)


def measure_retrieval(
    queries: Iterable[QueryRow], judgements: Judgements, search: Search, *, documents: int, ks: Sequence[int]
) -> RetrievalResult:
    """Search for every judged query and compare; ``documents`` is the size of the corpus, for the record."""
    rows = list(queries)
    judged = [row for row in rows if judgements.get(row.id)]
    ranked = dict(_ranked(judged, search))
    ndcg = [ndcg_at(ranked[row.id], judgements[row.id], NDCG_AT) for row in judged]
    wanted = {row.id: {one for one, gain in judgements[row.id].items() if gain > 0} for row in judged}
    recall = {k: mean(recall_at(ranked[row.id], wanted[row.id], k) for row in judged) for k in ks}
    return RetrievalResult(
        queries=len(judged),
        unjudged=len(rows) - len(judged),
        documents=documents,
        ndcg_at_10=mean(ndcg),
        recall=recall,
    )


def _ranked(rows: Sequence[QueryRow], search: Search) -> Iterator[tuple[str, list[str]]]:
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        for row, ids in zip(batch, search([one.text for one in batch]), strict=True):
            yield row.id, list(dict.fromkeys(ids))
