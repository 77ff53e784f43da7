"""E-mail (EML): what the letter says, who sent it and when; attachments of known formats are documents of their own."""

import io
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from vectorstore.errors import LoadError
from vectorstore.loaders.archive import readable_errors
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.markup import plain_text
from vectorstore.loaders.text import document
from vectorstore.types import Document, Problem

_MOST_DEEP = 3
"""Letters in letters that are read."""
_MOST_ATTACHMENTS = 100
_MOST_NESTED = 200
"""Boundaries of parts within parts that are begun, at most: Python's parser goes one deeper for each."""
_KIND = "an e-mail"


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read the letter and its attachments. Raises LoadError when it is no letter or has nothing to read."""
    data = file.read()
    with readable_errors(file.name, kind=_KIND):
        letter = _parsed(data, file.name)
        text = _clean(_body(letter))
        title = _clean(str(letter.get("subject", ""))).strip() or None
        sender = _clean(" ".join(filter(None, parseaddr(str(letter.get("from", "")))))) or None
        attachments = list(letter.iter_attachments()) if letter.is_multipart() else []
    day = _date(letter)
    if day is None and "date" in letter:
        yield Problem(source=file.name, message="its date cannot be read: kept without a date", kept=True)
    if text.strip():
        yield document(file, text, title=title, author=sender, published_at=day)
    elif not attachments:
        raise LoadError(f"{file.name}: a letter without text")
    yield from _attached(file, attachments)


def _parsed(data: bytes, name: str) -> EmailMessage:
    import email
    import email.policy

    if data.lower().count(b"boundary=") > _MOST_NESTED:
        raise LoadError(f"{name}: more than {_MOST_NESTED} parts in parts: save its text as a .txt file")
    letter = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(letter, EmailMessage) or not any(name in letter for name in ("from", "subject", "date", "to")):
        raise LoadError(f"{name}: not {_KIND} file: it has no sender, subject or date")
    return letter


def _body(letter: EmailMessage) -> str:
    body = letter.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        said = str(body.get_content())
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        payload = body.get_payload(decode=True)
        said = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return plain_text(said) if body.get_content_type() == "text/html" else said.replace("\r\n", "\n")


def _attached(file: Incoming, attachments: list[EmailMessage]) -> Iterator[Document | Problem]:
    from vectorstore.loaders import format_of, load_file

    for number, part in enumerate(attachments[:_MOST_ATTACHMENTS], start=1):
        letter = part.get_content_type() == "message/rfc822"
        called = _clean(str(part.get_filename() or "")) or (
            f"letter-{number}.eml" if letter else f"attachment-{number}"
        )
        place = f"{file.name}#{called}"
        if format_of(called) is None or file.depth >= _MOST_DEEP:
            yield Problem(source=place, message="an attachment that is not read: save it as a file", kept=True)
            continue
        try:
            with readable_errors(place, kind="an attached"):
                data = _bytes(part)
            doc_id = f"{file.doc_id}#{called}" if file.doc_id else ""
            yield from load_file(Incoming(place, io.BytesIO(data), doc_id=doc_id, depth=file.depth + 1))
        except LoadError as exc:
            yield Problem(source=place, message=str(exc).removeprefix(f"{place}: "))
    if len(attachments) > _MOST_ATTACHMENTS:
        message = f"{len(attachments)} attachments, the first {_MOST_ATTACHMENTS} are read"
        yield Problem(source=file.name, message=message, kept=True)


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_content()
    if isinstance(content, EmailMessage):
        return content.as_bytes()
    return content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")


def _date(letter: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(letter["date"])).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _clean(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
