"""Paths to documents to store: files, folders, globs, web addresses and standard input, one document at a time.

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

from vectorstore.errors import LoadError
from vectorstore.schema import FILE_NAME as STORE_FILE
from vectorstore.types import Document, IngestResult, Problem, Store

STDIN = "-"
_STDIN_NAME = "standard input"


class _Found(NamedTuple):
    path: Path
    doc_id: str | None
    """None for a link that leads out of the folder, which is not followed."""


def ingest_files(paths: Iterable[str | Path], store: Store, *, allow_private: bool = False) -> IngestResult:
    """Add what the files at ``paths`` hold; the result has the problems of reading before those of storing.

    Raises StoreError and StoreLocked as ``Store.add`` does.
    """
    problems: list[Problem] = []

    def documents() -> Iterator[Document]:
        for item in load(paths, allow_private=allow_private):
            if isinstance(item, Document):
                yield item
            else:
                problems.append(item)

    result = store.add(documents())
    return result.model_copy(update={"problems": (*problems, *result.problems)})


def load(paths: Iterable[str | Path], *, allow_private: bool = False) -> Iterator[Document | Problem]:
    """Read the documents of files, folders (all below them but what is hidden and stores), globs, addresses, and ``-``.

    Everything that goes wrong is a Problem among the documents. Two files of one run with the same doc_id are a
    Problem too: the first one counts. ``allow_private`` is about web addresses, ``fetch`` says what it does.
    """
    given = [str(path) for path in paths]
    return _unique(item for name in given for item in _load_one(name, allow_private=allow_private))


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


def _load_one(name: str, *, allow_private: bool) -> Iterator[Document | Problem]:
    if name == STDIN:
        yield from _read(sys.stdin.buffer, _STDIN_NAME, is_stream=True)
        return
    if "://" in name:
        yield from _fetched(name, allow_private=allow_private)
        return
    found = False
    for path, doc_id in _files(Path(name), name):
        found = True
        if doc_id is None:
            yield Problem(source=str(path), message="a link that leads out of the folder: give what it leads to")
            continue
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


def _fetched(url: str, *, allow_private: bool) -> Iterator[Document | Problem]:
    from vectorstore.fetch import ADDRESSES, load_address

    if not url.lower().startswith(ADDRESSES):
        yield Problem(source=url, message="neither a file nor an http address: save it and give the file")
        return
    try:
        yield from load_address(url, allow_private=allow_private)
    except LoadError as exc:
        yield Problem(source=url, message=str(exc).removeprefix(f"{url}: "))


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
                yield _named(found, root)


def _below(folder: Path) -> Iterator[_Found]:
    for root, folders, files in os.walk(folder):
        if STORE_FILE in files:
            folders.clear()  # a store that stands among the documents, perhaps the one that is written to
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield _named(Path(root, name), folder)


def _named(path: Path, folder: Path) -> _Found:
    """The doc_id of a file below ``folder``; a link may lead to another file of the folder, not out of it."""
    try:
        inside = not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead round in a circle: opening it says so
        inside = True
    return _Found(path, path.relative_to(folder).as_posix() if inside else None)
