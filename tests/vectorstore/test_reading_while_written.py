"""Reading while another process writes: what looks damaged for a moment is asked again, never made anew."""

import logging
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from vectorstore import Document, Store, StoreError, open_store
from vectorstore.errors import VectorsBusy, VectorsDamaged
from vectorstore.lock import only_writer
from vectorstore.stores.chroma import ChromaIndex

WRITER = textwrap.dedent(
    """
    import sys, time
    from vectorstore import Document, open_store

    until = time.monotonic() + float(sys.argv[2])
    with open_store(sys.argv[1]) as store:
        number = 0
        while time.monotonic() < until:
            number += 1
            store.add([Document(doc_id=f"n{number}", text=f"Norrby votes on {number} euros for its harbour.")])
            store.remove([f"n{number - 5}"])
    """
)


def files_of_vectors(folder: Path) -> int:
    return (folder / "chroma" / "chroma.sqlite3").stat().st_ino


@pytest.mark.parametrize("trouble", [VectorsDamaged("Error finding id"), VectorsBusy("database is locked")])
def test_vectors_that_another_process_writes_are_asked_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    store.close()
    before = files_of_vectors(folder)
    asked, really = [], ChromaIndex.nearest

    def nearest(self: ChromaIndex, *given: object, **named: object) -> object:
        asked.append(self)
        if len(asked) < 3:
            raise trouble
        return really(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ChromaIndex, "nearest", nearest)
    with only_writer(folder), open_store(folder, create=False) as reader:
        assert reader.search(["who opened the bridge"], k=1)[0][0].passage.doc_id == "bridge"
    assert len(set(map(id, asked))) == 3  # opened anew each time
    assert files_of_vectors(folder) == before


def test_who_waits_too_long_is_told_so(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr("vectorstore.store._READER_WAITS", 0.2)

    def kept(*given: object) -> object:
        raise VectorsDamaged("Error finding id")

    monkeypatch.setattr(ChromaIndex, "kept", kept)
    with only_writer(folder), open_store(folder, create=False) as reader:
        first = reader.passages("bridge")[0].passage_id
        with pytest.raises(StoreError, match="another process is writing, ask again"):
            reader.vectors([first])


def test_a_store_whose_vectors_were_made_anew_by_another_is_written_on(store: Store, folder: Path) -> None:
    store.search(["bridge"])
    with open_store(folder) as other:
        other.rebuild()
    store.add([Document(doc_id="new", text="A lighthouse is built on the cape.")])
    assert store.remove(["comet"]) == 1
    assert store.search(["a lighthouse"], k=1)[0][0].passage.doc_id == "new"


@pytest.mark.slow
def test_readers_beside_a_busy_writer_are_answered(
    store: Store, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.add(Document(doc_id=f"d{n}", text=f"Words on matter {n} and the harbour of Norrby.") for n in range(200))
    store.close()
    before = files_of_vectors(folder)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), "15"])
    answered = 0
    with caplog.at_level(logging.WARNING):
        while writer.poll() is None:
            with open_store(folder, create=False) as reader:
                for _ in range(5):
                    hits = reader.search(["harbour of Norrby"], k=5)[0]
                    assert len(hits) == 5
                    reader.vectors([hit.passage.passage_id for hit in hits])
                    answered += 1
            time.sleep(0.01)
    assert writer.returncode == 0
    assert answered > 20
    assert "anew" not in caplog.text
    assert files_of_vectors(folder) == before
