"""Answers by quotation: the sentence of a source that has what was asked for, as it stands.

A sentence answers when it has what the question names and holds something of the kind asked for that makes the
question's statement true, as the local model reads it. Without that model only open questions are answered this way:
that a sentence has the right words does not make it an answer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from factcheck.chat.questions import HOLES
from factcheck.chat.types import Answer, Asks, Citation, Question
from factcheck.checker import Checker
from factcheck.language.dates import DateMention, find_dates
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.language.quantities import find_quantities
from factcheck.language.words import is_content, stem
from factcheck.models import score
from factcheck.names import compare_people, country_of, fold
from factcheck.types import Claim, Evidence, Fact, Label, Span, Stance, Tier, Verdict
from factcheck.verdict.local import evidence_of
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

PASSAGES = 30
EXACT_WEIGHS = 1.5
"""By how much a value weighs more that exact comparison finds."""
MOST_TRIED = 10
"""Values given to the verifier."""
LEAST_SHARE = 0.25
"""Weight of a sentence that has none of the question's words: its passage speaks of it all the same."""
PLAINLY = 0.6
"""The same share where the sentence itself is the answer."""
MOST_READ = 80
"""Sentences whose values are tried."""
COVERED = 0.5
"""Share of the question's words that the sentence, with its title, must have."""
SAME_NAME = 85
"""Likeness, 0 to 100, from which two names are spellings of one."""
MOST_QUOTED = 3
LOOKS_BACK = 1200
"""Characters before a sentence that it may refer to."""
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(
    r"(?:in |at )?(?:which|what) (building|venue|palace|hotel|hall|airport|port)\b", re.IGNORECASE
)
ANY_DAY = date(2100, 1, 1)
"""To find where dates stand, whatever they are."""
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        "one two three four five six seven eight nine ten".split(),
        strict=True,
    )
)
"""Which of several is meant: as telling as a name."""
_ASKING = frozenset(
    "tell say know much many long old when where who what which documents sources give name number".split()
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a stored document that was found for a question."""

    document: Document
    span: Span
    text: str
    rank: int
    """Place of its passage among those found, from 0."""


@dataclass(frozen=True)
class Verified:
    """A value with which the question's statement is true, by the verifier."""

    value: str
    words: Citation
    exact: bool
    """Whether by comparing parts, not as the local model reads it."""
    fine: bool
    """Whether it is as exact as such values can be."""
    weight: float
    """How strongly documents say so, summed over them."""


@dataclass(frozen=True)
class _Value:
    """Something of the kind asked for."""

    shown: str
    """As the sentence has it."""
    full: str
    """As it stands in a statement alone: a day with its year."""
    key: str
    """Equal for forms of the same value."""
    fine: bool = True
    """Whether it is as exact as such values can be: a day, not a month."""


@dataclass(frozen=True)
class _Candidate:
    """A value in a sentence, and how the local model reads the question's statement with it beside the passage."""

    sentence: Sentence
    value: _Value
    supported: float
    """That probability, weighed by how much of the question the sentence itself has."""


@dataclass(frozen=True)
class _Wanted:
    names: tuple[str, ...]
    stems: frozenset[str]


def quoted(question: Question, checker: Checker, as_of: date | None = None) -> Answer | None:
    """The sentence that answers, as a quotation; None when none does."""
    wanted = _wanted(question.text)
    covered = [(_coverage(wanted, one), one) for one in found_sentences(question.text, checker)]
    rows = sorted((row for row in covered if row[0] >= COVERED), key=lambda row: (-row[0], row[1].rank))
    sentences = [one for _, one in rows]
    if question.asks == "open" or question.statement is None:
        return _quotation(question, sentences[0]) if sentences and rows[0][0] >= PLAINLY else None
    if not checker.local_model:
        return None
    found = verified(question, checker, as_of)
    if not found:
        return None
    value, cited = found[0].value, found[0].words
    text = f"{value}. {cited.publisher or cited.title or cited.doc_id}: “{cited.quote}”"
    return Answer(question=question.text, text=text, way="quotes", values=(value,), citations=(cited,))


def verified(question: Question, checker: Checker, as_of: date | None, *, most: int = MOST_TRIED) -> list[Verified]:
    """Values that make the question's statement true, by the verifier, each with the words of a source; best first.

    Values are taken from all passages that speak of what the question names; which of them are tried is what the local
    model makes of each beside its passage, summed over documents.
    """
    hole, statement = HOLES[question.asks], question.statement or question.text
    wanted = _wanted(question.text)
    passages: dict[tuple[str, int], list[Sentence]] = {}
    for one in found_sentences(question.text, checker):
        passages.setdefault((one.document.doc_id, one.rank), []).append(one)
    tried: list[tuple[Sentence, _Value, str]] = []
    for sentences in passages.values():
        whole = " ".join(one.text for one in sentences)
        if _covered(wanted, f"{sentences[0].document.title or ''}. {whole}") < COVERED:
            continue
        for one in sentences:
            before = back(one)
            if not all(is_named(name, before) for name in wanted.names) or (
                question.asks in ("person", "members", "number") and names_other_countries(question.text, one.text)
            ):
                continue
            values = dict.fromkeys(_candidates(question.asks, one))
            tried += [(one, v, whole) for v in values if not given(v.shown, question.text, question.asks)]
    if (kind := _KIND_OF_PLACE.match(question.text)) is not None:  # "which palace": a palace, where one is named
        tried = [row for row in tried if kind[1].lower() in row[1].shown.lower()] or tried
    whom = people(parse([question.text])[0])
    tried = [row for row in tried if all(_speaks_of(person.name, row[0]) for person in whom)][:MOST_READ]
    pairs = [(statement.replace(hole, value.full), evidence_of(one.document, whole)) for one, value, whole in tried]
    scores = score(pairs)[:, 0].tolist() if pairs else []
    groups: dict[str, list[_Candidate]] = {}
    for (one, value, _), p in zip(tried, scores, strict=True):
        here = p * (LEAST_SHARE + _share(wanted, one))
        groups.setdefault(_key(value, groups, question.asks), []).append(_Candidate(one, value, here))
    ranked = sorted(groups.values(), key=_weight, reverse=True)[:most]
    for group in ranked:
        group.sort(key=lambda one: (-len(one.value.shown.split()), -one.supported))  # the fullest form of a name
    day = question.day or as_of
    claims = [_claim(statement.replace(hole, group[0].value.full), day or _day_of(group)) for group in ranked]
    verdicts = checker.verify(claims) if claims else []
    right = [(v, g) for v, g in zip(verdicts, ranked, strict=True) if v.label is Label.SUPPORTED and v.evidence]
    found = [
        Verified(_shown(v, group), _words_for(v, group), exact=v.tier is Tier.EXACT, fine=group[0].value.fine,
                 weight=_weight(group) * (EXACT_WEIGHS if v.tier is Tier.EXACT else 1.0))
        for v, group in right
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.fine, one.weight), reverse=True)


