"""What every document format does with good, odd and bad files; the cases run over the rows of the table."""

import gzip
import io
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import Document, LoadError, Problem
from vectorstore.loaders import LOADERS, Incoming, known_suffixes, load_file
from vectorstore.loaders.decoding import decode

PROSE = "Der Bürgermeister eröffnete die Brücke über den Fluss. Sie kostete 40 Millionen Euro und ist sehr schön."


def body(suffix: str, text: str = PROSE) -> str:
    """A file of this format that says ``text``."""
    if suffix in {".jsonl", ".ndjson"}:
        return json.dumps({"doc_id": "a", "text": text}, ensure_ascii=False) + "\n"
    if suffix in {".html", ".htm", ".xhtml"}:
        return f"<html><head><title>Die Brücke</title></head><body><article><p>{text}</p></article></body></html>"
    return f"{text}\n"


def load(name: str, data: bytes) -> list[Document | Problem]:
    return list(load_file(Incoming(name, io.BytesIO(data), doc_id=name)))


def texts(items: list[Document | Problem]) -> list[str]:
    return [item.text.strip() for item in items if isinstance(item, Document)]


def problems(items: list[Document | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


@pytest.fixture(params=known_suffixes().split())
def suffix(request: pytest.FixtureRequest) -> str:
    """Each end of a file name in the table."""
    value: str = request.param
    return value


def test_a_file_of_the_format_becomes_a_document(suffix: str) -> None:
    items = load(f"a{suffix}", body(suffix).encode())
    assert texts(items) == [PROSE]
    assert problems(items) == []


@pytest.mark.parametrize("name", ["A{}", "a{}.gz"])
def test_large_letters_and_gzip_change_nothing(suffix: str, name: str) -> None:
    data = body(suffix).encode()
    data = gzip.compress(data) if name.endswith(".gz") else data
    assert texts(load(name.format(suffix.upper()), data)) == [PROSE]


def test_a_byte_order_mark_is_no_part_of_the_text(suffix: str) -> None:
    assert texts(load(f"a{suffix}", b"\xef\xbb\xbf" + body(suffix).encode())) == [PROSE]


def test_another_encoding_is_read_by_guess_and_said(suffix: str) -> None:
    items = load(f"a{suffix}", body(suffix).encode("cp1252"))
    assert texts(items) == [PROSE]
    assert [problem.kept for problem in problems(items)] == [True]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\n\t ",
        b"\x00\x01\x02\x03" * 100,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x00",
    ],
    ids=["empty", "blank", "binary", "image", "pdf"],
)
def test_a_file_that_holds_no_text_is_an_error_that_names_it(suffix: str, data: bytes) -> None:
    with pytest.raises(LoadError) as caught:
        load(f"a{suffix}", data)
    assert str(caught.value).startswith(f"a{suffix}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"no gzip at all", gzip.compress(PROSE.encode() * 100)[:-20]], ids=["plain", "cut"])
def test_broken_gzip_is_an_error(suffix: str, data: bytes) -> None:
    with pytest.raises(LoadError, match="gzip"):
        load(f"a{suffix}.gz", data)


def test_a_document_of_five_characters_is_read() -> None:
    assert texts(load("a.txt", b"Hello")) == ["Hello"]


def test_rows_are_complete() -> None:
    assert len({row.name for row in LOADERS}) == len(LOADERS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for row in LOADERS for suffix in row.suffixes)


def test_an_unknown_file_name_says_which_are_known() -> None:
    with pytest.raises(LoadError, match=r"\.txt .*\.jsonl"):
        load("a.docx", b"text")


# text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_other_unicode_is_told_by_its_mark(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    assert texts(load("a.txt", (mark + PROSE).encode(encoding))) == [PROSE]


def test_mixed_encodings_are_read_line_by_line_and_the_lines_named() -> None:
    data = "Die Brücke ist schön.\n".encode() + "Der Fluss ist grün.\n".encode("cp1252") + b"End."
    items = load("a.txt", data)
    assert texts(items) == ["Die Brücke ist schön.\nDer Fluss ist grün.\nEnd."]
    assert "lines 2 " in problems(items)[0].message


def test_cyrillic_of_a_single_byte_is_not_read_as_western() -> None:
    text = "Засідання делегацій відбулося у старому палаці."
    assert texts(load("a.txt", text.encode("cp1251"))) == [text]


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    assert texts(load("a.txt", b"One.\r\nTwo.\rThree.")) == ["One.\nTwo.\nThree."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("05:15 PM\nTalks end\n\nThey met.", "Talks end"),
        ("They met on Monday. They ate.", "They met on Monday. They ate."),
        ("word " * 200, "word " * 29 + "word …"),
    ],
)
def test_the_title_is_the_first_line_that_is_not_clutter(text: str, title: str) -> None:
    document = load("a.txt", text.encode())[0]
    assert isinstance(document, Document)
    assert document.title == title


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error_of_ours(data: bytes) -> None:
    with suppress(LoadError):
        decode(data, name="a.txt").text.encode()


