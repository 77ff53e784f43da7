"""One claim a row for spreadsheets; no cell can be taken for a formula."""

import csv
import io

from factcheck.reports import Documents
from factcheck.reports.findings import Finding, findings
from factcheck.reports.safe_text import visible
from factcheck.types import Report

COLUMNS = (
    "claim_id", "label", "claim", "type", "quote", "start", "end", "as_of", "wrong", "correction",
    "explanation", "confidence", "tier", "source_title", "source_publisher", "source_published_at",
    "source_url", "source_doc_id", "source_quote", "not_checked", "error",
)  # fmt: skip


def render(report: Report, documents: Documents) -> str:  # noqa: ARG001 - a table has no room for context
    """Return the claims as CSV with a header row; the source columns show the evidence that weighs most."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in findings(report):
        row = cells(finding)
        writer.writerow([guarded(row.get(column)) for column in COLUMNS])
    return out.getvalue()


def guarded(value: object) -> str:
    """Return the cell's text, with an apostrophe before what a spreadsheet would run as a formula.

    After the OWASP page on CSV injection: a cell must not begin with ``= + - @``, also after white space.
    """
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith("\t") else text


def cells(finding: Finding) -> dict[str, object]:
    """Return the values of a claim by column; those without one are left out."""
    claim, verdict = finding.checked.claim, finding.checked.verdict
    row: dict[str, object] = {name: getattr(claim, name) for name in ("claim_id", "claim", "type", "quote", "as_of")}
    row |= {"start": claim.span.start, "end": claim.span.end}
    if verdict is None:
        return row | {"not_checked": finding.note}
    row |= {name: getattr(verdict, name) for name in ("label", "correction", "explanation", "confidence", "tier")}
    row["wrong"] = "; ".join(f"{slot.type}: {slot.claimed} → {slot.found or '?'}" for slot in finding.wrong)
    row["error"] = f"{verdict.error.stage}: {verdict.error.message}" if verdict.error else None
    for piece in finding.evidence[:1]:
        source = ("title", "publisher", "published_at", "url", "doc_id", "quote")
        row |= {f"source_{name}": getattr(piece, name) for name in source}
    return row
