"""Reads labelled rows. One that cannot be read ends the measurement: left out, it would bend the numbers."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from factcheck.errors import InputError, UsageError


class Row(BaseModel):
    """A row of labelled data: fields that are not known are let through."""

    model_config = ConfigDict(frozen=True, extra="ignore")


R = TypeVar("R", bound=Row)


def read_rows(path: str, kind: type[R]) -> list[R]:
    """Return the rows of a JSON Lines file (``.gz`` is read); raises InputError that names file and line."""
    rows = []
    for number, line in numbered_lines(path):
        try:
            rows.append(kind.model_validate_json(line))
        except ValidationError as exc:
            first = exc.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise InputError(f"{path}, line {number}: {where + ': ' if where else ''}{first['msg']}") from exc
    if not rows:
        raise InputError(f"{path}: has no rows to measure on")
    return rows


def numbered_lines(path: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, numbered from 1; UsageError and InputError name the file."""
    try:
        with gzip.open(path, "rt", encoding="utf-8-sig") if path.endswith(".gz") else _plain(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as exc:
        raise InputError(f"{path}: is not valid UTF-8: {exc.reason} at byte {exc.start}") from exc
    except (gzip.BadGzipFile, EOFError) as exc:
        raise InputError(f"{path}: is not a whole gzip file: {exc}") from exc
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}") from exc


def _plain(path: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a text file
    return Path(path).open(encoding="utf-8-sig")
