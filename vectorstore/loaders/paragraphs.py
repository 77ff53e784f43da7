"""Paragraphs to one text, with the offset at which each of them, and each known page, begins."""

from collections.abc import Iterable
from typing import NamedTuple

from vectorstore.types import Parts

_GAP = "\n\n"


class Paragraph(NamedTuple):
    """One paragraph of a text that flows."""

    text: str
    page_breaks: tuple[int, ...] = ()
    """Offsets in ``text`` at which a new page begins."""


class Flow(NamedTuple):
    """A text made of paragraphs."""

    text: str
    parts: Parts
    """Pages where any page break is known, else paragraphs."""


def flow(paragraphs: Iterable[Paragraph]) -> Flow:
    """Join paragraphs with blank lines; those without text are left out, their page breaks are not."""
    pieces: list[str] = []
    starts: list[int] = []
    pages = [0]
    length = 0
    for paragraph in paragraphs:
        text = _clean(paragraph.text)
        pages.extend(length + min(offset, len(text)) for offset in paragraph.page_breaks)
        if text.strip():
            starts.append(length)
            pieces.append(text)
            length += len(text) + len(_GAP)
    parts = Parts(starts=tuple(pages)) if len(pages) > 1 else Parts(name="paragraph", starts=tuple(starts))
    return Flow(_GAP.join(pieces), parts)


def _clean(text: str) -> str:
    """NULs and half characters become visible marks of the same length, so that offsets hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", errors="replace").decode()
