"""RSS and Atom feeds: a document an entry, by feedparser."""

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from vectorstore.errors import LoadError
from vectorstore.loaders.archive import readable_errors
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.markup import plain_text
from vectorstore.types import Document, Problem

_MOST_BYTES = 16 * 1024 * 1024
_MOST_ENTRIES = 10_000
_MOST_ID = 512
_KIND = "an RSS or Atom"


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read a document an entry; its id is the entry's own, so that the same entry of a later copy is the same.

    Raises LoadError when the file is no feed or has no entries.
    """
    data = file.read()
    if len(data) > _MOST_BYTES:
        raise LoadError(f"{file.name}: longer than {_MOST_BYTES >> 20} MB, which no feed is")
    if b"<!ENTITY" in data:
        raise LoadError(f"{file.name}: defines entities of its own, which can unpack to any size: take them out")
    with readable_errors(file.name, kind=_KIND):
        import feedparser

        # a stream: a name or address it would open by itself
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise LoadError(f"{file.name}: not {_KIND} feed")
    if not found.entries:
        raise LoadError(f"{file.name}: a feed without entries")
    about = found.feed
    seen: set[str] = set()
    for number, entry in enumerate(found.entries[:_MOST_ENTRIES], start=1):
        item = _entry(entry, about, file, number)
        if isinstance(item, Document):
            if item.doc_id in seen:
                yield _told(file, number, "an earlier entry has the same id: give each its own")
                continue
            seen.add(item.doc_id)
        yield item
    if len(found.entries) > _MOST_ENTRIES:
        yield Problem(source=file.name, message=f"more than {_MOST_ENTRIES} entries: the rest is left out", kept=True)


def _entry(entry: Any, about: Any, file: Incoming, number: int) -> Document | Problem:  # noqa: ANN401 - untyped library
    contents = [str(one.get("value") or "") for one in entry.get("content", [])]
    html = max([*contents, str(entry.get("summary") or "")], key=len)
    title = plain_text(str(entry.get("title") or "")) or None
    text = plain_text(html) or title or ""
    own = str(entry.get("id") or entry.get("link") or "")
    language = str(about.get("language") or "")[:2].lower()
    try:
        return Document(
            doc_id=own[:_MOST_ID] or f"{file.doc_id or file.name}#entry-{number}",
            text=text.replace("\0", "\ufffd"), title=title, url=str(entry.get("link") or "") or None,
            publisher=plain_text(str(about.get("title") or "")) or None, author=str(entry.get("author") or "") or None,
            published_at=_date(entry), language=language if language.isalpha() and language.isascii() else None,
        )  # fmt: skip
    except ValidationError as exc:
        return _told(file, number, exc.errors()[0]["msg"].removeprefix("Value error, "))


def _date(entry: Any) -> str | None:  # noqa: ANN401 - untyped library
    # not when it was changed, where it says when it was published
    name = next((name for name in ("published_parsed", "updated_parsed") if name in entry), None)
    parsed = None if name is None else entry[name]
    try:
        return None if parsed is None else datetime.fromtimestamp(timegm(parsed), tz=UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _told(file: Incoming, number: int, message: str) -> Problem:
    return Problem(source=f"{file.name}, entry {number}", message=message)
