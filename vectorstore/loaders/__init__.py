"""Document formats, by file name. A new format is a module here and a row in ``LOADERS``.

A loader is a function from one incoming file to its documents and problems; it raises LoadError when nothing of
the file can be read.
"""

from collections.abc import Callable, Iterator
from importlib import import_module

from vectorstore.errors import LoadError
from vectorstore.loaders.incoming import Incoming
from vectorstore.types import Document, Frozen, Problem

__all__ = ["LOADERS", "Format", "Incoming", "format_of", "known_suffixes", "load_file"]

Loader = Callable[[Incoming], Iterator[Document | Problem]]


class Format(Frozen):
    """One row of the table."""

    name: str
    """For people: ``JSON Lines``."""
    suffixes: tuple[str, ...]
    """Ends of file names, lower case, with the dot; ``.gz`` may follow any of them."""
    loader: str
    """``module:function``, imported at first use."""


LOADERS: tuple[Format, ...] = (
    Format(name="text", suffixes=(".txt", ".text"), loader="vectorstore.loaders.text:load"),
    Format(name="Markdown", suffixes=(".md", ".markdown"), loader="vectorstore.loaders.markdown:load"),
    Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), loader="vectorstore.loaders.html:load"),
    Format(name="PDF", suffixes=(".pdf",), loader="vectorstore.loaders.pdf:load"),
    Format(name="Word", suffixes=(".docx",), loader="vectorstore.loaders.word:load"),
    Format(name="OpenDocument", suffixes=(".odt",), loader="vectorstore.loaders.opendocument:load"),
    Format(name="Rich Text", suffixes=(".rtf",), loader="vectorstore.loaders.rich_text:load"),
    Format(name="CSV", suffixes=(".csv", ".tsv"), loader="vectorstore.loaders.csv_rows:load"),
    Format(name="Excel", suffixes=(".xlsx",), loader="vectorstore.loaders.excel:load"),
    Format(name="e-mail", suffixes=(".eml",), loader="vectorstore.loaders.letter:load"),
    Format(name="RSS or Atom", suffixes=(".rss", ".atom", ".xml"), loader="vectorstore.loaders.feed:load"),
    Format(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), loader="vectorstore.loaders.jsonl:load"),
)


def format_of(name: str) -> Format | None:
    """Find the format of a file by the end of its name, None when there is none for it."""
    plain = name.lower().removesuffix(".gz")
    return next((row for row in LOADERS if plain.endswith(row.suffixes)), None)


def known_suffixes() -> str:
    """All ends of file names that can be read, for messages and help."""
    return " ".join(suffix for row in LOADERS for suffix in row.suffixes)


def load_file(file: Incoming) -> Iterator[Document | Problem]:
    """Read one file by the format its name, or for a stream its beginning, tells.

    Raises LoadError when the format is not known or nothing of the file can be read.
    """
    row = format_of(file.suffix or file.name)
    if row is None and file.is_stream:
        row = next(row for row in LOADERS if row.name == ("JSON Lines" if file.looks_like_rows() else "text"))
    if row is None:
        raise LoadError(
            f"{file.name}: no format for such a file name; known are {known_suffixes()}, each also with .gz"
        )
    module, function = row.loader.split(":")
    load: Loader = getattr(import_module(module), function)
    yield from load(file)
