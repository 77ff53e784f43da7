"""Articles as rows: what a folder, a glob, a page or a file of documents holds is read, and its claims extracted.

An article that an interrupted run has done is not read again: its rows are known from the journal by the digest of
its text.
"""

import glob
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.batch.inputs import input_of
from factcheck.batch.rows import Origin, Row, unreadable
from factcheck.claims import extract
from factcheck.types import Claim, Failure, Slot, Span
from vectorstore.errors import DocumentError
from vectorstore.ingest import load
from vectorstore.types import Document, Problem

if TYPE_CHECKING:
    from factcheck.batch.journal import Journal

Tell = Callable[[str], None]
Read = Callable[[int, float], None]


def holds_articles(source: str) -> bool:
    """Whether a path is a folder, a glob, or a file of a kind that holds no list of claims."""
    return Path(source).is_dir() or (glob.has_magic(source) and not Path(source).exists()) or input_of(source) is None


def article_rows(
    documents: Iterable[Document | Problem],
    *,
    as_of: date | None,
    noted: "Journal | None",
    without: Tell,
    read: Read = lambda _sentences, _seconds: None,
) -> Iterator[Row]:
    """The claims of articles worth checking, as rows numbered from 1.

    ``as_of`` is the day of articles that have none, ``noted`` the journal of an interrupted run, ``without`` is told
    the names of articles in which there is nothing to check, ``read`` how many sentences of an article were read,
    and in how many seconds.
    """
    number = known = 0
    for document in documents:
        if isinstance(document, Problem):
            rows = [] if document.kept else [_unread(number + 1, document)]
            known += noted is not None and known < len(noted) and bool(rows) and noted[known].digest == rows[0].digest
        elif noted is not None and (rows := _noted(document, number, noted, known, as_of)):
            known += len(rows)
        else:
            rows = _extracted(document, number, as_of, read)
            if not rows:
                without(document.doc_id)
        yield from rows
        number += len(rows)


def read_articles(source: str) -> Iterator[Document | Problem]:
    """The documents at a path; what cannot be read is a Problem among them."""
    try:
        yield from load([source])
    except DocumentError as exc:
        yield Problem(source=source, message=str(exc).removeprefix(f"{source}: "))


def _unread(number: int, problem: Problem) -> Row:
    place = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
    return unreadable(number, place, problem.message)


def _extracted(document: Document, before: int, as_of: date | None, read: Read) -> list[Row]:
    day = document.published_date or as_of
    began = time.perf_counter()
    try:
        extraction = extract(document.text, as_of=day)
    except Exception as exc:  # noqa: BLE001 - one article must not end the run
        failure = Failure(stage="extract", error=type(exc).__name__, message=f"{document.doc_id}: {exc}"[:500])
        return [Row(number=before + 1, claim_id=document.doc_id, text="", failure=failure)]
    digest = article_digest(document, as_of)
    read(len(extraction.ledger), time.perf_counter() - began)
    worth = [claim for claim in extraction.claims if claim.check_worthy]
    return [_row(number, claim, document, digest) for number, claim in enumerate(worth, before + 1)]


def _row(number: int, claim: Claim, document: Document, digest: str) -> Row:
    claim_id = f"{document.doc_id}#{claim.claim_id}"
    origin = Origin(
        article=document.doc_id, title=document.title, url=document.url, type=claim.type, span=claim.span,
        quote=claim.quote, attribution=claim.attribution, digest=digest,
    )  # fmt: skip
    fields = {
        "claim": claim.claim, "type": claim.type, "article": document.doc_id, "title": document.title,
        "publisher": document.publisher, "published_at": document.published_at, "attribution": claim.attribution,
    }  # fmt: skip
    return Row(
        number=number, claim_id=claim_id, text=claim.claim, claim=_alone(claim, claim_id), origin=origin, fields=fields
    )


def _alone(claim: Claim, claim_id: str) -> Claim:
    """The claim with its quote as its text, so that the same words in two articles are one judgement."""
    whole = Span(start=0, end=len(claim.quote))
    slots = tuple(slot.model_copy(update={"span": _inside(slot, claim.span)}) for slot in claim.slots)
    return claim.model_copy(update={"claim_id": claim_id, "span": whole, "slots": slots, "sentence_index": 0})


def _inside(slot: Slot, around: Span) -> Span | None:
    """A slot's place in the quote; None when it stands outside, a speaker named earlier, say."""
    if slot.span is None or slot.span.start < around.start or slot.span.end > around.end:
        return None
    return Span(start=slot.span.start - around.start, end=slot.span.end - around.start)


def article_digest(document: Document, as_of: date | None) -> str:
    """Tells whether an article is the one that an earlier run has read."""
    parts = (document.doc_id, document.text, document.title or "", str(document.published_date or as_of or ""))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _noted(document: Document, before: int, noted: "Journal", known: int, as_of: date | None) -> list[Row]:
    """The rows of an article that was noted whole, from place ``known`` of the journal; empty when it was not."""
    digest = article_digest(document, as_of)
    rows: list[Row] = []
    for place in range(known, len(noted)):
        entry = noted[place]
        if entry.origin is None or entry.origin.digest != digest:
            return rows
        rows.append(Row(number=before + len(rows) + 1, claim_id=entry.claim_id, text="", noted=entry.digest))
    return []  # the last article of the journal may have been cut short