@given(st.text(max_size=100))
def test_what_was_written_as_utf8_is_read_as_it_was(text: str) -> None:
    try:
        assert decode(text.encode(), name="a.txt").text == text.replace("\r\n", "\n").replace("\r", "\n")
    except LoadError:
        assert any(ord(character) < 32 or character == "\x7f" for character in text)
    except UnicodeDecodeError:
        pytest.fail("a foreign error")


# Markdown

MARKDOWN = """---
title: "The bridge"
date: 2024-05-14
publisher: The Herald
author: nobody
---
# A bridge *opens*

The **mayor** [opened](https://example.org/a_b) the _new_ bridge.<!-- draft --> ![map](map.png)

> It cost `40` million, snake_case_stays and 2 * 3 * 4 too.
"""


def test_markdown_reads_front_matter_and_drops_marks() -> None:
    document = load("a.md", MARKDOWN.encode())[0]
    assert isinstance(document, Document)
    assert (document.title, document.published_at, document.publisher) == ("The bridge", "2024-05-14", "The Herald")
    assert document.text.strip() == (
        "# A bridge opens\n\nThe mayor opened the new bridge. \n\n"
        "It cost 40 million, snake_case_stays and 2 * 3 * 4 too."
    )


def test_markdown_without_front_matter_has_the_first_heading_as_title() -> None:
    document = load("a.md", b"Intro line.\n\n## The *real* title\n\nText.")[0]
    assert isinstance(document, Document)
    assert document.title == "The real title"


def test_a_date_in_front_matter_that_is_none_is_said() -> None:
    items = load("a.md", b"---\ndate: last May\n---\nThey met.")
    assert [problem.kept for problem in problems(items)] == [True]
    assert isinstance(items[-1], Document)
    assert items[-1].metadata == {"published_at": "last May"}


# HTML

