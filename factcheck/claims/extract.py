"""Text to claims: every sentence is read by every claim type, and what becomes of each sentence is on the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from factcheck.claims import worth
from factcheck.claims.reading import Piece, read
from factcheck.kinds import CLAUSE_KINDS, KINDS
from factcheck.kinds.base import Assertion
from factcheck.language.clauses import is_denied, written
from factcheck.language.denial import denied_content, denied_spans
from factcheck.language.lexicon import APPOINT_VERBS, BECOME_VERBS, HEAD_VERBS, INCLUDE_VERBS, ROLE_OF_VERB
from factcheck.language.predicates import predicate_word
from factcheck.language.roles import read_role
from factcheck.language.sentence import Sentence
from factcheck.language.tenure import last_day
from factcheck.names import fold
from factcheck.types import Claim, Extraction, LedgerEntry, SentenceState, Span

HOLD_VERBS = (BECOME_VERBS | {"be"} | set(ROLE_OF_VERB)) - {"become"}
"""Verbs whose date says when a post is held."""


ROSTER_VERBS = INCLUDE_VERBS | {"sit", "serve", "list", "name", "make", "compose", "consist", "be"}
"""Verbs whose clause says who or how many belong to a body, and nothing beside."""


@dataclass(frozen=True)
class _Found:
    assertion: Assertion
    sentence_index: int
    sentence: Sentence


def extract(
    text: str, *, as_of: date | None = None, context: str | None = None, in_passing: bool = False
) -> Extraction:
    """The claims of ``text`` with an account of every sentence.

    ``as_of`` is the day the text was published: what "today" means. ``context`` (a title, say) is kept with each
    claim. Claim ids are ``c1``, ``c2``, ... in the order of the text. ``in_passing`` also takes what sentences say by
    the way for statements: sources are read so, drafts are not.
    """
    pieces = read(text, as_of=as_of, in_passing=in_passing)
    found: list[_Found] = []
    ledger: list[LedgerEntry] = []
    for index, piece in enumerate(pieces):
        here = _assertions(piece, in_passing=in_passing)
        ledger.append(_entry(index, piece, here))
        if piece.sentence is not None:
            found += [_Found(assertion, index, piece.sentence) for assertion in here]
    claims = [_claim(text, item, f"c{n}", as_of, context) for n, item in enumerate(_without_doubles(found), 1)]
    return Extraction(claims=tuple(claims), ledger=tuple(ledger))


def _assertions(piece: Piece, *, in_passing: bool) -> list[Assertion]:
    sentence = piece.sentence
    if sentence is None:
        return []
    if not piece.heading and denied_content(sentence.text) is not None:
        return [] if in_passing else [_denial(sentence)]
    denied = [sentence.shift(span) for span in denied_spans(sentence.text)]
    typed = [a for name, kind in KINDS.items() if name not in CLAUSE_KINDS for a in kind.find(sentence)]
    unsaid = _not_asserted(sentence)
    typed = [a for a in typed if not any(a.span.overlaps(span) for span in unsaid)]
    whole = [
        a
        for name, kind in KINDS.items()
        if name in CLAUSE_KINDS
        for a in kind.find(sentence)
        if not _said_by(a, typed, sentence)
    ]
    said = [a for a in (*typed, *whole) if not any(_within(a.span, span) for span in denied)]
    judged = [_with_worth(a, sentence) for a in sorted(said, key=lambda a: (a.span.start, a.span.end))]
    return [a for a in judged if not (piece.heading and a.reason)]


def _denial(sentence: Sentence) -> Assertion:
    """A sentence that only says of a statement that it is not so: one statement, judged by what it denies."""
    tokens = range(len(sentence.doc))
    text = f"{written(sentence.doc, tokens, sentence.replaced).rstrip('.!')}."
    return Assertion("statement", text[:1].upper() + text[1:], sentence.span(0, len(sentence.doc)), ())


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _not_asserted(sentence: Sentence) -> list[Span]:
    """Where the sentence puts something only to deny that it was said or shown: "did not say that X heads Y"."""
    return [
        sentence.span(clause.left_edge.i, clause.right_edge.i + 1)
        for verb in sentence.doc if verb.pos_ == "VERB" and is_denied(verb)
        for clause in verb.children if clause.dep_ == "ccomp"
    ]  # fmt: skip


def _said_by(clause: Assertion, typed: list[Assertion], sentence: Sentence) -> bool:
    """Whether the clause only says what a role, membership or quotation found in it already says."""
    inside = [a for a in typed if clause.span.start <= a.span.start and a.span.end <= clause.span.end]
    if any(a.kind == "quote" and a.span.overlaps(clause.span) for a in typed):
        return True
    verb = _verb(sentence, clause)
    if verb is None:
        return False
    lemma = sentence.doc[verb].lemma_.lower()
    if lemma == "stay":
        lemma = predicate_word(sentence.doc[verb])  # who stays away stays nothing
    kinds = {a.kind for a in inside}
    types = {slot.type for slot in clause.slots}
    had = any(c.lower_ == "had" for c in sentence.doc[verb].children)  # "by then X had become ROLE": held at that time
    if types == {"date"} and (lemma in HOLD_VERBS or (lemma == "become" and had)) and "title_role" in kinds:
        return not _spans_time(sentence, clause)  # the day is when the post is said to be held
    if types == {"date"} and lemma in HEAD_VERBS | INCLUDE_VERBS | {"be"} and "membership" in kinds:
        return not _spans_time(sentence, clause)  # the day is when it was headed so
    if "membership" in kinds and lemma in ROSTER_VERBS and not types & {"date", "ordinal"}:
        sized = any(slot.text == "size" for a in inside for slot in a.slots if slot.type == "relation")
        return sized or "number" not in types
    if types & {"date", "number", "ordinal"}:
        return False
    if lemma in HEAD_VERBS | INCLUDE_VERBS | {"belong"} or (lemma == "be" and "membership" in kinds):
        return "membership" in kinds or ("title_role" in kinds and lemma in HEAD_VERBS)
    return lemma in APPOINT_VERBS | BECOME_VERBS and "title_role" in kinds and clause.attribution is None


def _spans_time(sentence: Sentence, clause: Assertion) -> bool:
    """Whether the clause says from when or until when: that is a statement of its own."""
    low, high = clause.span.start - sentence.start, clause.span.end - sentence.start
    return any(t.lower_ in {"since", "until", "till", "from"} for t in sentence.doc if low <= t.idx < high)


def _verb(sentence: Sentence, assertion: Assertion) -> int | None:
    """The main verb of the clause an assertion is from."""
    for clause in sentence.clauses:
        if sentence.span(clause.tokens[0], clause.tokens[-1] + 1) == assertion.span:
            return clause.verb
    return None


def _with_worth(assertion: Assertion, sentence: Sentence) -> Assertion:
    if assertion.kind not in CLAUSE_KINDS:
        return assertion
    attributed = assertion.attribution is not None
    reason = worth.why_not(sentence, verb=_verb(sentence, assertion), attributed=attributed)
    if reason is None:
        return assertion
    return Assertion(
        assertion.kind,
        assertion.text,
        assertion.span,
        assertion.slots,
        assertion.attribution,
        check_worthy=False,
        reason=reason,
    )


def _without_doubles(found: list[_Found]) -> Iterator[_Found]:
    """Each statement once: the same post of the same person, the same member, the same clause of the same type."""
    seen: set[tuple[str, ...]] = set()
    for item in found:
        assertion = item.assertion
        slots = {slot.type: slot.resolved for slot in assertion.slots}
        key: tuple[str, ...] = (assertion.kind, fold(assertion.text))
        if assertion.kind == "title_role":
            role = read_role(slots["role"])
            key = (
                assertion.kind,
                fold(slots["person"]),
                role.head,
                *sorted(role.rank),
                fold(role.domain),
                slots.get("state", ""),
                str(item.sentence.moment),
            )
        if key not in seen:
            seen.add(key)
            yield item


def _claim(text: str, item: _Found, claim_id: str, as_of: date | None, context: str | None) -> Claim:
    assertion = item.assertion
    return Claim.cut(
        text, assertion.span, claim_id=claim_id, claim=assertion.text, type=assertion.kind,
        check_worthy=assertion.check_worthy, reason=assertion.reason, attribution=assertion.attribution,
        as_of=_speaks_of(item, as_of), slots=assertion.slots, sentence_index=item.sentence_index, context=context,
    )  # fmt: skip


def _speaks_of(item: _Found, as_of: date | None) -> date | None:
    """The day a role or membership is said to hold: a day stated in its sentence, else the text's own."""
    if item.assertion.kind in CLAUSE_KINDS or item.assertion.kind == "quote":
        return as_of
    if item.assertion.kind == "title_role":
        return last_day(item.assertion.slots, item.sentence.base)
    return item.sentence.moment


def _entry(index: int, piece: Piece, here: list[Assertion]) -> LedgerEntry:
    if piece.sentence is None:
        return LedgerEntry(sentence_index=index, span=piece.span, state=SentenceState.CLUTTER, reason=piece.clutter)
    if any(assertion.check_worthy for assertion in here):
        return LedgerEntry(sentence_index=index, span=piece.span, state=SentenceState.CLAIMS)
    reasons = [assertion.reason for assertion in here if assertion.reason]
    reason = reasons[0] if reasons else ("a heading" if piece.heading else worth.FRAGMENT)
    return LedgerEntry(sentence_index=index, span=piece.span, state=SentenceState.NOT_CHECK_WORTHY, reason=reason)
