"""What a check writes down on its way, so that a restart goes on where it stopped and no verdict is made twice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factcheck.reports.findings import Finding, folded
from factcheck.server.db.citations import cite
from factcheck.server.db.events import record
from factcheck.server.db.models import ClaimRow, Json, Snapshot, TextRow, Version
from factcheck.server.db.reading import finding_of
from factcheck.server.db.texts import claims
from factcheck.types import Claim, Extraction, Verdict
from factcheck.verdict.receipt import sha256
from vectorstore.types import Document

UNFINISHED = ("checking", "queued")
_DECIDED = ("state", "action", "label", "replacement", "decided_by", "not_by", "added_by", "assigned_to")


def next_to_check(session: Session) -> Version | None:
    """Return the version to check next: the current one of a text, begun ones and old ones first; None for none."""
    query = select(Version).join(TextRow, (TextRow.id == Version.text_id) & (TextRow.current == Version.number))
    query = query.where(Version.state.in_(UNFINISHED)).order_by(Version.state, Version.id)
    return session.scalars(query).first()


def begin(session: Session, version_id: int, found: Extraction, *, program: str, now: datetime) -> None:
    """Write down the claims of a version; what did not change since the version before keeps verdict and decision."""
    version = session.get_one(Version, version_id)
    old = _before(session, version)
    rows = []
    for number, claim in enumerate(found.claims, start=1):
        row = ClaimRow(version_id=version_id, number=number, claim=claim.model_dump(mode="json"), verdict=None)
        row.version, row.state = 1, "open"
        earlier = old.pop(_identity(row.claim), None)
        if earlier is not None:
            _carry(row, earlier)
        rows.append(row)
    rows.extend(_by_hand(version, list(old.values()), len(rows) + 1))
    kept = sum(row.verdict is not None for row in rows)
    session.add_all(rows)
    for row in rows:
        if row.verdict is not None:
            cite(session, row)
    version.ledger = [entry.model_dump(mode="json") for entry in found.ledger]
    version.to_judge = sum(row.claim["check_worthy"] for row in rows)
    version.state, version.program, version.judged = "checking", program, kept
    record(
        session, "check begun", at=now, text_id=version.text_id,
        number=version.number, claims=len(found.claims), to_judge=version.to_judge, kept=kept, program=program,
    )  # fmt: skip


def to_judge(session: Session, version_id: int) -> list[tuple[int, Claim]]:
    """Return the claims of a version that still have no verdict, with their row ids."""
    return [
        (row.id, Claim.model_validate(row.claim))
        for row in claims(session, version_id)
        if row.verdict is None and row.claim["check_worthy"]
    ]


def keep_verdicts(
    session: Session, version_id: int, judged: Sequence[tuple[int, Verdict]], documents: Iterable[Document]
) -> None:
    """Write down verdicts, and the texts they quote as they are now."""
    for row_id, verdict in judged:
        row = session.get_one(ClaimRow, row_id)
        row.verdict = verdict.model_dump(mode="json")
        cite(session, row)
    keep_texts(session, documents)
    session.get_one(Version, version_id).judged += len(judged)


def keep_texts(session: Session, documents: Iterable[Document]) -> None:
    """Keep the texts of documents as they are now, so that quotes can be shown in context however they change."""
    for document in documents:
        digest = sha256(document.text)
        if session.get(Snapshot, digest) is None:
            kept = Snapshot(sha256=digest, doc_id=document.doc_id, text=document.text)
            kept.source_rank = document.source_rank
            session.add(kept)
            session.flush()


def finish(session: Session, version_id: int, *, now: datetime) -> None:
    """Mark a version as checked, and fold claims that would tell a reader the same twice."""
    version = session.get_one(Version, version_id)
    rows = claims(session, version_id)
    findings = {row.number: finding_of(row) for row in rows}
    shown = {one.number for one in folded(list(findings.values()))}
    for row in rows:
        if row.number not in shown and row.added_by is None:
            row.folded_into = _shown_for(row.number, findings, shown)
    version.state = "checked"
    tally: dict[str, int] = {}
    for row in rows:
        label = "not checked" if row.verdict is None else row.verdict["label"] or "failed"
        tally[label] = tally.get(label, 0) + 1
    record(session, "check done", at=now, text_id=version.text_id, number=version.number, verdicts=tally)


def fail(session: Session, version_id: int, message: str, *, now: datetime) -> None:
    """Mark a version as one whose check failed, with the reason."""
    version = session.get_one(Version, version_id)
    version.state, version.error = "failed", message[:500]
    record(session, "check failed", at=now, text_id=version.text_id, number=version.number, error=message[:500])


def try_again(session: Session, version: Version, *, now: datetime, user_id: int) -> None:
    """Queue a failed check again; verdicts it has made are kept."""
    begun = bool(claims(session, version.id))
    version.state, version.error = ("checking" if begun else "queued"), None
    record(session, "check asked for again", at=now, user_id=user_id, text_id=version.text_id, number=version.number)


def _before(session: Session, version: Version) -> dict[tuple[str, ...], ClaimRow]:
    query = select(Version).where(Version.text_id == version.text_id, Version.number < version.number)
    for earlier in session.scalars(query.order_by(Version.number.desc())):
        rows = claims(session, earlier.id)
        if rows:
            return {_identity(row.extracted or row.claim): row for row in rows}
    return {}


def _identity(claim: Json) -> tuple[str, ...]:
    """Return what makes two claims of two versions the same: their words, their reading and their day."""
    return tuple(str(claim[name]) for name in ("quote", "claim", "type", "as_of", "attribution"))


def _carry(row: ClaimRow, earlier: ClaimRow) -> None:
    """Give an unchanged claim what was judged and decided of it before, and how a person had read it."""
    if earlier.extracted is not None:
        here = {name: row.claim[name] for name in ("claim_id", "span", "quote", "sentence_index")}
        row.extracted, row.claim = row.claim, earlier.claim | here
    row.verdict, row.origin = _moved(earlier, row.claim), earlier.thread
    for name in _DECIDED:
        setattr(row, name, getattr(earlier, name))


def _by_hand(version: Version, old: Sequence[ClaimRow], number: int) -> Iterator[ClaimRow]:
    """Yield the claims that people had added, where their words still stand in the text, numbered on."""
    for earlier in old:
        quote, start = earlier.claim["quote"], int(earlier.claim["span"]["start"])
        places = [found.start() for found in re.finditer(re.escape(quote), version.body)]
        if earlier.added_by is None or not places:
            continue
        now = min(places, key=lambda place: abs(place - start))
        claim = earlier.claim | {"span": {"start": now, "end": now + len(quote)}}
        row = ClaimRow(version_id=version.id, number=number, claim=claim, verdict=None, version=1, state="open")
        _carry(row, earlier)
        yield row
        number += 1


def _moved(earlier: ClaimRow, claim: Json) -> Json | None:
    """Return the verdict of an unchanged claim, its spans where the claim stands now."""
    if earlier.verdict is None:
        return None
    shift = int(claim["span"]["start"]) - int(earlier.claim["span"]["start"])
    slots = [
        slot | {"span": {"start": slot["span"]["start"] + shift, "end": slot["span"]["end"] + shift}}
        if slot["span"]
        else slot
        for slot in earlier.verdict["slots"]
    ]
    return {**earlier.verdict, "claim_id": claim["claim_id"], "slots": slots}


def _shown_for(number: int, findings: dict[int, Finding], shown: set[int]) -> int:
    claim = findings[number].checked.claim
    mates = [
        one for one in findings.values()
        if one.number in shown and (one.checked.claim.claim, one.checked.claim.span) == (claim.claim, claim.span)
    ]  # fmt: skip
    same = [one for one in mates if one.standing is findings[number].standing]
    return min(same or mates, key=lambda one: one.standing.gravity).number
