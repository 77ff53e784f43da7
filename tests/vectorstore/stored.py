"""The handful of documents that the stores of these tests hold, and what is kept of them where."""

from collections.abc import Callable
from typing import NamedTuple

from vectorstore import Document

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
