"""The table of commands. Their modules are light: what is heavy they import when they run."""

from collections.abc import Callable
from typing import Annotated, NamedTuple

import typer
from typer.core import TyperCommand

from factcheck.cli import (
    batch,
    chat,
    check,
    eval_calibration,
    evaluate,
    example,
    extract,
    ingest,
    mcp,
    seen,
    serve,
    source_versions,
    sources,
    sources_edit,
    triage,
    verify,
    watch,
)
from factcheck.version import __version__


class Command(NamedTuple):
    """A command that is one function."""

    name: str
    run: Callable[..., None]
    examples: str
    """What its help shows, one command a line."""
    parser: type[TyperCommand] = TyperCommand


class Group(NamedTuple):
    """A command with commands below it."""

    name: str
    run: Callable[..., None] | None
    """What it does without a command below; None: it shows its help."""
    examples: str
    commands: tuple[Command, ...]
    about: str


COMMANDS = (
    Command("ingest", ingest.ingest, ingest.EXAMPLES),
    Group(
        "sources",
        sources.list_sources,
        sources.EXAMPLES,
        (
            Command("show", sources.show_source, sources.SHOW_EXAMPLES),
            Command("history", source_versions.show_history, source_versions.HISTORY_EXAMPLES),
            Command("diff", source_versions.show_diff, source_versions.DIFF_EXAMPLES),
            Command("edit", sources_edit.edit_sources, sources_edit.EXAMPLES),
            Command("remove", sources.remove_sources, sources.REMOVE_EXAMPLES),
            Command("rebuild", source_versions.rebuild, source_versions.REBUILD_EXAMPLES),
        ),
        "List, show, edit, compare and remove the documents in the store.",
    ),
    Command("extract", extract.extract, extract.EXAMPLES),
    Command("verify", verify.verify, verify.EXAMPLES),
    Command("check", check.check, check.EXAMPLES, check.ManySources),
    Command("batch", batch.batch, batch.EXAMPLES),
    Command("triage", triage.triage, triage.EXAMPLES),
    Command("seen", seen.seen, seen.EXAMPLES),
    Command("chat", chat.chat, chat.EXAMPLES),
    Command("serve", serve.serve, serve.EXAMPLES),
    Command("mcp", mcp.mcp, mcp.EXAMPLES),
    Command("watch", watch.watch, watch.EXAMPLES),
    Command("example", example.example, example.EXAMPLES),
    Group(
        "eval",
        None,
        evaluate.EXAMPLES,
        (
            Command("pairs", evaluate.pairs, evaluate.PAIRS_EXAMPLES),
            Command("claims", evaluate.claims, evaluate.CLAIMS_EXAMPLES),
            Command("calibration", eval_calibration.calibration, eval_calibration.EXAMPLES),
            Command("extraction", evaluate.extraction, evaluate.EXTRACTION_EXAMPLES),
            Command("retrieval", evaluate.retrieval, evaluate.RETRIEVAL_EXAMPLES),
        ),
        "Measure on labelled data, also your own.",
    ),
)


def build_app() -> typer.Typer:
    """Return the command line made from the table."""
    app = _typer("Checks the factual claims of a text against sources you trust, with exact citations.", completes=True)
    app.callback()(_top)
    for row in COMMANDS:
        if isinstance(row, Group):
            app.add_typer(_group(row), name=row.name, epilog=_epilog(row.examples))
        else:
            _add(app, row)
    return app


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


_VERSION = typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")


def _top(*, version: Annotated[bool, _VERSION] = False) -> None:
    """Take the options that come before a command; its help is that of the app."""


def _group(row: Group) -> typer.Typer:
    group = _typer(row.about, runs_alone=row.run is not None)
    if row.run is not None:
        group.callback()(row.run)
    for command in row.commands:
        _add(group, command)
    return group


def _add(app: typer.Typer, row: Command) -> None:
    app.command(row.name, cls=row.parser, epilog=_epilog(row.examples))(row.run)


def _typer(about: str, *, runs_alone: bool = False, completes: bool = False) -> typer.Typer:
    return typer.Typer(
        help=about,
        add_completion=completes,
        rich_markup_mode=None,  # plain help is quicker, and the same on every terminal
        invoke_without_command=runs_alone,
    )


def _epilog(examples: str) -> str:
    """Return the examples as lines that help does not wrap."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in examples.strip().splitlines())
