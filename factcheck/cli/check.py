"""``factcheck check``: a whole text, readable on a terminal or as a file."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from factcheck.cli import options

EXAMPLES = """
factcheck check draft.md
factcheck check draft.md --out report.html --fail-on refuted,conflicting
factcheck check draft.md --sources archive.jsonl notes/*.txt
factcheck check - --as-of 2025-07-24 --json < draft.txt
"""
_SOURCES = "--sources"


class ManySources(TyperCommand):
    """Lets ``--sources`` take several paths, as a shell writes them out for ``*.txt``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the base class's
        """Parse the arguments after giving each source an option of its own."""
        return super().parse_args(ctx, spread(args))


def spread(arguments: list[str]) -> list[str]:
    """Return the arguments with ``--sources A B`` as ``--sources A --sources B``, up to the next option."""
    out: list[str] = []
    taking = fresh = False
    for position, argument in enumerate(arguments):
        if argument == "--":
            return out + arguments[position:]
        if argument == _SOURCES:
            taking = fresh = True
        elif argument.startswith("-") and argument != "-":
            taking = False
        elif taking:
            out += [] if fresh else [_SOURCES]
            fresh = False
        out.append(argument)
    return out


def check(
    file: options.Text,
    as_of: options.AsOf = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a report: .html, .md, .json, .jsonl or .csv."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Print as text, jsonl, json, md, html or csv."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="LIST", help="Exit 1 if a claim is, say, refuted,conflicting."),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(_SOURCES, metavar="PATH...", help="Judge against these documents alone; no store is needed."),
    ] = None,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check a text against the sources and print a readable report."""
    from factcheck.cli import checking, messages
    from factcheck.cli.dating import day_of
    from factcheck.cli.draft import read_draft
    from factcheck.reports import format_of_file
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    chosen = checking.chosen_form(form, as_json=as_json)
    conditions = checking.fail_conditions(fail_on)
    if out is not None:
        format_of_file(str(out))
    draft = read_draft(file)
    day = day_of(draft, as_of)
    with checking.checker_on(load_settings(store=store), sources or []) as checker:
        report = checker.check(draft.text, as_of=day, title=draft.title)
        checking.write_out(checker, report, out=out, form=chosen)
    if checking.met(report, conditions):
        raise typer.Exit(1)
