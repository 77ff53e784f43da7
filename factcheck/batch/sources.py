"""What was given to a batch, as rows: a file of claims, or articles whose claims are extracted."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from factcheck.batch.articles import Read, Tell, article_rows, holds_articles, read_articles
from factcheck.batch.inputs import STDIN, count_records, read_records
from factcheck.batch.rows import Fields, Row, row_of, unreadable

if TYPE_CHECKING:
    from factcheck.batch.journal import Journal


def rows_of(
    source: str,
    *,
    as_of: date | None = None,
    noted: "Journal | None" = None,
    without: Tell = lambda _: None,
    read: Read = lambda _sentences, _seconds: None,
) -> Iterator[Row]:
    """The rows of a file of claims, of standard input, or of articles, numbered from 1; errors name the file.

    JSON Lines of documents (``text`` and no ``claim``) are articles too. ``as_of`` is the day of rows that give none;
    ``noted``, ``without`` and ``read`` are as in ``article_rows``.
    """
    if _are_articles(source):
        return article_rows(read_articles(source), as_of=as_of, noted=noted, without=without, read=read)
    return _claim_rows(source, as_of)


def rows_in(source: str) -> int | None:
    """How many rows there are to come; None where that cannot be known beforehand, as with articles."""
    return None if source == STDIN or _are_articles(source) else count_records(source)


def _claim_rows(source: str, as_of: date | None) -> Iterator[Row]:
    for number, record in enumerate(read_records(source), 1):
        if record.problem is not None:
            text = record.fields.get("claim")
            yield unreadable(
                number, record.place, record.problem, text=text if isinstance(text, str) else "", fields=record.fields
            )
        else:
            yield row_of(number, record.place, record.fields, as_of=as_of)


def _are_articles(source: str) -> bool:
    if source == STDIN:
        waiting = sys.stdin.buffer.peek(1) if hasattr(sys.stdin.buffer, "peek") else b""
        return _is_document(_object(waiting))
    if holds_articles(source):
        return True
    first = next(read_records(source), None)
    return first is not None and _is_document(first.fields)


def _is_document(fields: Fields) -> bool:
    return "text" in fields and "claim" not in fields and "doc_id" in fields


def _object(start: bytes) -> Fields:
    """The JSON object in the first line of what was read so far; for a line that goes on, what its names tell."""
    line = start.lstrip().split(b"\n")[0].decode("utf-8", "replace")
    try:
        value = json.loads(line)
    except ValueError:
        names = [name for name in ("text", "claim", "doc_id") if f'"{name}"' in line] if line.startswith("{") else []
        return dict.fromkeys(names, "")
    return value if isinstance(value, dict) else {}
