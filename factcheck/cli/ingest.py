"""``factcheck ingest``: documents in."""

from typing import Annotated

import typer

from factcheck.cli import options

EXAMPLES = """
factcheck ingest archive.jsonl articles/
factcheck ingest 'reports/**/*.html'
zcat dump.jsonl.gz | factcheck ingest -
"""

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH|-...", help="Files, folders, globs, JSON Lines of documents; - is standard input."),
]


def ingest(
    paths: Paths,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Add documents to the store.

    Adding one again is a no-op; a changed one replaces its old version.
    """
    from factcheck.build import open_documents
    from factcheck.cli import messages, output, stocking
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    with open_documents(load_settings(store=store)) as documents:
        result = stocking.stock(documents, paths)
    if as_json:
        output.print_rows([result])
    messages.say(stocking.summary(result))
    if any(not problem.kept for problem in result.problems):
        raise typer.Exit(2)
