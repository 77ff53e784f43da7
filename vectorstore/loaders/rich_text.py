"""Rich Text (RTF): its text, by striprtf."""

from collections.abc import Iterator

from vectorstore.errors import LoadError
from vectorstore.loaders.archive import readable_errors
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.paragraphs import Paragraph, flow
from vectorstore.loaders.text import document, first_line
from vectorstore.types import Document, Problem

_MOST_BYTES = 16 * 1024 * 1024


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one document. Raises LoadError when the file is not RTF or has no text."""
    data = file.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise LoadError(f"{file.name}: not a Rich Text file, whatever its name says")
    if len(data) > _MOST_BYTES:
        raise LoadError(f"{file.name}: longer than {_MOST_BYTES >> 20} MB: split it, or save it without its pictures")
    with readable_errors(file.name, kind="a Rich Text"):
        from striprtf.striprtf import rtf_to_text

        text = rtf_to_text(data.decode("latin-1"), errors="replace")
        found = flow(Paragraph(line) for line in text.splitlines())
    yield document(file, found.text, title=first_line(found.text), parts=found.parts)
