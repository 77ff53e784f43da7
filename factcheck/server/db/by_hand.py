"""What people do to claims beside deciding them: add one that was missed, read one otherwise, give evidence, assign.

A new reading is judged before it is written, by ``factcheck.server.judging``; what is written here is whole.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from factcheck.server.db.accounts import allow
from factcheck.server.db.checking import keep_texts
from factcheck.server.db.citations import cite
from factcheck.server.db.decisions import JUDGED_AGAIN, REWORDED, check_fresh, check_open, log
from factcheck.server.db.errors import NotFound, Refused, Stale
from factcheck.server.db.events import record
from factcheck.server.db.models import Attachment, ClaimRow, TextRow, User, Version
from factcheck.server.db.roles import Right
from factcheck.server.db.texts import assignable, claims, current_version, get_text
from factcheck.types import Claim, Evidence, Span, Verdict
from factcheck.verdict.receipt import sha256
from vectorstore.types import Document

LONGEST_STATEMENT = 4000


def get_claim(session: Session, claim_id: int) -> ClaimRow:
    """Return a claim; raises NotFound."""
    row = session.get(ClaimRow, claim_id)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    return row


def missed_claim(
    session: Session, by: User, text_id: int, *, number: int, words: str, near: int = 0, statement: str = ""
) -> Claim:
    """Return the claim that words of version ``number`` of a text make, read as ``statement`` (empty: as they stand).

    Of words that stand in the text more than once, those nearest to character ``near`` are meant.
    Raises Stale when the text has another version by now, Refused for words that do not stand in it.
    """
    allow(by, Right.DECIDE)
    text = get_text(session, text_id)
    version = _under_review(session, text, number)
    span = find_words(version.body, words, near)
    if span is None:
        raise Refused("these words do not stand in the text; select them there")
    if span.end - span.start > LONGEST_STATEMENT:
        raise Refused(f"a claim has at most {LONGEST_STATEMENT:,} characters of the text; select less")
    said = _statement(statement) if statement.strip() else span.of(version.body)
    for row in claims(session, version.id):
        if row.claim["check_worthy"] and (row.claim["span"], row.claim["claim"]) == (span.model_dump(), said):
            raise Refused(f"these words are claim {row.folded_into or row.number} already")
    inside = (entry["sentence_index"] for entry in version.ledger if entry["span"]["start"] <= span.start)
    return Claim.cut(
        version.body, span, claim_id=f"by-hand-{span.start}-{span.end}", claim=said, type="statement", as_of=text.as_of,
        sentence_index=max(inside, default=0),
    )  # fmt: skip


def find_words(text: str, words: str, near: int = 0) -> Span | None:
    """Return where words stand in a text, whatever the spaces between them, nearest to ``near``; None: nowhere."""
    parts = words.split()
    if not parts:
        return None
    found = re.finditer(r"\s+".join(map(re.escape, parts)), text)
    spans = [Span(start=one.start(), end=one.end()) for one in found]
    return min(spans, key=lambda span: abs(span.start - near), default=None)


def add_claim(
    session: Session, by: User, text_id: int, claim: Claim, verdict: Verdict, documents: Iterable[Document], *,
    number: int, now: datetime,
) -> ClaimRow:  # fmt: skip
    """Write down a claim that the check had missed, with its verdict; raises Stale when the text was edited."""
    allow(by, Right.DECIDE)
    version = _under_review(session, get_text(session, text_id), number)
    last = max((row.number for row in claims(session, version.id)), default=0)
    row = ClaimRow(version_id=version.id, number=last + 1, claim=claim.model_dump(mode="json"), added_by=by.id)
    row.verdict, row.version, row.state = placed(verdict, claim).model_dump(mode="json"), 1, "open"
    session.add(row)
    version.to_judge, version.judged = version.to_judge + 1, version.judged + 1
    keep_texts(session, documents)
    cite(session, row)
    record(
        session, "claim added", at=now, user_id=by.id, text_id=text_id, claim_id=row.id, number=row.number,
        quote=claim.quote, statement=claim.claim, verdict=verdict.label,
    )  # fmt: skip
    session.flush()
    session.refresh(row)
    return row


def reading(session: Session, by: User, claim_id: int, *, expected: int, statement: str | None = None) -> Claim:
    """Return a claim as it is, or read as ``statement``, to be judged; raises Stale, Refused as decisions do."""
    allow(by, Right.DECIDE)
    row = _free(session, claim_id, expected)
    claim = Claim.model_validate(row.claim)
    if statement is None:
        return claim
    said = _statement(statement)
    if said == claim.claim:
        raise Refused("the claim reads like this already")
    return claim.model_copy(update={"claim": said, "type": "statement", "slots": (), "check_worthy": True})


def judged_anew(
    session: Session, by: User, claim_id: int, claim: Claim, verdict: Verdict, documents: Iterable[Document], *,
    expected: int, now: datetime, reason: str | None = None,
) -> ClaimRow:  # fmt: skip
    """Write down a claim's new reading or new verdict; it is open again. Raises Stale when somebody was quicker."""
    allow(by, Right.DECIDE)
    row = _free(session, claim_id, expected)
    before, other = row.verdict, row.claim["claim"] != claim.claim
    if other:
        row.extracted = row.extracted or row.claim
        row.claim = claim.model_dump(mode="json")
    row.verdict = placed(verdict, claim).model_dump(mode="json")
    row.version, row.state, row.action, row.label, row.replacement = expected + 1, "open", None, None, None
    row.decided_by = None
    keep_texts(session, documents)
    cite(session, row)
    log(
        session, row, by, REWORDED if other else JUDGED_AGAIN, now, reason=reason,
        statement=claim.claim if other else None, verdict=verdict.label, before=before["label"] if before else None,
    )  # fmt: skip
    session.refresh(row)
    return row