PAGE = """<!doctype html><html lang="en"><head><title>Bridge opens | The Herald</title>
<meta property="og:site_name" content="The Herald"><meta property="og:title" content="Bridge opens">
<meta property="article:published_time" content="2024-05-14T10:00:00Z">
<link rel="canonical" href="https://herald.example/bridge"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<script>alert("no text")</script><article><h1>Bridge opens</h1>
<p>The mayor opened the new bridge over the river on Tuesday, after six years of work by four companies.</p>
<p>It cost 40 million euros, <b>ten</b> more than planned, she said at &lt;script&gt;alert(1)&lt;/script&gt;.</p>
</article><footer><p>Copyright 2024 The Herald</p></footer></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    document = load("a.html", PAGE.encode())[0]
    assert isinstance(document, Document)
    assert document.title == "Bridge opens"
    assert document.publisher == "The Herald"
    assert document.published_at == "2024-05-14"
    assert document.url == "https://herald.example/bridge"
    assert document.language == "en"
    assert "The mayor opened the new bridge over the river" in document.text
    assert "<script>alert(1)</script>" in document.text
    assert "no text" not in document.text
    assert "Sport" not in document.text


def test_a_page_without_a_date_has_none() -> None:
    document = load("a.html", body(".html", "They met in 2019 and paid 12.05.2020 euros. " * 5).encode())[0]
    assert isinstance(document, Document)
    assert document.published_at is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "deep" + "</div>" * 50_000,
        "<" * 20_000,
        "<html><body></body></html>",
        "<!--" * 5000,
        "&" * 9000,
    ],
    ids=["deep", "open", "bare", "comments", "entities"],
)
def test_hostile_markup_is_read_or_refused_in_one_line(html: str) -> None:
    done: list[str] = []

    def read() -> None:
        try:
            done.extend(texts(load("a.html", html.encode())))
        except LoadError as exc:
            done.append(str(exc))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(60)
    assert [text.count("\n") for text in done] == [0]


# JSON Lines

GOOD = '{"doc_id": "%s", "text": "A good row."}'


def rows(*lines: str | bytes) -> list[Document | Problem]:
    return load("rows.jsonl", b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))


@pytest.mark.parametrize(
    "bad",
    [
        "{not json", "[1, 2]", '"text"', "12", '{"doc_id": "x"}', '{"text": "no id"}', '{"doc_id": 5, "text": "t"}',
        '{"doc_id": "x", "text": 5}', '{"doc_id": "x", "text": ""}', '{"doc_id": "x", "text": null}', "[" * 100_000,
        '{"doc_id": "", "text": "t"}', '{"doc_id": "first", "text": "the same id again"}', '{"a": 1e99999',
        '{"doc_id": "x", "text": "' + "y" * 100, '{"doc_id": "' + "x" * 600 + '", "text": "t"}',
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_the_good_ones_around_it_are_kept(bad: str) -> None:
    items = rows(GOOD % "first", "", bad, GOOD % "last")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["first", "last"]
    (problem,) = problems(items)
    assert (problem.source, problem.line, problem.kept) == ("rows.jsonl", 3, False)
    assert "\n" not in problem.message
    assert len(problem.message) < 300


@pytest.mark.parametrize(
    ("field", "value"),
    [("published_at", "mid-July"), ("published_at", 2025), ("published_at", "2025-13-45"), ("title", 7),
     ("source_rank", 3), ("source_rank", "high"), ("url", ["a"]), ("language", {})],
)  # fmt: skip
def test_a_bad_value_of_an_optional_field_is_said_and_kept_in_the_metadata(field: str, value: object) -> None:
    problem, document = rows(json.dumps({"doc_id": "a", "text": "A text.", field: value, "desk": "world"}))
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert problem.kept
    assert field in problem.message
    assert getattr(document, field) is None
    assert document.metadata == {field: value, "desk": "world"}


@pytest.mark.parametrize("value", ["", None])
def test_a_missing_value_is_no_problem(value: str | None) -> None:
    (document,) = rows(json.dumps({"doc_id": "a", "text": "A text.", "published_at": value, "title": value}))
    assert isinstance(document, Document)
    assert document.published_at is None


def test_all_fields_of_the_contract_are_read_and_others_kept() -> None:
    row = {
        "doc_id": "a", "text": "A text.", "title": "T", "url": "https://a.example", "publisher": "P",
        "published_at": "2025-07-23T10:00:00Z", "language": "en", "source_rank": 0.5, "desk": {"name": "world"},
        "metadata": {"kind": "wire"},
    }  # fmt: skip
    (document,) = rows(json.dumps(row))
    assert isinstance(document, Document)
    assert document.metadata == {"desk": {"name": "world"}, "kind": "wire"}
    assert document.model_dump(exclude={"metadata"}) == {k: v for k, v in row.items() if k not in {"desk", "metadata"}}


def test_half_a_character_is_replaced_and_said() -> None:
    problem, document = rows('{"doc_id": "a", "text": "bad \\ud83d end", "title": "\\udc00"}')
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert document.text == "bad ? end"


def test_a_row_in_another_encoding_is_kept_and_said() -> None:
    items = rows(GOOD % "a", '{"doc_id": "b", "text": "Brücke"}'.encode("cp1252"), GOOD % "c")
    assert texts(items) == ["A good row.", "Brücke", "A good row."]
    assert [(problem.line, problem.kept) for problem in problems(items)] == [(2, True)]


def test_a_row_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.loaders.incoming.MOST_BYTES", 1000)
    items = rows(GOOD % "a", '{"doc_id": "b", "text": "' + "x" * 5000 + '"}', GOOD % "c")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["a", "c"]
    assert [(problem.line, problem.kept) for problem in problems(items)] == [(2, False)]


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.loaders.incoming.MOST_BYTES", 1000)
    with pytest.raises(LoadError, match="split"):
        load("a.txt", b"x" * 1001)


def test_rows_are_read_one_by_one() -> None:
    class Endless(io.RawIOBase):
        """A file without end."""

        count = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            row = (GOOD % self.count + "\n").encode()
            self.count += 1
            buffer[: len(row)] = row
            return len(row)

    items: Iterator[Document | Problem] = load_file(Incoming("rows.jsonl", io.BufferedReader(Endless())))
    assert [getattr(next(items), "doc_id", None) for _ in range(3)] == ["0", "1", "2"]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_row_stops_the_others(lines: list[bytes]) -> None:
    items = rows(GOOD % "first", *lines, GOOD % "last")
    assert [item.doc_id for item in items if isinstance(item, Document)] == ["first", "last"]


def test_a_file_on_disk_is_read_like_one_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    with path.open("rb") as stream:
        assert texts(list(load_file(Incoming("a.txt", stream, doc_id="a")))) == [PROSE]
