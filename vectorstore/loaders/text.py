"""Plain text: one document a file, its text as it stands."""

import hashlib
from collections.abc import Iterator

from pydantic import ValidationError

from vectorstore.errors import LoadError
from vectorstore.layout import BlockKind, blocks
from vectorstore.loaders.decoding import decode
from vectorstore.loaders.incoming import Incoming
from vectorstore.types import Document, Problem

_TITLE_CHARACTERS = 150
_LOOKED_AT = 4000
"""A title stands near the beginning."""


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document; its title is its first heading or line. Raises LoadError for an empty or binary file."""
    decoded = decode(file.read(), name=file.name)
    if decoded.note:
        yield Problem(source=file.name, message=decoded.note, kept=True)
    yield document(file, decoded.text, title=first_line(decoded.text))


def document(file: Incoming, text: str, **fields: object) -> Document:
    """Make the document of a file that holds one. Raises LoadError when the text is none."""
    doc_id = file.doc_id or f"stdin-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
    try:
        return Document.model_validate({"doc_id": doc_id, "text": text, **fields})
    except ValidationError as exc:
        raise LoadError(f"{file.name}: {exc.errors()[0]['msg'].removeprefix('Value error, ')}") from exc


def first_line(text: str) -> str | None:
    """Find the first line that is not clutter, cut to a title's length; None when there is none."""
    beginning = text[:_LOOKED_AT]
    for block in blocks(beginning):
        if block.kind is not BlockKind.CLUTTER:
            line = " ".join(beginning[block.start : block.end].split())
            return line if len(line) <= _TITLE_CHARACTERS else line[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return None
