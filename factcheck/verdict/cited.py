"""Whether a language model's verdict holds: its quotes are in the passages, and they say what the verdict says.

Everything is looked at by code that the model cannot talk to. What is asked of a quote, in this order: it was shown, it
stands there letter by letter, it is not addressed to a machine, it has the names and numbers of the claim, and the
model that ships does not read it the other way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field
from rapidfuzz import fuzz

from factcheck.language.parse import parse
from factcheck.language.words import is_content, stem
from factcheck.llm.orders import has_orders
from factcheck.llm.quotes import find_quote
from factcheck.models import score
from factcheck.names import fold
from factcheck.types import Claim, Frozen, Span
from factcheck.verdict.local import evidence_of, is_denial
from vectorstore.sentences import split_sentences
from vectorstore.types import Document, Passage

AGREES = {"supports": 0.5, "refutes": 0.25}
"""Least probability, 0 to 1, that the model that ships must give to what the language model says of a sentence."""
SHARED = 0.5
"""Share of the claim's content words that the quoted sentences, with their titles, must have."""
SAME_NAME = 80
"""Likeness, 0 to 100, from which two words are spellings of one name."""
SHORTEST = 8
"""Letters of a quote; less says nothing."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")
_NOBODY = re.compile(r"\W*(?:nobody|no one|no other|none|nothing)\b", re.IGNORECASE)
Says = Literal["supports", "refutes"]


class Cited(Frozen):
    """A quote as the model gives it."""

    passage: str = Field(max_length=40)
    quote: str = Field(max_length=2000)
    says: Says


class Judgement(Frozen):
    """What the model says of one claim."""

    citations: tuple[Cited, ...] = Field(max_length=16)
    reason: str = Field(max_length=2000)
    verdict: Literal["supported", "refuted", "not_enough"]


@dataclass(frozen=True)
class Shown:
    """A passage that the model was shown."""

    key: str
    document: Document
    span: Span
    """The passage, in the document's text."""

    @classmethod
    def of(cls, key: str, document: Document, passage: Passage) -> "Shown":
        """The passage under the name it has in the question."""
        return cls(key, document, Span(start=passage.start, end=passage.end))


@dataclass(frozen=True)
class Quote:
    """A quote that is where it is said to be."""

    shown: Shown
    span: Span
    """The quoted words, in the document's text."""
    sentence: Span
    """The whole sentences they are from."""
    agrees: float = 0.0
    """Probability by the model that ships that the sentences say what the language model says they do."""


@dataclass(frozen=True)
class Checked:
    """A judgement after all checks."""

    judgement: Judgement
    quotes: tuple[Quote, ...] = ()
    """Those of its side that are there."""
    refused: str | None = None
    """Why the verdict is not accepted; None when it is."""

    def because(self, reason: str) -> "Checked":
        """The same, refused."""
        return replace(self, refused=reason)

    @property
    def reason(self) -> str:
        """The model's own words, in one line; nothing when they speak to a machine."""
        line = " ".join(self.judgement.reason.split())[:300]
        return "" if has_orders(line) else line


def check(claim: Claim, judgement: Judgement, shown: Sequence[Shown], *, reads: bool = True) -> Checked:
    """The judgement with its quotes found, and refused where they do not bear it.

    ``reads``: whether the model that ships reads them too. Raises ModelFailed when it cannot be run.
    """
    checked = Checked(judgement)
    if judgement.verdict == "not_enough":
        return checked
    side: Says = "supports" if judgement.verdict == "supported" else "refutes"
    cited = [one for one in judgement.citations if one.says == side]
    if not cited:
        return checked.because("it cites no words of a passage for that")
    by_key = {one.key: one for one in shown}
    quotes: list[Quote] = []
    for one in cited:
        passage = by_key.get(one.passage.strip().strip("[]"))
        if passage is None:
            return checked.because("it cites a passage that it was not shown")
        found = _located(one.quote, passage)
        if found is None:
            return checked.because(f"the words it quotes are not in passage {passage.key}")
        quotes.append(found)
    checked = replace(checked, quotes=tuple(_once(quotes)))
    why = _why_not(claim, checked.quotes, side)
    if why is not None:
        return checked.because(why)
    return _read(claim, checked, side) if reads else checked


