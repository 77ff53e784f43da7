"""``factcheck ingest``: documents in."""

from typing import Annotated

import typer

from factcheck.cli import options

EXAMPLES = """
factcheck ingest archive.jsonl articles/
factcheck ingest 'reports/**/*.pdf' table.xlsx feed.rss letter.eml
factcheck ingest https://example.org/article.html
zcat dump.jsonl.gz | factcheck ingest -
"""

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH|URL|-...", help="Files, folders, globs, web addresses; - is standard input."),
]

Facts = Annotated[
    bool,
    typer.Option(help="Read what the documents assert now (about 10 a second); else when a claim first needs it."),
]


def ingest(
    paths: Paths,
    store: options.Store = None,
    facts: Facts = True,
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
    settings = load_settings(store=store)
    with open_documents(settings) as documents:
        result = stocking.stock(documents, paths, allow_private=settings.fetch_private)
        if facts:
            stocking.read_facts(documents, settings)
    if as_json:
        output.print_rows([result])
    messages.say(stocking.summary(result))
    if any(not problem.kept for problem in result.problems):
        raise typer.Exit(2)
