"""Puts a corpus into a store for now and measures its search."""

from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.cli import messages
from factcheck.measure.retrieval import (
    CorpusRow,
    QueryRow,
    RetrievalResult,
    measure_retrieval,
    read_qrels,
)
from factcheck.measure.rows import read_rows

if TYPE_CHECKING:
    from vectorstore.types import By, Document

PASSAGES_PER_DOCUMENT = 3
"""Passages asked for per document wanted, as several of one document may come before the next document."""


def measure(corpus: str, queries: str, qrels: str, *, ks: Sequence[int]) -> RetrievalResult:
    """Return the measures of the search, and of its halves alone.

    Raises UsageError or InputError that names the file that cannot be read.
    """
    from vectorstore import open_store

    rows = read_rows(corpus, CorpusRow)
    asked = read_rows(queries, QueryRow)
    judgements = read_qrels(qrels)
    depth = PASSAGES_PER_DOCUMENT * max(*ks, 10)
    with TemporaryDirectory(prefix="factcheck-") as folder, open_store(folder) as store:
        documents = (_document(row) for row in messages.progress(rows, what="storing", total=len(rows)))
        stored = store.add(documents)
        for problem in stored.problems:
            messages.warn(f"{problem.source}: {problem.message}")

        def measured(by: "By") -> RetrievalResult:
            def search(texts: Sequence[str]) -> list[list[str]]:
                return [[hit.passage.doc_id for hit in hits] for hits in store.search(texts, k=depth, by=by)]

            return measure_retrieval(asked, judgements, search, documents=store.count(), ks=ks)

        alone = {"vectors_alone": measured("vectors"), "words_alone": measured("words")}
        return measured("both").model_copy(update=alone)


def _document(row: CorpusRow) -> "Document":
    from vectorstore.types import Document

    return Document(doc_id=row.id, title=row.title, text=row.text)
