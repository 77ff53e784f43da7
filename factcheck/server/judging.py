"""Where people's work needs the checker: claims added or read otherwise are judged, sources come in on the spot.

Judging takes a moment and no transaction waits for it: what is to be judged is read first, the verdict written after,
and refused when somebody changed the claim in between.
"""

from collections.abc import Sequence

from factcheck.checker import Checker
from factcheck.server.db import Database, Refused, by_hand
from factcheck.server.db.accounts import allow
from factcheck.server.db.models import ClaimRow, User
from factcheck.server.db.roles import Right
from factcheck.server.judge import Judge
from factcheck.server.stocking import NewSource, add_source, new_document
from factcheck.server.times import utc_now
from factcheck.types import Claim, Evidence, Frozen, Span, Stance, Verdict
from factcheck.verdict.receipt import sha256
from vectorstore.types import Document


class Given(Frozen):
    """Words of a source that a person gives for or against a claim: of a document in the store, or of a new one."""

    quote: str
    stance: Stance
    doc_id: str | None = None
    source: NewSource | None = None
    note: str | None = None


def judged(judge: Judge, claims: Sequence[Claim]) -> tuple[list[Verdict], list[Document]]:
    """The verdicts of claims, in order, and the documents they cite."""

    def work(checker: Checker) -> tuple[list[Verdict], list[Document]]:
        verdicts = checker.verify(claims)
        cited = sorted({card.doc_id for verdict in verdicts for card in verdict.evidence})
        found = [checker.store.get(doc_id) for doc_id in cited]
        return verdicts, [document for document in found if document is not None]

    return judge.call(work)


def digests(judge: Judge, doc_ids: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of the texts that the store has under these ids now; those it does not have are left out."""

    def work(checker: Checker) -> dict[str, str]:
        found = ((doc_id, checker.store.get(doc_id)) for doc_id in doc_ids)
        return {doc_id: sha256(document.text) for doc_id, document in found if document is not None}

    return judge.call(work) if doc_ids else {}


def add_missed(
    database: Database, judge: Judge, by: User, text_id: int, *, number: int, words: str, near: int, statement: str
) -> ClaimRow:
    """Judge and keep a claim that the check had missed: words of version ``number``, those nearest to ``near``."""
    with database.reading() as session:
        claim = by_hand.missed_claim(session, by, text_id, number=number, words=words, near=near, statement=statement)
    (verdict,), documents = judged(judge, [claim])
    with database.writing() as session:
        return by_hand.add_claim(session, by, text_id, claim, verdict, documents, number=number, now=utc_now())


def reword(
    database: Database, judge: Judge, by: User, claim_id: int, *, expected: int, statement: str | None,
    reason: str | None = None,
) -> ClaimRow:  # fmt: skip
    """Judge a claim again, read as ``statement`` (None: as it is, by the sources of now)."""
    with database.reading() as session:
        claim = by_hand.reading(session, by, claim_id, expected=expected, statement=statement)
    (verdict,), documents = judged(judge, [claim])
    with database.writing() as session:
        return by_hand.judged_anew(
            session, by, claim_id, claim, verdict, documents, expected=expected, now=utc_now(), reason=reason
        )


def attach(database: Database, judge: Judge, by: User, claim_id: int, given: Given) -> ClaimRow:
    """Keep a person's evidence for a claim; a new source is stored first.

    Raises Refused when the words do not stand in the source, or the source cannot be stored.
    """
    allow(by, Right.DECIDE)
    with database.reading() as session:
        by_hand.get_claim(session, claim_id)
    document = _stored(judge, by, given)
    span, note = _span(document.text, given.quote), (given.note or "").strip() or None
    evidence = Evidence.cite(document, span, stance=given.stance, score=1.0, note=note)
    with database.writing() as session:
        return by_hand.attach(session, by, claim_id, evidence, document, now=utc_now())


def _stored(judge: Judge, by: User, given: Given) -> Document:
    if (given.source is None) == (not given.doc_id):
        raise Refused("say where the words stand: in a document of the store, or in a new one")
    if given.source is None:
        doc_id = given.doc_id or ""
        found = judge.call(lambda checker: checker.store.get(doc_id))
        if found is None:
            raise Refused(f"there is no document {doc_id[:80]!r} in the store")
        return found
    document = new_document(given.source)
    _span(document.text, given.quote)  # before anything is stored
    return add_source(judge, by, document)


def _span(text: str, quote: str) -> Span:
    span = by_hand.find_words(text, quote)
    if span is None:
        raise Refused("these words do not stand in the source; copy them exactly")
    return span
