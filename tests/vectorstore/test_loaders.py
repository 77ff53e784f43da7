"""What every document format does with good, odd and bad files; the cases run over the rows of the table."""

import gzip
import io
import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.made_files import MAKERS
from vectorstore import Document, LoadError, Problem
from vectorstore.loaders import LOADERS, Incoming, known_suffixes, load_file
from vectorstore.loaders.decoding import decode

PROSE = "Der Bürgermeister eröffnete die Brücke über den Fluss. Sie kostete 40 Millionen Euro und ist sehr schön."


PACKED = {".pdf", ".docx", ".odt", ".rtf", ".xlsx"}
DECLARED = {".eml", ".rss", ".atom", ".xml"}
"""Formats that say their encoding themselves."""


def body(suffix: str, text: str = PROSE) -> str:
    """A file of this format that says ``text``."""
    return MAKERS[suffix]([text]).decode()


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


@pytest.fixture(params=[one for one in known_suffixes().split() if one not in PACKED | DECLARED])
def bare_suffix(request: pytest.FixtureRequest) -> str:
    """Each end of a file name whose files are text in any encoding."""
    value: str = request.param
    return value


def flat(items: list[Document | Problem]) -> list[str]:
    """Texts with the line ends of pages taken out."""
    return [" ".join(text.split()) for text in texts(items)]


def test_a_file_of_the_format_becomes_a_document(suffix: str) -> None:
    items = load(f"a{suffix}", MAKERS[suffix]([PROSE]))
    assert flat(items) == [PROSE]
    assert problems(items) == []


@pytest.mark.parametrize("name", ["A{}", "a{}.gz"])
def test_large_letters_and_gzip_change_nothing(suffix: str, name: str) -> None:
    data = MAKERS[suffix]([PROSE])
    data = gzip.compress(data) if name.endswith(".gz") else data
    assert flat(load(name.format(suffix.upper()), data)) == [PROSE]


def test_a_byte_order_mark_is_no_part_of_the_text(bare_suffix: str) -> None:
    assert texts(load(f"a{bare_suffix}", b"\xef\xbb\xbf" + body(bare_suffix).encode())) == [PROSE]


def test_another_encoding_is_read_by_guess_and_said(bare_suffix: str) -> None:
    items = load(f"a{bare_suffix}", body(bare_suffix).encode("cp1252"))
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
    assert MAKERS.keys() == set(known_suffixes().split())
    assert len({row.name for row in LOADERS}) == len(LOADERS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for row in LOADERS for suffix in row.suffixes)


def test_an_unknown_file_name_says_which_are_known() -> None:
    with pytest.raises(LoadError, match=r"\.txt .*\.jsonl"):
        load("a.exe", b"text")


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


def test_front_matter_names_the_author() -> None:
    document = load("a.md", MARKDOWN.encode())[0]
    assert isinstance(document, Document)
    assert document.author == "nobody"


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
