"""The claims as an Excel workbook: one claim a row, and a sheet with the counts. No cell is ever a formula."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from factcheck.reports import Documents
from factcheck.reports.csv_table import COLUMNS, cells, guarded
from factcheck.reports.findings import LOOKS, Standing, findings
from factcheck.reports.safe_text import visible, web_link
from factcheck.types import Label, Report

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, its heading among them."""
LONGEST = 32_767
"""Characters an Excel cell can hold."""
_WIDTHS = {"claim": 60, "quote": 50, "explanation": 60, "correction": 40, "source_quote": 60, "source_title": 30}
_FILLS = {
    Label.REFUTED: "F8D7DA", Label.CONFLICTING: "FFE8CC", Label.NOT_ENOUGH_EVIDENCE: "EDEDED",
    Label.SUPPORTED: "DDF0DD",
}  # fmt: skip


def render(report: Report, documents: Documents) -> bytes:  # noqa: ARG001 - a table has no room for context
    """Return the workbook: ``Claims`` with the columns of the CSV, ``Summary`` with the claims by standing."""
    found = findings(report)
    counts = Counter(finding.standing for finding in found)
    summary: list[Sequence[object]] = [
        ["Text", report.title or ""], ["As of", report.as_of or "unknown"], ["Version", report.version], [],
        *([LOOKS[one].word, counts[one], LOOKS[one].meaning] for one in Standing),
    ]  # fmt: skip
    out = io.BytesIO()
    write_book(out, map(cells, found), COLUMNS, summary=summary)
    return out.getvalue()


def write_book(
    out: BinaryIO,
    rows: Iterable[dict[str, object]],
    columns: Sequence[str],
    *,
    summary: Iterable[Sequence[object]] = (),
) -> None:
    """Write ``rows`` under ``columns`` into a workbook, a row at a time, with a second sheet when there is a summary.

    What is more than a sheet can hold stands on further sheets.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    coming, number = iter(rows), 1
    while (first := list(islice(coming, 1))) or number == 1:
        sheet: Any = book.create_sheet("Claims" if number == 1 else f"Claims {number}")
        _write_sheet(sheet, chain(first, islice(coming, MOST_ROWS - 2)), columns)
        number += 1
    lines = list(summary)
    if lines:
        second: Any = book.create_sheet("Summary")
        second.column_dimensions["A"].width, second.column_dimensions["C"].width = 20, 60
        for line in lines:
            second.append([_cell(second, value) for value in line])
    book.save(out)


def _write_sheet(
    sheet: Any,  # noqa: ANN401 - openpyxl's types lack what a sheet that is only written has
    rows: Iterable[dict[str, object]],
    columns: Sequence[str],
) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 16)
    head = [_cell(sheet, name) for name in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 1
    for values in rows:
        sheet.append([_cell(sheet, values.get(name), name) for name in columns])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _cell(sheet: Any, value: object, column: str = "") -> Any:  # noqa: ANN401 - as above
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import PatternFill

    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)
    text = visible("" if value is None else str(value))
    cell: Any = WriteOnlyCell(sheet, value=text[:LONGEST])
    cell.data_type = "s"  # also where it begins with =
    cell.quotePrefix = guarded(text) != text  # stays text when someone edits it, or saves it as CSV
    if column == "label" and value in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[Label(str(value))])
    if column == "source_url" and (link := web_link(text)):
        cell.hyperlink = link
    return cell
