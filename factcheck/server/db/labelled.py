"""What people decided, as labelled rows that ``factcheck eval claims`` reads: the desk's own ground to measure on."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factcheck.server.db.decisions import Action
from factcheck.server.db.models import ClaimRow, Decision, Json, Version
from factcheck.server.db.texts import THREAD
from factcheck.types import Label

AT_ONCE = 200
"""Rows that are held in memory."""


def labelled(session: Session) -> Iterator[Json]:
    """Yield a row for each claim that a person gave a verdict, by text and place; none for what was no claim.

    An accepted verdict is the label; so is one that was changed; a correction means that the claim was wrong. The
    evidence is what the check cited, unless the verdict was changed: then the citations do not show it. A claim that
    stands in several versions of a text is one row, as it was decided last.
    """
    newest = select(func.max(ClaimRow.id)).where(ClaimRow.state == "decided").group_by(THREAD)
    query = select(ClaimRow, Version).join(Version, ClaimRow.version_id == Version.id).where(ClaimRow.id.in_(newest))
    query = query.order_by(Version.text_id, Version.number, ClaimRow.number)
    for row, version in session.execute(query.execution_options(yield_per=AT_ONCE)):
        label = label_of_row(row)
        if label is not None:
            yield _row(session, row, version, label)


def label_of(action: str | None, label: str | None, judged: str | None) -> str | None:
    """Return the verdict that a decision gives a claim; None for one that gives none."""
    if action == Action.CHANGE_VERDICT:
        return label
    if action == Action.CORRECT:
        return Label.REFUTED.value
    return judged if action == Action.ACCEPT else None


def label_of_row(row: ClaimRow) -> str | None:
    """Return the label that a person gave a claim; None when it was none, or is not decided."""
    return label_of(row.action, row.label, (row.verdict or {}).get("label"))


def _row(session: Session, row: ClaimRow, version: Version, label: str) -> Json:
    verdict = row.verdict or {}
    judged = verdict.get("label")
    made: Json = {
        "claim_id": f"text-{version.text_id}-{version.number}-{row.number}",
        "claim": row.claim["claim"],
        "label": label,
        "judged": judged,
        "tier": verdict.get("tier"),
        "confidence": verdict.get("confidence"),
        "evidence": [
            {"doc_id": piece["doc_id"], "quote": piece["quote"]}
            for piece in verdict.get("evidence", ())
            if label == judged and piece["stance"] != "neutral"
        ],
    }
    if version.text.as_of is not None:
        made["as_of"] = version.text.as_of.isoformat()
    query = select(Decision).join(ClaimRow, Decision.claim_id == ClaimRow.id).where(THREAD.in_([row.thread]))
    last = session.scalars(query.where(Decision.action == str(row.action)).order_by(Decision.id.desc())).first()
    if last is not None:
        made["decided_at"] = last.at.isoformat() + "Z"
    if last is not None and last.reason:
        made["explanation"] = last.reason
    return made
