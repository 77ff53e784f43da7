"""A Report in, a file's contents out: one module per format, named in ``REPORTS``.

Each module has ``render(report, documents)``. ``documents`` holds the stored texts of cited documents by
doc_id, so that a quote can be shown in its context; one that is missing is shown without. A format that is published
also takes who publishes it, and where.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from factcheck.errors import UsageError
from factcheck.types import Report

if TYPE_CHECKING:
    from factcheck.reports.claim_review import Publication

Documents = Mapping[str, str]


class Format(NamedTuple):
    """A way to write a report down."""

    name: str
    """As the command line has it, and the end of the file's name."""
    module: str
    """Where its ``render`` is."""
    about: str
    """For whom, in a few words."""
    binary: bool = False
    """Whether it is bytes rather than text: for a file, not for standard output."""
    published: bool = False
    """Whether it names a publisher."""


REPORTS = (
    Format("html", "factcheck.reports.html_page", "one page with the text, its claims and their sources"),
    Format("md", "factcheck.reports.markdown", "the findings as Markdown"),
    Format("json", "factcheck.reports.json_report", "the whole report for programs"),
    Format("jsonl", "factcheck.reports.json_lines", "one verdict a line for programs"),
    Format("csv", "factcheck.reports.csv_table", "one claim a row for spreadsheets"),
    Format("xlsx", "factcheck.reports.excel", "one claim a row as an Excel workbook", binary=True),
    Format("docx", "factcheck.reports.word", "the text as a Word document with comments", binary=True),
    Format("jsonld", "factcheck.reports.claim_review", "schema.org ClaimReview for a web page", published=True),
)


class _Renderer(Protocol):
    def __call__(self, report: Report, documents: Documents) -> str | bytes: ...


class _Publisher(Protocol):
    def __call__(self, report: Report, documents: Documents, publication: "Publication") -> str: ...


def format_of(name: str) -> Format:
    """Return the format of this name; raises UsageError that lists them all."""
    for row in REPORTS:
        if row.name == name:
            return row
    raise UsageError(f"no report format {name!r}; choose one of {', '.join(row.name for row in REPORTS)}")


def format_of_file(path: str) -> Format:
    """Return the format that the end of a file's name asks for; raises UsageError that lists them all."""
    suffix = PurePath(path).suffix.lower().removeprefix(".")
    for row in REPORTS:
        if row.name == suffix:
            return row
    known = ", ".join(f".{row.name}" for row in REPORTS)
    raise UsageError(f"{path}: no report format {'.' + suffix if suffix else 'named'!r}; end the name in {known}")


def render(
    name: str, report: Report, documents: Documents | None = None, *, publication: "Publication | None" = None
) -> str:
    """Write ``report`` in the format called ``name``, which must be text.

    Raises UsageError when there is none of this name, when it is binary, or when it needs a ``publication``.
    """
    if format_of(name).binary:
        raise UsageError(f"{name} is no text; name a file for it: --out report.{name}")
    return render_bytes(name, report, documents, publication=publication).decode()


def render_bytes(
    name: str, report: Report, documents: Documents | None = None, *, publication: "Publication | None" = None
) -> bytes:
    """Write ``report`` in the format called ``name`` as the contents of a file; text is UTF-8.

    Raises UsageError when there is none of this name, or when it needs a ``publication``.
    """
    chosen = format_of(name)
    module = import_module(chosen.module)
    if chosen.published:
        if publication is None:
            raise UsageError(f"{name} names who publishes it, and where: set publisher and publisher_url")
        written: str | bytes = cast("_Publisher", module.render)(report, documents or {}, publication)
    else:
        written = cast("_Renderer", module.render)(report, documents or {})
    return written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
