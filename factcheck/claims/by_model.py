"""Claims that a language model finds in a draft beside those that the rules find.

The model's word is a hint where to look: a claim counts only with words of the draft that are there. A quote that is
not exact is looked for and put right, or the claim is dropped and counted; so is a claim with names or numbers that the
draft does not have. What the rules have already is not taken twice.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field
from rapidfuzz import fuzz

from factcheck.claims.extract import extract
from factcheck.errors import LanguageModelFailed
from factcheck.kinds import KINDS
from factcheck.language.parse import parse
from factcheck.language.words import is_content, stem
from factcheck.llm.orders import has_orders
from factcheck.llm.prompting import Prompt, Rendered, render
from factcheck.llm.quotes import find_quote
from factcheck.names import fold
from factcheck.tracing import carried
from factcheck.types import Claim, Extraction, Failure, Frozen, LedgerEntry, SentenceState, Span

if TYPE_CHECKING:
    from factcheck.llm.provider import Provider

STRETCH = 3000
"""Characters of a draft sent at once, cut between sentences."""
NEAR = 88
"""Likeness, 0 to 100, from which a quote with other letters is taken for the words it resembles."""
KNOWN = 0.75
"""Share of a claim's content words, 0 to 1, that claims of the same place have: then it says nothing new."""
OWN = 0.6
"""Share of a claim's content words that the draft must have around its quote."""
AROUND = 300
"""Characters on each side of a quote that count as around it."""
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


class FoundClaim(Frozen):
    """A claim as the model gives it."""

    quote: str = Field(max_length=2000)
    claim: str = Field(max_length=2000)


class FoundClaims(Frozen):
    """What the model finds in one stretch."""

    claims: tuple[FoundClaim, ...] = Field(max_length=64)


@dataclass(frozen=True)
class LanguageExtractor:
    """Whom to ask, and how."""

    provider: "Provider"
    prompt: Prompt


def with_model(text: str, found: Extraction, asked: LanguageExtractor, *, as_of: date | None = None) -> Extraction:
    """``found``, what the rules have of ``text``, with what the model finds beside it.

    A stretch that got no usable answer is among ``failures``; the claims of the rules are there all the same.
    """
    stretches = list(_stretches(found.ledger))
    day = as_of.isoformat() if as_of else "unknown"
    questions = [render(asked.prompt, {"text": span.of(text), "as_of": day}) for span in stretches]
    pool = ThreadPoolExecutor(max_workers=asked.provider.limits.at_once)
    try:
        answers = list(pool.map(carried(lambda question: _answer(question, asked.provider)), questions))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    failures = tuple(one for one in answers if isinstance(one, Failure))
    claims, dropped, repaired = list(found.claims), 0, 0
    for stretch, answer in zip(stretches, answers, strict=True):
        for one in () if isinstance(answer, Failure) else answer.claims:
            place = _place(one.quote, text, stretch)
            if place is None or not _is_of(one.claim, text, place):
                dropped += 1
                continue
            repaired += place.of(text) != one.quote
            if not _is_known(one.claim, place, claims):
                claims.append(_claim(text, one.claim, place, found.ledger, as_of))
    claims.sort(key=lambda claim: (claim.span.start, claim.span.end))
    numbered = tuple(claim.model_copy(update={"claim_id": f"c{n}"}) for n, claim in enumerate(claims, 1))
    return Extraction(
        claims=numbered, ledger=tuple(_entries(found.ledger, numbered)), by_model=len(numbered) - len(found.claims),
        dropped=dropped, repaired=repaired, failures=failures,
    )  # fmt: skip


def _answer(question: Rendered, provider: "Provider") -> FoundClaims | Failure:
    try:
        return provider.ask(question, FoundClaims).value
    except LanguageModelFailed as exc:
        return Failure(stage="extract", error=exc.kind, message=str(exc)[:500])


