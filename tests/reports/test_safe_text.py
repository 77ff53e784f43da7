"""What is shown to people can neither drive a terminal nor hide its order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.reports.safe_text import one_line, visible, web_link


@given(st.text())
def test_no_control_character_is_left_but_newline_and_tab(text: str) -> None:
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\n\t" for c in visible(text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_escape_sequences_and_direction_overrides_are_spelt_out() -> None:
    assert visible("a\x1b[31mb\u202ec\x07") == "a<U+001B>[31mb<U+202E>c<U+0007>"


@given(st.text(), st.integers(1, 30))
def test_one_line_is_one_line_of_at_most_that_length(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit


def test_a_cut_does_not_part_a_letter_from_its_accent() -> None:
    assert one_line("cafe\u0301 bar", 5) == "caf…"


@pytest.mark.parametrize("url", ["https://a.example/b?c=d&e=1", "http://a.example", "HTTPS://A.EXAMPLE/"])
def test_web_addresses_may_be_followed(url: str) -> None:
    assert web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "//a.example", "https://", "https:///x", 'https://a.example/"><script>', "https://a.example/\u202egnp",
        "http://a b", "vbscript:x", "https://user\\@evil.example", "https://a.example/\njavascript:1",
    ],
)  # fmt: skip
def test_other_addresses_may_not(url: str | None) -> None:
    assert web_link(url) is None
