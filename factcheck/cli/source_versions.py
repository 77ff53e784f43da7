"""``factcheck sources history | diff | rebuild``: what documents were before, and making the indexes anew."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from vectorstore.types import Document, Revision, Store

HISTORY_EXAMPLES = "factcheck sources history DOC_ID"
DIFF_EXAMPLES = """
factcheck sources diff DOC_ID
factcheck sources diff DOC_ID --from 1 --to 3
"""
REBUILD_EXAMPLES = "factcheck sources rebuild"

DocId = Annotated[str, typer.Argument(metavar="DOC_ID", help="Id as the list shows it.")]
_CONTEXT = 2
"""Unchanged lines shown around a change."""


def show_history(
    doc_id: DocId,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List every version of a document: when it came, when and why it ended, the digest receipts name it by."""
    from factcheck.build import open_documents
    from factcheck.cli import messages, output
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    with open_documents(load_settings(store=store), create=False) as documents:
        rows = _revisions(documents, doc_id)
    if output.wants_json(as_json):
        output.print_rows(rows)
        return
    from rich.table import Table
    from rich.text import Text

    from factcheck.reports.safe_text import one_line

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("version", "stored", "ended", "text", "title"):
        table.add_column(name, overflow="fold")
    for row in rows:
        ended = " ".join(filter(None, (row.ended_by, row.ended_at, row.reason and f"({one_line(row.reason)})")))
        title = Text(one_line(row.source.title or "–", 60))
        digest = Text(row.text_sha256[:12], style="dim")
        table.add_row(str(row.number), row.stored_at or "not noted", Text(ended or "present"), digest, title)
    output.show(table)


def show_diff(
    doc_id: DocId,
    first: Annotated[int | None, typer.Option("--from", metavar="N", help="Older version; the last but one.")] = None,
    second: Annotated[int | None, typer.Option("--to", metavar="N", help="Newer version; the last one.")] = None,
    store: options.Store = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what changed between two versions of a document, text and metadata, as a unified diff."""
    import sys

    from factcheck.build import open_documents
    from factcheck.cli import messages
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    with open_documents(load_settings(store=store), create=False) as documents:
        numbers = [row.number for row in _revisions(documents, doc_id)]
        newer = numbers[-1] if second is None else second
        older = max((n for n in numbers if n < newer), default=newer) if first is None else first
        for number in (older, newer):
            if number not in numbers:
                raise UsageError(f"document {doc_id!r} has no version {number}; it has {', '.join(map(str, numbers))}")
        if older == newer:
            messages.say(f"document {doc_id!r} has one version, nothing changed")
            return
        old, new = (documents.get(doc_id, version=number) for number in (older, newer))
    if old is not None and new is not None:
        sys.stdout.writelines(f"{line}\n" for line in _difference(old, new, f"version {older}", f"version {newer}"))


def rebuild(
    store: options.Store = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make the word index and all vectors anew from the documents (about 40 passages a second on two cores)."""
    from factcheck.build import open_documents
    from factcheck.cli import messages
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    with open_documents(load_settings(store=store), create=False) as documents, messages.bar("rebuilding") as moved:
        passages = documents.rebuild(moved)
    messages.say(f"{passages} passages indexed anew")


def _revisions(documents: "Store", doc_id: str) -> "tuple[Revision, ...]":
    from factcheck.errors import UsageError

    rows = documents.history(doc_id)
    if not rows:
        raise UsageError(f"no document {doc_id!r} was ever in the store; list them with: factcheck sources")
    return rows


def _difference(old: "Document", new: "Document", old_name: str, new_name: str) -> Iterator[str]:
    from difflib import unified_diff

    from factcheck.reports.safe_text import visible

    for line in unified_diff(_lines(old), _lines(new), old_name, new_name, n=_CONTEXT, lineterm=""):
        yield visible(line)


def _lines(document: "Document") -> list[str]:
    """The metadata that there is, one value a line, then the text."""
    known = document.source.model_dump(exclude_none=True, exclude_defaults=True)
    return [*(f"{name}: {value}" for name, value in known.items()), "", *document.text.splitlines()]
