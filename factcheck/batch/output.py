"""The finished rows as a file: one writer a format, named in ``OUTPUTS``. A file appears whole or not at all."""

import csv
import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pydantic_core import to_json

from factcheck.batch.journal import Entry, Journal
from factcheck.batch.rows import Origin
from factcheck.errors import StoreFailed, UsageError
from factcheck.reports.csv_table import guarded
from factcheck.types import CheckedClaim, Claim, Label, Span, Stance, Verdict

if TYPE_CHECKING:
    from factcheck.reports.many_page import Judged

COLUMNS = (
    "claim_id", "claim", "as_of", "label", "confidence", "tier", "correction", "explanation", "error",
    "source_doc_id", "source_title", "source_publisher", "source_published_at", "source_url", "source_stance",
    "source_quote", "article", "start", "end", "quote",
)  # fmt: skip


class Out(NamedTuple):
    """One row that goes out."""

    verdict: Verdict
    origin: Origin | None
    expected: Label | None = None
    """The label that the row was known to have."""


class Rows:
    """Every row of a journal with its verdict and its own id, in order; may be gone through again."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.title = "Standard input" if journal.facts.input == "-" else Path(journal.facts.input).name
        """What was judged."""

    def __iter__(self) -> Iterator[Out]:
        """The rows, read one by one."""
        for entry in self._journal.entries():
            yield _out(entry, entry.verdict or self._journal[entry.like or 0].verdict)


Writer = Callable[[Rows, BinaryIO], None]


class Output(NamedTuple):
    """A way to write the rows."""

    name: str
    write: Writer


def output_of(path: Path) -> Output:
    """The format that the end of a name says, ``.gz`` aside; raises UsageError that lists them all."""
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix.removeprefix(".")
    for row in OUTPUTS:
        if row.name == suffix:
            return row
    raise UsageError(f"{path}: end the name in {', '.join('.' + row.name for row in OUTPUTS)}, with .gz if you like")


def check_place(path: Path) -> None:
    """Raise UsageError when no file can be written there."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")
    if not path.resolve().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.resolve().parent}; make it first")


def verdict_at(journal: Journal, place: int) -> Verdict:
    """The verdict of the row at a place, with its own id."""
    entry = journal[place]
    return _out(entry, entry.verdict or journal[entry.like or 0].verdict).verdict


def write_rows(journal: Journal, path: Path) -> None:
    """Write the rows of ``journal`` to ``path``, beside it first, then moved into its place.

    Raises StoreFailed when the disk does not take it: the journal still has everything.
    """
    try:
        with whole_file(path) as stream:
            output_of(path).write(Rows(journal), stream)
    except OSError as exc:
        raise StoreFailed(
            f"{path}: cannot be written: {exc.strerror or exc}; nothing is lost, go on with --resume"
        ) from exc


def json_lines(rows: Rows, stream: BinaryIO) -> None:
    """Write one verdict a line; a claim of an article says under ``origin`` where it stands."""
    for row in rows:
        line = row.verdict.model_dump_json().encode()
        if row.origin is not None:
            line = line[:-1] + b',"origin":' + to_json(row.origin.model_dump(mode="json", exclude={"digest"})) + b"}"
        stream.write(line + b"\n")


def csv_table(rows: Rows, stream: BinaryIO) -> None:
    """Write one verdict a row with the source that weighs most; no cell can be taken for a formula."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows:
        values = cells(row)
        table.writerow([guarded(values.get(name)) for name in COLUMNS])
    text.detach()


def excel_sheet(rows: Rows, stream: BinaryIO) -> None:
    """Write the columns of the CSV as an Excel workbook, every cell as text."""
    from factcheck.reports.excel import write_book

    write_book(stream, map(cells, rows), COLUMNS)


def html_page(rows: Rows, stream: BinaryIO) -> None:
    """Write a page for people: pictures of the whole and a table to choose from."""
    from factcheck.reports.many_page import page

    for piece in page(rows.title, lambda: map(_judged, rows)):
        stream.write(piece.encode("utf-8", "backslashreplace"))


def _judged(row: Out) -> "Judged":
    """The row as reports want it: a claim with its verdict."""
    from factcheck.reports.many_page import Judged

    verdict, origin = row.verdict, row.origin
    text = verdict.claim or verdict.claim_id
    claim = Claim(
        claim_id=verdict.claim_id, claim=text, type=origin.type if origin else "statement", as_of=verdict.as_of,
        span=origin.span if origin else Span(start=0, end=len(text)), quote=origin.quote if origin else text,
        attribution=origin.attribution if origin else None,
    )  # fmt: skip
    where = (origin.title or origin.article) if origin else None
    return Judged(CheckedClaim(claim=claim, verdict=verdict), where, row.expected)


OUTPUTS = (
    Output("jsonl", json_lines),
    Output("csv", csv_table),
    Output("xlsx", excel_sheet),
    Output("html", html_page),
)


def cells(row: Out) -> dict[str, object]:
    """The values of a row by column; those without one are left out."""
    verdict, origin = row.verdict, row.origin
    names = ("claim_id", "claim", "as_of", "label", "confidence", "tier", "correction", "explanation")
    values: dict[str, object] = {name: getattr(verdict, name) for name in names}
    if verdict.error is not None:
        values["error"] = f"{verdict.error.stage}: {verdict.error.message}"
    taking_sides = [piece for piece in verdict.evidence if piece.stance is not Stance.NEUTRAL]
    for piece in (taking_sides or list(verdict.evidence))[:1]:
        for name in ("doc_id", "title", "publisher", "published_at", "url", "stance", "quote"):
            values[f"source_{name}"] = getattr(piece, name)
    if origin is not None:
        values |= {"article": origin.article, "quote": origin.quote, "start": origin.span.start, "end": origin.span.end}
    return values


def _out(entry: Entry, verdict: Verdict | None) -> Out:
    if verdict is None:  # a row that is like one that has none itself: not a journal of ours
        raise StoreFailed(f"the journal is damaged at row {entry.claim_id!r}; begin anew with --restart")
    changed: dict[str, object] = {"claim_id": entry.claim_id}
    if entry.origin is not None and verdict.slots:
        changed["slots"] = tuple(
            slot if slot.span is None else slot.model_copy(update={"span": slot.span.moved(entry.origin.span.start)})
            for slot in verdict.slots
        )
    return Out(verdict.model_copy(update=changed), entry.origin, entry.expected)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears at its place when the block ends well, and not at all otherwise."""
    target = path.resolve()
    # always the same name: what a killed run left is written over; the lock of the journal keeps others away
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as file:
            if target.suffix == ".gz":
                # without a time in its head, so that equal rows give equal files
                with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
                    yield packed  # type: ignore[misc]  # a binary file in all but name
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
