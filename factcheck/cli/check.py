"""``factcheck check``: a whole text, readable on a terminal or as a file."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from factcheck.cli import options

EXAMPLES = """
factcheck check draft.md
factcheck check draft.md --out report.html --fail-on refuted,conflicting
factcheck check draft.md --sources archive.jsonl notes/*.txt
factcheck check docs/*.md --fail-on refuted --format github --baseline known.jsonl
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
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|-...", help="Texts, UTF-8; - is standard input, .gz is read.")
    ],
    as_of: options.AsOf = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write .html, .md, .json, .jsonl, .csv, .xlsx, .docx or .jsonld."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Print text, jsonl, json, md, html, csv, github, sarif, junit."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="LIST", help="Exit 1 if a claim is, say, refuted,conflicting."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Problems listed there are known and do not fail."),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the problems of this run to the baseline.")
    ] = False,
    sources: Annotated[
        list[str] | None,
        typer.Option(_SOURCES, metavar="PATH...", help="Judge against these documents alone; no store is needed."),
    ] = None,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check texts against the sources and print a readable report.

    A comment <!-- factcheck: ignore REASON --> keeps its line and the next from failing the run.
    """
    from factcheck.cli import checking, linting, messages
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    chosen = checking.chosen_form(form, as_json=as_json)
    conditions = checking.fail_conditions(fail_on)
    linting.check_options(files, chosen, out=out, baseline=baseline, update=update_baseline)
    known = linting.known_problems(baseline, update=update_baseline)
    settings = load_settings(store=store, llm=llm, llm_budget=budget)
    publication = checking.publication_of(settings, date.today())  # noqa: DTZ011 - the desk's own day
    drafts = [linting.read_text(file, as_of) for file in files]
    with checking.checker_on(settings, sources or []) as checker:
        texts = [linting.checked(checker, draft) for draft in drafts]
        for text in () if linting.is_lint(chosen) else texts:
            checking.write_out(checker, text.report, out=out, form=chosen, publication=publication)
    failed = linting.conclude(texts, chosen, conditions, known, out=out, baseline=baseline if update_baseline else None)
    if failed:
        raise typer.Exit(1)