def _shown(verdict: Verdict, group: "Sequence[_Candidate]") -> str:
    """The value in the form that the cited source has, if it has one of those found."""
    quote = verdict.evidence[0].quote
    return next((one.value.shown for one in group if one.value.shown in quote), group[0].value.shown)


def _words_for(verdict: Verdict, group: "Sequence[_Candidate]") -> Citation:
    """Words of a source with the value in them: the verdict's evidence, else the sentence that reads best."""
    forms = {one.value.shown for one in group}
    cards = [card for card in verdict.evidence if card.stance is Stance.SUPPORTS]
    holding = next((card for card in cards if any(form in card.quote for form in forms)), None)
    best = max(group, key=lambda one: one.supported)
    return cite(best.sentence) if holding is None else Citation.of(holding)


def _key(value: _Value, groups: "Mapping[str, Sequence[_Candidate]]", asks: Asks) -> str:
    """The key of the group that the value belongs to: spellings of one name are one value."""
    if asks not in ("person", "members"):
        return value.key
    same = (key for key, group in groups.items() if compare_people(value.shown, group[0].value.shown).could_be)
    return next(same, value.key)


def _claim(text: str, day: date | None) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="q", claim=text, type="statement", as_of=day)


def _day_of(group: "Sequence[_Candidate]") -> date | None:
    """The day of the source that reads best: what it says holds then."""
    return max(group, key=lambda one: one.supported).sentence.document.published_date


