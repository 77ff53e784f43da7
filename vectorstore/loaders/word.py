"""Word (DOCX): paragraphs and tables in order, by python-docx; pages where Word has noted them."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vectorstore.loaders import archive
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.paragraphs import Paragraph, flow
from vectorstore.loaders.text import document, first_line
from vectorstore.types import Document, Problem

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

_KIND = "a Word"
_MOST_NESTED = 8
"""Tables in tables that are read."""
_PAGE_BREAKS = "w:lastRenderedPageBreak | w:br[@w:type='page']"


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document. Raises LoadError when the file is broken, too large unpacked, or has no text."""
    data = file.read()
    archive.check(data, file.name, kind=_KIND)
    with archive.readable_errors(file.name, kind=_KIND):
        import docx

        opened = docx.Document(io.BytesIO(data))
        found = flow(_body(opened))
        about = opened.core_properties
        known = {"title": (about.title or "").strip() or first_line(found.text), "author": (about.author or "").strip()}
        language = (about.language or "")[:2].lower()
    if known["author"] == "python-docx":  # what that library writes when nobody is named
        known["author"] = ""
    yield document(
        file, found.text, title=known["title"], author=known["author"] or None, parts=found.parts,
        language=language if language.isalpha() else None,
    )  # fmt: skip


def _body(opened: "WordDocument") -> Iterator[Paragraph]:
    from docx.table import Table

    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block, depth=1)
        else:
            yield _paragraph(block)


def _rows(table: "Table", *, depth: int) -> Iterator[Paragraph]:
    """A table row by row, its cells set apart; a cell that spans several columns counts once."""
    for row in table.rows:
        cells = list(dict.fromkeys(row.cells))
        yield Paragraph(" | ".join(text for cell in cells if (text := " ".join(cell.text.split()))))
        if depth < _MOST_NESTED:
            for cell in cells:
                for inner in cell.tables:
                    yield from _rows(inner, depth=depth + 1)


def _paragraph(block: "WordParagraph") -> Paragraph:
    text = ""
    breaks: list[int] = []
    for run in block.runs:
        for mark in run._r.xpath(_PAGE_BREAKS):  # noqa: SLF001 - python-docx shows rendered breaks only
            before = "".join(mark.xpath("preceding-sibling::w:t/text()"))
            breaks.append(len(text) + len(before))
        text += run.text
    # runs are not all of it: links have their own
    return Paragraph(block.text if len(block.text) > len(text) else text, tuple(breaks))
