"""A store on disk of a handful of documents, and a look behind it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from stored import DOCUMENTS, Look, Traces

from vectorstore import Store, open_store
from vectorstore.stores import STORES, open_index


@pytest.fixture(params=sorted(STORES))
def backend(request: pytest.FixtureRequest) -> str:
    """Each keeper of vectors in the table."""
    name: str = request.param
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path, backend: str) -> Iterator[Store]:
    """A store with the documents."""
    with open_store(folder, vectors=backend) as opened:
        opened.add(DOCUMENTS)
        yield opened


@pytest.fixture
def look(folder: Path, backend: str) -> Look:
    """Look into the files of the closed or open store, past the store's own methods."""

    def _look(word: str) -> Traces:
        connection = sqlite3.connect(folder / "documents.sqlite3")
        index = open_index(backend, folder / backend)
        try:
            found = connection.execute(
                "SELECT doc_id FROM words JOIN passages ON passages.id = words.rowid"
                " JOIN documents ON documents.id = document WHERE words MATCH ?",
                [f'"{word}"'],
            )
            # the word index checks itself against the passages: left-overs and gaps are an error
            connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
            ids = {row[0] for row in connection.execute("SELECT id FROM passages")}
            return Traces(
                documents={row[0] for row in connection.execute("SELECT doc_id FROM documents")},
                words={row[0] for row in found},
                passages=len(ids),
                vectors=index.passages(),
                passage_ids=ids,
            )
        finally:
            index.close()
            connection.close()

    return _look
