"""The readable report for a terminal of 80 to 100 columns. Makes rich renderables; prints nothing itself.

Everything is built from ``rich.text.Text``, so that neither markup nor control characters of a text or a
source are ever interpreted. Wrong and decisive words stand in brackets as well as in colour.
"""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from factcheck.reports.findings import Finding, Standing, findings, folded, reads_otherwise, tally_line, unchecked
from factcheck.reports.safe_text import one_line, web_link
from factcheck.reports.segments import Segment, quote_pieces
from factcheck.types import Evidence, Report, Stance

STYLES = {
    Standing.REFUTED: "bold red",
    Standing.CONFLICTING: "bold yellow",
    Standing.FAILED: "bold magenta",
    Standing.NOT_ENOUGH_EVIDENCE: "bold blue",
    Standing.SUPPORTED: "green",
    Standing.NOT_CHECKED: "dim",
}
_STANCE_WORDS = {Stance.SUPPORTS: "for", Stance.REFUTES: "against", Stance.NEUTRAL: "neutral"}
_MOST_SOURCES = 3
_QUOTE_LIMIT = 420
_INDENT = (0, 0, 0, 4)


def report_view(report: Report) -> Group:
    """Return the whole report: what needs work first, then what holds, then what was not checked."""
    return Group(*_parts(report))


def finding_view(finding: Finding, *, numbered: bool = True) -> Group:
    """Return one claim with its verdict, the parts compared and the sources."""
    claim, look, style = finding.checked.claim, finding.look, STYLES[finding.standing]
    head = Text(f"{finding.number:>2} " if numbered else "", style="dim")
    head.append(f"{look.symbol} {look.word.upper()}", style=style)
    head.append(f" · {', '.join(finding.kinds)}", style="dim")
    spans = [slot.span for slot in finding.wrong if slot.span is not None]
    quote = _bracketed(quote_pieces(claim.quote, claim.span.start, spans), style=style)
    parts: list[RenderableType] = [quote]
    if reads_otherwise(claim):
        parts.append(Text(f"read as: {one_line(claim.claim)}", style="dim"))
    rows = [*_facts(finding), *_sources(finding)]
    if rows:
        parts.append(_grid(rows))
    return Group(head, *(Padding(part, _INDENT, expand=False) for part in parts))


def _parts(report: Report) -> Iterator[RenderableType]:
    found = folded(findings(report))
    if report.title:
        yield Text(one_line(report.title), style="bold")
    yield Text(f"as of {report.as_of.isoformat()}" if report.as_of else "no date given", style="dim")
    for standing in Standing:
        group = [finding for finding in found if finding.standing is standing]
        if not group or standing is Standing.NOT_CHECKED:
            continue
        if standing is Standing.SUPPORTED:
            yield from _heading(f"SUPPORTED · {len(group)}")
            yield _grid([_brief(finding) for finding in group])
        else:
            for finding in group:
                yield ""
                yield finding_view(finding)
    yield from _left_out(report)
    yield ""
    yield Text(tally_line(report), style="bold")


def _heading(words: str) -> Iterator[RenderableType]:
    yield ""
    yield Rule(Text(words), align="left", style="dim")


def _facts(finding: Finding) -> Iterator[tuple[Text, Text]]:
    for slot in finding.wrong:
        kind = slot.type.replace("_", " ")
        yield (
            Text(f"{kind} claimed", style="dim"),
            Text(one_line(slot.claimed), style=STYLES[finding.standing]),
        )
        yield Text(f"{kind} found", style="dim"), Text(one_line(slot.found or "nothing to compare"))
    for slot in finding.closest:
        value = f"{slot.claimed}; the closest source: {slot.found}"
        yield Text(slot.type.replace("_", " "), style="dim"), Text(one_line(value), style="dim")
    if finding.correction:
        yield Text("correction", style="dim"), Text(one_line(finding.correction), style="bold")
    if finding.note:
        yield Text("why", style="dim"), Text(one_line(finding.note))


def _brief(finding: Finding) -> tuple[Text, Text]:
    line = Text(one_line(finding.checked.claim.claim))
    for piece in finding.evidence[:1]:
        line.append(f"  {_credit(piece)}", style="dim")
    return Text(f"{finding.number:>2} {finding.look.symbol}", style=STYLES[finding.standing]), line


def _left_out(report: Report) -> Iterator[RenderableType]:
    rest = unchecked(report)
    if not rest:
        return
    yield from _heading(f"NOT CHECKED · {len(rest)}")
    sentences = [one for one in rest if not one.clutter]
    yield _grid([(Text(" –", style="dim"), _reasoned(one.quote, one.reason)) for one in sentences])
    clutter = len(rest) - len(sentences)
    if clutter:
        yield Text(f" – {clutter} line{'' if clutter == 1 else 's'} of page clutter", style="dim")


def _reasoned(quote: str, reason: str) -> Text:
    return Text(one_line(quote, 160)).append(f"  {one_line(reason)}", style="dim")


def _grid(rows: Iterable[tuple[Text, Text]]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, value)
    return table


def _sources(finding: Finding) -> Iterator[tuple[Text, Text]]:
    most = 1 if finding.standing is Standing.NOT_ENOUGH_EVIDENCE else _MOST_SOURCES
    for piece in finding.evidence[:most]:
        yield Text(_STANCE_WORDS[piece.stance], style="dim"), _source(piece)
    more = len(finding.evidence) - most
    if more > 0:
        yield Text(""), Text(f"and {more} more in the full report", style="dim")


def _source(piece: Evidence) -> Text:
    view = Text("“")
    view.append_text(_bracketed(quote_pieces(piece.quote, piece.start, piece.marks), style="bold"))
    view.append("”\n")
    view.append(one_line(piece.title or piece.doc_id, 160), style="italic")
    view.append(f"\n{_credit(piece)}", style="dim")
    link = web_link(piece.url)
    if link:
        view.append(f"\n{link}", style="dim")
    return view


def _credit(piece: Evidence) -> str:
    day = (piece.published_at or "no date")[:10]
    return ", ".join(one_line(part, 60) for part in (piece.publisher, day, piece.locator) if part)


def _bracketed(pieces: Iterable[Segment], *, style: str) -> Text:
    """Return the pieces on one line with the wrong or decisive words in brackets and ``style``."""
    out = Text()
    for piece in pieces:
        if piece.wrong:
            out.append(f"[{one_line(piece.text)}]", style=style)
        else:
            text = piece.text.replace("\n", " ")
            before = " " if text[:1].isspace() and len(out) else ""
            after = " " if text[-1:].isspace() and text.strip() else ""
            out.append(before + one_line(text) + after)
        if len(out) > _QUOTE_LIMIT:
            out.append(" …")
            break
    out.rstrip()
    return out
