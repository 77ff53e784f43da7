"""The Excel workbook and the Word document, opened by the libraries that read them."""

import io
import re

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.reports import render, render_bytes
from factcheck.reports.csv_table import COLUMNS
from factcheck.reports.excel import LONGEST, write_book
from factcheck.types import Report

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


def book(report: Report, documents: dict[str, str]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_bytes("xlsx", report, documents)))


def test_the_workbook_has_a_row_for_every_claim(report: Report, documents: dict[str, str]) -> None:
    rows = list(book(report, documents)["Claims"].iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == [one.claim.claim_id for one in report.claims]
    assert rows[1][COLUMNS.index("label")] == "REFUTED"
    assert rows[1][COLUMNS.index("start")] == report.claims[0].claim.span.start


def test_the_summary_counts_by_standing(report: Report, documents: dict[str, str]) -> None:
    lines = {row[0]: row[1] for row in book(report, documents)["Summary"].iter_rows(values_only=True)}
    assert (lines["Text"], lines["Refuted"], lines["Not judged"]) == ("Harbour bridge reopens", 2, 1)


def test_no_cell_is_a_formula_or_drives_a_terminal(report: Report, documents: dict[str, str]) -> None:
    opened = book(report, documents)
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if CONTROL.search(str(cell.value))]
    formulas = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formulas
    assert all(cell.quotePrefix for cell in formulas)
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert all(link.startswith("https://") for link in links)


@given(st.text(max_size=60))
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    out = io.BytesIO()
    write_book(out, [{"a": text}], ("a",))
    cell = openpyxl.load_workbook(out)["Claims"]["A2"]
    assert cell.data_type != "f"
    if not CONTROL.search(text) and text.isprintable():
        assert (cell.value or "") == text


def test_a_text_longer_than_a_cell_is_cut() -> None:
    out = io.BytesIO()
    write_book(out, [{"a": "x" * (LONGEST + 10)}], ("a",))
    assert len(openpyxl.load_workbook(out)["Claims"]["A2"].value) == LONGEST


def test_a_workbook_is_no_text(report: Report) -> None:
    with pytest.raises(UsageError, match=r"--out report\.xlsx"):
        render("xlsx", report)


def word(report: Report, documents: dict[str, str]) -> docx.document.Document:
    return docx.Document(io.BytesIO(render_bytes("docx", report, documents)))


def test_the_draft_stands_in_the_document_word_for_word(report: Report, documents: dict[str, str]) -> None:
    lines = [paragraph.text for paragraph in word(report, documents).paragraphs]
    assert "\n".join(lines[2:]) == report.text.rstrip("\n") + "\n" * (len(report.text) - len(report.text.rstrip("\n")))


def test_every_finding_is_a_comment_on_its_words(report: Report, documents: dict[str, str]) -> None:
    opened = word(report, documents)
    comments = {comment.comment_id: comment.text for comment in opened.comments}
    assert sum("REFUTED" in text for text in comments.values()) == 2
    assert any("Correction: The harbour bridge reopened on 6 March 2024." in text for text in comments.values())
    assert any("The Harbour Gazette" in text for text in comments.values())
    assert not any("an opinion" in text for text in comments.values())
    assert {comment.author for comment in opened.comments} == {"factcheck"}
    assert commented(opened, next(n for n, text in comments.items() if "date: 4 March" in text)) == (
        "The harbour bridge reopened on 4 March 2024"
    )


def commented(opened: docx.document.Document, comment_id: int) -> str:
    """The words between the marks of a comment."""
    inside, words = False, []
    for element in opened.element.body.iter():
        tag = element.tag.rpartition("}")[2]
        if (
            tag in ("commentRangeStart", "commentRangeEnd")
            and int(element.get(next(iter(element.keys())))) == comment_id
        ):
            inside = tag == "commentRangeStart"
        elif tag == "t" and inside:
            words.append(element.text)
    return "".join(words)


def test_the_words_a_source_contradicts_are_bold(report: Report, documents: dict[str, str]) -> None:
    bold = [run.text for paragraph in word(report, documents).paragraphs for run in paragraph.runs if run.bold]
    assert "4 March 2024" in bold


def test_hostile_words_are_text_in_a_comment(report: Report, documents: dict[str, str], hostile: str) -> None:
    texts = [comment.text for comment in word(report, documents).comments]
    assert any("<script>alert(1)</script>" in text for text in texts)
    assert not any(CONTROL.search(text) for text in texts)
    assert hostile not in "".join(texts)  # its control characters are shown, not kept


def test_a_text_without_claims_is_a_document(documents: dict[str, str]) -> None:
    empty = Report(text="Nothing \x00 here.\n\nAt all.", claims=(), version="0")
    assert word(empty, documents).paragraphs[-1].text == "At all."
    assert book(empty, documents)["Claims"].max_row == 1
