"""A Report in, a file's text out: one module per format, named in ``REPORTS``.

Each module has ``render(report, documents)``. ``documents`` holds the stored texts of cited documents by
doc_id, so that a quote can be shown in its context; one that is missing is shown without.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, Protocol, cast

from factcheck.errors import UsageError
from factcheck.types import Report

Documents = Mapping[str, str]


class Format(NamedTuple):
    """A way to write a report down."""

    name: str
    """As the command line has it, and the end of the file's name."""
    module: str
    """Where its ``render`` is."""
    about: str
    """For whom, in a few words."""


REPORTS = (
    Format("html", "factcheck.reports.html_page", "one page with the text, its claims and their sources"),
    Format("md", "factcheck.reports.markdown", "the findings as Markdown"),
    Format("json", "factcheck.reports.json_report", "the whole report for programs"),
    Format("jsonl", "factcheck.reports.json_lines", "one verdict a line for programs"),
    Format("csv", "factcheck.reports.csv_table", "one claim a row for spreadsheets"),
)


class _Renderer(Protocol):
    def __call__(self, report: Report, documents: Documents) -> str: ...


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


def render(name: str, report: Report, documents: Documents | None = None) -> str:
    """Write ``report`` in the format called ``name``; raises UsageError when there is none of this name."""
    renderer = cast("_Renderer", import_module(format_of(name).module).render)
    return renderer(report, documents or {})
