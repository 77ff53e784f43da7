"""Sentences: exact offsets, and the full stops that do not end one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import Sentence, split_sentences

WHOLE = [
    "Mr. Smith met Mrs. Brown and Dr. Lee.",
    "The U.S. President arrived with Gen. Adams and Lt. Col. Baker.",
    "They met at 5 p.m. Monday in the hall.",
    "They met at 5 p.m. Kyiv time in the hall.",
    "V. Putin and J. D. Vance did not come.",
    "It was decree No. 12414 of Jan. 5 and it cost 3.5 million.",
    "St. Petersburg is not on the list, e.g. because of the war.",
    "Acme Inc. Chairman Ann Lee left.",
    "He said: “We are ready!” and left.",
    "Yahoo! is a company, as Prof. A. B. Jones said.",
    "Die Sitzung war am 23. Juli in Berlin.",
    "Засідання за участю ген. Петренка відбулося у липні.",
    "Prices rose by 2.7 percent (vs. 3.1 percent in 2024) in the E.U. last year.",
    "1. The first item of a list.",
    "The vote was 5-4... and then it was over.",
]
PAIRS = [
    ("He left the U.S. He went home.", "He left the U.S."),
    ("They met at 5 p.m. The talks were short.", "They met at 5 p.m."),
    ("They met at 5 p.m. Diplomats stayed away.", "They met at 5 p.m."),
    ("He joined the EU. Ukraine did not.", "He joined the EU."),
    ("He said no. Five people left.", "He said no."),
    ("It ended in 2014. Ukraine went on.", "It ended in 2014."),
    ("It cost $5. Nobody paid.", "It cost $5."),
    ("“We are ready.” The minister left.", "“We are ready.”"),
    ('He asked: "Why?" Nobody knew.', 'He asked: "Why?"'),
    ("Is it over? Nobody knows.", "Is it over?"),
    ("She works for Acme Inc. The firm is old.", "She works for Acme Inc."),
    ("He came (at last.) They were glad.", "He came (at last.)"),
    ("Talks ended… They will go on.", "Talks ended…"),
    ("It happened in Kyiv. 15 people came.", "It happened in Kyiv."),
    ("会议结束。他们离开了。", "会议结束。"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert [one.of(text) for one in split_sentences(text)] == [text]


@pytest.mark.parametrize(("text", "first"), PAIRS)
def test_two_sentences_are_parted(text: str, first: str) -> None:
    assert [one.of(text) for one in split_sentences(text)] == [first, text[len(first) :].strip()]


def test_a_line_break_ends_a_sentence_in_a_page_of_lines() -> None:
    text = "Talks begin in Geneva\nThe two teams met on Monday.\nThey will meet again"
    assert [one.of(text) for one in split_sentences(text)] == text.split("\n")


def test_a_blank_line_ends_a_sentence_even_before_a_small_letter() -> None:
    text = "the first part of it\n\nthe second part"
    assert len(split_sentences(text)) == 2


def test_a_wrapped_paragraph_is_read_across_its_lines() -> None:
    text = (
        "The two delegations met in the old palace by the water on Monday and\n"
        "talked for four hours about prisoners, children and the next meeting of\n"
        "Presidents. They will meet again in August, the foreign ministry of the host\n"
        "country said."
    )
    assert [one.of(text)[:9] for one in split_sentences(text)] == ["The two d", "They will"]


def test_sentences_unpack_as_start_and_end() -> None:
    start, end = split_sentences("  One. ")[0]
    assert (start, end) == Sentence(2, 6)


def test_a_text_of_one_huge_line_takes_linear_time() -> None:
    started = time.perf_counter()
    assert len(split_sentences("Mr. Smith of Acme Inc. met 3.5 people. " * 50_000)) == 50_000
    assert len(split_sentences("x" * 2_000_000)) == 1
    assert len(split_sentences("." * 500_000)) == 1
    assert split_sentences(" " * 2_000_000) == []
    assert time.perf_counter() - started < 20


ALPHABET = st.sampled_from(
    [*"aA1 .!?\n\r\t\"'”“()…-,:;", "Mr", "U.S", "p.m", "No", "é", "я", "。", "\u2028", "\u00a0", "\x85"]
)


@given(st.lists(ALPHABET, max_size=60).map("".join) | st.text(max_size=60))
def test_sentences_are_in_order_apart_and_cover_all_that_is_not_blank(text: str) -> None:
    covered = 0
    for start, end in split_sentences(text):
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered = end
    assert not text[covered:].strip()
