"""Every command of the table: its help has an example, and help is quick because it loads nothing heavy."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from factcheck.cli.app import COMMANDS, Group
from factcheck.version import __version__

HEAVY = ("pydantic", "pydantic_settings", "spacy", "chromadb", "onnxruntime", "numpy", "rich", "jinja2", "vectorstore")
Run = Callable[..., Any]


def paths() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for row in COMMANDS:
        rows.append((row.name,))
        rows += [(row.name, command.name) for command in row.commands] if isinstance(row, Group) else []
    return rows


@pytest.mark.parametrize("path", paths(), ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...], run: Run) -> None:
    ran = run(*path, "--help")
    assert ran.code == 0
    assert f"Usage: factcheck {' '.join(path)}" in ran.out
    assert "  Examples:\n    " in ran.out
    assert f"factcheck {path[0]}" in ran.out.split("Examples:")[1]
    assert max(len(line) for line in ran.out.splitlines()) <= 100


def test_the_list_of_commands_is_the_table(run: Run) -> None:
    listed = run("--help").out.split("Commands:\n")[1]
    assert {line.split()[0] for line in listed.splitlines() if line.strip()} == {row.name for row in COMMANDS}


def test_no_arguments_show_the_help(run: Run) -> None:
    assert run() == run("--help")


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.strip() == __version__


def test_help_loads_nothing_heavy() -> None:
    say = f"print([name for name in {HEAVY} if name in sys.modules])"
    code = f"import sys\nfrom factcheck.cli.running import run\nrun(['--help'])\n{say}"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["chekc"], "'check'", id="a misspelt command"),
        pytest.param(["check"], "Missing argument", id="a missing argument"),
        pytest.param(["check", "x", "--frobnicate"], "--frobnicate", id="an unknown option"),
        pytest.param(["eval"], "Missing command", id="a missing command"),
        pytest.param(["eval", "claims", "x", "--k", "0"], "--k", id="an option out of range"),
    ],
)
def test_wrong_usage_is_one_line_with_the_way_to_help(arguments: list[str], says: str, run: Run) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert says in ran.err
    assert "--help" in ran.err
