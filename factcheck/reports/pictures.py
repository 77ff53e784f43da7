"""Pictures of many verdicts as SVG that stands in a page: counts as bars, confidence, calibration. Pure.

What is drawn is also written: every bar has its numbers beside it or as its title, and no colour says anything alone.
The page's style sheet gives the colours, by class, so that they follow the reader's scheme and the printer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from factcheck.reports.findings import LOOKS, Finding, Standing
from factcheck.reports.safe_text import one_line
from factcheck.types import Label, Stance

BINS = 10
"""Steps of confidence."""
MOST_ROWS = 8
"""Bars of a picture; the largest are drawn, the others are one bar."""
LONGEST_NAME = 26
"""Characters of a name beside a bar."""
_WIDTH, _BAR, _STEP, _LEFT, _RIGHT = 360, 12, 20, 150, 36
_STANCES = {Stance.REFUTES: "says otherwise", Stance.SUPPORTS: "says the same"}


class Sums:
    """What the pictures are drawn from, added up claim by claim."""

    def __init__(self) -> None:
        self.standings: Counter[Standing] = Counter()
        self.kinds: dict[str, Counter[str]] = {}
        self.sources: dict[str, Counter[str]] = {}
        self.confident: list[Counter[str]] = [Counter() for _ in range(BINS)]
        self.labelled: list[_Bin] = [_Bin(0, 0, 0.0) for _ in range(BINS)]

    def add(self, finding: Finding, *, kind: str, expected: Label | None = None) -> None:
        """Count a claim; ``expected`` is the label it is known to have."""
        verdict, standing = finding.checked.verdict, finding.standing
        if verdict is None:
            return
        self.standings[standing] += 1
        self.kinds.setdefault(kind, Counter())[standing.value] += 1
        for name, stance in {(piece.publisher or piece.doc_id, piece.stance) for piece in finding.evidence}:
            self.sources.setdefault(name, Counter())[stance.value] += 1
        if verdict.confidence is None or verdict.label is None:
            return
        step = min(int(verdict.confidence * BINS), BINS - 1)
        self.confident[step][standing.value] += 1
        if expected is not None:
            before = self.labelled[step]
            right = before.right + (verdict.label is expected)
            self.labelled[step] = _Bin(before.claims + 1, right, before.confidence + verdict.confidence)


class _Bin(NamedTuple):
    """Claims of about the same confidence."""

    claims: int
    right: int
    confidence: float
    """The sum over them."""


class Picture(NamedTuple):
    """A drawing and what it shows."""

    title: str
    svg: Markup


def pictures(sums: Sums) -> list[Picture]:
    """The pictures that there is something to draw for."""
    words = {standing.value: LOOKS[standing].word.lower() for standing in Standing}
    stances = {stance.value: word for stance, word in _STANCES.items()}
    drawn = []
    if sums.kinds:
        drawn.append(Picture("Verdicts by type of claim", bars(sums.kinds, words)))
    if sums.sources:
        drawn.append(Picture("Sources cited, by what they say of the claims", bars(sums.sources, stances)))
    if any(sums.confident):
        steps = {f"{step * BINS} to {(step + 1) * BINS} %": row for step, row in enumerate(sums.confident) if row}
        drawn.append(Picture("Confidence that the verdict is right", bars(steps, words, ranked=False)))
    if any(one.claims for one in sums.labelled):
        drawn.append(Picture("Confidence against labels known beforehand", reliability(sums.labelled)))
    return drawn


def bars(rows: Mapping[str, Counter[str]], words: Mapping[str, str], *, ranked: bool = True) -> Markup:
    """Lying bars, one a row, each cut by the names in ``words``, which are classes of the style sheet."""
    shown = _largest(rows) if ranked else list(rows.items())
    most = max((row.total() for _, row in shown), default=0) or 1
    parts = []
    for place, (name, row) in enumerate(shown):
        top, x = place * _STEP, float(_LEFT)
        told = ", ".join(f"{row[key]:,} {word}" for key, word in words.items() if row[key])
        label = one_line(name.replace("_", " "))
        short = label if len(label) <= LONGEST_NAME else label[: LONGEST_NAME - 1] + "…"
        parts.append(Markup("<g><title>{}: {}</title>").format(label, told))
        parts.append(Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(_LEFT - 8, top + _BAR - 1, short))
        for key in words:
            wide = row[key] * (_WIDTH - _LEFT - _RIGHT) / most
            if wide:
                parts.append(_rectangle(x, top, wide, _BAR, f"part {key}"))
            x += wide
        parts.append(Markup('<text x="{:.1f}" y="{}">{:,}</text></g>').format(x + 5, top + _BAR - 1, row.total()))
    return _drawing(len(shown) * _STEP, "; ".join(f"{name}: {row.total()}" for name, row in shown), parts)


def reliability(bins: Sequence[_Bin]) -> Markup:
    """Confidence across, share of right verdicts up: on the slanting line, one is as good as the other."""
    side, left, top = 160, 120, 8
    parts = [
        Markup('<path class="axis" d="M{0} {1}V{2}H{3}"/>').format(left, top, top + side, left + side),
        Markup('<path class="ideal" d="M{0} {1}L{2} {3}"/>').format(left, top + side, left + side, top),
    ]
    for share in (0, 50, 100):
        x, y = left + side * share / 100, top + side - side * share / 100
        parts.append(
            Markup('<text x="{:.0f}" y="{}" text-anchor="middle">{} %</text>').format(x, top + side + 15, share)
        )
        parts.append(Markup('<text x="{}" y="{:.0f}" text-anchor="end">{} %</text>').format(left - 6, y + 4, share))
    most = max(one.claims for one in bins)
    told = []
    for one in bins:
        if not one.claims:
            continue
        sure, right = one.confidence / one.claims, one.right / one.claims
        told.append(f"{one.claims:,} claims, {sure:.0%} sure, {right:.0%} right")
        x, y, size = left + side * sure, top + side - side * right, 3 + 6 * (one.claims / most) ** 0.5
        parts.append(
            Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>').format(
                x, y, size, told[-1]
            )
        )
    return _drawing(top + side + 22, "; ".join(told), parts)


def _largest(rows: Mapping[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    ranked = sorted(rows.items(), key=lambda item: (-item[1].total(), item[0]))
    if len(ranked) <= MOST_ROWS:
        return ranked
    others: Counter[str] = Counter()
    for _, row in ranked[MOST_ROWS - 1 :]:
        others.update(row)
    return [*ranked[: MOST_ROWS - 1], (f"{len(ranked) - MOST_ROWS + 1:,} others", others)]


def _rectangle(x: float, y: int, wide: float, high: int, name: str) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(name, x, y, wide, high)


def _drawing(high: int, label: str, parts: Iterable[Markup]) -> Markup:
    opened = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(_WIDTH, high, one_line(label))
    return opened + Markup("").join(parts) + Markup("</svg>")
