"""Reads the text to be checked, with the title and the date it gives itself.

Head lines (front matter between ``---``, or ``date:`` and ``title:`` lines at the top) are blanked out with spaces,
not cut off: every offset still points into the file as it is. Of a web page the article's text is taken.
"""

import gzip
import re
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from factcheck.errors import InputError, UsageError

_FENCED = re.compile(r"\A---[ \t]*\r?\n(?P<head>.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEAD_LINES = re.compile(r"\A(?P<head>(?:[A-Za-z][\w -]{0,30}:[ \t]+\S[^\n]*\n)+)[ \t]*\r?\n")
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w -]{0,30}):[ \t]*(?P<value>.*?)[ \t\r]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)
_DATE_NAMES = ("date", "published", "published_at", "as_of")
_PAGES = (".html", ".htm", ".xhtml")


class Draft(NamedTuple):
    """A text to be checked."""

    name: str
    """The file's name, or ``standard input``."""
    text: str
    """All of it; head lines blanked out."""
    title: str | None
    as_of: date | None
    """The date it gives itself; None when it gives none."""
    notes: tuple[str, ...] = ()
    """What the reader should know of how it was read."""
    placed: bool = True
    """Whether offsets count in the file as it is; not so in the article of a web page."""


def read_draft(source: str) -> Draft:
    """Read a file, or standard input for ``-``; raises UsageError or InputError that names it."""
    name = "standard input" if source == "-" else source
    data = _read(source)
    if source.lower().removesuffix(".gz").endswith(_PAGES):
        return _page(source)
    text, note = _decoded(name, data)
    if not text.strip():
        raise InputError(f"{name}: is empty; there is nothing to check")
    head = _FENCED.match(text) or _HEAD_LINES.match(text)
    fields = _fields(head["head"]) if head else {}
    stated = next((fields[name] for name in _DATE_NAMES if name in fields), None)
    if head and (stated or "title" in fields):
        text = re.sub(r"[^\r\n]", " ", head.group()) + text[head.end() :]
    heading = _HEADING.search(text)
    title = fields.get("title") or (heading["title"] if heading else None)
    day = _day(stated)
    notes = [f"{name}: {note}"] if note else []
    if stated and day is None:
        notes.append(f"{name}: its date {stated!r} is not like 2025-07-23; not used")
    return Draft(name, text, title or None, day, tuple(notes))


def _decoded(name: str, data: bytes) -> tuple[str, str | None]:
    """Return the text, line ends as they are, and what had to be guessed; raises InputError for no text."""
    from vectorstore.loaders.decoding import decode_damaged, encoding_by_mark, is_binary

    marked = encoding_by_mark(data)
    if marked is None and is_binary(data):
        raise InputError(f"{name}: is a binary file, not a text; give its text as UTF-8")
    try:
        return data.decode(marked or "utf-8"), None
    except UnicodeDecodeError:
        return decode_damaged(data, encoding=marked)


def _page(source: str) -> Draft:
    """Return the article of a web page."""
    from vectorstore.ingest import load
    from vectorstore.types import Document

    items = list(load([source]))
    documents = [item for item in items if isinstance(item, Document)]
    notes = tuple(f"{source}: {item.message}" for item in items if not isinstance(item, Document))
    if not documents:
        raise InputError(notes[0] if notes else f"{source}: no article found in this page; give its text")
    document = documents[0]
    return Draft(source, document.text, document.title, document.published_date, notes, placed=False)


def _fields(head: str) -> dict[str, str]:
    return {m["name"].strip().lower(): m["value"].strip("\"' ") for m in _FIELD.finditer(head)}


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    path = Path(source)
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except FileNotFoundError as exc:
        raise UsageError(f"{source}: no such file") from exc
    except IsADirectoryError as exc:
        raise UsageError(f"{source}: is a folder; name one file") from exc
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        raise InputError(f"{source}: is not a whole gzip file: {exc}") from exc
    except OSError as exc:
        raise UsageError(f"{source}: cannot be read: {exc.strerror or exc}") from exc


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
