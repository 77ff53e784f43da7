"""From rows back to the core's own types, checked again on the way."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.reports.findings import Finding, findings
from factcheck.server.db.models import Attachment, ClaimRow, Decision, Snapshot, TextRow, Version
from factcheck.server.db.texts import THREAD, attachments, claims, decisions
from factcheck.types import CheckedClaim, Claim, Evidence, Label, LedgerEntry, Report, Verdict


def checked_claim(row: ClaimRow) -> CheckedClaim:
    """Return a claim with its verdict."""
    verdict = None if row.verdict is None else Verdict.model_validate(row.verdict)
    return CheckedClaim(claim=Claim.model_validate(row.claim), verdict=verdict)


def finding_of(row: ClaimRow) -> Finding:
    """Return a claim as the check found it and reports show it, under its own number."""
    return _finding(row.number, checked_claim(row))


def decided_finding(row: ClaimRow, made: list[Decision], given: list[Attachment]) -> Finding:
    """Return a claim as it stands after the decisions on it and the evidence that people gave."""
    return _finding(row.number, _as_decided(row, row, made, given))


def _finding(number: int, checked: CheckedClaim) -> Finding:
    size = checked.claim.span.end
    alone = Report.model_construct(text=" " * size, claims=(checked,), ledger=(), version="")
    return findings(alone)[0].model_copy(update={"number": number})


def report_of(session: Session, text: TextRow, version: Version, *, decided: bool = True) -> Report:
    """Return the check as a report: by default as people decided it, else as the core gave it.

    A changed verdict is the new one, without a confidence; a correction takes the place of the proposed one; what was
    marked as no claim is not checked, with the reason; evidence that people gave stands with the others.
    """
    rows = claims(session, version.id)
    by_number = {row.number: row for row in rows}
    made, given = decisions(session, text.id), attachments(session, text.id)

    def as_decided(row: ClaimRow) -> CheckedClaim:
        """One that is shown as part of another goes the way of that one."""
        shown = row if row.folded_into is None else by_number[row.folded_into]
        return _as_decided(row, shown, made.get(shown.thread, []), given.get(row.thread, []))

    return Report(
        text=version.body,
        title=text.title,
        as_of=text.as_of,
        claims=tuple(as_decided(row) if decided else checked_claim(row) for row in rows),
        ledger=tuple(LedgerEntry.model_validate(entry) for entry in version.ledger),
        version=version.program,
    )


def _as_decided(row: ClaimRow, by: ClaimRow, made: list[Decision], given: list[Attachment]) -> CheckedClaim:
    """Return a claim with its verdict after the decision on ``by``: itself, or the one that it is shown as part of."""
    checked = checked_claim(row)
    verdict = checked.verdict
    if verdict is not None and given:
        more = tuple(Evidence.model_validate(one.evidence) for one in given)
        verdict = verdict.model_copy(update={"evidence": (*verdict.evidence, *more)})
    if by.state != "decided" or by.action in (None, "accept"):
        return checked.model_copy(update={"verdict": verdict})
    last = next((one for one in reversed(made) if one.action == by.action), None)
    who = last.user.name if last else "the desk"
    why = f": {last.reason}" if last and last.reason else ""
    if by.action == "not_a_claim":
        idle = checked.claim.model_copy(update={"check_worthy": False, "reason": f"not a claim, says {who}{why}"})
        return CheckedClaim(claim=idle, verdict=None)
    if verdict is None:
        return checked
    if by.action == "correct":
        verdict = verdict.model_copy(update={"correction": by.replacement})
    elif by.label is not None:
        said = f"{who} changed the verdict to {by.label.lower().replace('_', ' ')}{why}"
        verdict = verdict.model_copy(
            update={"label": Label(by.label), "confidence": None, "explanation": said, "error": None}
        )
    return checked.model_copy(update={"verdict": verdict})


def cited(session: Session, rows: list[ClaimRow]) -> dict[str, Snapshot]:
    """Return the texts that verdicts and people quote, by doc_id, as they were when they were quoted."""
    wanted: set[str] = set()
    for row in rows:
        receipt = (row.verdict or {}).get("receipt") or {}
        quoted = {piece["doc_id"] for piece in (row.verdict or {}).get("evidence", ())}
        wanted |= {digest for doc_id, digest in receipt.get("documents", {}).items() if doc_id in quoted}
    threads = {row.thread for row in rows}
    given = select(Attachment.sha256).join(ClaimRow, Attachment.claim_id == ClaimRow.id).where(THREAD.in_(threads))
    wanted |= set(session.scalars(given))
    found = session.scalars(select(Snapshot).where(Snapshot.sha256.in_(wanted)))
    return {row.doc_id: row for row in found}


def cited_texts(session: Session, rows: list[ClaimRow]) -> dict[str, str]:
    """Return the texts of ``cited``."""
    return {doc_id: row.text for doc_id, row in cited(session, rows).items()}
