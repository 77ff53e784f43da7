"""HTML pages: the article's text, title, date, publisher and address, by trafilatura; markup is never kept."""

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vectorstore.errors import LoadError
from vectorstore.loaders.decoding import decode
from vectorstore.loaders.incoming import Incoming
from vectorstore.loaders.text import document
from vectorstore.types import Document, Problem

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extracted

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}\blang\s*=\s*["']?([a-zA-Z]{2})\b""", re.IGNORECASE)


def load(file: Incoming) -> Iterator[Document | Problem]:
    """Read one page. Raises LoadError when it is empty, binary, or has no text."""
    data = file.read()
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, name=file.name, declared=declared.group(1).decode("ascii") if declared else None)
    if decoded.note:
        yield Problem(source=file.name, message=decoded.note, kept=True)
    page = _extracted(decoded.text, file.name)
    if page is None or not (page.text or "").strip():
        raise LoadError(f"{file.name}: no article text in this page: save the text itself as a .txt file")
    language = _LANGUAGE.search(decoded.text[:8192])
    yield document(
        file, page.text, title=page.title or None, url=page.url or None,
        publisher=page.sitename or page.hostname or None, published_at=page.date or None,
        language=language.group(1).lower() if language else None,
        author=page.author or None,
    )  # fmt: skip


def _extracted(html: str, name: str) -> "Extracted | None":
    """The article and what the page says about itself; None when there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries below
        import trafilatura

        try:
            # a date out of the page's own statements, not out of any number that looks like one
            dates = {"extensive_search": False, "original_date": True}
            page: Extracted | None = trafilatura.bare_extraction(
                html, with_metadata=True, include_comments=False, date_extraction_params=dates
            )
        except Exception as exc:
            raise LoadError(
                f"{name}: the page cannot be parsed ({type(exc).__name__}): save its text as a .txt file"
            ) from exc
    return page