def _stretches(ledger: Sequence[LedgerEntry]) -> Iterator[Span]:
    """The text in pieces of whole sentences; clutter at their edges is left out."""
    start = end = None
    for entry in ledger:
        if entry.state is SentenceState.CLUTTER:
            continue
        if start is not None and end is not None and entry.span.end - start > STRETCH:
            yield Span(start=start, end=end)
            start = None
        start = entry.span.start if start is None else start
        end = entry.span.end
    if start is not None and end is not None:
        yield Span(start=start, end=end)


def _place(quote: str, text: str, stretch: Span) -> Span | None:
    """Where the quote stands: letter by letter, or else where words stand that resemble it and have its numbers."""
    inside = stretch.of(text)
    found = find_quote(quote, inside)
    if found is not None:
        return Span(start=stretch.start + found[0], end=stretch.start + found[1])
    wanted = quote.strip()
    if len(wanted) < 12 or len(wanted) > len(inside):
        return None
    near = fuzz.partial_ratio_alignment(wanted, inside, score_cutoff=NEAR)
    if near is None or near.dest_end <= near.dest_start:
        return None
    low, high = _whole_words(inside, near.dest_start, near.dest_end)
    if sorted(_NUMBER.findall(inside[low:high])) != sorted(_NUMBER.findall(wanted)):
        return None
    return Span(start=stretch.start + low, end=stretch.start + high)


def _whole_words(text: str, low: int, high: int) -> tuple[int, int]:
    while low > 0 and text[low - 1].isalnum() and text[low].isalnum():
        low -= 1
    while high < len(text) and text[high].isalnum() and text[high - 1].isalnum():
        high += 1
    bare = text[low:high]
    return low + len(bare) - len(bare.lstrip()), high - (len(bare) - len(bare.rstrip()))


def _is_of(claim: str, text: str, place: Span) -> bool:
    """Whether the claim says nothing but what the draft says there: its names and numbers are in the draft."""
    if has_orders(claim) or not claim.strip():
        return False
    there = set(fold(text).split())
    numbers = set(_NUMBER.findall(text))
    doc = parse([claim])[0]
    names = (token.text for token in doc if token.pos_ == "PROPN" and token.text[:1].isupper())
    if any(not set(fold(name).split()) <= there for name in names) or not set(_NUMBER.findall(claim)) <= numbers:
        return False
    own = _stems(claim)
    around = _stems(text[max(0, place.start - AROUND) : place.end + AROUND])
    return bool(own) and len(own & around) >= OWN * len(own)


def _stems(text: str) -> set[str]:
    return {stem(token.lower_) for token in parse([text])[0] if is_content(token)}


def _is_known(claim: str, place: Span, claims: Sequence[Claim]) -> bool:
    own = _stems(claim)
    said = {word for other in claims if other.span.overlaps(place) for word in _stems(f"{other.claim} {other.quote}")}
    return not own or len(own & said) >= KNOWN * len(own)


def _claim(text: str, claim: str, place: Span, ledger: Sequence[LedgerEntry], as_of: date | None) -> Claim:
    statement = " ".join(claim.split())
    read = extract(statement, as_of=as_of).claims
    kinds = {one.type for one in read if one.type in KINDS}
    index = next((entry.sentence_index for entry in ledger if entry.span.overlaps(place)), 0)
    return Claim.cut(
        text, place, claim_id="new", claim=statement, type=kinds.pop() if len(kinds) == 1 else "statement",
        as_of=as_of, sentence_index=index,
    )  # fmt: skip


def _entries(ledger: Sequence[LedgerEntry], claims: Sequence[Claim]) -> Iterator[LedgerEntry]:
    """The account of every sentence, with the claims that came in."""
    for entry in ledger:
        has = any(claim.check_worthy and claim.span.overlaps(entry.span) for claim in claims)
        yield entry.model_copy(update={"state": SentenceState.CLAIMS, "reason": None}) if has else entry
