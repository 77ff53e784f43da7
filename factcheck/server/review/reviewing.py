"""The page of one text: its words with their claims, and beside them what the sources say and what was decided."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from factcheck.reports.findings import LOOKS, Finding, Standing, Unchecked, unchecked
from factcheck.reports.html_page import Card, Piece, card, text_pieces
from factcheck.server.db import accounts, texts
from factcheck.server.db.citations import changed_sources
from factcheck.server.db.comments import comments
from factcheck.server.db.models import Attachment, Citation, ClaimRow, Decision, Event, User, Version
from factcheck.server.db.reading import cited, decided_finding, finding_of, report_of
from factcheck.server.db.roles import Right, may
from factcheck.types import Evidence, Report, Stance


class Shown(NamedTuple):
    """A claim as the page shows it."""

    row: ClaimRow
    check: Finding
    """What the check found."""
    finding: Finding
    """How it stands after what people decided."""
    suggestion: str
    """The claim's words with the wrong parts put right; empty when that takes a person."""
    cards: list[Card]
    given: list[Attachment]
    given_cards: list[Card]
    history: list[Decision]
    remarks: list[Event]
    waiting: bool
    changed: list[Citation]
    """Sources of the verdict that are not as they were."""

    @property
    def disputed(self) -> bool:
        """Whether sources stand against each other, so that they are shown side by side."""
        stances = {one.evidence.stance for one in (*self.cards, *self.given_cards)}
        return {Stance.SUPPORTS, Stance.REFUTES} <= stances


class Placed(NamedTuple):
    """A piece of the text and where it begins."""

    piece: Piece
    start: int
    settled: bool
    """Whether people have decided every claim in it."""


def view(session: Session, text_id: int) -> dict[str, Any]:
    """Everything the page shows of a text; raises NotFound."""
    text = texts.get_text(session, text_id)
    version = texts.current_version(session, text)
    done = version.state == "checked"
    claims = _claims(session, text_id, version) if done else []
    report = report_of(session, text, version) if done else None
    counts = Counter(one.finding.standing for one in claims)
    return {
        "text": text, "version": version, "done": done, "claims": claims,
        "pieces": _pieces(report, claims) if report else [],
        "unchecked": _unchecked(report, claims) if report else [],
        "waiting": sum(one.waiting for one in claims), "decided": sum(one.row.state == "decided" for one in claims),
        "counts": [(standing, LOOKS[standing], counts[standing]) for standing in Standing if counts[standing]],
        "kinds": sorted({kind for one in claims for kind in one.check.kinds}),
        "reviewers": _reviewers(session), "sources": sorted({c.evidence.doc_id for one in claims for c in one.cards}),
        "ranks": {doc_id: row.source_rank for doc_id, row in cited(session, [one.row for one in claims]).items()},
        "correctable": sum(one.row.state == "decided" and one.row.action == "correct" for one in claims),
    }  # fmt: skip


def suggestion(finding: Finding) -> str:
    """The claim's own words with each wrong part replaced by what the source has; empty when one has no plain place."""
    claim = finding.checked.claim
    words, cut = claim.quote, []
    for slot in finding.wrong:
        if slot.span is None or slot.found is None or slot.claimed in slot.found:
            return ""
        start, end = slot.span.start - claim.span.start, slot.span.end - claim.span.start
        if not 0 <= start < end <= len(words) or words[start:end] != slot.claimed:
            return ""
        cut.append((start, end, slot.found))
    for start, end, found in sorted(cut, reverse=True):
        words = words[:start] + found + words[end:]
    return words if cut and len({start for start, _, _ in cut}) == len(cut) else ""


def _claims(session: Session, text_id: int, version: Version) -> list[Shown]:
    rows = [row for row in texts.in_order(texts.shown_claims(session, version.id)) if row.verdict is not None]
    documents = {doc_id: row.text for doc_id, row in cited(session, rows).items()}
    history, given = texts.decisions(session, text_id), texts.attachments(session, text_id)
    remarks, changed = comments(session, text_id), changed_sources(session, [row.id for row in rows])
    made = []
    for row in rows:
        check = finding_of(row)
        own = given.get(row.thread, [])
        finding = decided_finding(row, history.get(row.thread, []), own)
        evidence = [card(piece, documents) for piece in (*check.evidence, *check.neutral)]
        theirs = [Evidence.model_validate(one.evidence) for one in own]
        made.append(
            Shown(
                row=row, check=check, finding=finding, suggestion=suggestion(check), cards=evidence, given=own,
                given_cards=[card(piece, documents) for piece in theirs], history=history.get(row.thread, []),
                remarks=remarks.get(row.thread, []), waiting=texts.needs_person(row), changed=changed.get(row.id, []),
            )
        )  # fmt: skip
    return made


def _pieces(report: Report, claims: Sequence[Shown]) -> list[Placed]:
    found = [one.finding for one in claims if one.finding.standing is not Standing.NOT_CHECKED]
    settled = {one.row.number for one in claims if one.row.state == "decided"}
    pieces = text_pieces(report, found)
    at = 0
    if pieces and not pieces[0].findings:
        at = len(report.text) - len(report.text.lstrip())
    placed = []
    for piece in pieces:
        done = bool(piece.findings) and all(one.number in settled for one in piece.findings)
        placed.append(Placed(piece, at, done))
        at += len(piece.text)
    return placed


def _unchecked(report: Report, claims: Sequence[Shown]) -> list[Unchecked]:
    added = [one.check.checked.claim.span for one in claims if one.row.added_by is not None]
    return [one for one in unchecked(report) if not any(one.span.overlaps(span) for span in added)]


def _reviewers(session: Session) -> list[User]:
    return [one for one in accounts.people(session) if one.active and may(one.role, Right.DECIDE)]
