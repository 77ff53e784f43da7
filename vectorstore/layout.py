"""What each line of a page is: prose, heading, attribution of a quote, or clutter, with exact offsets.

Rules go by the shape of a line and by the lines around it (``clutter`` has those for single lines); no names and
no model. Knows nothing of claims or passages.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from vectorstore import clutter
from vectorstore.attribution import is_attribution
from vectorstore.lines import Line, logical_lines
from vectorstore.types import Frozen


class BlockKind(StrEnum):
    """What a block is to a reader."""

    PROSE = "prose"
    HEADING = "heading"
    ATTRIBUTION = "attribution"
    """Says who said the quote above it: "- wrote Smith."."""
    CLUTTER = "clutter"
    """Not part of what the document says: counters, times, tags, bylines, buttons."""


class Block(Frozen):
    """One logical line of a text: ``text[start:end]``, without blank ends."""

    start: int
    end: int
    kind: BlockKind
    reason: str | None = None
    """Why it is clutter, for a person: ``view counter``, ``time stamp``, ``tag list`` and so on; else None."""


_HEADING_WORDS = 22
_HEADING_CHARACTERS = 180
_TAGS_AT_END = 3
"""Short lines without a sentence, one below the other at the end of a page: tags. Fewer may be anything."""
_ENTRIES_ELSEWHERE = 4
"""As many of them before or between prose: a menu."""
_FINAL_MARK = re.compile(r"[.!?…:;,。！？][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-–—•*·▪●‣]|\(?\d{1,3}[.)])\s+\S")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


def blocks(text: str) -> list[Block]:
    """Say what each logical line of ``text`` is, in order; every character that is not blank is in a block."""
    lines = logical_lines(text)
    words = [text[line.start : line.end] for line in lines]
    reasons: list[str | None] = [clutter.reason(one) for one in words]
    _mark_lists(lines, words, reasons)
    _mark_labels(lines, words, reasons)
    content, last = reasons.count(None), _last_content(reasons)
    found: list[Block] = []
    for index, line in enumerate(lines):
        kind = BlockKind.CLUTTER
        if reasons[index] is None:
            after = found[-1].kind if found else None
            kind = _kind(words[index], after=after, alone=content == 1, last=index == last)
        found.append(Block(start=line.start, end=line.end, kind=kind, reason=reasons[index]))
    return found


def _kind(line: str, *, after: BlockKind | None, alone: bool, last: bool) -> BlockKind:
    """Say what a line is that is not clutter; ``alone`` and ``last`` among those that are not."""
    if _MARKDOWN_HEADING.match(line):
        return BlockKind.HEADING
    if after is BlockKind.PROSE and is_attribution(line):
        return BlockKind.ATTRIBUTION
    if alone or _FINAL_MARK.search(line[-8:]) or _ITEM.match(line):
        return BlockKind.PROSE
    if last and after is not BlockKind.CLUTTER:
        return BlockKind.PROSE  # it heads nothing: an unfinished sentence
    short = len(line) <= _HEADING_CHARACTERS and len(line.split()) <= _HEADING_WORDS
    return BlockKind.HEADING if short else BlockKind.PROSE


def _last_content(reasons: Sequence[str | None]) -> int:
    """Index of the last line that is not clutter, -1 when there is none."""
    return next((index for index in range(len(reasons) - 1, -1, -1) if reasons[index] is None), -1)


def _mark_lists(lines: Sequence[Line], words: Sequence[str], reasons: list[str | None]) -> None:
    """Mark runs of short lines that hold no sentence: tags at the end of a page, a menu elsewhere."""
    end = _last_content(reasons)
    for first, last in _runs(lines, words, reasons):
        introduced = first > 0 and words[first - 1].endswith(":") and reasons[first - 1] is None
        if introduced or (first == 0 and last == len(lines) - 1):
            continue  # "The delegation includes:" and its members; a document that is nothing but a list
        if last - first + 1 >= (_TAGS_AT_END if last >= end else _ENTRIES_ELSEWHERE):
            for index in range(first, last + 1):
                reasons[index] = "tag list" if last >= end else "menu"


def _runs(lines: Sequence[Line], words: Sequence[str], reasons: Sequence[str | None]) -> list[tuple[int, int]]:
    """First and last index of each run of tag-like lines that no empty line parts."""
    runs: list[tuple[int, int]] = []
    open_run = False
    for index, line in enumerate(lines):
        fits = reasons[index] is None and clutter.is_tag_like(words[index])
        if fits and open_run and not line.after_blank:
            runs[-1] = (runs[-1][0], index)
        elif fits:
            runs.append((index, index))
        open_run = fits
    return runs


def _mark_labels(lines: Sequence[Line], words: Sequence[str], reasons: list[str | None]) -> None:
    """Mark lone section labels and lone names of authors; both stand between empty lines."""
    parted = [
        index
        for index in range(1, len(lines))
        if reasons[index] is None
        and lines[index].after_blank
        and (index + 1 == len(lines) or lines[index + 1].after_blank)
    ]
    for index in parted:
        if clutter.is_label(words[index]):
            reasons[index] = "section label"
    end = _last_content(reasons)
    for index in parted:
        # where authors are named: under the headline, beside clutter, or after the text
        at_edge = index == 1 or index == end or any([*reasons[index - 1 : index], *reasons[index + 1 : index + 2]])
        if reasons[index] is None and at_edge and clutter.is_personal_name(words[index]):
            reasons[index] = "byline"
