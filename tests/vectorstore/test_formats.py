"""Real files of every format: what they say is cited back with its place, and hostile ones end in one line."""

import io
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.vectorstore.made_files import MAKERS, TITLE, eml, pdf, xlsx
from vectorstore import Document, LoadError, Problem, open_store
from vectorstore.ingest import ingest_files
from vectorstore.loaders import Incoming, load_file
from vectorstore.loaders.markup import plain_text

FACTS = (
    "The mayor opened the new bridge over the river Tejo on Tuesday after six years of work.",
    "Maria Schmidt heads the harbour office in Geneva since 14 May 2024, the council said.",
)
PLACES = {
    ".pdf": "page 2", ".docx": "page 2", ".odt": "paragraph 2", ".rtf": "paragraph 2", ".csv": "row 3",
    ".tsv": "row 3", ".xlsx": "sheet Bridges, row 3",
}  # fmt: skip

OF_ENTRIES = (".jsonl", ".ndjson", ".rss", ".atom", ".xml")
"""An entry is a document with an id or address of its own; this one is a single paragraph."""


def load(name: str, data: bytes) -> list[Document | Problem]:
    return list(load_file(Incoming(name, io.BytesIO(data), doc_id=name)))


def document(name: str, data: bytes) -> Document:
    (found,) = [item for item in load(name, data) if isinstance(item, Document)]
    return found


def told(name: str, data: bytes) -> str:
    with pytest.raises(LoadError) as caught:
        load(name, data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_fact_of_a_real_file_is_found_and_cited_with_its_place(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"news{suffix}").write_bytes(MAKERS[suffix](FACTS))
    with open_store(tmp_path / "store") as store:
        assert ingest_files([tmp_path / f"news{suffix}"], store).problems == ()
        hit = store.search(["Who heads the harbour office in Geneva?"], k=1)[0][0]
        stored = store.get(hit.passage.doc_id)
    assert stored is not None
    assert stored.text[hit.passage.start : hit.passage.end] == hit.passage.text
    place = stored.text.index("Maria")
    assert " ".join(stored.text[place:].split()).startswith(FACTS[1])
    assert hit.source.locator_at(place) == PLACES.get(suffix)
    assert stored.locator_at(place) == (PLACES.get(suffix) or (None if suffix in OF_ENTRIES else "paragraph 2"))


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_what_a_file_says_of_itself_is_kept(suffix: str) -> None:
    found = document(f"a{suffix}", MAKERS[suffix](FACTS))
    assert (found.title, found.author) == (TITLE, "Ana Costa")


def test_a_letter_has_a_sender_and_a_date_and_its_attachments_are_documents() -> None:
    letter = EmailMessage()
    letter["From"] = "Ana Costa <ana@herald.example>"
    letter["Subject"] = "Minutes"
    letter["Date"] = "Tue, 14 May 2024 10:00:00 +0200"
    letter.set_content("They met.")
    letter.add_alternative("<p>They <b>met</b>.</p><script>no()</script>", subtype="html")
    letter.add_attachment(pdf(FACTS), maintype="application", subtype="pdf", filename="minutes.pdf")
    letter.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="run.exe")
    items = load("a.eml", letter.as_bytes())
    first, second = [item for item in items if isinstance(item, Document)]
    assert (first.text.strip(), first.title) == ("They met.", "Minutes")
    assert (first.author, first.published_at) == ("Ana Costa ana@herald.example", "2024-05-14T10:00:00+02:00")
    assert second.doc_id == "a.eml#minutes.pdf"
    assert second.locator_at(second.text.index("Maria")) == "page 2"
    assert [item.source for item in items if isinstance(item, Problem)] == ["a.eml#run.exe"]


def test_a_table_without_a_text_column_gives_rows_that_say_their_columns() -> None:
    found = document("a.csv", b"City;Date\nGeneva;2024-05-14\n;\n")
    assert found.text == "City: Geneva\nDate: 2024-05-14"
    assert (found.doc_id, found.published_at) == ("a.csv#row-2", None)


def test_rows_that_cannot_be_documents_are_told_with_their_line() -> None:
    data = b"id,text,date\na,One.,2024-05-14\na,Two.,\nb,Three.,soon\nc,,\nd,Four.,,extra\n"
    items = load("a.csv", data)
    assert [(item.doc_id, item.published_at) for item in items if isinstance(item, Document)] == [
        ("a", "2024-05-14"), ("b", None), ("d", None),
    ]  # fmt: skip
    assert [(item.line, item.kept) for item in items if isinstance(item, Problem)] == [
        (3, False), (4, True), (5, False), (6, True),
    ]  # fmt: skip


