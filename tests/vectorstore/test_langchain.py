"""What a LangChain backend may do wrong: lose everything, be named wrongly, raise, keep what was deleted."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.vectorstore.keepers import BACKENDS, IN_MEMORY
from vectorstore import Document, Filters, Store, StoreError, open_store


def found(store: Store) -> list[str]:
    return [hit.passage.doc_id for hit in store.search(["Who opened the bridge?"])[0]]


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    BACKENDS.clear()


def test_a_backend_that_lost_everything_is_filled_again(folder: Path, documents: tuple[Document, ...]) -> None:
    with open_store(folder, vectors=IN_MEMORY) as store:
        store.add(documents)
        expected = found(store)
    BACKENDS.clear()
    with open_store(folder, vectors=IN_MEMORY, create=False) as again:
        assert found(again) == expected


def test_a_damaged_register_is_made_again(folder: Path, documents: tuple[Document, ...]) -> None:
    with open_store(folder, vectors=IN_MEMORY) as store:
        store.add(documents)
        expected = found(store)
    (folder / "langchain.sqlite3").write_bytes(b"garbage" * 1000)
    with open_store(folder, vectors=IN_MEMORY, create=False) as again:
        assert found(again) == expected


def test_no_text_goes_to_the_backend(folder: Path, documents: tuple[Document, ...]) -> None:
    with open_store(folder, vectors=IN_MEMORY) as store:
        store.add(documents)
    (backend,) = BACKENDS.values()
    kept = [row["text"] for row in backend.values()]
    assert kept
    assert all(UUID(text) for text in kept)


def test_a_filter_that_few_pass_is_answered_in_full(folder: Path) -> None:
    many = [
        Document(doc_id=f"d{n}", text=f"The mayor opened bridge number {n}.", publisher="Herald") for n in range(60)
    ]
    rare = Document(doc_id="rare", text="Cattle graze on the hill.", publisher="Post")
    with open_store(folder, vectors=IN_MEMORY) as store:
        store.add([*many, rare])
        (hits,) = store.search(["The mayor opened a bridge"], k=5, filters=Filters(publishers=("post",)))
        assert [hit.passage.doc_id for hit in hits] == ["rare"]


@pytest.mark.parametrize(
    "name", ["langchain", "langchain:", "langchain:json", "langchain:no_such_module:make", "langchain:json:nothing"]
)
def test_a_backend_that_cannot_be_found_is_said(folder: Path, name: str) -> None:
    with open_store(folder, vectors=name) as store, pytest.raises(StoreError) as caught:
        store.add([Document(doc_id="a", text="A text.")])
    assert "\n" not in str(caught.value)


def test_a_backend_that_is_away_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.vectorstores import InMemoryVectorStore

    def away(*_: object, **__: object) -> None:
        raise ConnectionError("connection refused")

    with open_store(folder, vectors=IN_MEMORY) as store:
        store.add([Document(doc_id="a", text="A text.")])
        monkeypatch.setattr(InMemoryVectorStore, "similarity_search_by_vector", away)
        with pytest.raises(StoreError, match="connection refused"):
            store.search(["text"])
