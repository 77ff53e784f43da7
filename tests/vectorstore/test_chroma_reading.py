"""A store that is only read: the same answers as through Chroma's package, which is not loaded for them."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import chromadb_rust_bindings
import pytest

from vectorstore import Document, Filters, Hit, open_store
from vectorstore.stores import chroma
from vectorstore.stores.chroma_reading import open_reader

QUERIES = ["Who led the delegation?", "the third round of talks"]


@pytest.fixture
def kept(tmp_path: Path, documents: tuple[Document, ...]) -> Path:
    with open_store(tmp_path / "kept") as store:
        store.add(documents)
    return tmp_path / "kept"


def found(folder: Path, filters: Filters | None = None) -> list[list[Hit]]:
    with open_store(folder, create=False) as store:
        return store.search(QUERIES, filters=filters, by="dense")


def test_a_process_that_only_searches_does_not_load_the_package(kept: Path) -> None:
    code = (
        "import sys; from vectorstore import open_store\n"
        "with open_store(sys.argv[1], create=False) as store: hits = store.search(['the talks'], by='dense')\n"
        "print(len(hits[0]), 'chromadb' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code, kept], capture_output=True, text=True, check=True)
    count, loaded = ran.stdout.split()
    assert int(count) > 0
    assert loaded == "False"


@pytest.mark.parametrize(
    "filters",
    [None, Filters(published_from=date(2025, 7, 1)), Filters(published_to=date(2025, 7, 1), include_undated=False)],
)
def test_the_answers_are_those_of_the_package(
    kept: Path, filters: Filters | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = found(kept, filters)
    monkeypatch.setattr(chroma, "open_reader", lambda *_: None)
    through_the_package = found(kept, filters)
    assert read == through_the_package
    assert any(read) or filters is not None


def test_what_is_written_after_a_search_is_found_by_the_next(kept: Path) -> None:
    text = "A lighthouse keeper in Narva repaired the lamp by hand."
    with open_store(kept, create=False) as store:
        assert store.search(["lighthouse lamp repaired"], by="dense")[0][0].passage.doc_id != "lamp"
        store.add([Document(doc_id="lamp", text=text)])
        assert store.search(["lighthouse lamp repaired"], by="dense")[0][0].passage.doc_id == "lamp"
    with open_store(kept, create=False) as store:
        assert store.search(["lighthouse lamp repaired"], by="dense")[0][0].passage.doc_id == "lamp"


def test_a_core_that_has_changed_is_left_to_the_package(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = found(kept)

    def changed(*, path: str) -> None: ...

    with monkeypatch.context() as patched:
        patched.setattr(chromadb_rust_bindings, "Bindings", changed)
        assert open_reader(kept / chroma.FOLDER, chroma.COLLECTION) is None
    monkeypatch.setattr(chroma, "open_reader", lambda *_: None)
    assert found(kept) == expected


def test_a_reader_makes_nothing(tmp_path: Path) -> None:
    assert open_reader(tmp_path, chroma.COLLECTION) is None
    assert list(tmp_path.iterdir()) == []
