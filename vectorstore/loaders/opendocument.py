"""OpenDocument text (ODT): its paragraphs, headings and table cells in order, by odfdo."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vectorstore.loaders import archive
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.paragraphs import Paragraph, flow
from vectorstore.loaders.text import document, first_line
from vectorstore.types import Document, Problem

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument

_KIND = "an OpenDocument"
_BLOCKS = "//office:body//text:p | //office:body//text:h"


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document. Raises LoadError when the file is broken, too large unpacked, or has no text."""
    data = file.read()
    archive.check(data, file.name, kind=_KIND)
    with archive.readable_errors(file.name, kind=_KIND):
        import odfdo

        opened = odfdo.Document(io.BytesIO(data))
        found = flow(_body(opened))
        meta = opened.meta
        title = (meta.title or "").strip() or first_line(found.text)
        author = (meta.initial_creator or meta.creator or "").strip() or None
        language = (str(meta.language or ""))[:2].lower()
    yield document(
        file, found.text, title=title, author=author, parts=found.parts,
        language=language if language.isalpha() else None,
    )  # fmt: skip


def _body(opened: "OpenDocument") -> Iterator[Paragraph]:
    for block in opened.body.xpath(_BLOCKS):
        yield Paragraph(str(block.inner_text if hasattr(block, "inner_text") else block))
