"""What is said on standard error: progress, notices, errors. Data never goes here."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

logger = logging.getLogger("factcheck.cli")
T = TypeVar("T")
_ROOTS = ("factcheck", "vectorstore")


class _Line(logging.Formatter):
    """One line per message, safe to show, with its traceback only where tracebacks were asked for."""

    def format(self, record: logging.LogRecord) -> str:
        from factcheck.reports.safe_text import one_line, visible

        line = one_line(record.getMessage())
        return f"{line}\n{visible(self.formatException(record.exc_info))}" if record.exc_info else line


def speak(*, quiet: bool = False, verbose: bool = False) -> None:
    """Set how much is said: errors and warnings only when quiet, everything with tracebacks when verbose."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    for name in _ROOTS:
        root = logging.getLogger(name)
        root.handlers = [handler]
        root.propagate = False
        root.setLevel(logging.DEBUG if verbose else logging.WARNING)
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)


def say(message: str) -> None:
    """Tell the reader something; nothing is said when quiet."""
    logger.info("factcheck: %s", message)


def is_talking() -> bool:
    """Whether what is merely good to know is said."""
    return logger.isEnabledFor(logging.INFO)


def warn(message: str) -> None:
    """Tell the reader something that must not be missed."""
    logger.warning("factcheck: %s", message)


def error(message: str) -> None:
    """Say why the command ends here; under ``-v`` with the traceback of the exception being handled."""
    logger.error("factcheck: %s", message, exc_info=logger.isEnabledFor(logging.DEBUG))


def progress(items: Iterable[T], *, what: str, total: int | None = None) -> Iterator[T]:
    """Pass ``items`` on, with a bar on standard error when that is a terminal and not to be quiet."""
    if not (sys.stderr.isatty() and is_talking()):
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, total=total, console=Console(stderr=True), transient=True)


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error as ``progress`` does; what it gives is told how much is done, and of how much."""
    if not (sys.stderr.isatty() and logger.isEnabledFor(logging.INFO)):
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
