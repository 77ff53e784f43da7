"""What people decided, as labelled rows that ``factcheck eval claims`` reads: the desk's own ground to measure on."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.server.db.decisions import Action, last_decision
from factcheck.server.db.models import ClaimRow, Json, Version
from factcheck.types import Label

AT_ONCE = 200
"""Rows that are held in memory."""


def labelled(session: Session) -> Iterator[Json]:
    """Yield a row for each claim that a person gave a verdict, by text and place; none for what was no claim.

    An accepted verdict is the label; so is one that was changed; a correction means that the claim was wrong. The
    evidence is what the check cited, unless the verdict was changed: then the citations do not show it.
    """
    query = select(ClaimRow, Version).join(Version, ClaimRow.version_id == Version.id)
    query = query.where(ClaimRow.state == "decided").order_by(Version.text_id, Version.number, ClaimRow.number)
    for row, version in session.execute(query.execution_options(yield_per=AT_ONCE)):
        label = label_of(row)
        if label is not None:
            yield _row(session, row, version, label)


def label_of(row: ClaimRow) -> str | None:
    """Return the label that a person gave a claim; None when it was none, or is not decided."""
    if row.action == Action.CHANGE_VERDICT:
        return row.label
    if row.action == Action.CORRECT:
        return Label.REFUTED.value
    if row.action == Action.ACCEPT and row.verdict is not None:
        return str(row.verdict["label"])
    return None


def _row(session: Session, row: ClaimRow, version: Version, label: str) -> Json:
    decision = last_decision(session, row.id)
    judged = (row.verdict or {}).get("label")
    made: Json = {
        "claim_id": f"text-{version.text_id}-{version.number}-{row.number}",
        "claim": row.claim["claim"],
        "label": label,
        "judged": judged,
        "evidence": [
            {"doc_id": piece["doc_id"], "quote": piece["quote"]}
            for piece in (row.verdict or {}).get("evidence", ())
            if label == judged and piece["stance"] != "neutral"
        ],
    }
    if version.text.as_of is not None:
        made["as_of"] = version.text.as_of.isoformat()
    if decision is not None and decision.reason:
        made["explanation"] = decision.reason
    return made
