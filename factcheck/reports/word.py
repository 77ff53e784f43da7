"""The draft as a Word document with the findings as comments on its words. The words stay as they are."""

import io
from typing import TYPE_CHECKING

from factcheck.reports import Documents
from factcheck.reports.findings import Finding, Standing, findings, folded, reads_otherwise, tally_line
from factcheck.reports.safe_text import one_line, visible, web_link
from factcheck.reports.segments import Marked, segments
from factcheck.types import Evidence, Report

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.run import Run

AUTHOR, INITIALS = "factcheck", "fc"
_SHOWN = 3
"""Sources named in a comment."""


def render(report: Report, documents: Documents) -> bytes:  # noqa: ARG001 - a comment has no room for context
    """Return the document: a head with the counts, then the text, a comment for every finding."""
    import docx

    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = one_line(report.title or "Fact check", 200)
    document.add_heading(one_line(report.title or "Fact check"), level=1)
    date = f"As of {report.as_of.isoformat()}. " if report.as_of else ""
    document.add_paragraph(f"{date}{tally_line(report).capitalize()}. Each finding is a comment on its words.")
    found = [one for one in folded(findings(report)) if one.standing is not Standing.NOT_CHECKED]
    runs = _write_text(document, report, found)
    for finding in found:
        mine = runs.get(finding.number)
        if mine:
            document.add_comment(
                runs=[mine[0], mine[-1]], text=_comment(finding), author=AUTHOR, initials=INITIALS
            )  # fmt: skip
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write_text(document: "WordDocument", report: Report, found: list[Finding]) -> dict[int, list["Run"]]:
    """Write the text, cut where claims begin and end; returns the runs of each finding by its number."""
    marks = [Marked(span=one.checked.claim.span, claim=one.number) for one in found]
    marks += [
        Marked(span=slot.span, claim=one.number, wrong=True)
        for one in found for slot in one.wrong if slot.span is not None and slot.span.end <= len(report.text)
    ]  # fmt: skip
    gravest = {one.number: one.standing for one in found}
    runs: dict[int, list[Run]] = {}
    paragraph = document.add_paragraph()
    for piece in segments(report.text, marks):
        for number, line in enumerate(visible(piece.text).split("\n")):
            if number:
                paragraph = document.add_paragraph()
            if not line:
                continue
            run = paragraph.add_run(line)
            _highlight(run, [gravest[claim] for claim in piece.claims], wrong=piece.wrong)
            for claim in piece.claims:
                runs.setdefault(claim, []).append(run)
    return runs


def _highlight(run: "Run", standings: list[Standing], *, wrong: bool) -> None:
    from docx.enum.text import WD_COLOR_INDEX as COLOURS

    shown = {
        Standing.REFUTED: COLOURS.PINK, Standing.CONFLICTING: COLOURS.YELLOW, Standing.FAILED: COLOURS.GRAY_25,
        Standing.NOT_ENOUGH_EVIDENCE: COLOURS.GRAY_25,
    }  # fmt: skip
    colours = [shown[one] for one in sorted(standings, key=lambda one: one.gravity) if one in shown]
    if colours:
        run.font.highlight_color = colours[0]
    run.bold = wrong or None


def _comment(finding: Finding) -> str:
    claim = finding.checked.claim
    lines = [f"{finding.look.symbol} {finding.look.word.upper()} ({', '.join(finding.kinds)})"]
    if reads_otherwise(claim):
        lines.append(f"Read as: {claim.claim}")
    lines += [f"{slot.type.replace('_', ' ')}: {slot.claimed} → {slot.found or '?'}" for slot in finding.wrong]
    if finding.correction:
        lines.append(f"Correction: {finding.correction}")
    if finding.note:
        lines.append(finding.note)
    lines += [_source(piece) for piece in finding.evidence[:_SHOWN]]
    return "\n".join(one_line(line) for line in lines)


def _source(piece: Evidence) -> str:
    known = (piece.publisher, piece.title, piece.published_at, piece.locator, web_link(piece.url))
    where = ", ".join(part for part in known if part)
    return f"{piece.stance.value}: “{piece.quote}” — {where or piece.doc_id}"
