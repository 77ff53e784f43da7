"""From rows back to the core's own types, checked again on the way."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.reports.findings import Finding, findings
from factcheck.server.db.models import ClaimRow, Snapshot, TextRow, Version
from factcheck.server.db.texts import claims
from factcheck.types import CheckedClaim, Claim, LedgerEntry, Report, Verdict


def checked_claim(row: ClaimRow) -> CheckedClaim:
    """Return a claim with its verdict."""
    verdict = None if row.verdict is None else Verdict.model_validate(row.verdict)
    return CheckedClaim(claim=Claim.model_validate(row.claim), verdict=verdict)


def finding_of(row: ClaimRow) -> Finding:
    """Return a claim as reports show it, under its own number."""
    checked = checked_claim(row)
    size = checked.claim.span.end
    alone = Report.model_construct(text=" " * size, claims=(checked,), ledger=(), version="")
    return findings(alone)[0].model_copy(update={"number": row.number})


def report_of(session: Session, text: TextRow, version: Version) -> Report:
    """Return the whole check as the report the core would have given."""
    return Report(
        text=version.body,
        title=text.title,
        as_of=text.as_of,
        claims=tuple(checked_claim(row) for row in claims(session, version.id)),
        ledger=tuple(LedgerEntry.model_validate(entry) for entry in version.ledger),
        version=version.program,
    )


def cited_texts(session: Session, rows: list[ClaimRow]) -> dict[str, str]:
    """Return the texts that verdicts quote, by doc_id, as they were when the verdicts were made."""
    wanted: set[str] = set()
    for row in rows:
        receipt = (row.verdict or {}).get("receipt") or {}
        cited = {piece["doc_id"] for piece in (row.verdict or {}).get("evidence", ())}
        wanted |= {digest for doc_id, digest in receipt.get("documents", {}).items() if doc_id in cited}
    found = session.scalars(select(Snapshot).where(Snapshot.sha256.in_(wanted)))
    return {row.doc_id: row.text for row in found}
