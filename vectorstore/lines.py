"""Logical lines of a text: where a line break ends something and where it only wraps.

News texts put a heading, a paragraph or a list item on a line; mail and plain-text files wrap one paragraph over
many lines. Knows nothing of sentences or clutter.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_WRAP_LEAST = 40
"""A line shorter than this was not broken for want of room."""
_WRAP_MOST = 120
"""A line longer than this was not broken by a program that wraps."""

_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""What ``str.splitlines`` breaks at."""
_LINE = re.compile(f"[^{_BREAKS}]+")
_LINE_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_ITEM_START = re.compile(r"(?:[-–—•*·▪●‣]|\(?\d{1,3}[.)]|[a-z][.)])\s")


class Line(NamedTuple):
    """A stretch of the text without blank ends; it may hold line breaks that only wrap."""

    start: int
    end: int
    after_blank: bool
    """Whether an empty line (or the beginning of the text) stands before it."""


def logical_lines(text: str) -> list[Line]:
    """Split ``text`` at the line breaks that end something; every character that is not blank is in a line."""
    lines: list[Line] = []
    for paragraph in _paragraphs(text):
        wrapped = _is_wrapped(text, paragraph)
        for index, (start, end) in enumerate(paragraph):
            if index and wrapped and not _ITEM_START.match(text, start, end):
                lines[-1] = lines[-1]._replace(end=end)
            else:
                lines.append(Line(start, end, after_blank=index == 0))
    return lines


@lru_cache(maxsize=64)
def paragraph_starts(text: str) -> tuple[int, ...]:
    """Offsets at which the paragraphs of a text begin, as a reader counts them: headings and list items too."""
    return tuple(line.start for line in logical_lines(text))


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Lines that are not blank, without blank ends, grouped by the empty lines between them."""
    groups: list[list[tuple[int, int]]] = []
    last_end = -1
    for found in _LINE.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if last_end < 0 or len(_LINE_BREAK.findall(text, last_end, start)) > 1:
            groups.append([])
        groups[-1].append((start, end))
        last_end = end
    return groups


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether these lines are one paragraph that a program broke at a width."""
    if len(lines) < 2:
        return False
    lengths = [end - start for start, end in lines]
    longest, broken = max(lengths), lengths[:-1]
    if longest > _WRAP_MOST or longest < _WRAP_LEAST or min(broken) < 0.6 * longest:
        return False
    ended = sum(bool(_ENDS_SENTENCE.search(text[max(start, end - 8) : end])) for start, end in lines[:-1])
    lower = sum(text[start].islower() for start, _ in lines[1:])
    return lower > 0 and ended <= len(broken) / 2
