"""Documents to passages: a few sentences each, whole sentences where possible, never across page clutter.

A passage is one contiguous slice of the text and fits the embedding model, so nothing of it is cut in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import ceil
from typing import NamedTuple

from vectorstore.embedding import END_MARKS, MAX_TOKENS, count_tokens
from vectorstore.layout import BlockKind, blocks
from vectorstore.sentences import split_sentences
from vectorstore.types import Document, Passage

TITLE_TOKENS = 40
"""How much of a document's title is embedded with each passage, as its context."""
PASSAGE_TOKENS = MAX_TOKENS - END_MARKS - TITLE_TOKENS - 4
"""Longest passage; the four are for what joining title and passage may add."""

_ENOUGH_WORDS = 90
"""A passage of so many words ends with its paragraph."""
_MOST_WORDS = 170
_MOST_CHARACTERS = 2000
"""Bounds a passage whatever its tokens: a word of a thousand letters is one token to the model."""
_CUT_CHARACTERS = 1000
"""A longer sentence is cut to such pieces, which nearly always fit, before its tokens are counted."""
_COUNTED_AT_ONCE = 512


class _Piece(NamedTuple):
    """What passages are made of: a sentence, or a cut of one that is too long."""

    start: int
    end: int
    kind: BlockKind
    stretch: int
    """Number of the clutter-free stretch it is in: pieces of two stretches are never in one passage."""
    opens: bool
    """Whether a paragraph begins here."""
    words: int = 0
    tokens: int = 0


def split(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages, in order and apart; none of them holds clutter or more than the model sees."""
    return tuple(
        Passage.cut(document, group[0].start, group[-1].end)
        for group in _groups(_measured(document.text, _pieces(document.text)))
    )


def _pieces(text: str) -> Iterator[_Piece]:
    """Sentences that are not clutter, none longer than ``_CUT_CHARACTERS``."""
    stretch = 0
    for block in blocks(text):
        if block.kind is BlockKind.CLUTTER:
            stretch += 1
            continue
        opens = True
        for sentence in split_sentences(text[block.start : block.end]):
            start, end = block.start + sentence.start, block.start + sentence.end
            while end > start:
                cut = _cut_at(text, start, end, start + _CUT_CHARACTERS)
                yield _Piece(start, cut, block.kind, stretch, opens)
                opens = False
                start = _skip_blank(text, cut, end)


def _measured(text: str, pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Count words and tokens; what has too many tokens is halved until it fits."""
    while part := list(islice(pieces, _COUNTED_AT_ONCE)):
        counts = count_tokens([text[piece.start : piece.end] for piece in part])
        for piece, tokens in zip(part, counts, strict=True):
            words = len(text[piece.start : piece.end].split())
            if tokens <= PASSAGE_TOKENS:
                yield piece._replace(words=words, tokens=tokens)
            else:
                yield from _measured(text, _halves(text, piece))


def _halves(text: str, piece: _Piece) -> Iterator[_Piece]:
    cut = _cut_at(text, piece.start, piece.end, (piece.start + piece.end) // 2)
    yield piece._replace(end=cut)
    yield piece._replace(start=_skip_blank(text, cut, piece.end), opens=False)


def _cut_at(text: str, start: int, end: int, wanted: int) -> int:
    """Where to cut ``[start:end]``: at ``end`` if near enough, else behind the last word before ``wanted``."""
    if end <= wanted:
        return end
    cut = wanted
    while cut > start and not text[cut].isspace():
        cut -= 1
    while cut > start and text[cut - 1].isspace():
        cut -= 1
    return cut if cut > start else wanted  # one word longer than that is cut through


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _groups(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that make a passage each: whole paragraphs where they fit, even parts of one that does not."""
    group: list[_Piece] = []
    for paragraph in _paragraphs(pieces):
        first, *others = _parts(paragraph)
        if group and not _fits(group, first):
            yield group
            group = []
        group.extend(first)
        for part in others:
            yield group
            group = part
    if group:
        yield group


def _paragraphs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    paragraph: list[_Piece] = []
    for piece in pieces:
        if piece.opens and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(piece)
    if paragraph:
        yield paragraph


def _parts(paragraph: list[_Piece]) -> list[list[_Piece]]:
    """Cut a paragraph into parts of about equal length, as few as the limits allow."""
    words = sum(piece.words for piece in paragraph)
    tokens = sum(piece.tokens for piece in paragraph)
    characters = paragraph[-1].end - paragraph[0].start
    count = max(words / _MOST_WORDS, tokens / PASSAGE_TOKENS, characters / _MOST_CHARACTERS)
    wanted = tokens / ceil(count)
    parts: list[list[_Piece]] = [[]]
    for piece in paragraph:
        so_far = sum(one.tokens for one in parts[-1])
        if parts[-1] and (so_far + piece.tokens / 2 > wanted or not _within_limits([*parts[-1], piece])):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _fits(group: Sequence[_Piece], part: Sequence[_Piece]) -> bool:
    """Whether ``part``, which begins a paragraph, goes on with ``group``."""
    if part[0].stretch != group[-1].stretch or not _within_limits([*group, *part]):
        return False
    if part[0].kind is BlockKind.ATTRIBUTION:
        return True  # it belongs to the quote above it
    if part[0].kind is BlockKind.HEADING:
        return group[-1].kind is BlockKind.HEADING
    return sum(piece.words for piece in group) < _ENOUGH_WORDS


def _within_limits(group: Sequence[_Piece]) -> bool:
    return (
        sum(piece.words for piece in group) <= _MOST_WORDS
        and sum(piece.tokens for piece in group) <= PASSAGE_TOKENS
        and group[-1].end - group[0].start <= _MOST_CHARACTERS
    )
