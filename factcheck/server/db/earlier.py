"""What people have decided of claims, as earlier claims that new ones are compared with."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.batch.seen import Earlier, Known
from factcheck.server.db.decisions import last_decision
from factcheck.server.db.labelled import label_of_row
from factcheck.server.db.models import ClaimRow, Version
from factcheck.types import Label

AT_ONCE = 200
"""Rows that are held in memory."""


def decided(session: Session) -> Iterator[Known]:
    """Yield every claim that a person gave a verdict, the newest first."""
    query = select(ClaimRow, Version).join(Version, ClaimRow.version_id == Version.id)
    query = query.where(ClaimRow.state == "decided").order_by(ClaimRow.id.desc())
    for row, version in session.execute(query.execution_options(yield_per=AT_ONCE)):
        label, decision = label_of_row(row), last_decision(session, row.id)
        if label is None or decision is None:
            continue
        receipt = (row.verdict or {}).get("receipt") or {}
        earlier = Earlier(
            claim=row.claim["claim"], as_of=row.claim.get("as_of") or version.text.as_of, label=Label(label),
            by=decision.user.name, decided=True, at=decision.at, documents=receipt.get("documents") or {},
        )  # fmt: skip
        yield Known(earlier.claim, decided=True, recall=partial(_itself, earlier))


def _itself(earlier: Earlier) -> Earlier:
    return earlier
