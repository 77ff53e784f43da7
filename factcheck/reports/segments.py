"""Cuts a text where claims and wrong words begin and end, so that overlapping claims can be shown. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from factcheck.types import Frozen, Span


class Marked(Frozen):
    """A span to be shown in the text."""

    span: Span
    claim: int
    """Which claim it belongs to."""
    wrong: bool = False
    """Whether these are the words a source contradicts, rather than the whole claim."""


class Segment(Frozen):
    """A stretch of the text to which the same claims apply from end to end."""

    text: str
    start: int
    claims: tuple[int, ...] = ()
    """The claims that cover it, in the order given."""
    wrong: bool = False
    """Whether a source contradicts these very words."""
    ends: tuple[int, ...] = ()
    """The claims whose last character this is."""


def segments(text: str, marks: Sequence[Marked]) -> list[Segment]:
    """Cut ``text`` at every boundary of ``marks``; the pieces put together are ``text`` again.

    Raises QuoteMismatch for a mark that reaches past the end of the text.
    """
    for mark in marks:
        mark.span.of(text)
    cuts = sorted({0, len(text), *(m.span.start for m in marks), *(m.span.end for m in marks)})
    covering: list[list[Marked]] = [[] for _ in cuts]
    for mark in marks:
        first, past = bisect_left(cuts, mark.span.start), bisect_left(cuts, mark.span.end)
        for piece in range(first, past):
            covering[piece].append(mark)
    return [_segment(text, start, end, over) for (start, end), over in zip(pairwise(cuts), covering, strict=False)]


def _segment(text: str, start: int, end: int, over: Sequence[Marked]) -> Segment:
    return Segment(
        text=text[start:end],
        start=start,
        claims=tuple(dict.fromkeys(mark.claim for mark in over)),
        wrong=any(mark.wrong for mark in over),
        ends=tuple(dict.fromkeys(mark.claim for mark in over if mark.span.end == end and not mark.wrong)),
    )


def quote_pieces(quote: str, start: int, marks: Sequence[Span]) -> list[Segment]:
    """Cut a quote that begins at offset ``start`` of its document at its decisive words, which are ``wrong``.

    Marks that touch become one; those outside the quote are left out, those over its edge shortened.
    """
    end = start + len(quote)
    inside: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        first, past = max(mark.start, start), min(mark.end, end)
        if first >= past:
            continue
        if inside and first <= inside[-1][1]:
            inside[-1] = (inside[-1][0], max(inside[-1][1], past))
        else:
            inside.append((first, past))
    spans = [Span(start=first - start, end=past - start) for first, past in inside]
    return segments(quote, [Marked(span=span, claim=0, wrong=True) for span in spans])
