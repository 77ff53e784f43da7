"""Where data goes: standard output, and files, which appear whole or not at all."""

import os
import secrets
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console, RenderableType

_WIDEST = 100
"""Columns; longer lines are hard to read."""


def wants_json(asked: bool) -> bool:
    """Whether results go out as JSON: when asked for, or when nobody reads them on a terminal."""
    return asked or not sys.stdout.isatty()


def print_rows(rows: "Iterable[BaseModel]") -> None:
    """Print one JSON object a line."""
    for row in rows:
        sys.stdout.write(row.model_dump_json() + "\n")


def show(*views: "RenderableType") -> None:
    """Print for reading; colour only on a terminal, and not under NO_COLOR."""
    console = reading_console()
    for view in views:
        console.print(view)


def reading_console() -> "Console":
    """Return a console of at most 100 columns that interprets no markup."""
    from rich.console import Console

    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    return Console(width=width, markup=False, highlight=False, emoji=False)


def write_file(path: Path, contents: str | bytes) -> None:
    """Write a file whole or not at all: beside it first, then moved into its place.

    Raises UsageError when the place cannot be written to.
    """
    target = path.resolve()
    data = contents.encode("utf-8", "backslashreplace") if isinstance(contents, str) else contents
    if target.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {target.parent}; make it first")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device has no place beside it
            return
        _replace(target, data)
    except OSError as exc:
        raise UsageError(f"{path}: cannot be written: {exc.strerror or exc}") from exc


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
