"""A store on disk of a handful of documents, and a look behind it."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.vectorstore.keepers import free_port, running_server, vectors_of
from vectorstore import Document, Store, open_store

DOCUMENTS = (
    Document(
        doc_id="bridge", title="Bridge opens", publisher="The Herald", published_at="2024-05-14", language="en",
        text="The mayor opened the new bridge over the Tejo on Tuesday. It cost 40 million euros.",
    ),
    Document(
        doc_id="harbour", title="Harbour strike", publisher="Porto Post", published_at="2024-06-01T10:00:00+00:00",
        text="Dockers in the harbour stopped work for a day. Their union wants higher wages.",
    ),
    Document(
        doc_id="comet", title="A comet returns",
        text="Astronomers saw the comet again after seventy years. It can be seen before dawn in the east.",
    ),
    Document(
        doc_id="café", title="Le café ferme", publisher="Journal", published_at="2023-01-02", language="fr",
        text="Le café de la gare ferme après cent ans. Ses clients sont tristes.",
    ),
)  # fmt: skip


class Traces(NamedTuple):
    """What is kept of documents in each of the three places."""

    documents: set[str]
    words: set[str]
    """doc_ids of passages in which the word index finds the word asked for."""
    passages: int
    vectors: set[int]
    """Ids that have a vector."""
    passage_ids: set[int]


Look = Callable[[str], Traces]


@pytest.fixture
def documents() -> tuple[Document, ...]:
    """What the store holds: ``bridge``, ``harbour``, ``comet``, ``café``."""
    return DOCUMENTS


@pytest.fixture
def backend() -> str:
    """The keeper of vectors; ``test_store`` has each of them."""
    return "chroma"


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real Chroma server on this machine."""
    with running_server(tmp_path_factory.mktemp("chroma-server"), free_port()) as address:
        yield address


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
        index = vectors_of(backend, folder)
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
