"""A claim taken apart: the typed statements in it, and the words that none of them accounts for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from factcheck.claims.extract import ROSTER_VERBS, extract
from factcheck.claims.reading import read
from factcheck.kinds import CLAUSE_KINDS
from factcheck.language.callings import CALLING_VERBS
from factcheck.language.lexicon import APPOINT_VERBS, BECOME_VERBS, HEAD_VERBS, INCLUDE_VERBS, ROLE_OF_VERB, SAY_VERBS
from factcheck.language.parse import parse
from factcheck.language.sentence import Sentence
from factcheck.types import Claim, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LINKING = ROSTER_VERBS | SAY_VERBS | HEAD_VERBS | INCLUDE_VERBS | BECOME_VERBS | APPOINT_VERBS | {
    *CALLING_VERBS, "member", "part", "head", "leader", "be", "one", "according", "accord",
}  # fmt: skip
"""Words that link the slots of a post or a membership and say nothing beside them."""
HOLDING = BECOME_VERBS | APPOINT_VERBS | HEAD_VERBS | INCLUDE_VERBS | set(ROLE_OF_VERB) | {"be"}
SETTING = frozenset({"when", "while", "before", "after", "since", "until", "as", "once"})
"""What opens a clause that only says when."""


@dataclass(frozen=True)
class Parts:
    """A claim taken apart: statements that can be judged one by one, and words that none of them covers."""

    parts: tuple[Claim, ...]
    left_over: tuple[str, ...]
    setting: tuple[str, ...] = ()
    """Words around a post or a membership that only say on which occasion; a source of it has to have them too."""


def parts_of(claim: Claim) -> Parts:
    """The typed statements inside a claim.

    A claim that came out of a text has its slots and is one statement. One given alone ("is it true that ...") may
    hold several; all of them must hold for it to hold.
    """
    if claim.slots:
        return Parts((claim,), ())
    inner = extract(claim.claim, as_of=claim.as_of, context=claim.context or claim.claim).claims
    covered = [span for part in inner for span in _covered(part)]
    days = {part.as_of for part in inner if part.type not in CLAUSE_KINDS and part.as_of is not None}
    loose = list(_uncovered(claim.claim, covered, claim.as_of, days))
    only_posts = bool(inner) and all(part.type in {"title_role", "membership"} for part in inner)
    setting = {token.i for token in loose if only_posts and _is_setting(token)}
    return Parts(
        inner,
        tuple(token.text for token in loose if token.i not in setting),
        tuple(token.text for token in loose if token.i in setting),
    )


def parts_of_all(claims: Sequence[Claim]) -> list[Parts]:
    """The parts of each claim; the sentences of all are parsed at once, which takes a third of the time."""
    parse([claim.claim for claim in claims if not claim.slots])
    return [parts_of(claim) for claim in claims]


def _covered(part: Claim) -> list[Span]:
    """What of the text a part accounts for: all of a clause, the named slots of a role or membership."""
    named = [slot.span for slot in part.slots if slot.span is not None]
    if part.type in CLAUSE_KINDS or part.type == "quote":
        return [part.span, *named]
    return named


def _uncovered(text: str, covered: list[Span], as_of: date | None, days: set[date]) -> "Iterator[Token]":
    """Content words outside ``covered``, and outside mentions of the ``days`` that posts are judged at."""
    for piece in read(text, as_of=as_of):
        if piece.sentence is not None:
            held = [piece.sentence.shift(m.span) for m in piece.sentence.dates if m.latest in days]
            yield from _outside(piece.sentence, [*covered, *held])


def _outside(sentence: Sentence, covered: list[Span]) -> "Iterator[Token]":
    from factcheck.language.words import is_content

    for token in sentence.doc:
        start = sentence.start + token.idx
        span = Span(start=start, end=start + len(token.text))
        known = token.lemma_.lower() in LINKING or any(span.overlaps(c) for c in covered)
        if is_content(token) and not known:
            yield token


def _is_setting(token: "Token") -> bool:
    """Whether the word stands in a phrase or clause of time or occasion beside the verb that gives the post."""
    inner = token
    for above in token.ancestors:
        opens = inner.dep_ == "prep" and inner.lower_ in {
            "by",
            "at",
            "during",
            "before",
            "after",
            "in",
            "since",
            "until",
        }
        when = inner.dep_ == "advcl" and inner.left_edge.lower_ in SETTING
        lists = inner.dep_ == "nsubj" and above.lemma_.lower() in {"list", "name", "mention"}
        if lists or ((opens or when) and above.lemma_.lower() in HOLDING and above.dep_ in {"ROOT", "ccomp", "conj"}):
            return True
        inner = above
    return False
