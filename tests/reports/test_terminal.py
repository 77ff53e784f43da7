"""The readable report: legible, in order, and safe for a terminal."""

import io

import pytest
from rich.console import Console

from factcheck.reports.terminal import report_view
from factcheck.types import Report


def shown(report: Report, width: int = 88, *, color: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, force_terminal=color)
    console.print(report_view(report))
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert max(len(line) for line in shown(report, width).splitlines()) <= width


def test_the_wrong_words_are_in_brackets(report: Report) -> None:
    assert "The harbour bridge reopened on [4 March 2024]" in shown(report)


def test_a_refuted_claim_has_claimed_found_correction_and_source(report: Report) -> None:
    first = shown(report).split("\n\n")[1]
    wanted = (
        "REFUTED · date", "date claimed", "date found", "6 March 2024", "correction", "“Traffic returned on [6 March",
        "Bridge open again", "The Harbour Gazette, 2024-03-07", "https://gazette.example/bridge?a=1&b=2",
    )  # fmt: skip
    positions = [first.index(words) for words in wanted]
    assert positions == sorted(positions)


def test_the_order_is_problems_then_supported_then_not_checked_then_tally(report: Report) -> None:
    text = shown(report)
    parts = ("REFUTED", "CONFLICTING", "NOT JUDGED", "NO EVIDENCE", "SUPPORTED · 1", "NOT CHECKED · 3", "7 statements")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_markup_and_control_characters_of_a_source_are_only_shown(report: Report) -> None:
    text = shown(report, color=True)
    assert "[bold red]x[/]" in text
    assert "\x1b[31mred" not in text
    assert "<U+001B>[31mred" in text


def test_an_address_that_is_no_web_address_is_not_shown_as_one(report: Report) -> None:
    assert "javascript:" not in shown(report)


def test_the_left_out_sentences_have_their_reason(report: Report) -> None:
    text = shown(report)
    assert "It is the finest bridge in the country.  an opinion" in text
    assert "1 line of page clutter" in text
