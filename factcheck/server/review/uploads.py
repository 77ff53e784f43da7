"""Texts that come as files: read by the loaders of the store, each document of a file a text of its own."""

import io
from pathlib import PureWindowsPath
from typing import NamedTuple

from fastapi import UploadFile

from factcheck.server.db import Refused
from vectorstore.errors import LoadError
from vectorstore.loaders import Incoming, load_file
from vectorstore.types import Document

MOST_TEXTS = 50
"""Documents of one file; more is work for ``factcheck batch``."""


class Uploaded(NamedTuple):
    """A text that was in a file."""

    title: str
    body: str


def texts_of(file: UploadFile) -> list[Uploaded]:
    """The texts of an uploaded file, at least one; raises Refused for one that cannot be read or has too many."""
    name = PureWindowsPath(file.filename or "").name[-200:] or "file"  # either kind of slash: a name is not a path
    try:
        found = []
        for item in load_file(Incoming(name, io.BytesIO(file.file.read()), doc_id=name)):
            if isinstance(item, Document):
                found.append(Uploaded(item.title or name, item.text))
            if len(found) > MOST_TEXTS:
                raise Refused(f"{name}: more than {MOST_TEXTS} texts in one file; that is for factcheck batch")
    except LoadError as exc:
        raise Refused(str(exc)) from exc
    if not found:
        raise Refused(f"{name}: no text in this file")
    return found
