"""Files that are zip archives inside (DOCX, ODT, XLSX): what they would unpack to is bounded before they are opened."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from vectorstore.errors import LoadError

_MOST_MEMBERS = 10_000
_MOST_BYTES = 512 * 1024 * 1024
"""All of an archive, unpacked; pictures are never unpacked, so they may be large."""
_MOST_MARKUP = 48 * 1024 * 1024
"""XML of an archive, unpacked: as a tree it takes several times that in memory."""


def check(data: bytes, name: str, *, kind: str) -> None:
    """Raise LoadError unless ``data`` is a zip archive of bearable size; ``kind`` is what the file should be.

    Sizes are those the archive states: Python's zipfile never unpacks more of a member than is stated.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, LookupError) as exc:
        raise LoadError(f"{name}: not {kind} file, or a broken one: open and save it again") from exc
    markup = sum(one.file_size for one in members if one.filename.lower().endswith((".xml", ".rels")))
    if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_BYTES or markup > _MOST_MARKUP:
        raise LoadError(f"{name}: unpacks to more than {_MOST_MARKUP >> 20} MB of text: split it into several files")


@contextmanager
def readable_errors(name: str, *, kind: str) -> Iterator[None]:
    """Turn whatever a library raises over a broken file into a LoadError of one line."""
    try:
        yield
    except LoadError:
        raise
    except Exception as exc:
        raise LoadError(f"{name}: not {kind} file that can be read ({type(exc).__name__}): save it again") from exc
