"""Reading a draft: its text, its own title and date, and offsets that stay those of the file."""

import gzip
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.cli.draft import read_draft
from factcheck.errors import InputError, UsageError


@pytest.fixture
def draft_of(tmp_path: Path):
    def _draft_of(text: str | bytes, name: str = "draft.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_draft(str(path))

    return _draft_of


FENCED = '---\ntitle: "A title"\ndate: 2025-07-24\n---\n\nThe text.\n'
HEAD_LINES = "Title: A title\nDate: 2025-07-24\n\nThe text.\n"


@pytest.mark.parametrize("text", [FENCED, HEAD_LINES, FENCED.replace("\n", "\r\n")])
def test_a_head_gives_title_and_date_and_is_blanked_out(draft_of, text: str) -> None:
    draft = draft_of(text)
    assert (draft.title, draft.as_of, draft.notes) == ("A title", date(2025, 7, 24), ())
    assert draft.text.strip() == "The text."
    assert draft.text.index("The text.") == text.index("The text.")
    assert len(draft.text) == len(text)


def test_a_date_with_a_time_gives_its_day(draft_of) -> None:
    assert draft_of("---\ndate: 2025-07-24T10:00:00Z\n---\nText.\n").as_of == date(2025, 7, 24)


@pytest.mark.parametrize("text", ["Kyiv: the talks go on.\n\nMore.\n", "Plain text.\n", "---\n\nA rule above.\n"])
def test_a_text_without_a_head_is_left_as_it_is(draft_of, text: str) -> None:
    draft = draft_of(text)
    assert (draft.text, draft.title, draft.as_of) == (text, None, None)


def test_a_heading_is_the_title_when_nothing_else_is(draft_of) -> None:
    assert draft_of("# The bridge reopens #\n\nText.\n").title == "The bridge reopens"


def test_a_date_that_cannot_be_read_is_told_and_not_used(draft_of) -> None:
    draft = draft_of("---\ndate: last Tuesday\n---\nText.\n")
    assert draft.as_of is None
    assert "last Tuesday" in draft.notes[0]


def test_gzip_and_byte_order_marks_are_read(draft_of) -> None:
    assert draft_of(gzip.compress(b"Text."), "draft.txt.gz").text == "Text."
    assert draft_of("Text.".encode("utf-16")).text == "Text."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n\t ", "is empty", id="white space"),
        pytest.param(b"\x7fELF\x00\x01", "binary", id="binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(draft_of, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        draft_of(data)
    assert "draft.md" in str(caught.value)


def test_half_a_gzip_file_is_refused(draft_of) -> None:
    with pytest.raises(InputError, match="gzip"):
        draft_of(gzip.compress(b"Text." * 100)[:-9], "draft.txt.gz")


def test_a_missing_file_and_a_folder_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_draft(str(tmp_path / "nowhere.md"))
    with pytest.raises(UsageError, match="is a folder"):
        read_draft(str(tmp_path))


def test_mixed_encodings_are_read_and_told(draft_of) -> None:
    draft = draft_of("In Zürich it is.\n".encode() + "In Genève too.\n".encode("cp1252"))
    assert draft.text == "In Zürich it is.\nIn Genève too.\n"
    assert "mixed encodings" in draft.notes[0]


def test_of_a_web_page_the_article_is_taken(draft_of) -> None:
    body = "<p>The harbour bridge reopened on 6 March 2024 after two years of repairs, engineers said.</p>" * 3
    draft = draft_of(f"<html><head><title>Open</title></head><body><article>{body}</article></body></html>", "d.html")
    assert "The harbour bridge reopened" in draft.text
    assert "<p>" not in draft.text


@given(data=st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(InputError):
        path = Path(folder, "draft.txt")
        path.write_bytes(data)
        assert read_draft(str(path)).text.strip()
