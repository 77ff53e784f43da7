"""Files, folders, globs and standard input on their way into a store."""

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from vectorstore import Document, Problem, ingest_files, load, open_store


def put(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def ids(*paths: str | Path) -> list[str]:
    return [item.doc_id for item in load(paths) if isinstance(item, Document)]


def problems(*paths: str | Path) -> list[Problem]:
    return [item for item in load(paths) if isinstance(item, Problem)]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of documents."""
    put(tmp_path, b_txt="Bravo.", a_md="# Alfa", sub__c_txt="Charlie.", sub__deep__d_txt="Delta.", _hidden="x")
    put(tmp_path, rows_jsonl='{"doc_id": "r1", "text": "Row one."}\n{"doc_id": "r2", "text": "Row two."}\n')
    return tmp_path


def test_a_folder_is_read_with_all_below_it_in_order(pages: Path) -> None:
    assert ids(pages) == ["a.md", "b.txt", "r1", "r2", "sub/c.txt", "sub/deep/d.txt"]
    assert problems(pages) == []


def test_a_file_goes_by_its_name(pages: Path) -> None:
    assert ids(pages / "sub" / "c.txt") == ["c.txt"]


def test_a_glob_goes_by_the_folder_before_its_first_star(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(f"{pages}/**/*.txt") == ["b.txt", "sub/c.txt", "sub/deep/d.txt"]
    monkeypatch.chdir(pages)
    assert ids("*/*.txt", "*.md") == ["sub/c.txt", "a.md"]


def test_a_name_with_a_star_in_it_is_a_file_if_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "what*.txt").write_text("A file.")
    assert ids(tmp_path / "what*.txt") == ["what*.txt"]


@pytest.mark.parametrize("name", ["none.txt", "none/*.txt", "void"])
def test_what_is_not_there_is_a_problem_and_the_rest_is_read(pages: Path, name: str) -> None:
    (pages / "void").mkdir()
    (problem,) = problems(pages / name, pages / "b.txt")
    assert problem.source == str(pages / name)
    assert not problem.kept
    assert ids(pages / name, pages / "b.txt") == ["b.txt"]


def test_an_unknown_file_name_is_a_problem_that_names_the_known_ones(pages: Path) -> None:
    put(pages, photo_jpg=b"\xff\xd8")
    (problem,) = problems(pages)
    assert problem.source == str(pages / "photo.jpg")
    assert ".jsonl" in problem.message
    assert "photo.jpg" not in problem.message


def test_two_files_with_one_doc_id_are_a_problem(pages: Path) -> None:
    put(pages, other__b_txt="Another bravo.")
    (problem,) = problems(pages / "b.txt", pages / "other" / "b.txt")
    assert problem.source == "b.txt"
    assert ids(pages / "b.txt", pages / "other" / "b.txt") == ["b.txt"]


def test_an_address_of_another_kind_is_a_problem_and_the_rest_is_read(pages: Path) -> None:
    (problem,) = problems("ftp://example.org/a.html", pages / "b.txt")
    assert "http" in problem.message
    assert ids("ftp://example.org/a.html", pages / "b.txt") == ["b.txt"]


def test_links_out_of_the_folder_are_told_and_not_followed(
    pages: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("Nobody gave this file.")
    (pages / "out.txt").symlink_to(secret)
    (pages / "in.txt").symlink_to(pages / "b.txt")
    (pages / "loop.txt").symlink_to(pages / "loop.txt")
    assert "out.txt" not in ids(pages)
    assert "in.txt" in ids(pages)
    told = {Path(problem.source).name: problem.message for problem in problems(pages)}
    assert told.keys() == {"out.txt", "loop.txt"}
    assert "leads out of the folder" in told["out.txt"]
    assert [Path(one.source).name for one in problems(f"{pages}/o*.txt")] == ["out.txt"]
    assert ids(pages / "out.txt") == ["out.txt"]


def test_a_file_name_that_is_not_text_keeps_only_its_file_out(pages: Path) -> None:
    name = os.fsencode(pages) + b"/bad\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that no Path prints
        file.write(b"A file.")
    assert len(problems(pages)) == 1
    assert "b.txt" in ids(pages)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(pages: Path) -> None:
    (pages / "b.txt").chmod(0)
    assert [problem.source for problem in problems(pages)] == [str(pages / "b.txt")]


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_rows_or_text(monkeypatch: pytest.MonkeyPatch, *, packed: bool) -> None:
    def give(data: bytes) -> list[str]:
        stream = io.BytesIO(gzip.compress(data) if packed else data)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        return ids("-")

    assert give(b'\n{"doc_id": "a", "text": "One."}\n{"doc_id": "b", "text": "Two."}\n') == ["a", "b"]
    first, again, other = give(b"A plain text."), give(b"A plain text."), give(b"Another one.")
    assert first == again != other
    assert first[0].startswith("stdin-")


def test_a_broken_first_row_of_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"doc_id": "a", "text": \n{"doc_id": "b", "text": "Two."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    problem, document = load(["-"])
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert (problem.source, problem.line, document.doc_id) == ("standard input", 1, "b")


def test_a_pipe_is_read_like_standard_input(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"A text in a pipe.")
    os.close(write_end)
    try:
        assert ids(f"/dev/fd/{read_end}")[0].startswith("stdin-")
    finally:
        os.close(read_end)


def test_reading_and_storing_tell_all_problems_in_one_result(pages: Path, tmp_path: Path) -> None:
    rows = [{"doc_id": "clutter", "text": "05:15 PM • 20072 views"}, {"doc_id": "n", "text": 5}]
    put(pages, bad_jsonl="\n".join(map(json.dumps, rows)), empty_txt="")
    with open_store(tmp_path / "store") as store:
        result = ingest_files([pages], store)
        assert (result.added, result.unchanged) == (7, 0)
        assert [(Path(problem.source).name, problem.kept) for problem in result.problems] == [
            ("bad.jsonl", False),
            ("empty.txt", False),
            ("clutter", True),
        ]
        again = ingest_files([pages / "rows.jsonl", pages / "b.txt"], store)
        assert (again.added, again.replaced, again.unchanged) == (0, 0, 3)
        assert store.search(["Delta"], k=1)[0][0].passage.doc_id == "sub/deep/d.txt"


@pytest.mark.slow
def test_a_line_of_twenty_megabytes_is_stored_and_found(tmp_path: Path) -> None:
    needle = " The lighthouse keeper of the northern cape kept a diary. "
    put(tmp_path, big_txt="lorem ipsum dolor sit amet " * 400_000 + needle + "lorem ipsum dolor sit amet " * 400_000)
    with open_store(tmp_path / "store") as store:
        assert ingest_files([tmp_path / "big.txt"], store).added == 1
        hit = store.search(["Who kept a diary at the lighthouse?"], k=1)[0][0]
        assert needle.strip() in hit.passage.text