def attach(
    session: Session, by: User, claim_id: int, evidence: Evidence, document: Document, *, now: datetime
) -> ClaimRow:
    """Keep words of a source as a person's evidence for a claim; raises Forbidden, Refused on an approved text."""
    allow(by, Right.DECIDE)
    row = get_claim(session, claim_id)
    version = session.get_one(Version, row.version_id)
    check_open(version, row)
    keep_texts(session, [document])
    session.add(
        Attachment(
            claim_id=row.id, user_id=by.id, at=now, evidence=evidence.model_dump(mode="json"),
            sha256=sha256(document.text),
        )
    )  # fmt: skip
    record(
        session, "evidence attached", at=now, user_id=by.id, text_id=version.text_id, claim_id=row.id,
        number=row.number, doc_id=evidence.doc_id, quote=evidence.quote, stance=evidence.stance.value,
        note=evidence.note,
    )  # fmt: skip
    session.flush()
    return row


def assign_claim(session: Session, by: User, claim_id: int, user_id: int | None, *, now: datetime) -> ClaimRow:
    """Give a claim to somebody to decide, or to nobody; raises Refused for a person who may not."""
    allow(by, Right.DECIDE)
    row = get_claim(session, claim_id)
    version = session.get_one(Version, row.version_id)
    check_open(version, row)
    person = None if user_id is None else assignable(session, user_id)
    row.assigned_to = None if person is None else person.id
    record(
        session, "claim assigned", at=now, user_id=by.id, text_id=version.text_id, claim_id=row.id,
        number=row.number, to=person.name if person else "nobody",
    )  # fmt: skip
    session.flush()
    session.refresh(row)
    return row


def placed(verdict: Verdict, claim: Claim) -> Verdict:
    """Return the verdict of a claim without slots, whose parts have places in the statement, with places in the text.

    A part that stands word for word in the claim's own words is placed there, another nowhere.
    """
    if claim.slots:
        return verdict
    slots = []
    for slot in verdict.slots:
        at = claim.quote.find(slot.claimed) if slot.claimed else -1
        start = claim.span.start + at
        span = Span(start=start, end=start + len(slot.claimed)) if at >= 0 else None
        slots.append(slot.model_copy(update={"span": span}))
    return verdict.model_copy(update={"slots": tuple(slots)})


def _free(session: Session, claim_id: int, expected: int) -> ClaimRow:
    row = get_claim(session, claim_id)
    check_fresh(session, row, expected)
    check_open(session.get_one(Version, row.version_id), row)
    if row.state == "second":
        raise Refused("a second review was asked for: let the second person decide first")
    return row


def _under_review(session: Session, text: TextRow, number: int) -> Version:
    if text.approved_at is not None:
        raise Refused("the text is approved; an editor must withdraw that first")
    if text.current != number:
        raise Stale(f"the text was edited meanwhile and is at version {text.current}; select the words again")
    version = current_version(session, text)
    if version.state != "checked":
        raise Refused("the check of this text is not done")
    return version


def _statement(given: str) -> str:
    said = " ".join(given.split())
    if not said:
        raise Refused("the claim has no words")
    if len(said) > LONGEST_STATEMENT:
        raise Refused(f"the claim has {len(said):,} characters; at most {LONGEST_STATEMENT:,}")
    return said
