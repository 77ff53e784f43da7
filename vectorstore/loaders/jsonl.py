"""JSON Lines: one document a row. A row that cannot be read is a problem with its line number; the others stay."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pydantic import ValidationError

from vectorstore.errors import LoadError
from vectorstore.loaders.decoding import decode_damaged, encoding_by_mark, is_binary
from vectorstore.loaders.incoming import MOST_BYTES, Incoming
from vectorstore.types import Document, Problem

_FIELDS = frozenset(Document.model_fields)
_REQUIRED = frozenset({"doc_id", "text"})
_OPTIONAL = _FIELDS - _REQUIRED - {"metadata"}
"""A document is kept without one of these when its value is not valid; the value goes to the metadata."""
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read documents one by one; memory is that of one row. Raises LoadError for an empty or binary file."""
    beginning = file.beginning()
    marked = encoding_by_mark(beginning[:4])
    if marked not in {None, "utf-8-sig"}:
        raise LoadError(f"{file.name}: JSON Lines must be UTF-8, this is {marked}: convert it")
    if is_binary(beginning) and not file.looks_like_rows():
        raise LoadError(f"{file.name}: a binary file, not JSON Lines")
    seen: set[str] = set()
    empty = True
    for line, row in enumerate(file.rows(), start=1):
        if row is not None and not row.strip():
            continue
        empty = False
        for item in _row(row, file.name, line):
            if isinstance(item, Document) and item.doc_id in seen:
                message = f"doc_id {item.doc_id[:80]!r} stands on an earlier line too: give each document its own"
                yield Problem(source=file.name, line=line, message=message)
                continue
            if isinstance(item, Document):
                seen.add(item.doc_id)
            yield item
    if empty:
        raise LoadError(f"{file.name}: the file is empty")


def _row(row: bytes | None, name: str, line: int) -> Iterator[Document | Problem]:
    """Read one row: problems with what was put right, then the document; or the problem that kept it out."""
    tell = partial(Problem, source=name, line=line)
    if row is None:
        yield tell(message=f"the row is longer than {MOST_BYTES >> 20} MB: split the document")
        return
    try:
        text = row.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        text = decode_damaged(row).text
        yield tell(message="not UTF-8, read by guess: check its accented letters", kept=True)
    try:
        value = json.loads(text, parse_constant=lambda _: None)  # NaN, which no JSON has, stands for missing
        if _HALF_CHARACTER.search(text) and not _encodable(value):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
            yield tell(message="holds half a surrogate pair: replaced by a question mark", kept=True)
    except (ValueError, RecursionError) as exc:
        yield tell(message=f"not valid JSON ({str(exc)[:120]})")
        return
    if not isinstance(value, dict):
        yield tell(message="not a JSON object with doc_id and text")
        return
    yield from _document(value, tell)


def _document(row: dict[str, Any], tell: Callable[..., Problem]) -> Iterator[Document | Problem]:
    fields = {name: row[name] for name in _FIELDS & row.keys() if row[name] != "" or name in _REQUIRED}
    given = fields.pop("metadata", {})
    metadata = {name: value for name, value in row.items() if name not in _FIELDS}
    metadata |= given if isinstance(given, dict) else {"metadata": given}
    try:
        yield Document.model_validate({**fields, "metadata": metadata})
    except ValidationError as exc:
        reasons = {str(error["loc"][0]): error["msg"].removeprefix("Value error, ") for error in exc.errors()}
        if not reasons.keys() <= _OPTIONAL:
            yield tell(message="; ".join(f"{name}: {reason}" for name, reason in sorted(reasons.items())))
            return
        for name, reason in sorted(reasons.items()):
            metadata[name] = fields.pop(name)
            yield tell(message=f"{name}: {reason}: kept without it", kept=True)
        yield Document.model_validate({**fields, "metadata": metadata})


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
