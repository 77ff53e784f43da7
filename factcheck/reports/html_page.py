"""One self-contained HTML page: the text with its claims, and for each the verdict and its sources.

The page asks nothing of any other address. Its content policy allows only the style and the script that are
in it, by their hashes, so that nothing a text or a source contains could run even if it got through the
escaping.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from factcheck.reports import Documents
from factcheck.reports.findings import LOOKS, Finding, Standing, findings, folded, reads_otherwise, unchecked
from factcheck.reports.pictures import Sums, pictures
from factcheck.reports.safe_text import visible, web_link
from factcheck.reports.segments import Marked, Segment, quote_pieces, segments
from factcheck.types import Evidence, Report

_TEMPLATES = Path(__file__).parent / "templates"
_CONTEXT = 140
"""Characters of the source shown before and after a quote."""
_SHOWN = 2
"""Sources shown at once; the others are a click away."""


class Piece(NamedTuple):
    """A stretch of the checked text as the page shows it."""

    text: str
    findings: tuple[Finding, ...]
    """The findings that cover it, the gravest first."""
    wrong: bool
    starts: tuple[Finding, ...]
    """The findings that begin here; a piece with any is a stop for the keyboard."""
    ends: Finding | None
    """The gravest finding that ends here."""


class Card(NamedTuple):
    """One piece of evidence as the page shows it."""

    evidence: Evidence
    before: str
    quote: list[Segment]
    after: str
    link: str | None


class TableRow(NamedTuple):
    """One claim as a line of the table."""

    number: int
    standing: Standing
    kind: str
    claim: str
    words: list[Segment]
    """The claim, what a source contradicts marked."""
    confidence: float | None
    source: str
    """Publisher of the source that weighs most; empty when there is none."""
    day: str
    """Its day; empty when unknown."""
    cards: list[Card]
    correction: str | None
    note: str | None
    where: str | None
    """Where a claim of many stands: its article."""


def table_row(finding: Finding, kind: str, *, where: str | None = None) -> TableRow:
    """The line of a claim; its cards are without context."""
    verdict = finding.checked.verdict
    best = next(iter(finding.evidence), None)
    source = "" if best is None else best.publisher or best.title or best.doc_id
    return TableRow(
        number=finding.number, standing=finding.standing, kind=kind, claim=finding.checked.claim.claim,
        words=own_words(finding), confidence=verdict.confidence if verdict else None, source=source,
        day=((best.published_at if best else None) or "")[:10],
        cards=[card(piece, {}) for piece in finding.evidence], correction=finding.correction, note=finding.note,
        where=where,
    )  # fmt: skip


def render(report: Report, documents: Documents) -> str:
    """Return the page; ``documents`` gives the quotes their context."""
    found = [finding for finding in folded(findings(report)) if finding.standing is not Standing.NOT_CHECKED]
    groups = [(standing, [one for one in found if one.standing is standing]) for standing in Standing]
    style, script = read("report.css", "summary.css"), read("report.js", "table.js")
    sums = Sums()
    for one in found:
        sums.add(one, kind=", ".join(one.kinds))
    return environment().get_template("report.html.jinja").render(
        report=report,
        pieces=text_pieces(report, found),
        pictures=pictures(sums),
        rows=[table_row(one, ", ".join(one.kinds)) for one in found],
        standings=[standing for standing, group in groups if group],
        kinds=sorted({", ".join(one.kinds) for one in found}),
        groups=[(standing, group) for standing, group in groups if group],
        cards={one.number: [card(piece, documents) for piece in one.evidence] for one in found},
        neutral={one.number: [card(piece, documents) for piece in one.neutral] for one in found},
        shown=_SHOWN,
        own_words=own_words,
        reads_otherwise=reads_otherwise,
        unchecked=unchecked(report),
        looks=LOOKS,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
    )  # fmt: skip


def text_pieces(report: Report, found: Sequence[Finding]) -> list[Piece]:
    """Cut the checked text into pieces that belong to the same findings from end to end."""
    by_number = {finding.number: finding for finding in found}
    marks = [Marked(span=one.checked.claim.span, claim=one.number) for one in found]
    size = len(report.text)
    for one in found:
        inside = (slot.span for slot in one.wrong if slot.span is not None and slot.span.end <= size)
        marks.extend(Marked(span=span, claim=one.number, wrong=True) for span in inside)
    pieces = []
    for segment in segments(report.text, marks):
        over = sorted((by_number[number] for number in segment.claims), key=lambda one: one.standing.gravity)
        ends = min((by_number[number] for number in segment.ends), key=lambda one: one.standing.gravity, default=None)
        starts = tuple(one for one in over if one.checked.claim.span.start == segment.start)
        pieces.append(Piece(segment.text, tuple(over), segment.wrong, starts, ends))
    if pieces and not pieces[0].findings:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
    return pieces


def card(piece: Evidence, documents: Documents) -> Card:
    """Set a quote in its context; without one when the stored text is not at hand or no longer the same."""
    text = documents.get(piece.doc_id, "")
    before = after = ""
    if text[piece.start : piece.end] == piece.quote:
        before = text[max(piece.start - _CONTEXT, 0) : piece.start]
        after = text[piece.end : piece.end + _CONTEXT]
        if piece.start > _CONTEXT:
            before = "… " + before.partition(" ")[2]
        if piece.end + _CONTEXT < len(text):
            after = after.rpartition(" ")[0] + " …"
    quote = quote_pieces(piece.quote, piece.start, piece.marks)
    return Card(piece, before.lstrip(), quote, after.rstrip(), web_link(piece.url))


def own_words(finding: Finding) -> list[Segment]:
    """The claim's words, those that a source contradicts marked."""
    claim = finding.checked.claim
    spans = [slot.span for slot in finding.wrong if slot.span is not None]
    return quote_pieces(claim.quote, claim.span.start, spans)


def policy(style: str, script: str) -> str:
    """The content policy of a page that runs nothing but ``style`` and ``script``."""
    hashes = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("style", style), ("script", script))
    }
    allowed = " ".join(f"{name}-src 'sha256-{digest}';" for name, digest in hashes.items())
    return f"default-src 'none'; {allowed} base-uri 'none'; form-action 'none'"


def read(*names: str) -> str:
    """Files beside the templates, one after the other."""
    return "".join((_TEMPLATES / name).read_text("utf-8") for name in names)


def shown(value: object) -> object:
    """Make what a template prints visible text, except what is markup already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    """The templates of all pages; what they print is escaped and made visible."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