def _located(quote: str, shown: Shown) -> Quote | None:
    text = shown.span.of(shown.document.text)
    place = find_quote(quote, text)
    if place is None or len(re.sub(r"\W", "", quote)) < SHORTEST:
        return None
    around = [(s, e) for s, e in split_sentences(text) if s < place[1] and place[0] < e] or [place]
    low, high = min(place[0], around[0][0]), max(place[1], around[-1][1])
    base = shown.span.start
    return Quote(shown, Span(start=base + place[0], end=base + place[1]), Span(start=base + low, end=base + high))


def _once(quotes: Sequence[Quote]) -> Iterator[Quote]:
    seen = set()
    for one in quotes:
        key = (one.shown.document.doc_id, one.sentence.start)
        if key not in seen:
            seen.add(key)
            yield one


def _why_not(claim: Claim, quotes: Sequence[Quote], side: Says) -> str | None:
    """Why the quotes cannot bear the verdict, whatever they mean; None when they can."""
    said = [one.sentence.of(one.shown.document.text) for one in quotes]
    if any(has_orders(text) for text in said):
        return "the words it quotes are addressed to a machine"
    passages = [f"{one.shown.document.title or ''} {one.shown.span.of(one.shown.document.text)}" for one in quotes]
    around = " ".join([*passages, *(one.shown.document.published_at or "" for one in quotes)])
    doc = parse([claim.claim])[0]
    names = [token.text for token in doc if token.pos_ == "PROPN" and token.text[:1].isupper()]
    if missing := [name for name in names if not _has_name(name, around)]:
        return f"its passages do not have {missing[0]}"
    if side == "supports":
        numbers = {_plain(number) for number in _NUMBER.findall(around)}
        lacking = [number for number in _NUMBER.findall(claim.claim) if _plain(number) not in numbers]
        if lacking:
            return f"its passages do not have {lacking[0]}"
        if is_denial(claim.claim) and not any(is_denial(text) for text in said):
            return "the claim denies something and the words it quotes do not"
    elif _NOBODY.match(claim.claim) and not _name_another(names, said):
        return "the claim says it of everybody, and the words it quotes name nobody else"
    own = {stem(t.lower_) for t in doc if is_content(t)}
    titles = " ".join(one.shown.document.title or "" for one in quotes)
    have = {stem(t.lower_) for t in parse([f"{titles}. {' '.join(said)}"])[0] if is_content(t)}
    if own and len(own & have) < (SHARED if side == "supports" else SHARED / 2) * len(own):
        return "the words it quotes speak of something else"
    return None


def _name_another(names: Sequence[str], said: Sequence[str]) -> bool:
    """Whether somebody or something is named that the claim does not name: one counter-example."""
    told = (token.text for doc in parse(said) for token in doc if token.pos_ == "PROPN")
    return any(fold(word) not in _MONTHS and not _has_name(word, " ".join(names)) for word in told)


def _has_name(name: str, text: str) -> bool:
    ours = fold(name)
    if not ours or ours in _MONTHS:
        return True  # days are compared as numbers
    words = fold(text).split()
    return any(fuzz.ratio(ours, word) >= SAME_NAME or (len(ours) > 4 and word.startswith(ours[:5])) for word in words)


_MONTHS = frozenset("january february march april may june july august september october november december".split())


def _plain(number: str) -> str:
    return re.sub(r"[\s\u00a0.,]", "", number).lstrip("0") or "0"


def _read(claim: Claim, checked: Checked, side: Says) -> Checked:
    """The quotes as the model that ships reads them, sentence by sentence, each with its title and day.

    Not together: side by side, sentences about two things easily read as if they were about one.
    """
    texts = [list(_sentences(one)) for one in checked.quotes]
    scores = iter(score([(claim.claim, text) for sentences in texts for text in sentences]).tolist())
    ours, theirs = (0, 1) if side == "supports" else (1, 0)
    rows = [max((next(scores) for _ in sentences), key=lambda row: row[ours]) for sentences in texts]
    checked = replace(
        checked, quotes=tuple(replace(one, agrees=row[ours]) for one, row in zip(checked.quotes, rows, strict=True))
    )
    best = max(rows, key=lambda row: row[ours])
    if best[ours] < AGREES[side] or best[ours] < best[theirs]:
        return checked.because("the tiers disagree: the local model does not read the quoted words so")
    return checked


def _sentences(one: Quote) -> Iterator[str]:
    """The quoted sentences, each behind the title and day of its source."""
    text = one.sentence.of(one.shown.document.text)
    for start, end in split_sentences(text):
        yield evidence_of(one.shown.document, text[start:end])