def _weight(group: Sequence["_Candidate"]) -> float:
    """How strongly sentences of different documents say it."""
    return sum({one.sentence.document.doc_id: one.supported for one in reversed(group)}.values())


def _quotation(question: Question, one: Sentence) -> Answer:
    who = one.document.publisher or one.document.title or one.document.doc_id
    return Answer(question=question.text, text=f"{who}: “{one.text}”", way="quotes", citations=(cite(one),))


def said_by(question: Question, checker: Checker) -> list[Citation]:
    """Sentences in which the one asked about says something on what was asked about; best first."""
    wanted = _wanted(question.text)
    if not wanted.names:
        return []
    found = []
    for one in found_sentences(question.text, checker):
        named = any(is_named(name, one.text) for name in wanted.names[:1]) or (
            _PRONOUN.search(one.text) is not None and is_named(wanted.names[0], one.document.title or "")
        )
        shared = len(wanted.stems & _stems(one.text))
        speaks = any(token.lemma_.lower() in _SAYING for token in parse([one.text])[0])
        if named and speaks and (shared or not wanted.stems):
            found.append((-shared, one.rank, one))
    found.sort(key=lambda row: row[:2])
    return list(dict.fromkeys(cite(one) for _, _, one in found))[:MOST_QUOTED]


_SAYING = frozenset(
    (
        "say tell state announce declare add note stress warn claim insist explain call propose suggest offer demand "
        "promise urge ask write argue admit reject deny confirm recall believe think hope expect describe speak report "
        "point"
    ).split()
)


def _wanted(text: str) -> _Wanted:
    doc = parse([text])[0]
    days = [found.span for found in find_dates(text, base=ANY_DAY)]
    own = [t for t in doc if not any(d.overlaps(Span(start=t.idx, end=t.idx + len(t.text))) for d in days)]
    names = tuple(token.text for token in own if token.pos_ == "PROPN" and token.text[:1].isupper())
    names += tuple(token.text for token in own if token.lower_ in ORDINALS)
    stems = {stem(t.lower_) for t in doc if is_content(t) and t.text not in names and t.lower_ not in _ASKING}
    return _Wanted(names, frozenset(stems))


def found_sentences(query: str, checker: Checker) -> Iterator[Sentence]:
    """Every sentence of the passages that are found, the best passage first; raises StoreFailed."""
    (hits,) = checker.store.search([query], k=PASSAGES)
    for rank, hit in enumerate(hits):
        document = checker.store.get(hit.passage.doc_id)
        if document is None:
            continue
        for start, end in split_sentences(hit.passage.text):
            span = Span(start=hit.passage.start + start, end=hit.passage.start + end)
            yield Sentence(document, span, span.of(document.text), rank)


def back(one: Sentence) -> str:
    """The title, what stands before the sentence and the sentence: what it can refer to."""
    before = one.document.text[max(0, one.span.start - LOOKS_BACK) : one.span.end]
    return f"{one.document.title or ''}. {before}"


def spoken(question: str, one: Sentence) -> tuple[bool, float, float]:
    """Whether the names of the question are in the sentence or before it, and the shares of its words that are.

    First in the sentence itself, then in all of that.
    """
    wanted = _wanted(question)
    before = back(one)
    return all(is_named(name, before) for name in wanted.names), _share(wanted, one), _covered(wanted, before)


