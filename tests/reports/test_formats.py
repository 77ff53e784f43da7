"""Every report format: what it holds, and that hostile text stays text."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.reports import REPORTS, format_of, format_of_file, render
from factcheck.reports.csv_table import COLUMNS, guarded
from factcheck.reports.markdown import escaped
from factcheck.types import Report, Verdict

NAMES = [row.name for row in REPORTS if not row.binary and not row.published]
FOR_PEOPLE = ("html", "md", "csv")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_of_the_table_renders(name: str, report: Report, documents: dict[str, str]) -> None:
    assert render(name, report, documents).endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_renders_a_text_without_claims(name: str) -> None:
    render(name, Report(text="Nothing here.", claims=(), version="0"))


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_no_control_or_direction_character_reaches_a_reader(name: str, report: Report) -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", render(name, report))


@pytest.mark.parametrize("path", ["r.html", "R.HTML", "a.b/c.md", "x.json", "x.jsonl", "x.csv"])
def test_the_end_of_the_name_chooses_the_format(path: str) -> None:
    assert format_of_file(path).name == path.lower().rpartition(".")[2]


@pytest.mark.parametrize("path", ["r.pdf", "r.odt", "r", ".html"])
def test_an_unknown_ending_names_those_there_are(path: str) -> None:
    with pytest.raises(UsageError, match=r"\.html, \.md, \.json, \.jsonl, \.csv"):
        format_of_file(path)


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="html, md, json"):
        format_of("pdf")


def test_json_is_the_whole_report(report: Report) -> None:
    assert Report.model_validate_json(render("json", report)) == report


def test_json_lines_has_the_verdicts_in_order_and_nothing_else(report: Report) -> None:
    verdicts = [Verdict.model_validate_json(line) for line in render("jsonl", report).splitlines()]
    assert verdicts == [one.verdict for one in report.claims if one.verdict]


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render("csv", report))))


def test_csv_has_a_row_for_every_claim(report: Report) -> None:
    table = rows(report)
    assert tuple(table[0]) == COLUMNS
    assert [row["claim_id"] for row in table] == [one.claim.claim_id for one in report.claims]
    assert table[0]["label"] == "REFUTED"
    assert table[0]["wrong"] == "date: 4 March 2024 → 6 March 2024"
    assert table[5]["label"] == "" != table[5]["error"]
    assert table[6]["not_checked"] == "an opinion"


def test_csv_cells_cannot_be_formulas(report: Report) -> None:
    assert rows(report)[3]["source_publisher"] == "'=HYPERLINK(1)"


@given(st.text())
def test_no_guarded_cell_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["plain", "a = b", "", "1.5"])
def test_ordinary_cells_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_markdown_puts_refuted_claims_first_and_marks_the_wrong_words(report: Report) -> None:
    page = render("md", report)
    assert page.index("## Refuted (2)") < page.index("## Conflicting (1)") < page.index("## Supported (1)")
    assert "### ✕ The harbour bridge reopened on **4 March 2024**" in page
    assert "[Bridge open again](<https://gazette.example/bridge?a=1&b=2>)" in page


def test_markdown_links_only_to_web_addresses(report: Report) -> None:
    assert "javascript:" not in render("md", report)


def test_markdown_in_a_source_stays_text(report: Report) -> None:
    page = render("md", report)
    assert "<script>" not in page
    assert "\\<script\\>" in page


@given(st.text())
def test_escaped_markdown_has_no_bare_special_character(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]*_`|]", escaped(text))
    assert "\n" not in escaped(text)


@pytest.mark.parametrize("text", ["# head", "- item", "+ item", "1. item", "1) item", "=== ", "---", "> quote"])
def test_a_line_cannot_begin_a_block(text: str) -> None:
    assert re.match(r"\d*\\", escaped(text))
