"""JSON Lines: which rows are documents, which are told and why, and that none stops the others."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import Document, LoadError, Problem
from vectorstore.loaders import Incoming, load_file

PROSE = "Der Bürgermeister eröffnete die Brücke über den Fluss. Sie kostete 40 Millionen Euro und ist sehr schön."


def load(name: str, data: bytes) -> list[Document | Problem]:
    return list(load_file(Incoming(name, io.BytesIO(data), doc_id=name)))


def texts(items: list[Document | Problem]) -> list[str]:
    return [item.text.strip() for item in items if isinstance(item, Document)]


def problems(items: list[Document | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


GOOD = '{"doc_id": "%s", "text": "A good row."}'


def rows(*lines: str | bytes) -> list[Document | Problem]:
    return load("rows.jsonl", b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))


@pytest.mark.parametrize(
    "bad",
    [
        "{not json", "[1, 2]", '"text"', "12", '{"doc_id": "x"}', '{"text": "no id"}', '{"doc_id": 5, "text": "t"}',
        '{"doc_id": "x", "text": 5}', '{"doc_id": "x", "text": ""}', '{"doc_id": "x", "text": null}', "[" * 100_000,
        '{"doc_id": "", "text": "t"}', '{"doc_id": "first", "text": "the same id again"}', '{"a": 1e99999',
        '{"doc_id": "x", "text": "' + "y" * 100, '{"doc_id": "' + "x" * 600 + '", "text": "t"}',
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_the_good_ones_around_it_are_kept(bad: str) -> None:
    items = rows(GOOD % "first", "", bad, GOOD % "last")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["first", "last"]
    (problem,) = problems(items)
    assert (problem.source, problem.line, problem.kept) == ("rows.jsonl", 3, False)
    assert "\n" not in problem.message
    assert len(problem.message) < 300


@pytest.mark.parametrize(
    ("field", "value"),
    [("published_at", "mid-July"), ("published_at", 2025), ("published_at", "2025-13-45"), ("title", 7),
     ("source_rank", 3), ("source_rank", "high"), ("url", ["a"]), ("language", {})],
)  # fmt: skip
def test_a_bad_value_of_an_optional_field_is_said_and_kept_in_the_metadata(field: str, value: object) -> None:
    problem, document = rows(json.dumps({"doc_id": "a", "text": "A text.", field: value, "desk": "world"}))
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert problem.kept
    assert field in problem.message
    assert getattr(document, field) is None
    assert document.metadata == {field: value, "desk": "world"}


@pytest.mark.parametrize("value", ["", None])
def test_a_missing_value_is_no_problem(value: str | None) -> None:
    (document,) = rows(json.dumps({"doc_id": "a", "text": "A text.", "published_at": value, "title": value}))
    assert isinstance(document, Document)
    assert document.published_at is None


def test_all_fields_of_the_contract_are_read_and_others_kept() -> None:
    row = {
        "doc_id": "a", "text": "A text.", "title": "T", "url": "https://a.example", "publisher": "P",
        "published_at": "2025-07-23T10:00:00Z", "language": "en", "source_rank": 0.5, "desk": {"name": "world"},
        "metadata": {"kind": "wire"},
    }  # fmt: skip
    (document,) = rows(json.dumps(row))
    assert isinstance(document, Document)
    assert document.metadata == {"desk": {"name": "world"}, "kind": "wire"}
    assert document.model_dump(exclude={"metadata"}, exclude_defaults=True) == {
        k: v for k, v in row.items() if k not in {"desk", "metadata"}
    }


def test_half_a_character_is_replaced_and_said() -> None:
    problem, document = rows('{"doc_id": "a", "text": "bad \\ud83d end", "title": "\\udc00"}')
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert document.text == "bad ? end"


def test_a_row_in_another_encoding_is_kept_and_said() -> None:
    items = rows(GOOD % "a", '{"doc_id": "b", "text": "Brücke"}'.encode("cp1252"), GOOD % "c")
    assert texts(items) == ["A good row.", "Brücke", "A good row."]
    assert [(problem.line, problem.kept) for problem in problems(items)] == [(2, True)]


def test_a_row_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.loaders.incoming.MOST_BYTES", 1000)
    items = rows(GOOD % "a", '{"doc_id": "b", "text": "' + "x" * 5000 + '"}', GOOD % "c")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["a", "c"]
    assert [(problem.line, problem.kept) for problem in problems(items)] == [(2, False)]


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.loaders.incoming.MOST_BYTES", 1000)
    with pytest.raises(LoadError, match="split"):
        load("a.txt", b"x" * 1001)


def test_rows_are_read_one_by_one() -> None:
    class Endless(io.RawIOBase):
        """A file without end."""

        count = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            row = (GOOD % self.count + "\n").encode()
            self.count += 1
            buffer[: len(row)] = row
            return len(row)

    items: Iterator[Document | Problem] = load_file(Incoming("rows.jsonl", io.BufferedReader(Endless())))
    assert [getattr(next(items), "doc_id", None) for _ in range(3)] == ["0", "1", "2"]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_row_stops_the_others(lines: list[bytes]) -> None:
    items = rows(GOOD % "first", *lines, GOOD % "last")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["first", "last"]


def test_a_file_on_disk_is_read_like_one_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    with path.open("rb") as stream:
        assert texts(list(load_file(Incoming("a.txt", stream, doc_id="a")))) == [PROSE]