def test_a_letter_of_a_day_that_no_calendar_has_is_kept_without_a_date() -> None:
    data = eml(FACTS).replace(b"14 May 2024", b"177777777774 May 2024")
    assert b"177777777774" in data
    items = load("a.eml", data)
    (letter,) = [item for item in items if isinstance(item, Document)]
    assert letter.published_at is None
    assert any("date cannot be read" in item.message for item in items if isinstance(item, Problem))


def test_a_workbook_gives_dates_and_whole_numbers_as_people_write_them() -> None:
    from datetime import UTC, datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Day", "Paid"])
    sheet.append([datetime(2024, 5, 14, tzinfo=UTC).replace(tzinfo=None), 40.0])
    out = io.BytesIO()
    book.save(out)
    assert document("a.xlsx", out.getvalue()).text == "Day: 2024-05-14\nPaid: 40"


def test_a_scanned_file_says_so_and_a_scanned_page_is_named() -> None:
    assert "scanned" in told("a.pdf", pdf([""]))
    items = load("a.pdf", pdf([FACTS[0], "", FACTS[1]]))
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert "without text (scanned?): 2" in problem.message
    (found,) = [item for item in items if isinstance(item, Document)]
    assert found.locator_at(found.text.index("Maria")) == "page 3"


def test_a_locked_file_says_so() -> None:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="owner", user_password="user")
    made.add_page()
    made.set_font("Helvetica", size=12)
    made.cell(text="A secret.")
    assert "password" in told("a.pdf", bytes(made.output()))


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from vectorstore.loaders import pdf as loader

    monkeypatch.setattr(loader, "MOST_PAGES", 2)
    items = load("a.pdf", pdf(["One page.", "Two pages.", "Three pages."]))
    assert ["has 3 pages, the first 2 are read" in item.message for item in items if isinstance(item, Problem)] == [
        True
    ]


def bomb(member: str, *, like: bytes) -> bytes:
    """A packed file in which one member unpacks to 200 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(like)) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for one in good.infolist():
            if one.filename != member:
                bad.writestr(one.filename, good.read(one))
        with bad.open(member, "w") as blank:
            for _ in range(200):
                blank.write(b" " * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "member"),
    [(".docx", "word/document.xml"), (".odt", "content.xml"), (".xlsx", "xl/worksheets/sheet1.xml")],
)
def test_a_zip_bomb_is_refused_before_it_unpacks(suffix: str, member: str) -> None:
    data = bomb(member, like=MAKERS[suffix](FACTS))
    tracemalloc.start()
    assert "unpacks to more than" in told(f"a{suffix}", data)
    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    for suffix in (".docx", ".odt", ".xlsx"):
        told(f"a{suffix}", out.getvalue())


def test_a_sheet_that_states_a_million_columns_is_read_at_once() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(FACTS))) as good, zipfile.ZipFile(out, "w") as bad:
        for one in good.infolist():
            data = good.read(one)
            if one.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')
                assert b"XFD" in data
            bad.writestr(one, data)
    assert len(load("a.xlsx", out.getvalue())) == 2


def test_a_feed_with_entities_of_its_own_is_refused() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"></rss>'
    assert "entities" in told("a.rss", data)
    assert "feed" in told("a.xml", b"<note><to>Ana</to></note>")


def test_letters_in_letters_end_somewhere() -> None:
    data = eml(FACTS)
    for _ in range(8):
        outer = EmailMessage()
        outer["Subject"] = "See below"
        outer.set_content("See below.")
        outer.add_attachment(data, maintype="application", subtype="octet-stream", filename="inner.eml")
        data = outer.as_bytes()
    items = load("a.eml", data)
    assert sum(isinstance(item, Document) for item in items) == 4
    assert [item.kept for item in items if isinstance(item, Problem)] == [True]


def test_parts_in_parts_without_end_are_refused() -> None:
    head = "Subject: x\nContent-Type: multipart/mixed; boundary=b0\n\n"
    deep = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(5000))
    assert "parts" in told("a.eml", (head + deep).encode())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><p>Three</p>", "One\ntwo\nThree"),
        ("<div>A <b>bold</b> word<script>no()</script> and more</div>", "A bold word and more"),
        ("plain", "plain"),
        ("5 &lt; 6<!-- x --> and on", "5 < 6 and on"),
        ("<style>p{}</style>", ""),
    ],
)
def test_markup_of_a_letter_becomes_lines(html: str, text: str) -> None:
    assert plain_text(html) == text
