"""PDF: the text of its pages, by pypdf. Where each page begins is kept, so that a citation can name the page.

Scanned pages have no text: a file of nothing else is refused, single ones are told.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vectorstore.errors import LoadError
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.text import document, first_line
from vectorstore.types import Document, Parts, Problem

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 3000
"""Pages of one file that are read; its text is in memory, and so is the tree of its pages."""
MOST_CHARACTERS = 20_000_000
_MOST_PAGE_BYTES = 4 * 1024 * 1024
"""Drawing instructions of one page, unpacked: a drawn map has more, and no text that could be read in order."""
_FINAL = (".", "!", "?", "…", ":", "”", '"', "»")


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document. Raises LoadError when the file is broken, locked with a password, or has no text."""
    data = file.read()
    with _readable_errors(file.name):
        reader = _opened(data, file.name)
        known = _about(reader)
        total = len(reader.pages)
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    bare: list[int] = []
    broken: list[int] = []
    for number, page in enumerate(_pages(reader, file.name), start=1):
        try:
            said = _text(page)
        except Exception:  # noqa: BLE001 - a library over hostile bytes: the other pages count
            said = ""
            broken.append(number)
        if not said and number not in broken:
            bare.append(number)
        starts.append(length)
        if said:
            # a sentence may go on over the page
            pieces.append(said + ("\n\n" if said.endswith(_FINAL) else "\n"))
            length += len(pieces[-1])
        if length > MOST_CHARACTERS:
            break
    text = "".join(pieces)
    if not text.strip():
        what = "no page can be read" if broken else "scanned: its pages are pictures without text; run OCR on it first"
        raise LoadError(f"{file.name}: {what}")
    yield from _told(file.name, total=total, read=len(starts), bare=bare, broken=broken)
    title = known.pop("title", None) or first_line(text)
    # a page without text begins where the next one does
    starts = [min(start, len(text) - 1) for start in starts]
    yield document(file, text, title=title, parts=Parts(starts=tuple(starts)), **known)


def _told(name: str, *, total: int, read: int, bare: list[int], broken: list[int]) -> Iterator[Problem]:
    if read < total:
        yield Problem(source=name, message=f"has {total} pages, the first {read} are read: split it", kept=True)
    for pages, what in ((bare, "without text (scanned?)"), (broken, "that cannot be read")):
        if pages:
            shown = ", ".join(map(str, pages[:10])) + (", …" if len(pages) > 10 else "")
            yield Problem(source=name, message=f"pages {what}: {shown}", kept=True)


def _opened(data: bytes, name: str) -> "PdfReader":
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told as a Problem
    if b"%PDF-" not in data[:1024]:
        raise LoadError(f"{name}: not a PDF file, whatever its name says")
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise LoadError(f"{name}: locked with a password: save it without one")
    return reader


def _pages(reader: "PdfReader", name: str) -> Iterator["PageObject"]:
    for index in range(min(len(reader.pages), MOST_PAGES)):
        with _readable_errors(name):
            page = reader.pages[index]
        yield page


def _text(page: "PageObject") -> str:
    contents = page.get_contents()
    if contents is None or len(contents.get_data()) > _MOST_PAGE_BYTES:
        return ""
    found: str = page.extract_text()
    # half characters come out of broken fonts, NULs out of encodings that are not known
    return found.replace("\0", "").encode(errors="replace").decode().strip()


def _about(reader: "PdfReader") -> dict[str, str | None]:
    """What the file says of itself; its date is left alone: it is when the file was made, not published."""
    about = reader.metadata
    if about is None:
        return {}
    known = {"title": about.title, "author": about.author}
    return {name: str(value).strip() for name, value in known.items() if value and str(value).strip()}


@contextmanager
def _readable_errors(name: str) -> Iterator[None]:
    try:
        yield
    except LoadError:
        raise
    except (Exception, RecursionError) as exc:
        raise LoadError(f"{name}: a broken PDF ({type(exc).__name__}): open and save it again") from exc
