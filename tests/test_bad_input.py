"""Bad input through the real command line: a clear line, the right exit code, and a store that stays usable."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vectorstore import open_store
from vectorstore.types import Document

Run = Callable[..., Any]

GOOD = {"doc_id": "good", "text": "The harbour bridge reopened on 6 March 2024, city engineers said."}
OTHER = {"doc_id": "other", "text": "The council put the cost of the harbour bridge at 31 million euros."}


def line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def usable(store: Path, run: Run, tmp_path: Path) -> Iterator[None]:
    """After the test, the store takes a document and lists it."""
    yield
    path = tmp_path / "afterwards.jsonl"
    path.write_bytes(line({"doc_id": "afterwards", "text": "Ferries ran again on 7 March 2024."}))
    assert run("ingest", path, "--store", store).code == 0
    assert "afterwards" in [row["doc_id"] for row in run("sources", "--store", store).rows]


@pytest.fixture
def ingest(run: Run, store: Path, tmp_path: Path) -> Callable[..., Any]:
    """Write bytes to a file of this name and ingest it."""

    def _ingest(data: bytes, name: str = "documents.jsonl") -> Any:
        path = tmp_path / name
        path.write_bytes(data)
        return run("ingest", path, "--store", store)

    return _ingest


def ids(run: Run, store: Path) -> list[str]:
    return [row["doc_id"] for row in run("sources", "--store", store).rows]


pytestmark = pytest.mark.usefixtures("usable")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("empty.txt", b"", "empty", id="empty text"),
        pytest.param("empty.jsonl", b"", "empty", id="empty rows"),
        pytest.param("blank.md", b" \n\n\t", "empty", id="only white space"),
        pytest.param("binary.txt", bytes(range(256)) * 20, "binary", id="binary"),
        pytest.param("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "no format", id="no such format"),
        pytest.param("half.jsonl.gz", gzip.compress(line(GOOD) * 50)[:-20], "gzip", id="half a gzip file"),
    ],
)
def test_a_file_that_holds_nothing_to_read_is_named(
    ingest: Callable[..., Any], run: Run, store: Path, name: str, data: bytes, says: str
) -> None:
    ran = ingest(data, name)
    assert ran.code == 2
    complaints = [said for said in ran.err.splitlines() if name in said]
    assert len(complaints) == 1
    assert says in complaints[0]
    assert "Traceback" not in ran.err


def test_an_invalid_line_is_named_and_the_good_ones_around_it_are_kept(
    ingest: Callable[..., Any], run: Run, store: Path
) -> None:
    ran = ingest(line(GOOD) + b'{"doc_id": "broken", "text": \n' + line(OTHER))
    assert ran.code == 2
    assert "documents.jsonl, line 2" in ran.err
    assert ids(run, store) == ["good", "other"]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(b"[1, 2]\n", id="not an object"),
        pytest.param(b'{"text": "without an id"}\n', id="no doc_id"),
        pytest.param(b'{"doc_id": "x"}\n', id="no text"),
        pytest.param(b'{"doc_id": "x", "text": ""}\n', id="empty text"),
        pytest.param(b'{"doc_id": 5, "text": "number for an id"}\n', id="wrong type"),
        pytest.param(b"[" * 100_000 + b"\n", id="nested too deep"),
        pytest.param(b'{"doc_id": "x", "text": "' + b"a" * 20_000_000 + b"\n", id="20 MB that never end"),
    ],
)
def test_a_row_that_is_no_document_is_named_by_its_line(
    ingest: Callable[..., Any], run: Run, store: Path, row: bytes
) -> None:
    ran = ingest(line(GOOD) + row + line(OTHER))
    assert ran.code == 2
    assert "documents.jsonl, line 2" in ran.err
    assert max(len(said) for said in ran.err.splitlines()) < 600
    assert ids(run, store) == ["good", "other"]


def test_a_missing_file_is_named_and_the_others_are_read(run: Run, store: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_bytes(line(GOOD))
    ran = run("ingest", tmp_path / "nowhere.txt", good, "--store", store)
    assert ran.code == 2
    assert "nowhere.txt" in ran.err
    assert ids(run, store) == ["good"]


def test_mixed_encodings_are_kept_and_told(ingest: Callable[..., Any], run: Run, store: Path) -> None:
    ran = ingest("The bridge in Zürich reopened.\n".encode() + "So did the one in Genève.\n".encode("cp1252"), "m.txt")
    assert ran.code == 0
    assert "m.txt" in ran.err
    assert "encoding" in ran.err
    text = run("sources", "show", "m.txt", "--store", store).rows[0]["text"]
    assert "Zürich" in text
    assert "Genève" in text


def test_a_document_of_five_characters_is_a_document(ingest: Callable[..., Any], run: Run, store: Path) -> None:
    assert ingest(line({"doc_id": "tiny", "text": "Open."})).code == 0
    assert ids(run, store) == ["tiny"]


def test_an_unknown_date_keeps_the_document_without_one_and_says_so(
    ingest: Callable[..., Any], run: Run, store: Path
) -> None:
    ran = ingest(line(GOOD | {"published_at": "the other day"}))
    assert ran.code == 0
    assert "the other day" in ran.err
    row = run("sources", "--undated", "--store", store).rows[0]
    assert (row["doc_id"], row["published_at"]) == ("good", None)


@pytest.mark.parametrize("command", ["check", "extract", "verify"])
def test_an_as_of_that_is_no_date_is_wrong_usage(run: Run, store: Path, tmp_path: Path, command: str) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The bridge reopened.")
    ran = run(command, draft, "--as-of", "nonsense", "--store", store)
    assert ran.code == 2
    assert "'nonsense'" in ran.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "is empty"), (b"\x00\x01\x02", "binary")],
    ids=["empty", "binary"],
)
def test_a_draft_that_is_no_text_is_refused(run: Run, store: Path, tmp_path: Path, data: bytes, says: str) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(data)
    for command in ("check", "extract"):
        ran = run(command, draft, "--store", store)
        assert ran.code == 2
        assert says in ran.err


def test_a_draft_that_is_not_there_is_refused(run: Run, store: Path) -> None:
    ran = run("check", "nowhere.md", "--store", store)
    assert (ran.code, ran.err) == (2, "factcheck: nowhere.md: no such file\n")


def test_an_empty_claim_is_wrong_usage(run: Run, store: Path) -> None:
    assert run("verify", "  ", "--store", store).code == 2


@pytest.mark.parametrize("arguments", [["sources"], ["verify", "The bridge is open."]], ids=" ".join)
def test_a_store_that_is_not_there_is_a_failed_service_and_is_not_made(
    run: Run, store: Path, arguments: list[str]
) -> None:
    ran = run(*arguments, "--store", store)
    assert ran.code == 3
    assert "factcheck ingest" in ran.err
    assert not store.exists()


def test_a_folder_of_something_else_is_not_taken_for_a_store(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear editor")
    ran = run("ingest", folder / "letter.txt", "--store", folder)
    assert ran.code == 3
    assert "letters" in ran.err
    assert [one.name for one in folder.iterdir()] == ["letter.txt"]


def test_a_second_process_that_writes_is_turned_away(store: Path, tmp_path: Path) -> None:
    begun, done = threading.Event(), threading.Event()
    path = tmp_path / "good.jsonl"
    path.write_bytes(line(GOOD))

    def slowly() -> Iterator[Document]:
        begun.set()
        done.wait(60)
        yield Document(doc_id="slow", text="Written slowly, by the first of two processes.")

    with open_store(store) as first:
        writing = threading.Thread(target=first.add, args=[slowly()])
        writing.start()
        try:
            assert begun.wait(60)
            second = subprocess.run(
                [sys.executable, "-m", "factcheck", "ingest", str(path), "--store", str(store)],
                capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
        finally:
            done.set()
            writing.join()
        assert second.returncode == 3
        assert len(second.stderr.splitlines()) == 1
        assert "another process" in second.stderr
        assert [source.doc_id for source in first.sources()] == ["slow"]


@pytest.mark.slow
def test_twenty_megabytes_in_one_line_are_one_document(ingest: Callable[..., Any], run: Run, store: Path) -> None:
    text = b"The talks in the harbour office went on. " * 500_000
    assert ingest(text, "long.txt").code == 0
    assert ids(run, store) == ["long.txt"]
