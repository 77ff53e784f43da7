"""Runs a command line and turns every way it can end into an exit code, in this one place.

0 done; 1 a ``--fail-on`` condition met; 2 wrong usage or unreadable input; 3 a service the command needs
failed (or the program itself); 130 interrupted. An error is one line on standard error, with a traceback only
under ``-v``.
"""

import errno
import os
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from factcheck.cli import messages
from factcheck.cli.app import build_app
from factcheck.errors import FactcheckError

INTERRUPTED = 130
USAGE = 2
SERVICE = 3
COMPLETING = "_FACTCHECK_COMPLETE"
"""What the script of ``--show-completion`` sets when the shell asks how a word goes on; the name is typer's."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""How a system says that a disk takes no more."""


def run(arguments: Sequence[str]) -> int:
    """Run ``factcheck`` with these arguments (none: show help) and return the exit code; never raises."""
    messages.speak()
    command = get_command(build_app())
    if COMPLETING in os.environ:
        try:
            command.main([], prog_name="factcheck")
        except SystemExit as exc:
            return exc.code if isinstance(exc.code, int) else 0
    try:
        with command.make_context("factcheck", list(arguments) or ["--help"]) as context:
            command.invoke(context)
            sys.stdout.flush()
    except typer.Exit as exc:
        return exc.exit_code
    except BrokenPipeError:
        _forget_output()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        messages.error("interrupted")
        return INTERRUPTED
    except Exception as exc:  # noqa: BLE001 - the last one to see it
        return _explained(exc)
    return 0


def _explained(exc: Exception) -> int:
    """Say what went wrong in one line and return its exit code."""
    if isinstance(exc, typer.TyperException):
        messages.error(_usage_line(exc))
        return exc.exit_code
    if isinstance(exc, FactcheckError):
        messages.error(str(exc))
        return exc.exit_code
    from vectorstore.errors import DocumentError, VectorStoreError  # late, so that help stays quick

    if isinstance(exc, VectorStoreError):
        messages.error(str(exc))
        return USAGE if isinstance(exc, DocumentError) else SERVICE
    if isinstance(exc, OSError) and exc.filename is not None:
        messages.error(f"{exc.filename}: {exc.strerror or exc}")
        return USAGE
    if isinstance(exc, OSError) and exc.errno in FULL:
        _forget_output()
        messages.error(f"the output cannot be written: {exc.strerror}; make room")
        return USAGE
    messages.error(f"this is a fault of factcheck: {type(exc).__name__}: {exc} (-v shows where)")
    return SERVICE


def _usage_line(exc: typer.TyperException) -> str:
    """Return what is wrong with the arguments and where to read on."""
    message = " ".join(exc.format_message().split())
    context = getattr(exc, "ctx", None)
    return f"{message.rstrip('.')}; see {context.command_path} --help" if context else message


def _forget_output() -> None:
    """Point standard output at nothing, so that closing it at exit does not complain again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
