"""A text as a file, as people decided it: for the pages and the API alike."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from factcheck.reports import REPORTS, render_bytes
from factcheck.server.db import Database, NotFound, Refused, texts
from factcheck.server.db.reading import cited_texts, report_of

if TYPE_CHECKING:
    from factcheck.reports.claim_review import Publication

FORMATS = tuple(row.name for row in REPORTS)
PUBLISHED = tuple(row.name for row in REPORTS if row.published)
"""Formats that go out under the desk's name: of approved texts alone."""

Publisher = Callable[[date], "Publication | None"]
"""Who publishes what is approved on a day; None when nobody has said."""


def exported(database: Database, text_id: int, name: str, publisher: Publisher) -> bytes:
    """The file of a text in a report format.

    Raises NotFound for an unknown format or text, Refused for a published format of a text that is not approved, or
    while nobody has said who publishes.
    """
    if name not in FORMATS:
        raise NotFound(f"there is no format {name[:20]!r}; there are {', '.join(FORMATS)}")
    with database.reading() as session:
        text = texts.get_text(session, text_id)
        version = texts.current_version(session, text)
        publication = None
        if name in PUBLISHED:
            if text.approved_at is None:
                raise Refused(f"{name} is for publication: approve the text first")
            publication = publisher(text.approved_at.date())
            if publication is None:
                raise Refused(f"{name} names who publishes it: set publisher and publisher_url in factcheck.toml")
        report = report_of(session, text, version)
        documents = cited_texts(session, texts.claims(session, version.id))
    return render_bytes(name, report, documents, publication=publication)
