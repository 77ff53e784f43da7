"""Markdown: one document a file, front matter read, marks inside lines taken off so that quotes read as printed."""

import re
from collections.abc import Iterator
from datetime import datetime

from vectorstore.loaders.decoding import decode
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.text import document, first_line
from vectorstore.types import Document, Problem

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_-]+)\s*:\s*(.+?)\s*$")
_FIELDS = {
    "title": "title", "date": "published_at", "published": "published_at", "published_at": "published_at",
    "publisher": "publisher", "source": "publisher", "url": "url", "link": "url", "language": "language",
    "lang": "language", "author": "author",
}  # fmt: skip
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$|^(\S.*)\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\]\[[^\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]{1,100}\]:[ \t]+\S.*$", re.MULTILINE), ""),
    (re.compile(r"(\*\*\*|\*\*|\*)(?=\S)([^*\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(__|_)(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]{1,1000})`"), r"\1"),
    (re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)  # fmt: skip


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document. Raises LoadError for an empty or binary file."""
    decoded = decode(file.read(), name=file.name)
    if decoded.note:
        yield Problem(source=file.name, message=decoded.note, kept=True)
    fields, text = _front_matter(decoded.text)
    heading = _HEADING.search(text[:20_000])
    text = plain(text)
    title = plain(heading.group(1) or heading.group(2)) if heading else first_line(text)
    day = fields.get("published_at")
    if day is not None and not _is_iso(day):
        del fields["published_at"]
        message = f"date {day[:40]!r} is not an ISO 8601 date: kept without a date"
        yield Problem(source=file.name, message=message, kept=True)
    metadata = {"published_at": day} if day is not None and "published_at" not in fields else {}
    yield document(file, text, **{"title": title, "metadata": metadata, **fields})


def plain(text: str) -> str:
    """Take emphasis, link targets, images, comments and quote marks off; lines and headings stay."""
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Simple ``name: value`` lines between two lines of dashes at the top, and the text after them."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in found.group(1).splitlines():
        pair = _FIELD.match(line)
        if pair and pair.group(1).lower() in _FIELDS:
            fields.setdefault(_FIELDS[pair.group(1).lower()], pair.group(2).strip("\"'"))
    return fields, text[found.end() :]


def _is_iso(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
