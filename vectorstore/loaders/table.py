"""Rows of a table to documents: a row is one, found by the names in the first row, else by its number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from vectorstore.types import Document, Problem

_NAMES = {
    "doc_id": "doc_id", "id": "doc_id", "text": "text", "body": "text", "content": "text", "article": "text",
    "title": "title", "headline": "title", "url": "url", "link": "url", "publisher": "publisher",
    "source": "publisher", "published_at": "published_at", "published": "published_at", "date": "published_at",
    "language": "language", "lang": "language", "author": "author", "source_rank": "source_rank",
}  # fmt: skip
"""Names of columns that mean a field, compared without case; the first column of a name counts."""
_OPTIONAL = frozenset({"published_at", "source_rank"})
"""A document is kept without one of these when its value is not valid; the value goes to the metadata."""
MOST_COLUMNS = 500
_MOST_CELL = 1_000_000


class Cells(NamedTuple):
    """One row as it stands in the file."""

    number: int
    """As the program that made the file numbers it, from 1."""
    values: Sequence[str]


def documents(rows: Iterable[Cells], *, name: str, doc_id: str, where: str = "") -> Iterator[Document | Problem]:
    """Make a document of each row after the first; ``where`` names the sheet, for the locator.

    With a column for the text, the other columns are what is known about it. Without one, the text of a row is all
    of its cells, each with the name of its column.
    """
    numbered = iter(rows)
    head = next(numbered, None)
    if head is None:
        return
    names = [" ".join(cell.split()) or f"column {n}" for n, cell in enumerate(head.values[:MOST_COLUMNS], start=1)]
    fields = _fields(names)
    seen: set[str] = set()
    for row in numbered:
        if not any(cell.strip() for cell in row.values):
            continue
        for item in _row(row, names, fields, name=name, doc_id=doc_id, where=where):
            if isinstance(item, Document):
                if item.doc_id in seen:
                    message = f"doc_id {item.doc_id[:80]!r} stands in an earlier row too: give each row its own"
                    yield Problem(source=name, line=row.number, message=message)
                    continue
                seen.add(item.doc_id)
            yield item


def _fields(names: Sequence[str]) -> dict[str, int]:
    """Which column holds which field; without a text there are no fields, as "date" may be any date then."""
    found: dict[str, int] = {}
    for column, name in enumerate(names):
        field = _NAMES.get(re.sub(r"[\s-]+", "_", name.casefold()))
        if field is not None:
            found.setdefault(field, column)
    return found if "text" in found else {}


def _row(
    row: Cells, names: Sequence[str], fields: dict[str, int], *, name: str, doc_id: str, where: str
) -> Iterator[Document | Problem]:
    cells = {column: value.strip()[:_MOST_CELL] for column, value in enumerate(row.values[: len(names)])}
    values: dict[str, object] = {field: cells[column] for field, column in fields.items() if cells.get(column)}
    rest = {names[c]: v for c, v in cells.items() if v and c not in fields.values()}
    locator = f"{where}, row {row.number}" if where else f"row {row.number}"
    own_id = f"{doc_id or name}#{locator.replace(', ', '-').replace(' ', '-')}"
    said = {"locator": locator, "doc_id": own_id, "metadata": rest} | values
    if not fields:
        said |= {"text": "\n".join(f"{column}: {value}" for column, value in rest.items()), "metadata": {}}
    if len(row.values) > len(names) and any(cell.strip() for cell in row.values[len(names) :]):
        yield Problem(source=name, line=row.number, message="more cells than the first row has: left out", kept=True)
    yield from _checked(said, name, row.number)


def _checked(said: dict[str, object], name: str, line: int) -> Iterator[Document | Problem]:
    try:
        yield Document.model_validate(said)
    except ValidationError as exc:
        reasons = {str(error["loc"][0]): error["msg"].removeprefix("Value error, ") for error in exc.errors()}
        if not reasons.keys() <= _OPTIONAL:
            message = "; ".join(f"{field}: {reason}" for field, reason in sorted(reasons.items()))
            yield Problem(source=name, line=line, message=message)
            return
        metadata = dict(said["metadata"]) if isinstance(said["metadata"], dict) else {}
        for field, reason in sorted(reasons.items()):
            metadata[field] = said.pop(field)
            yield Problem(source=name, line=line, message=f"{field}: {reason}: kept without it", kept=True)
        yield Document.model_validate(said | {"metadata": metadata})
