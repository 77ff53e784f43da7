"""``factcheck seen``: whether the desk has dealt with a claim before, in whatever words."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.batch.seen import Known, Memory
    from factcheck.settings import Settings
    from vectorstore.types import Store

EXAMPLES = """
factcheck seen "The Istanbul talks of 23 July lasted forty minutes."
factcheck seen - --json < claims.txt
"""


def seen(
    claim: Annotated[str, typer.Argument(metavar="CLAIM|-", help="A statement; - reads one a line.")],
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Say whether a claim was judged or decided before in other words, by whom, when, and if sources changed since.

    Looked through are the decisions made in the review tool, and the verdicts that batch has given on this store.
    """
    from factcheck.build import open_documents
    from factcheck.cli import messages, output
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    claims = [line.strip() for line in (sys.stdin if claim == "-" else [claim]) if line.strip()]
    if not claims:
        raise UsageError("the claim is empty; give a statement in quotes")
    settings = load_settings(store=store)
    with open_documents(settings, create=False) as documents, remembered(settings, documents) as memory:
        found = memory.find(claims, documents)
        known = len(memory)
    if output.wants_json(as_json):
        output.print_rows([one for one in found if one is not None])
    else:
        from rich.text import Text

        from factcheck.reports.safe_text import one_line

        for text, one in zip(claims, found, strict=True):
            output.show(Text(one_line(text)), Text("  " + (one_line(one.line) if one else "not seen before")))
    messages.say(f"{sum(one is not None for one in found):,} of {len(claims):,} seen among {known:,} earlier claims")


@contextmanager
def remembered(settings: "Settings", documents: "Store") -> "Iterator[Memory]":
    """Give what people decided and what batch has judged; raises StoreFailed when a file of it cannot be used."""
    from factcheck.batch.cache import open_cache
    from factcheck.batch.seen import Memory
    from factcheck.batch.touched import renew
    from factcheck.cli.serve import database_url
    from factcheck.server.db import open_database, there_is
    from factcheck.server.db.earlier import decided

    url = database_url(settings)
    known: list[Known] = []
    if there_is(url):
        with closing(open_database(url)) as database, database.reading() as session:
            known += decided(session)
    cache = open_cache(settings)
    if cache is None:
        yield Memory(known)
        return
    with closing(cache):
        renew(cache, documents)
        yield Memory(chain(known, cache.known()))
