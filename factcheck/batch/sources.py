"""What was given to a batch, as rows: a file of claims, or articles whose claims are extracted."""

from collections.abc import Iterator
from datetime import date

from factcheck.batch.inputs import STDIN, count_records, input_of, read_records
from factcheck.batch.rows import Row, row_of, unreadable
from factcheck.errors import UsageError


def rows_of(source: str, *, as_of: date | None = None) -> Iterator[Row]:
    """The rows of a file of claims or of standard input, numbered from 1; errors name the file.

    ``as_of`` is the day of rows that give none.
    """
    if source != STDIN and input_of(source) is None:
        raise UsageError(f"{source}: end the name of a file of claims in .jsonl, .csv, .tsv, .txt or .xlsx")
    for number, record in enumerate(read_records(source), 1):
        if record.problem is not None:
            text = record.fields.get("claim")
            yield unreadable(
                number, record.place, record.problem, text=text if isinstance(text, str) else "", fields=record.fields
            )
        else:
            yield row_of(number, record.place, record.fields, as_of=as_of)


def rows_in(source: str) -> int | None:
    """How many rows there are to come; None where that cannot be known beforehand."""
    return count_records(source)
