"""Excel workbooks (XLSX): a document a row of each sheet (``table`` says how), values as they were last computed."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from vectorstore.errors import LoadError
from vectorstore.loaders import archive
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.table import MOST_COLUMNS, Cells, documents
from vectorstore.types import Document, Problem

_KIND = "an Excel"


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read a document a row. Raises LoadError when the file is broken, too large unpacked, or has no rows."""
    data = file.read()
    archive.check(data, file.name, kind=_KIND)
    any_row = False
    with archive.readable_errors(file.name, kind=_KIND):
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            rows = _safely(_rows(sheet), file.name)
            where = f"sheet {sheet.title}"
            for item in documents(rows, name=file.name, doc_id=file.doc_id, where=where):
                any_row = True
                yield item
    finally:
        book.close()
    if not any_row:
        raise LoadError(f"{file.name}: no rows below the first, which names the columns")


def _rows(sheet: Any) -> Iterator[Cells]:  # noqa: ANN401 - its stubs know no read-only sheet
    sheet.reset_dimensions()  # a file may state a million columns that it has not
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        yield Cells(number, [_cell(value) for value in values])


def _safely(rows: Iterator[Cells], name: str) -> Iterator[Cells]:
    """The rows, whatever the library raises over a broken one told as a LoadError."""
    while True:
        with archive.readable_errors(name, kind=_KIND):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a cell may hold
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).replace("\0", "\ufffd")
