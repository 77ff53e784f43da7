"""An index that is damaged, lost, or another store's is noticed and made again, never answered from."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vectorstore import Document, Store, StoreError, open_store
from vectorstore.store import FolderStore
from vectorstore.stores import open_index

Look = Callable[[str], Any]
"""The ``look`` fixture: a word to what is kept where."""
ASKED = ["Who opened the bridge?", "workers of the port", "a celestial body", "cafe"]


def found(store: Store) -> list[list[str]]:
    """What answers the questions, in order; vectors that are made again may differ in their last digit."""
    return [[hit.passage.passage_id for hit in hits] for hits in store.search(ASKED)]


def sql(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "documents.sqlite3", isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_damaged_vectors_are_made_again(store: Store, folder: Path, look: Look) -> None:
    expected = found(store)
    store.close()
    for path in (folder / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage" * 1000)
    with open_store(folder) as broken:
        assert found(broken) == expected
    traces = look("bridge")
    assert traces.vectors == traces.passage_ids


def test_vectors_that_are_gone_are_made_again(store: Store, folder: Path) -> None:
    expected = found(store)
    store.close()
    shutil.rmtree(folder / "chroma")
    with open_store(folder, create=False) as bare:
        assert found(bare) == expected


def test_vectors_of_another_store_are_not_answered_from(store: Store, folder: Path, tmp_path: Path) -> None:
    expected = found(store)
    store.close()
    with open_store(tmp_path / "other") as other:
        other.add(Document(doc_id=f"d{n}", text=f"Cattle number {n} graze on the hill.") for n in range(4))
    shutil.rmtree(folder / "chroma")
    shutil.copytree(tmp_path / "other" / "chroma", folder / "chroma")
    with open_store(folder, create=False) as mixed:
        assert found(mixed) == expected


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(["DROP TABLE words"], id="gone"),
        pytest.param(["DELETE FROM words_docsize WHERE id = 2"], id="a passage missing"),
        pytest.param(["DELETE FROM words_data WHERE id > 10"], id="lists lost"),
        pytest.param(["UPDATE words_data SET block = zeroblob(40) WHERE id > 10"], id="lists overwritten"),
        pytest.param(["DELETE FROM sqlite_schema WHERE name = 'words_data'"], id="table lost"),
        pytest.param(["DELETE FROM sqlite_schema WHERE name = 'words_config'"], id="table of settings lost"),
    ],
)
def test_a_damaged_word_index_is_made_again(store: Store, folder: Path, look: Look, damage: list[str]) -> None:
    expected = found(store)
    store.close()
    sql(folder, *damage)
    with open_store(folder, create=False) as broken:
        assert found(broken) == expected
    assert look("tejo").words == {"bridge"}  # with FTS5's own check of the index


def test_a_writer_mends_the_word_index_before_it_writes(store: Store, folder: Path, look: Look) -> None:
    store.close()
    sql(folder, "DROP TABLE words")
    with open_store(folder) as broken:
        broken.add([Document(doc_id="late", text="A late document about a lighthouse.")])
    assert look("lighthouse").words == {"late"}


def test_a_rebuild_makes_everything_anew_and_says_how_far_it_is(store: Store, folder: Path, look: Look) -> None:
    expected = found(store)
    told: list[tuple[int, int]] = []
    assert store.rebuild(lambda done, total: told.append((done, total))) == 4
    assert told == [(4, 4)]
    assert found(store) == expected
    traces = look("bridge")
    assert traces.vectors == traces.passage_ids


def test_a_rebuild_that_is_stopped_goes_on_at_the_next_search(store: Store, folder: Path, look: Look) -> None:
    expected = found(store)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.rebuild(stop)
    store.close()
    index = open_index("chroma", folder)
    index.drop(sorted(index.passages())[1:])
    index.close()
    with open_store(folder, create=False) as again:
        assert found(again) == expected


def test_while_another_writes_a_damaged_index_is_an_error_and_no_answer(store: Store, folder: Path) -> None:
    from vectorstore.lock import only_writer

    store.close()
    sql(folder, "DROP TABLE words")
    with open_store(folder, create=False) as broken:
        with only_writer(folder), pytest.raises(StoreError, match="another process is writing") as caught:
            found(broken)
        assert "\n" not in str(caught.value)
        assert found(broken)[0][0].startswith("bridge#")


def test_damage_that_shows_up_between_two_questions_is_mended_too(store: Store, folder: Path) -> None:
    expected = found(store)
    assert isinstance(store, FolderStore)
    sql(folder, "DROP TABLE words")
    assert found(store) == expected
