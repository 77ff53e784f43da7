"""Which verdicts rest on which documents, and which of these are no longer as they were when the verdict was made."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from factcheck.server.db.events import record
from factcheck.server.db.models import Citation, ClaimRow, TextRow, Version


def cite(session: Session, row: ClaimRow) -> None:
    """Note what a claim's present verdict rests on, in place of what was noted before."""
    session.flush()
    session.execute(delete(Citation).where(Citation.claim_id == row.id))
    verdict = row.verdict or {}
    read = (verdict.get("receipt") or {}).get("documents", {})
    for doc_id in {piece["doc_id"] for piece in verdict.get("evidence", ()) if piece["stance"] != "neutral"}:
        if doc_id in read:
            session.add(Citation(claim_id=row.id, doc_id=doc_id, sha256=read[doc_id]))


def resting_on(session: Session, doc_id: str) -> list[tuple[TextRow, ClaimRow, Citation]]:
    """Return the claims of texts under review whose verdicts rest on a document, the newest text first."""
    query = _current().where(Citation.doc_id == doc_id).order_by(TextRow.id.desc(), ClaimRow.number)
    return [(text, claim, citation) for text, claim, citation in session.execute(query)]


def changed_sources(session: Session, claim_ids: list[int]) -> dict[int, list[Citation]]:
    """Return the citations of claims whose document is not as it was, by claim id."""
    found: dict[int, list[Citation]] = {}
    query = select(Citation).where(Citation.claim_id.in_(claim_ids), Citation.changed.is_not(None))
    for row in session.scalars(query.order_by(Citation.doc_id)):
        found.setdefault(row.claim_id, []).append(row)
    return found


def texts_to_look_at(session: Session) -> dict[int, int]:
    """Return how many claims of which texts rest on a document that is not as it was, by text id."""
    query = select(Version.text_id, func.count(func.distinct(Citation.claim_id))).select_from(Citation)
    query = query.join(ClaimRow, Citation.claim_id == ClaimRow.id).join(Version)
    query = query.join(TextRow, (TextRow.id == Version.text_id) & (TextRow.current == Version.number))
    found = session.execute(query.where(Citation.changed.is_not(None)).group_by(Version.text_id))
    return {row[0]: row[1] for row in found}


def changed_documents(session: Session) -> list[tuple[str, str, int]]:
    """Return the documents that are not as they were, how (``changed``, ``removed``), and for how many claims."""
    query = _current().with_only_columns(Citation.doc_id, Citation.changed, func.count())
    query = query.where(Citation.changed.is_not(None)).group_by(Citation.doc_id, Citation.changed)
    return [(doc_id, state or "", count) for doc_id, state, count in session.execute(query.order_by(Citation.doc_id))]


def cited_documents(session: Session) -> list[str]:
    """Return the ids of all documents that verdicts of texts under review rest on."""
    query = _current().with_only_columns(Citation.doc_id).distinct().order_by(Citation.doc_id)
    return list(session.scalars(query))


def compare(session: Session, now_stored: Callable[[str], str | None], *, now: datetime) -> int:
    """Mark each citation whose document has another text or is gone; ``now_stored`` gives the SHA-256 of today.

    Returns how many were marked anew. A document that is again as it was is no longer marked.
    """
    marked: dict[tuple[int, str, str], int] = {}
    stored: dict[str, str | None] = {}
    for text, _claim, citation in session.execute(_current().order_by(Citation.doc_id)).all():
        if citation.doc_id not in stored:
            stored[citation.doc_id] = now_stored(citation.doc_id)
        digest = stored[citation.doc_id]
        state = "removed" if digest is None else "changed" if digest != citation.sha256 else None
        if state == citation.changed:
            continue
        citation.changed, citation.changed_at = state, now if state else None
        if state:
            key = (text.id, citation.doc_id, state)
            marked[key] = marked.get(key, 0) + 1
    for (text_id, doc_id, state), count in marked.items():
        record(session, f"source {state}", at=now, text_id=text_id, doc_id=doc_id, claims=count)
    return sum(marked.values())


def _current() -> Select[TextRow, ClaimRow, Citation]:
    query = select(TextRow, ClaimRow, Citation).join(ClaimRow, Citation.claim_id == ClaimRow.id)
    query = query.join(Version, ClaimRow.version_id == Version.id)
    return query.join(TextRow, (TextRow.id == Version.text_id) & (TextRow.current == Version.number))
