"""Sentences of a text, with exact offsets. Linear in time: a text of one line of many megabytes is fine.

Rules over the characters around each full stop, question and exclamation mark; no model. A line break ends a
sentence unless it only wraps the text (``lines``).
"""

import re
from typing import NamedTuple

from vectorstore import abbreviations as known
from vectorstore.lines import logical_lines


class Sentence(NamedTuple):
    """A half-open range of characters, without blank ends; unpacks as ``start, end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of this sentence; ``text`` is the one it was found in."""
        return text[self.start : self.end]


_LOOK_BACK = 40
"""Characters before a full stop that decide about it."""
_LOOK_AHEAD = 40

_CLOSERS = "\"'”’»)]"
# possessive quantifiers keep it linear in the length of a run of marks
_STOP = re.compile(rf"(?:(?<![.!?…])[.!?…]++[{re.escape(_CLOSERS)}]*+(?=\s)|[。！？]++[」』”]*+)")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"'“”„«‘’—–/]+$")
_NEXT_WORD = re.compile(r"\s+[\"'“”„«‘(\[]*([\w’'-]+)")
_NEXT_TWO = re.compile(r"\s+\S+\s+([\w’'-]+)")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)*(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|Y[aeiou]|[ZCSKTP]h|Ts|St)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])")


def split_sentences(text: str) -> list[Sentence]:
    """Find the sentences of ``text``: in order, apart, and covering every character that is not blank."""
    sentences: list[Sentence] = []
    for line in logical_lines(text):
        start = line.start
        for found in _STOP.finditer(text, line.start, line.end):
            if found.end() < line.end and _ends_sentence(text, start, found, line.end):
                sentences.append(Sentence(start, found.end()))
                start = found.end()
                while text[start].isspace():
                    start += 1
        sentences.append(Sentence(start, line.end))
    return sentences


def _ends_sentence(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    """Whether the mark at ``stop`` ends the sentence that began at ``start``; more text follows it."""
    mark = stop.group()
    if mark[0] in "。！？":
        return True
    ahead = text[stop.end() : min(line_end, stop.end() + _LOOK_AHEAD)]
    following = _NEXT_WORD.match(ahead)
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    if mark.rstrip(_CLOSERS) != "." or mark[-1] in _CLOSERS:
        return True
    before = _WORD_BEFORE.search(text[max(start, stop.start() - _LOOK_BACK) : stop.start()])
    if before is None:
        return True
    return _ends_at_full_stop(before.group(), word, ahead, at_start=stop.start() - len(before.group()) == start)


def _ends_at_full_stop(before: str, word: str, ahead: str, *, at_start: bool) -> bool:
    """Whether the full stop after the word ``before`` ends a sentence, ``word`` being the next one."""
    folded = before.casefold()
    if at_start and _LIST_MARK.fullmatch(before):
        return False  # "1. First item"
    if folded in known.BEFORE_NAME:
        return False  # "Mr. Smith", "Gen. Budanov"
    if folded in known.BEFORE_NUMBER and word[:1].isdigit():
        return False  # "No. 12414", "Jan. 5"
    if before.isdigit() and len(before) <= 2 and word.casefold() in known.ORDINAL_MONTHS:
        return False  # "am 23. Juli"
    starts = word.casefold() in known.STARTERS or not word
    if folded in known.CLOCK:
        second = _NEXT_TWO.match(ahead)
        in_zone = second is not None and second.group(1).casefold() == "time"
        return not (in_zone or word.casefold() in known.AFTER_CLOCK)
    if _DOTTED.fullmatch(before) or _INITIALS.fullmatch(before) or folded in known.SUFFIXES:
        return starts  # "U.S. President" and "V. Putin" go on, "in the U.S. The" does not
    return True
