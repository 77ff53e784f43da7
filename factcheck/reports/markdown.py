"""The findings as Markdown; nothing in a text or a source can act as markup."""

import re
from collections.abc import Iterator

from factcheck.reports import Documents
from factcheck.reports.findings import Finding, Standing, findings, folded, reads_otherwise, tally_line, unchecked
from factcheck.reports.safe_text import one_line, web_link
from factcheck.reports.segments import Segment, quote_pieces
from factcheck.types import Evidence, Report

_INLINE = re.compile(r"([\\`*_{}\[\]<>|~^$])")
_BLOCK_START = re.compile(r"^(\d{0,9})([#+\-=:.)])")


def render(report: Report, documents: Documents) -> str:  # noqa: ARG001 - quotes stand alone here
    """Return the report as CommonMark, gravest findings first."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return ``text`` on one line with every character that Markdown or HTML could take as markup escaped."""
    return _BLOCK_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", one_line(text).replace("&", "&amp;")))


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title or 'Fact check')}"
    yield ""
    date = f"As of {report.as_of.isoformat()}. " if report.as_of else ""
    yield f"{date}{tally_line(report).capitalize()}."
    yield ""
    found = folded(findings(report))
    for standing in Standing:
        group = [finding for finding in found if finding.standing is standing]
        if not group or standing is Standing.NOT_CHECKED:
            continue
        yield f"## {group[0].look.word} ({len(group)})"
        yield ""
        for finding in group:
            yield from _brief(finding) if standing is Standing.SUPPORTED else _full(finding)
    left_out = unchecked(report)
    if left_out:
        yield f"## Not checked ({len(left_out)})"
        yield ""
        for one in left_out:
            yield f"- {escaped(one.quote)} — *{escaped(one.reason)}*"


def _brief(finding: Finding) -> Iterator[str]:
    sources = "; ".join(_source(piece) for piece in finding.evidence[:2])
    yield f"- {finding.look.symbol} {escaped(finding.checked.claim.claim)}" + (f" — {sources}" if sources else "")
    yield ""


def _full(finding: Finding) -> Iterator[str]:
    claim = finding.checked.claim
    spans = [slot.span for slot in finding.wrong if slot.span is not None]
    pieces = quote_pieces(claim.quote, claim.span.start, spans)
    yield f"### {finding.look.symbol} {_marked(pieces)}"
    yield ""
    if reads_otherwise(claim):
        yield f"Read as: {escaped(claim.claim)}"
        yield ""
    for slot in finding.wrong:
        kind, found = slot.type.replace("_", " "), slot.found or "nothing to compare"
        yield f"- **{escaped(kind)}**: the text says {escaped(slot.claimed)}, the source {escaped(found)}"
    if finding.correction:
        yield f"- **Correction**: {escaped(finding.correction)}"
    if finding.note:
        yield f"- {escaped(finding.note)}"
    yield ""
    for piece in finding.evidence[:3]:
        yield f"> “{_marked(quote_pieces(piece.quote, piece.start, piece.marks))}”"
        yield ">"
        yield f"> {piece.stance.value}: {_source(piece)}"
        yield ""


def _marked(pieces: list[Segment]) -> str:
    """Return the pieces in one line, the marked ones bold; white space is kept outside the asterisks."""
    out = []
    for piece in pieces:
        text = re.sub(r"\s+", " ", piece.text)
        inner = escaped(text)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        out.append(
            f"{before}**{inner}**{after}" if piece.wrong and inner else f"{before}{inner}{after if inner else ''}"
        )
    return "".join(out).strip()


def _source(piece: Evidence) -> str:
    name = escaped(piece.title or piece.doc_id)
    link = web_link(piece.url)
    linked = f"[{name}](<{link}>)" if link else name
    rest = ", ".join(
        escaped(part) for part in (piece.publisher, piece.published_at or "no date", piece.locator) if part
    )
    return f"{linked} ({rest})"
