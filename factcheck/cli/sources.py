"""``factcheck sources``: what is in the store."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from factcheck.cli import options
from factcheck.cli.source_dates import doubt

if TYPE_CHECKING:
    from rich.table import Table

    from vectorstore.types import Source

EXAMPLES = """
factcheck sources
factcheck sources --publisher Reuters --from 2025-07-01 --json
factcheck sources --undated
factcheck sources --doubtful --tag talks
"""
SHOW_EXAMPLES = """
factcheck sources show DOC_ID
factcheck sources show DOC_ID --version 1
"""
REMOVE_EXAMPLES = """
factcheck sources remove DOC_ID OTHER_ID
factcheck sources remove DOC_ID --reason "withdrawn by the publisher"
"""

Ids = Annotated[list[str], typer.Argument(metavar="DOC_ID...", help="Ids as the list shows them.")]


def list_sources(
    context: typer.Context,
    publisher: Annotated[
        list[str] | None,
        typer.Option("--publisher", metavar="NAME", help="Only of this publisher; repeatable."),
    ] = None,
    published_from: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Not before this day.")] = None,
    published_to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Not after this day.")] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Only documents without a date.")] = False,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Only where the date is none or wrong.")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="Only with this tag.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="Only in this language.")] = None,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List, show, edit, compare and remove the documents in the store."""
    if context.invoked_subcommand is not None:
        return
    from factcheck.build import open_documents
    from factcheck.cli import messages, output
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    first, last = _day("--from", published_from), _day("--to", published_to)
    with open_documents(load_settings(store=store), create=False) as documents:
        wanted = _Wanted(tuple(publisher or ()), first, last, tuple(tag or ()), language, undated, doubtful)
        rows = [row for row in documents.sources() if wanted.has(row)]
    if output.wants_json(as_json):
        output.print_rows(rows)
    else:
        output.show(_table(rows))
    missing = sum(row.published_at is None for row in rows)
    wrong = sum(doubt(row, _today()) is not None for row in rows) - missing
    parts = [f"{len(rows)} documents", f"{missing} without a date" * bool(missing)]
    messages.say(", ".join(filter(None, [*parts, f"{wrong} with a date that cannot be right" * bool(wrong)])))


def show_source(
    doc_id: Annotated[str, typer.Argument(metavar="DOC_ID", help="Id as the list shows it.")],
    version: Annotated[int | None, typer.Option("--version", metavar="N", help="An earlier version.")] = None,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Print one document with its text."""
    from factcheck.build import open_documents
    from factcheck.cli import messages, output
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    with open_documents(load_settings(store=store), create=False) as documents:
        document = documents.get(doc_id, version=version)
    if document is None:
        which = f"document {doc_id!r}" if version is None else f"version {version} of document {doc_id!r}"
        raise UsageError(f"no {which} in the store; list them with: factcheck sources [history DOC_ID]")
    if output.wants_json(as_json):
        output.print_rows([document])
        return
    from rich.text import Text

    from factcheck.reports.safe_text import visible

    output.show(_table([document.source]), Text(""), Text(visible(document.text)))


def remove_sources(
    doc_ids: Ids,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept in the history.")] = None,
    store: options.Store = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Remove documents from every answer, with all that was made from them.

    The history keeps what they said and when they were removed.
    """
    from contextlib import closing

    from factcheck.build import facts_of, open_documents
    from factcheck.cli import messages
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    settings = load_settings(store=store)
    with open_documents(settings, create=False) as documents, closing(facts_of(settings)) as facts:
        unknown = [doc_id for doc_id in doc_ids if documents.get(doc_id) is None]
        known = [doc_id for doc_id in doc_ids if doc_id not in unknown]
        facts.forget(known)  # first: facts of a kept document are read again, those of a removed one would stay
        removed = documents.remove(known, reason=reason)
    messages.say(f"{removed} removed")
    if unknown:
        raise UsageError(f"not in the store: {', '.join(unknown)}; list what is with: factcheck sources")


class _Wanted(NamedTuple):
    """Which documents are listed."""

    publishers: tuple[str, ...]
    first: date | None
    last: date | None
    tags: tuple[str, ...]
    language: str | None
    undated: bool
    doubtful: bool

    def has(self, row: "Source") -> bool:
        """Whether a document is one of them."""
        day = row.published_date
        if self.publishers and (row.publisher or "").casefold() not in {name.casefold() for name in self.publishers}:
            return False
        if (self.first or self.last) and day is None:
            return False
        if day is not None and (self.undated or day < (self.first or day) or day > (self.last or day)):
            return False
        if not set(self.tags) <= set(row.tags) or (self.language or row.language) != row.language:
            return False
        return not self.doubtful or doubt(row, _today()) is not None


def _today() -> date:
    return datetime.now(UTC).date()


def _table(rows: "list[Source]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    from factcheck.reports.safe_text import one_line

    table = Table(box=None, pad_edge=False, header_style="dim")
    tagged = any(row.tags for row in rows)
    for name in ("id", "published", "publisher", "title", *["tags"] * tagged):
        table.add_column(name, overflow="fold")
    for row in rows:
        wrong = doubt(row, _today())
        said = " ".join(filter(None, [(row.published_at or "")[:10], wrong and one_line(wrong)]))
        cells = [one_line(row.publisher or "–"), one_line(row.title or "–", 90)]
        cells += [one_line(", ".join(row.tags))] * tagged
        day = Text(said, style="yellow" if wrong else "")
        table.add_row(Text(one_line(row.doc_id)), day, *map(Text, cells))
    return table


def _day(option: str, given: str | None) -> date | None:
    from factcheck.errors import UsageError

    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError as exc:
        raise UsageError(f"{option} {given!r} is not a date like 2025-07-23") from exc
