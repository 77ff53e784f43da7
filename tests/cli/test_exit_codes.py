"""Every way a command can end has its exit code and one line, in one place."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
import typer

from factcheck import errors
from factcheck.cli import app, running
from vectorstore import errors as store_errors

Run = Callable[..., Any]


@pytest.fixture
def failing(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command that raises, in the place of the real ones."""

    def _failing(error: BaseException, *options: str) -> Any:
        def command(*, quiet: bool = False, verbose: bool = False) -> None:
            from factcheck.cli import messages

            messages.speak(quiet=quiet, verbose=verbose)
            raise error

        monkeypatch.setattr(app, "COMMANDS", (app.Command("fail", command, "factcheck fail"), app.COMMANDS[0]))
        return run("fail", *options)

    return _failing


def every_error(module: Any) -> list[type[Exception]]:
    found = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Exception)]
    return [one for one in found if one.__module__ == module.__name__]


@pytest.mark.parametrize("kind", every_error(errors))
def test_our_errors_end_with_their_own_code(kind: type[errors.FactcheckError], failing: Run) -> None:
    ran = failing(kind("the file x is broken; mend it"))
    assert ran.code == kind.exit_code
    assert ran.err == "factcheck: the file x is broken; mend it\n"


@pytest.mark.parametrize("kind", every_error(store_errors))
def test_errors_of_the_store_are_all_mapped(kind: type[Exception], failing: Run) -> None:
    ran = failing(kind("the store is broken"))
    assert ran.code == (2 if issubclass(kind, store_errors.DocumentError) else 3)
    assert ran.err == "factcheck: the store is broken\n"


def test_an_error_of_several_lines_is_told_in_one(failing: Run) -> None:
    assert failing(errors.InputError("one\ntwo\x1b[31m")).err == "factcheck: one two<U+001B>[31m\n"


def test_interruption_ends_with_130(failing: Run) -> None:
    assert failing(KeyboardInterrupt()).code == 130


def test_a_reader_that_went_away_is_no_error(failing: Run) -> None:
    ran = failing(BrokenPipeError())
    assert (ran.code, ran.err) == (0, "")


def test_a_file_that_the_system_refuses_is_named(failing: Run) -> None:
    ran = failing(PermissionError(13, "Permission denied", "secret.txt"))
    assert (ran.code, ran.err) == (2, "factcheck: secret.txt: Permission denied\n")


def test_a_fault_of_ours_is_one_line_too(failing: Run) -> None:
    ran = failing(ZeroDivisionError("division by zero"))
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert "ZeroDivisionError" in ran.err


def test_verbose_shows_where(failing: Run) -> None:
    ran = failing(errors.UsageError("no"), "--verbose")
    assert ran.code == 2
    assert "Traceback" in ran.err


def test_quiet_still_says_why(failing: Run) -> None:
    assert failing(errors.UsageError("no"), "--quiet").err == "factcheck: no\n"


def test_an_exit_asked_for_is_given(failing: Run) -> None:
    assert failing(typer.Exit(1)).code == 1


def test_log_lines_of_libraries_go_to_standard_error_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def command() -> None:
        logging.getLogger("vectorstore.deep").warning("look out")

    monkeypatch.setattr(app, "COMMANDS", (app.Command("warn", command, "x"), app.COMMANDS[0]))
    ran = run("warn")
    assert (ran.out, ran.err) == ("", "look out\n")
    assert running.run(["warn"]) == 0
