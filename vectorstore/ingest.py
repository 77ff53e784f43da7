"""Paths to documents to store: files, folders, globs and standard input, one document at a time.

What cannot be read is a ``Problem`` and never stops the rest. A file's doc_id is its path below the folder that
was given (its name, for a file that was given itself), with ``/``, so that it is the same on every machine.
"""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vectorstore.errors import DocumentError, LoadError
from vectorstore.schema import FILE_NAME as STORE_FILE
from vectorstore.types import Document, IngestResult, Problem, Store

STDIN = "-"
_STDIN_NAME = "standard input"
_ADDRESSES = ("http://", "https://", "ftp://")


class _Found(NamedTuple):
    path: Path
    doc_id: str


def ingest_files(paths: Iterable[str | Path], store: Store) -> IngestResult:
    """Add what the files at ``paths`` hold; the result has the problems of reading before those of storing.

    Raises DocumentError for a web address, StoreError and StoreLocked as ``Store.add`` does.
    """
    problems: list[Problem] = []

    def documents() -> Iterator[Document]:
        for item in load(paths):
            if isinstance(item, Document):
                yield item
            else:
                problems.append(item)

    result = store.add(documents())
    return result.model_copy(update={"problems": (*problems, *result.problems)})


def load(paths: Iterable[str | Path]) -> Iterator[Document | Problem]:
    """Read the documents of files, folders (all below them but what is hidden and stores), globs, and ``-``.

    Raises DocumentError at once for a web address; everything else that goes wrong is a Problem among the
    documents. Two files of one run with the same doc_id are a Problem too: the first one counts.
    """
    given = [str(path) for path in paths]
    for name in given:
        if name.startswith(_ADDRESSES):
            raise DocumentError(f"{name}: web addresses are not read yet: save the page as a .html file")
    return _unique(item for name in given for item in _load_one(name))


def _unique(items: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Document):
            if item.doc_id in seen:
                yield Problem(
                    source=item.doc_id,
                    message="two documents of this run have this doc_id, the first one counts: "
                    "rename one, or give the folder above both",
                )
                continue
            seen.add(item.doc_id)
        yield item


def _load_one(name: str) -> Iterator[Document | Problem]:
    if name == STDIN:
        yield from _read(sys.stdin.buffer, _STDIN_NAME, is_stream=True)
        return
    found = False
    for path, doc_id in _files(Path(name), name):
        found = True
        try:
            with path.open("rb") as stream:
                # a pipe or device, such as a shell's <(...), has no name to go by
                yield from _read(stream, str(path), doc_id=doc_id, is_stream=not path.is_file())
        except OSError as exc:
            yield Problem(source=str(path), message=f"cannot be read ({exc.strerror}): check the path and permissions")
    if not found:
        empty = Path(name).is_dir()
        message = "a folder without files" if empty else "no file matches" if glob.has_magic(name) else "no such file"
        yield Problem(source=name, message=f"{message}: check the path")


def _read(stream: BinaryIO, name: str, *, doc_id: str = "", is_stream: bool) -> Iterator[Document | Problem]:
    from vectorstore.loaders import Incoming, load_file

    try:
        yield from load_file(Incoming(name, stream, doc_id="" if is_stream else doc_id, is_stream=is_stream))
    except LoadError as exc:
        yield Problem(source=name, message=str(exc).removeprefix(f"{name}: "))


def _files(path: Path, pattern: str) -> Iterator[_Found]:
    """Files at a path or of a glob, in order of their names, each with its doc_id."""
    if path.is_dir():
        yield from _below(path)
    elif path.exists():
        yield _Found(path, path.name)
    elif glob.has_magic(pattern):
        fixed = list(takewhile(lambda part: not glob.has_magic(part), path.parts))
        root = Path(*fixed)
        for found in sorted(root.glob("/".join(path.parts[len(fixed) :]))):
            if found.is_file():
                yield _Found(found, found.relative_to(root).as_posix())


def _below(folder: Path) -> Iterator[_Found]:
    for root, folders, files in os.walk(folder):
        if STORE_FILE in files:
            folders.clear()  # a store that stands among the documents, perhaps the one that is written to
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(root, name)
                yield _Found(path, path.relative_to(folder).as_posix())
