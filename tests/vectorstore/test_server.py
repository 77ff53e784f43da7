"""A store whose vectors are on a Chroma server: opened by its address, and what happens when the server is away."""

from pathlib import Path

import pytest

from tests.vectorstore.keepers import free_port, running_server
from vectorstore import Document, Store, StoreError, open_store


def found(store: Store) -> list[str]:
    return [hit.passage.doc_id for hit in store.search(["Who opened the bridge?"])[0]]


@pytest.mark.slow
def test_an_address_opens_a_store_whose_documents_are_on_this_machine(
    tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running_server(tmp_path / "one", port), open_store(address) as store:
        assert store.add(documents).added == len(documents)
        with open_store(f"{address}/", create=False) as reader:
            expected = found(reader)
            assert expected[0] == "bridge"
    with open_store(address, create=False) as away:
        assert [one.doc_id for one in away.sources()] == ["bridge", "café", "comet", "harbour"]
        with pytest.raises(StoreError, match="cannot be reached"):
            away.search(["bridge"])
    with running_server(tmp_path / "another", port), open_store(address, create=False) as back:
        assert found(back) == expected


@pytest.mark.slow
def test_two_stores_share_a_server_and_nothing_else(chroma_server: str, tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "a", vectors=chroma_server) as one,
        open_store(tmp_path / "b", vectors=chroma_server) as other,
    ):
        one.add([Document(doc_id="x", text="The mayor opened the bridge.")])
        other.add([Document(doc_id="y", text="The mayor opened the bridge.")])
        assert [hit.passage.doc_id for hit in one.search(["bridge"])[0]] == ["x"]
        one.rebuild()
        assert [hit.passage.doc_id for hit in other.search(["bridge"])[0]] == ["y"]


@pytest.mark.parametrize("address", ["http://", "http://host:port", "https://host/path", "http://[", "http://host?x=1"])
def test_what_is_no_address_of_a_server_is_said(address: str) -> None:
    with pytest.raises(StoreError, match="not the address of a server"):
        open_store(address)


def test_a_server_with_no_store_here_says_how_to_make_one() -> None:
    with pytest.raises(StoreError, match="factcheck ingest"):
        open_store("http://127.0.0.1:1", create=False)
