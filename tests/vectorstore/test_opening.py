"""Opening: what is a store and what is not, and one line that says what to do about it."""

import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from vectorstore import Document, Store, StoreError, StoreLocked, open_store
from vectorstore.lock import only_writer


def fails(location: str | Path, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(location, create=create).close()
    message = str(caught.value)
    assert "\n" not in message
    assert str(location) in message
    return message


def test_a_store_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    assert "factcheck ingest" in fails(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()
    (tmp_path / "empty").mkdir()
    assert "factcheck ingest" in fails(tmp_path / "empty", create=False)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    assert "not a store" in fails(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_is_not_a_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes")
    assert "is a file" in fails(path)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "documents.sqlite3") as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.close()
    assert "not a factcheck store" in fails(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"this is no database at all" * 100], ids=["empty", "garbage"])
def test_a_damaged_store_says_so(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "documents.sqlite3").write_bytes(damage)
    fails(tmp_path, create=False)


def test_damage_in_the_middle_is_one_line_too(store: Store, folder: Path) -> None:
    store.close()
    path = folder / "documents.sqlite3"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x55" * (len(data) - 4096)
    path.write_bytes(data)

    def use() -> None:
        with open_store(folder) as broken:
            list(broken.sources())

    with pytest.raises(StoreError, match="damaged"):
        use()


def test_a_store_of_a_newer_version_is_not_touched(store: Store, folder: Path) -> None:
    store.close()
    connection = sqlite3.connect(folder / "documents.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "format 99" in fails(folder)


def test_a_store_that_was_deleted_while_it_was_open_says_so(store: Store, folder: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(StoreError, match="is gone"):
        store.count()
    with pytest.raises(StoreError, match="cannot be written"):
        store.add([Document(doc_id="b", text="Another one.")])


def test_a_closed_store_says_that_it_is_closed(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.count()


def test_a_folder_name_may_hold_anything(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    folder = tmp_path / "a b#?%20 é" / "store"
    with open_store(str(folder)) as store:
        store.add(documents[:1])
    with open_store(folder, create=False) as store:
        assert store.search(["bridge"], k=1)[0][0].passage.doc_id == "bridge"


HOLDER = """
    import sys
    from vectorstore import Document, open_store

    def documents():
        print("writing", flush=True)
        sys.stdin.readline()
        yield Document(doc_id="late", text="A late document about a lighthouse.")

    with open_store(sys.argv[1]) as store:
        store.add(documents())
"""


def held_by_another_process(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def test_a_second_process_reads_while_the_first_writes_and_is_told_not_to_write(store: Store, folder: Path) -> None:
    with held_by_another_process(folder) as process:
        with pytest.raises(StoreLocked) as caught:
            store.add([Document(doc_id="b", text="Another one.")])
        assert str(folder) in str(caught.value)
        assert "\n" not in str(caught.value)
        with pytest.raises(StoreLocked):
            store.remove(["bridge"])
        assert store.count() == 4
        assert store.search(["bridge"], k=1)[0][0].passage.doc_id == "bridge"
        with open_store(folder, create=False) as reader:
            assert reader.search(["bridge"], k=1)[0][0].passage.doc_id == "bridge"
        process.communicate("\n")
    assert store.search(["a lighthouse"], k=1)[0][0].passage.doc_id == "late"
    assert store.add([Document(doc_id="b", text="Another one.")]).added == 1
    assert store.search(["a lighthouse", "another one"], k=1)[0][0].passage.doc_id == "late"


def test_a_writer_waits_for_one_that_is_soon_done(store: Store, folder: Path) -> None:
    held, done = threading.Event(), threading.Event()

    def tidy_up() -> None:
        with only_writer(folder):
            held.set()
            done.wait(0.5)

    other = threading.Thread(target=tidy_up)
    other.start()
    assert held.wait(10)
    assert store.add([Document(doc_id="b", text="Another one.")]).added == 1
    other.join()


def test_a_writer_that_is_killed_leaves_no_lock(store: Store, folder: Path) -> None:
    with held_by_another_process(folder) as process:
        process.kill()
    assert store.add([Document(doc_id="b", text="Another one.")]).added == 1
