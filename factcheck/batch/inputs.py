"""What a batch reads: JSON Lines, CSV, a text with one claim a line, an Excel sheet. One reader a format, streaming.

A reader yields a ``Record`` for every row, also for one it cannot read: that one says why. Bytes that are not UTF-8
come through as surrogates, so that only the rows that hold them fail.
"""

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from factcheck.batch.rows import Fields
from factcheck.errors import InputError, UsageError

LONGEST = 1_000_000
"""Characters of a line or a cell; more is no claim, and would have to be held in memory."""
STDIN = "-"


class Record(NamedTuple):
    """A row as it stands in the file."""

    place: str
    """Where, for messages: ``line 17``."""
    fields: Fields
    problem: str | None = None
    """Why it cannot be read; None when it can."""


Reader = Callable[[str, BinaryIO], Iterator[Record]]


@dataclass(frozen=True)
class Input:
    """A kind of file with claims."""

    name: str
    read: Reader


def json_lines(name: str, stream: BinaryIO) -> Iterator[Record]:
    """One JSON object a line; blank lines are no rows."""
    for number, line in _lines(name, stream):
        if not line.strip():
            continue
        place = f"line {number}"
        if len(line) > LONGEST:
            yield Record(place, {}, f"is longer than {LONGEST:,} characters")
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as exc:
            yield Record(place, {}, f"is not JSON: {exc}".splitlines()[0][:200])
            continue
        yield Record(place, value) if isinstance(value, dict) else Record(place, {}, "is not a JSON object")


def plain_text(name: str, stream: BinaryIO) -> Iterator[Record]:
    """One claim a line; blank lines are no rows."""
    for number, line in _lines(name, stream):
        if len(line) > LONGEST:
            yield Record(f"line {number}", {}, f"is longer than {LONGEST:,} characters")
        elif line.strip():
            yield Record(f"line {number}", {"claim": line.strip()})


def csv_table(name: str, stream: BinaryIO) -> Iterator[Record]:
    """A header with ``claim`` in it, then a row for each; commas, semicolons or tabs between. Empty rows are none.

    Raises InputError when the header has no ``claim``.
    """
    with _as_text(name, stream) as text:
        first = text.readline(LONGEST)
        separator = max(",;\t|", key=first.count)
        header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=separator), [])]
        _need_claim(name, header)
        yield from _table_rows(text, header, separator)


def _table_rows(text: io.TextIOWrapper, header: list[str], separator: str) -> Iterator[Record]:
    table = csv.reader(_bounded(text), delimiter=separator)
    while True:
        try:
            cells = next(table, None)
        except csv.Error as exc:
            yield Record(f"line {table.line_num + 1}", {}, f"is no row of a CSV file: {exc}")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            extra = f"has {len(cells)} cells under {len(header)} headings" if len(cells) > len(header) else None
            yield Record(f"line {table.line_num + 1}", dict(zip(header, cells, strict=False)), extra)


def excel_sheet(name: str, stream: BinaryIO) -> Iterator[Record]:
    """The first sheet that has a heading ``claim`` in its first row, read row by row; formulas count as their value."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as exc:  # openpyxl lets errors of zip, XML and its own through
        raise InputError(f"{name}: cannot be read as an Excel file: {type(exc).__name__}: {exc}") from exc
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            header = ["" if cell is None else str(cell).strip().lower() for cell in next(rows, ())]
            if "claim" in header:
                for number, cells in enumerate(rows, 2):
                    values = {key: _cell(cell) for key, cell in zip(header, cells, strict=False) if key}
                    if any(values.values()):
                        yield Record(f"row {number}", values)
                return
        _need_claim(name, [])
    finally:
        book.close()


INPUTS = (
    Input("jsonl", json_lines),
    Input("csv", csv_table),
    Input("tsv", csv_table),
    Input("txt", plain_text),
    Input("xlsx", excel_sheet),
)


def input_of(source: str) -> Input | None:
    """The kind of file that the end of a name says, ``.gz`` aside; None when it is none with claims."""
    suffix = Path(source.lower().removesuffix(".gz")).suffix.removeprefix(".")
    return next((kind for kind in INPUTS if kind.name == suffix), None)


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """The bytes of a file (of what is in it, for ``.gz``) or of standard input; UsageError names the file."""
    if source == STDIN:
        yield sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as file:
            if source.lower().endswith(".gz"):
                with gzip.open(file) as inside:
                    yield inside  # type: ignore[misc]  # a binary file in all but name
            else:
                yield file
    except FileNotFoundError as exc:
        raise UsageError(f"{source}: no such file") from exc
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        raise InputError(f"{source}: is not a whole gzip file: {exc}") from exc


def read_records(source: str, kind: Input | None = None) -> Iterator[Record]:
    """The rows of a file of claims; raises UsageError or InputError that names it.

    Without ``kind`` and on standard input the first character decides: ``{`` begins JSON Lines, else it is text.
    """
    kind = kind or input_of(source)
    with opened(source) as stream:
        if kind is None:
            stream = stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
            start = cast("io.BufferedReader", stream).peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
            kind = next(one for one in INPUTS if one.name == ("jsonl" if start.startswith(b"{") else "txt"))
        yield from kind.read("standard input" if source == STDIN else source, stream)


def count_records(source: str) -> int | None:
    """How many rows a file has, counted without reading them; None where that cannot be known beforehand."""
    kind = input_of(source)
    if source == STDIN or kind is None:
        return None
    if kind.name in ("jsonl", "txt"):
        with opened(source) as stream:
            return sum(1 for line in stream if line.strip())
    return sum(1 for _ in read_records(source, kind))


def _need_claim(name: str, header: list[str]) -> None:
    if "claim" not in header:
        raise InputError(f"{name}: has no heading 'claim' in its first row; name the column with the claims so")


@contextmanager
def _as_text(name: str, stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    from vectorstore.loaders.decoding import encoding_by_mark

    start = stream.peek(4)[:4] if hasattr(stream, "peek") else b""
    marked = encoding_by_mark(start)
    if marked not in (None, "utf-8-sig"):
        raise InputError(f"{name}: is {marked}, not UTF-8; save it as UTF-8")
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield text
    finally:
        text.detach()  # whoever opened the stream closes it


def _lines(name: str, stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Numbered lines, none longer than ``LONGEST`` and a bit: the rest of a longer one is passed over."""
    with _as_text(name, stream) as text:
        yield from enumerate(_bounded(text), 1)


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith("\n"):
            line = text.readline(LONGEST)
            if not line:
                break


def _cell(value: object) -> str | None:
    """A cell as text: a date as ISO 8601, a whole number without a point."""
    if value is None:
        return None
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
