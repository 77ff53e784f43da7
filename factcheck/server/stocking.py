"""Sources that people bring along, put right and remove, from the pages and the API alike; each change is on record."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from factcheck.checker import Checker
from factcheck.server.db import Database, NotFound, Refused
from factcheck.server.db.accounts import allow
from factcheck.server.db.events import record
from factcheck.server.db.models import User
from factcheck.server.db.roles import Right
from factcheck.server.judge import Judge
from factcheck.server.times import utc_now
from factcheck.types import Frozen
from factcheck.verdict.receipt import sha256
from vectorstore.types import Document

EDITABLE = ("title", "publisher", "published_at", "author", "language", "url", "source_rank")
"""What of a document is put right by hand, beside its tags."""


class NewSource(Frozen):
    """A document that somebody brings along."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    """ISO 8601."""
    url: str | None = None


def new_document(source: NewSource) -> Document:
    """The document that a person brings along; its address is its id, or else its text; raises Refused."""
    given = {name: value.strip() or None for name, value in dict(source).items() if value is not None}
    text = source.text.replace("\r\n", "\n").strip()
    given |= {"text": text, "doc_id": given.get("url") or f"desk-{sha256(text)[:16]}"}
    try:
        return Document.model_validate(given)
    except ValidationError as exc:
        first = exc.errors()[0]
        raise Refused(f"the source's {first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from None


def add_source(judge: Judge, by: User, document: Document) -> Document:
    """Store a new document; raises Refused when another one has its id: changing sources is for editors."""
    allow(by, Right.ADD_SOURCE)

    def work(checker: Checker) -> Document:
        before = checker.store.get(document.doc_id)
        if before is not None and before.text != document.text:
            raise Refused(f"the store has another text under {document.doc_id[:80]!r}; change it on the sources page")
        if before is None:
            checker.ingest([document])
        return before or document

    return judge.call(work)


def edit_source(
    database: Database, judge: Judge, by: User, doc_id: str, given: Mapping[str, str], tags: str
) -> Document:
    """Set what is known about a document, empty for nothing; it stays when the file is read again.

    Raises Forbidden unless by an editor, NotFound, Refused for a value that cannot be.
    """
    allow(by, Right.MANAGE_SOURCES)

    def work(checker: Checker) -> tuple[Document, Document]:
        before = checker.store.get(doc_id)
        if before is None:
            raise NotFound(f"there is no document {doc_id[:80]!r}")
        after = _edited(before, given, tags)
        checker.ingest([after])
        return before, after

    before, after = judge.call(work)
    changed = [name for name in (*EDITABLE, "tags") if getattr(before, name) != getattr(after, name)]
    if changed:
        _note(database, by, "source edited", doc_id, fields=changed)
    return after


def remove_source(
    database: Database, judge: Judge, by: User, doc_id: str, reason: str, changed: Callable[[], None]
) -> None:
    """Take a document out of every answer; the history keeps what it said. ``changed`` is called after it.

    Raises Forbidden unless by an editor, NotFound, Refused without a reason.
    """
    allow(by, Right.MANAGE_SOURCES)
    why = reason.strip()
    if not why:
        raise Refused("give a reason: the history must show why the source was removed")

    def work(checker: Checker) -> int:
        checker.facts.forget([doc_id])  # first: those of a kept document are read again, a removed one's would stay
        return checker.store.remove([doc_id], reason=why)

    if not judge.call(work):
        raise NotFound(f"there is no document {doc_id[:80]!r}")
    _note(database, by, "source removed by hand", doc_id, reason=why)
    changed()


def bring_source(database: Database, judge: Judge, by: User, given: NewSource) -> Document:
    """Store a document that somebody brings along, on record."""
    document = add_source(judge, by, new_document(given))
    _note(database, by, "source added", document.doc_id)
    return document


def _note(
    database: Database, by: User, kind: str, doc_id: str, *, fields: list[str] | None = None, reason: str | None = None
) -> None:
    with database.writing() as session:
        record(session, kind, at=utc_now(), user_id=by.id, doc_id=doc_id, fields=fields, reason=reason)


def _edited(before: Document, given: Mapping[str, str], tags: str) -> Document:
    values: dict[str, Any] = {name: value.strip() or None for name, value in given.items()}
    values["tags"] = tuple(dict.fromkeys(one.strip() for one in tags.split(",") if one.strip()))
    touched = [name for name, value in values.items() if _as_text(getattr(before, name)) != _as_text(value)]
    edited = tuple(sorted({*before.edited, *touched}))
    try:
        return Document.model_validate({**dict(before), **{name: values[name] for name in touched}, "edited": edited})
    except ValidationError as exc:
        first = exc.errors()[0]
        raise Refused(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from None


def _as_text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
