"""``factcheck sources edit``: what is known about documents, put right by hand for good."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from vectorstore.types import Document

EXAMPLES = """
factcheck sources edit DOC_ID --published-at 2025-07-23 --publisher Reuters
factcheck sources edit DOC_ID OTHER_ID --tag talks --untag draft
factcheck sources edit DOC_ID --published-at ""
"""
_FIELDS = ("title", "publisher", "published_at", "author", "language", "url", "source_rank")

Ids = Annotated[list[str], typer.Argument(metavar="DOC_ID...", help="Ids as the list shows them.")]
Tags = list[str] | None


def edit_sources(
    doc_ids: Ids,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Headline.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who published it.")] = None,
    published_at: Annotated[str | None, typer.Option("--published-at", metavar="DATE", help="ISO 8601.")] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help="Who wrote it.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="As en.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where a reader can open it.")] = None,
    source_rank: Annotated[str | None, typer.Option("--source-rank", metavar="0..1", help="Trust in it.")] = None,
    tag: Annotated[Tags, typer.Option("--tag", metavar="WORD", help="Add a tag; repeatable.")] = None,
    untag: Annotated[Tags, typer.Option("--untag", metavar="WORD", help="Take a tag away; repeatable.")] = None,
    store: options.Store = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Set what is known about documents; an empty value takes it away.

    What is set here stays when the file is ingested again. The history keeps what it was before.
    """
    from factcheck.build import open_documents
    from factcheck.cli import messages
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    given = dict(zip(_FIELDS, (title, publisher, published_at, author, language, url, source_rank), strict=True))
    changes = {name: value or None for name, value in given.items() if value is not None}
    if not changes and not tag and not untag:
        raise UsageError("nothing to change: give --title, --published-at, --tag or another; see --help")
    with open_documents(load_settings(store=store), create=False) as documents:
        found = {doc_id: documents.get(doc_id) for doc_id in dict.fromkeys(doc_ids)}
        unknown = [doc_id for doc_id, document in found.items() if document is None]
        if unknown:
            raise UsageError(f"not in the store: {', '.join(unknown)}; list what is with: factcheck sources")
        edited = [_edited(one, changes, tag or [], untag or []) for one in found.values() if one is not None]
        result = documents.add(edited)
    messages.say(f"{result.replaced} changed, {result.unchanged} as they were")


def _edited(document: "Document", changes: dict[str, Any], tag: list[str], untag: list[str]) -> "Document":
    """The document with the changes; raises UsageError, in one line, for a value that cannot be."""
    from pydantic import ValidationError

    from factcheck.errors import UsageError
    from vectorstore.types import Document

    values = {**dict(document), **changes}
    touched = {*document.edited, *changes}
    if tag or untag:
        values["tags"] = tuple(one for one in dict.fromkeys((*document.tags, *tag)) if one not in untag)
        touched.add("tags")
    values["edited"] = tuple(sorted(touched))
    try:
        return Document.model_validate(values)
    except ValidationError as exc:
        first = exc.errors()[0]
        name = str(first["loc"][0]).replace("_", "-")
        raise UsageError(f"--{name}: {first['msg'].removeprefix('Value error, ')}") from exc