def names_other_countries(question: str, sentence: str) -> bool:
    """Whether the question is about a country, and the sentence about others only."""
    ours, theirs = _countries(question), _countries(sentence)
    return bool(ours and theirs and not ours & theirs)


def _countries(text: str) -> set[str]:
    words = text.replace("’", "'").replace("'s", "").split()
    return {country for word in words if (country := country_of(word.strip('.,;:!?()"“”'))) is not None}


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.lower_) for token in parse([text])[0] if is_content(token))


def is_named(name: str, text: str) -> bool:
    """Whether the text has the name, in this spelling or one much like it; an ordinal also as "round three"."""
    ours = fold(name)
    if (number := ORDINALS.get(ours)) is not None and f"round {number}" in text.lower():
        return True
    return any(fuzz.ratio(ours, fold(word)) >= SAME_NAME for word in text.replace("’", " ").replace("'", " ").split())


def _coverage(wanted: _Wanted, one: Sentence) -> float:
    return _covered(wanted, f"{one.document.title or ''}. {one.text}")


def _share(wanted: _Wanted, one: Sentence) -> float:
    """Share of the names and words of the question that the sentence itself has."""
    named = sum(is_named(name, one.text) for name in wanted.names)
    every = len(wanted.names) + len(wanted.stems)
    return (named + len(wanted.stems & _stems(one.text))) / every if every else 1.0


def _covered(wanted: _Wanted, text: str) -> float:
    """Share of what the question speaks of that the text has, 0 when a name is missing."""
    if not all(is_named(name, text) for name in wanted.names):
        return 0.0
    if not wanted.stems:
        return 1.0 if wanted.names else 0.0
    return len(wanted.stems & _stems(text)) / len(wanted.stems)


def _candidates(asks: Asks, one: Sentence) -> Iterator[_Value]:
    doc = parse([one.text])[0]
    days = find_dates(one.text, base=one.document.published_date)
    if asks in ("person", "members"):
        words = [person.name for person in people(doc)]
    elif asks == "place":
        words = [entity.text for entity in doc.ents if entity.label_ in ("GPE", "LOC", "FAC")]
    elif asks == "day":
        yield from (_day(found) for found in days)
        return
    else:
        words = [found.text for found in find_quantities(one.text, skip=[found.span for found in days])]
    yield from (_Value(word, word, fold(word)) for word in words)


def _day(found: DateMention) -> _Value:
    if found.precision != "day":
        return _Value(found.words, found.words, fold(found.words), fine=False)
    day = found.earliest
    return _Value(found.words, f"{day.day} {day:%B %Y}", day.isoformat())


def _speaks_of(name: str, one: Sentence) -> bool:
    """Whether the sentence names the person, or says "he" or "she" where the title does."""
    last = name.split()[-1]
    return is_named(last, one.text) or (
        _PRONOUN.search(one.text) is not None and is_named(last, one.document.title or "")
    )


def spoken_of(question: str, fact: Fact) -> float:
    """The share, 0 to 1, of what the question speaks of that the fact's sentence has."""
    wanted = _wanted(question)
    sentence = fact.sentence.of(fact.document.text)
    named = sum(is_named(name, f"{fact.document.title or ''}. {sentence}") for name in wanted.names)
    every = len(wanted.names) + len(wanted.stems)
    return (named + len(wanted.stems & _stems(sentence))) / every if every else 1.0


def given(value: str, question: str, asks: Asks) -> bool:
    """Whether the question itself has the value: then it is not the answer."""
    if asks in ("person", "members"):
        named = [token for token in question.replace("?", " ").split() if token[:1].isupper()]
        return any(compare_people(value, name).could_be for name in named)
    return fold(value) in fold(question)


def cite(one: Sentence) -> Citation:
    """A sentence as words of its document."""
    return Citation.of(Evidence.cite(one.document, one.span, stance=Stance.NEUTRAL))
