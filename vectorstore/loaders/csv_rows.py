"""CSV and tab-separated tables: a document a row (``table`` says how)."""

import csv
import io
from collections.abc import Iterator

from vectorstore.errors import LoadError
from vectorstore.loaders.decoding import decode
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.table import Cells, documents
from vectorstore.types import Document, Problem

_SEPARATORS = ",;\t|"
_SNIFFED = 64 * 1024
_MOST_CELL = 8 * 1024 * 1024


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read a document a row. Raises LoadError for an empty or binary file, and one that is no table."""
    decoded = decode(file.read(), name=file.name)
    if decoded.note:
        yield Problem(source=file.name, message=decoded.note, kept=True)
    separator = "\t" if _plain_name(file).endswith(".tsv") else _separator(decoded.text)
    any_row = False
    try:
        for item in documents(_rows(decoded.text, separator), name=file.name, doc_id=file.doc_id):
            any_row = True
            yield item
    except csv.Error as exc:
        raise LoadError(f"{file.name}: not a table that can be read ({exc}): check its quotation marks") from exc
    if not any_row:
        raise LoadError(f"{file.name}: no rows below the first, which names the columns")


def _plain_name(file: Incoming) -> str:
    return (file.suffix or file.name).lower().removesuffix(".gz")


def _separator(text: str) -> str:
    """The separator that the first line has most of; a comma when it has none, as a table of one column."""
    first = text.lstrip("\n").split("\n", 1)[0][:_SNIFFED]
    return max(_SEPARATORS, key=first.count)


def _rows(text: str, separator: str) -> Iterator[Cells]:
    if csv.field_size_limit() < _MOST_CELL:
        csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for number, values in enumerate(reader, start=1):
        yield Cells(number, values)
