"""Cutting a text at claim boundaries loses nothing and knows which claims cover what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import QuoteMismatch
from factcheck.reports.segments import Marked, quote_pieces, segments
from factcheck.types import Span


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Marked]]:
    text = draw(st.text(min_size=1, max_size=40))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)), max_size=6))
    marks = [
        Marked(span=Span(start=start, end=min(start + size, len(text))), claim=number % 3, wrong=number % 2 == 1)
        for number, (start, size) in enumerate(spans)
    ]
    return text, marks


@given(marked_texts())
def test_the_pieces_put_together_are_the_text(case: tuple[str, list[Marked]]) -> None:
    text, marks = case
    pieces = segments(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(marked_texts())
def test_each_character_has_exactly_the_claims_that_cover_it(case: tuple[str, list[Marked]]) -> None:
    text, marks = case
    for piece in segments(text, marks):
        for position in range(piece.start, piece.start + len(piece.text)):
            over = [mark for mark in marks if mark.span.start <= position < mark.span.end]
            assert set(piece.claims) == {mark.claim for mark in over}
            assert piece.wrong == any(mark.wrong for mark in over)


def test_overlapping_claims_share_the_words_they_share() -> None:
    marks = [Marked(span=Span(start=0, end=9), claim=1), Marked(span=Span(start=4, end=13), claim=2)]
    assert [(p.text, p.claims, p.ends) for p in segments("one two three", marks)] == [
        ("one ", (1,), ()),
        ("two t", (1, 2), (1,)),
        ("hree", (2,), (2,)),
    ]


def test_an_empty_text_has_no_pieces() -> None:
    assert segments("", []) == []


def test_a_mark_past_the_end_is_an_error() -> None:
    with pytest.raises(QuoteMismatch):
        segments("short", [Marked(span=Span(start=2, end=9), claim=1)])


def test_decisive_words_that_touch_are_one_and_those_outside_are_left_out() -> None:
    marks = [Span(start=104, end=107), Span(start=106, end=110), Span(start=90, end=95), Span(start=112, end=130)]
    pieces = quote_pieces("one two three.", 100, marks)
    assert [(piece.text, piece.wrong) for piece in pieces] == [
        ("one ", False), ("two th", True), ("re", False), ("e.", True),
    ]  # fmt: skip
