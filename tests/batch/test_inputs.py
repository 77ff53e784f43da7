"""Files of claims: every row comes out, also one that cannot be read."""

import datetime
import gzip
import io
import json
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.batch.inputs import LONGEST, count_records, csv_table, json_lines, plain_text, read_records
from factcheck.batch.rows import Row
from factcheck.batch.sources import rows_of
from factcheck.errors import InputError, UsageError


def rows(path: Path) -> list[Row]:
    return list(rows_of(str(path)))


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


ROW = {"claim_id": "a", "claim": "Rain fell in Porto.", "as_of": "2024-05-01", "context": "weather"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("c.jsonl", json.dumps(ROW).encode() + b"\n", id="JSON Lines"),
        pytest.param("c.jsonl", b"\xef\xbb\xbf" + json.dumps(ROW).encode(), id="JSON Lines with a mark"),
        pytest.param("c.jsonl.gz", json.dumps(ROW).encode(), id="JSON Lines in gzip"),
        pytest.param(
            "c.csv", b"claim_id,claim,as_of,context\r\na,Rain fell in Porto.,2024-05-01,weather\r\n", id="CSV"
        ),
        pytest.param(
            "c.csv", b"Claim;Claim_ID;As_Of;Context\nRain fell in Porto.;a;2024-05-01;weather", id="semicolons"
        ),
        pytest.param(
            "c.tsv", b"claim_id\tclaim\tas_of\tcontext\na\tRain fell in Porto.\t2024-05-01\tweather\n", id="tabs"
        ),
    ],
)
def test_a_row_is_read_the_same_from_every_format(tmp_path: Path, name: str, data: bytes) -> None:
    (row,) = rows(written(tmp_path, name, data))
    assert row.claim is not None
    assert row.claim.model_dump(include={"claim_id", "claim", "context"}) == {k: ROW[k] for k in ROW if k != "as_of"}
    assert row.claim.as_of == datetime.date(2024, 5, 1)


def test_an_excel_sheet_is_read_with_dates_and_numbers_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("claims")
    sheet.append(["Claim_ID", "claim", "as_of", None])
    sheet.append([7, "Rain fell in Porto.", datetime.datetime(2024, 5, 1), "ignored"])  # noqa: DTZ001 - as Excel has it
    sheet.append([None, None, None, None])
    sheet.append([None, 12, None, None])
    book.save(tmp_path / "c.xlsx")
    first, second = rows(tmp_path / "c.xlsx")
    assert first.claim is not None
    assert (first.claim_id, first.claim.as_of) == ("7", datetime.date(2024, 5, 1))
    assert (second.claim_id, second.text, second.failure) == ("row-2", "12", None)


def test_a_text_has_one_claim_a_line_and_ids_from_the_row(tmp_path: Path) -> None:
    found = rows(written(tmp_path, "c.txt", "Rain fell.\n\n  Snow fell – twice.\r\n".encode()))
    assert [(row.claim_id, row.text) for row in found] == [("row-1", "Rain fell."), ("row-2", "Snow fell – twice.")]


BAD = [
    pytest.param(b"{oops", "not JSON", id="not JSON"),
    pytest.param(b"[1]", "not a JSON object", id="not an object"),
    pytest.param(b"[" * 100_000, "not JSON", id="nested without end"),
    pytest.param(b"{}", "no claim", id="no claim"),
    pytest.param(b'{"claim": "  "}', "no claim", id="only spaces"),
    pytest.param(b'{"claim": 7}', "not a text", id="a number"),
    pytest.param(b'{"claim": "Rain.", "as_of": "soon"}', "'soon' is not a date", id="no date"),
    pytest.param(b'{"claim": "Rain \xff fell."}', "not valid UTF-8", id="not UTF-8"),
    pytest.param(b'{"claim": "\\ud800"}', "not valid UTF-8", id="half a character"),
    pytest.param(b'{"claim": "' + b"x" * (LONGEST + 5) + b'"}', "longer than", id="too long"),
]


@pytest.mark.parametrize(("line", "says"), BAD)
def test_a_bad_row_is_a_failure_that_names_its_line_and_the_next_is_read(
    tmp_path: Path, line: bytes, says: str
) -> None:
    first, second = rows(written(tmp_path, "c.jsonl", line + b'\n{"claim": "Rain fell."}\n'))
    assert first.claim is None
    assert first.failure is not None
    assert says in first.failure.message
    assert first.failure.message.startswith("line 1: ")
    first.failed().model_dump_json()  # can be written
    assert second.claim is not None
    assert second.claim_id == "row-2"


def test_a_csv_row_with_too_many_cells_fails_alone(tmp_path: Path) -> None:
    first, second = rows(written(tmp_path, "c.csv", b"claim\nRain fell, they said.\nSnow fell.\n"))
    assert first.failure is not None
    assert "2 cells under 1 heading" in first.failure.message
    assert second.claim is not None


@pytest.mark.parametrize("name", ["c.csv", "c.xlsx"])
def test_a_table_without_the_heading_says_what_is_missing(tmp_path: Path, name: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.save(tmp_path / "c.xlsx")
    (tmp_path / "c.csv").write_text("text\nRain.\n")
    with pytest.raises(InputError, match="no heading 'claim'"):
        rows(tmp_path / name)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.jsonl: no such file"):
        rows(tmp_path / "gone.jsonl")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b'{"claim": "x"}')[:-9])
    with pytest.raises(InputError, match="not a whole gzip file"):
        rows(tmp_path / "c.jsonl.gz")
    (tmp_path / "c.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match="Excel"):
        rows(tmp_path / "c.xlsx")
    with pytest.raises(InputError, match="utf-16"):
        rows(written(tmp_path, "c.txt", "Rain.".encode("utf-16")))


@pytest.mark.parametrize("name", ["c.jsonl", "c.txt", "c.csv"])
def test_rows_are_counted_as_they_are_read(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, b"claim\n\nRain fell.\n\nSnow fell.\n")
    assert count_records(str(path)) == len(list(read_records(str(path))))


@given(data=st.binary(max_size=300))
def test_any_bytes_are_rows_or_one_error(data: bytes) -> None:
    for read in (json_lines, plain_text, csv_table):
        stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
        with suppress(InputError):
            list(read("claims", stream))


@given(texts=st.lists(st.text(min_size=1).filter(lambda text: text.strip() != "")))
def test_what_json_lines_holds_comes_through_exactly(texts: list[str]) -> None:
    data = "".join(json.dumps({"claim": text}) + "\n" for text in texts).encode()
    found = [record.fields["claim"] for record in json_lines("c", io.BufferedReader(io.BytesIO(data)))]  # type: ignore[arg-type]
    assert found == texts
