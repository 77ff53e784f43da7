"""Puts documents from paths into a store and says what became of each problem."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.cli import messages

if TYPE_CHECKING:
    from factcheck.settings import Settings
    from vectorstore.types import IngestResult, Problem, Store


def stock(store: "Store", paths: Sequence[str], *, allow_private: bool = False) -> "IngestResult":
    """Store the documents at ``paths``; every problem is said as it comes and is in the result.

    ``allow_private`` lets web addresses of private networks pass.
    """
    from vectorstore.ingest import load
    from vectorstore.types import Document

    problems: list[Problem] = []

    def documents() -> Iterator[Document]:
        for item in messages.progress(load(paths, allow_private=allow_private), what="reading"):
            if isinstance(item, Document):
                yield item
            else:
                messages.warn(problem_line(item))
                problems.append(item)

    result = store.add(documents())
    for problem in result.problems:
        messages.warn(problem_line(problem))
    return result.model_copy(update={"problems": (*problems, *result.problems)})


def read_facts(store: "Store", settings: "Settings") -> None:
    """Fill the fact index of the store with what its documents assert; stopped in the middle, it goes on next time."""
    from factcheck.build import facts_of

    index = facts_of(settings)
    try:
        documents = (found for source in store.sources() if (found := store.get(source.doc_id)) is not None)
        index.fill(messages.progress(documents, what="reading facts"))
    finally:
        index.close()


def problem_line(problem: "Problem") -> str:
    """Return the problem in one line: where, what, and whether the document was kept."""
    place = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
    return f"{place}: {problem.message}" + (" (kept)" if problem.kept else "")


def summary(result: "IngestResult") -> str:
    """Return what an ingest did, in one line."""
    skipped = sum(not problem.kept for problem in result.problems)
    parts = [
        f"{result.added} added",
        f"{result.replaced} replaced",
        f"{result.unchanged} unchanged",
        f"{result.passages} passages written",
    ]
    return ", ".join(parts) + (f", {skipped} not read" if skipped else "")
