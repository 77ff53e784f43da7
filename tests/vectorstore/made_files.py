"""Files of every format, made by the libraries that people make them with; each says the text it is given."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from email.message import EmailMessage

TITLE = "Die Brücke"
Make = Callable[[Sequence[str]], bytes]
"""Paragraphs in, a file out. Paged formats put each on a page of its own, tables in a row of its own."""


def text(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join(paragraphs).encode() + b"\n"


def html(paragraphs: Sequence[str]) -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<html><head><title>{TITLE}</title></head><body><article>{body}</article></body></html>".encode()


def rows(paragraphs: Sequence[str]) -> bytes:
    lines = (json.dumps({"doc_id": f"r{n}", "text": one}, ensure_ascii=False) for n, one in enumerate(paragraphs))
    return "\n".join(lines).encode() + b"\n"


def pdf(paragraphs: Sequence[str]) -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_title(TITLE)
    made.set_author("Ana Costa")
    made.set_font("Helvetica", size=12)
    for one in paragraphs:
        made.add_page()
        made.multi_cell(0, 6, one)
    return bytes(made.output())


def docx(paragraphs: Sequence[str]) -> bytes:
    import docx
    from docx.enum.text import WD_BREAK

    made = docx.Document()
    made.core_properties.title = TITLE
    made.core_properties.author = "Ana Costa"
    for number, one in enumerate(paragraphs):
        run = made.add_paragraph().add_run()
        if number:
            run.add_break(WD_BREAK.PAGE)
        run.add_text(one)
    return _written(made.save)


def odt(paragraphs: Sequence[str]) -> bytes:
    import odfdo

    made = odfdo.Document("text")
    made.body.clear()
    made.meta.title = TITLE
    for one in paragraphs:
        made.body.append(odfdo.Paragraph(one))
    return _written(made.save)


def rtf(paragraphs: Sequence[str]) -> bytes:
    def written(one: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in one)

    return (r"{\rtf1\ansi\ansicpg1252\uc1 " + r"\par ".join(map(written, paragraphs)) + "}").encode("ascii")


def csv_file(paragraphs: Sequence[str], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["title", "text", "desk"])
    writer.writerows([TITLE, one, "city"] for one in paragraphs)
    return out.getvalue().encode()


def tsv(paragraphs: Sequence[str]) -> bytes:
    return csv_file(paragraphs, "\t")


def xlsx(paragraphs: Sequence[str]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bridges"
    sheet.append(["title", "text", "desk"])
    for one in paragraphs:
        sheet.append([TITLE, one, "city"])
    return _written(book.save)


def eml(paragraphs: Sequence[str]) -> bytes:
    letter = EmailMessage()
    letter["From"] = "Ana Costa <ana@herald.example>"
    letter["To"] = "desk@herald.example"
    letter["Subject"] = TITLE
    letter["Date"] = "Tue, 14 May 2024 10:00:00 +0200"
    letter.set_content("\n\n".join(paragraphs))
    return letter.as_bytes()


def feed(paragraphs: Sequence[str], form: str = "rss") -> bytes:
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.id("https://herald.example/")
    made.title("The Herald")
    made.link(href="https://herald.example/")
    made.description("News")
    made.language("de")
    for number, one in enumerate(paragraphs, start=1):
        entry = made.add_entry(order="append")
        entry.id(f"https://herald.example/{number}")
        entry.title(TITLE)
        entry.link(href=f"https://herald.example/{number}")
        entry.published("2024-05-14T10:00:00+02:00")
        entry.content(f"<p>{one}</p>", type="html")
    return bytes(made.rss_str() if form == "rss" else made.atom_str())


def atom(paragraphs: Sequence[str]) -> bytes:
    return feed(paragraphs, "atom")


def _written(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


MAKERS: dict[str, Make] = {
    ".txt": text, ".text": text, ".md": text, ".markdown": text, ".html": html, ".htm": html, ".xhtml": html,
    ".jsonl": rows, ".ndjson": rows, ".pdf": pdf, ".docx": docx, ".odt": odt, ".rtf": rtf, ".csv": csv_file,
    ".tsv": tsv, ".xlsx": xlsx, ".eml": eml, ".rss": feed, ".atom": atom, ".xml": atom,
}  # fmt: skip
"""By end of file name; a test says that none of the table is missing."""
