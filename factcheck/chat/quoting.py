"""Answers by quotation: the sentence of a source that has what was asked for, as it stands.

A sentence answers when it has what the question names and holds something of the kind asked for that makes the
question's statement true, as the local model reads it. Without that model only open questions are answered this way:
that a sentence has the right words does not make it an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from factcheck.chat.questions import HOLES
from factcheck.chat.types import Answer, Asks, Citation, Question
from factcheck.checker import Checker
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.language.quantities import find_quantities
from factcheck.language.words import is_content, stem
from factcheck.models import score
from factcheck.names import compare_people, fold
from factcheck.types import Evidence, Span, Stance
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

PASSAGES = 8
LEAST = 0.6
"""From which probability of support on a value answers, 0 to 1."""
MOST_READ = 12
"""Sentences whose values are tried."""
COVERED = 0.6
"""Share of the question's words that the sentence, with its title, must have."""
SAME_NAME = 85
"""Likeness, 0 to 100, from which two names are spellings of one."""
MOST_QUOTED = 3
_ASKING = frozenset("tell say know much many long when where who what which documents sources give name number".split())


@dataclass(frozen=True)
class _Sentence:
    document: Document
    span: Span
    text: str
    rank: int
    """Place of its passage among those found, from 0."""


@dataclass(frozen=True)
class _Wanted:
    names: tuple[str, ...]
    stems: frozenset[str]


def quoted(question: Question, checker: Checker) -> Answer | None:
    """The sentence that answers, as a quotation; None when none does."""
    wanted = _wanted(question.text)
    sentences = [one for one in _sentences(question.text, checker) if _coverage(wanted, one) >= COVERED]
    if question.asks == "open" or question.statement is None:
        best = sorted(sentences, key=lambda one: (-_coverage(wanted, one), one.rank))
        return _quotation(question, best[0], None) if best else None
    if not checker.local_model:
        return None
    candidates = [
        (one, value)
        for one in sentences[:MOST_READ]
        for value in dict.fromkeys(_candidates(question.asks, one))
        if not _given(value, question.text, question.asks)
    ]
    hole = HOLES[question.asks]
    pairs = [(question.statement.replace(hole, value), _evidence(one)) for one, value in candidates]
    scores = score(pairs)[:, 0].tolist() if pairs else []
    found = max(zip(scores, candidates, strict=True), key=lambda row: row[0], default=None)
    if found is None or found[0] < LEAST:
        return None
    return _quotation(question, *found[1])


def _quotation(question: Question, one: _Sentence, value: str | None) -> Answer:
    who = one.document.publisher or one.document.title or one.document.doc_id
    text = f"{value}. {who}: “{one.text}”" if value else f"{who}: “{one.text}”"
    values = (value,) if value else ()
    return Answer(question=question.text, text=text, way="quotes", values=values, citations=(_cite(one),))


def _evidence(one: _Sentence) -> str:
    day = one.document.published_date
    head = f"{one.document.title or ''} ({day.day} {day:%B %Y})".strip() if day else one.document.title
    return f"{head}: {one.text}" if head else one.text


def said_by(question: Question, checker: Checker) -> list[Citation]:
    """Sentences in which the one asked about says something on what was asked about; best first."""
    wanted = _wanted(question.text)
    if not wanted.names:
        return []
    found = []
    for one in _sentences(question.text, checker):
        named = any(_is_named(name, one.text) for name in wanted.names[:1])
        shared = len(wanted.stems & _stems(one.text))
        speaks = any(token.lemma_.lower() in _SAYING for token in parse([one.text])[0])
        if named and speaks and (shared or not wanted.stems):
            found.append((-shared, one.rank, one))
    found.sort(key=lambda row: row[:2])
    return list(dict.fromkeys(_cite(one) for _, _, one in found))[:MOST_QUOTED]


_SAYING = frozenset("say tell state announce declare add note stress warn claim insist explain call propose".split())


def _wanted(text: str) -> _Wanted:
    doc = parse([text])[0]
    names = tuple(token.text for token in doc if token.pos_ == "PROPN" and token.text[:1].isupper())
    stems = {stem(t.lower_) for t in doc if is_content(t) and t.pos_ != "PROPN" and t.lower_ not in _ASKING}
    return _Wanted(names, frozenset(stems))


def _sentences(query: str, checker: Checker) -> Iterator[_Sentence]:
    (hits,) = checker.store.search([query], k=PASSAGES)
    for rank, hit in enumerate(hits):
        document = checker.store.get(hit.passage.doc_id)
        if document is None:
            continue
        for start, end in split_sentences(hit.passage.text):
            span = Span(start=hit.passage.start + start, end=hit.passage.start + end)
            yield _Sentence(document, span, span.of(document.text), rank)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.lower_) for token in parse([text])[0] if is_content(token))


def _is_named(name: str, text: str) -> bool:
    ours = fold(name)
    return any(fuzz.ratio(ours, fold(word)) >= SAME_NAME for word in text.replace("’", " ").replace("'", " ").split())


def _coverage(wanted: _Wanted, one: _Sentence) -> float:
    """Share of what the question speaks of that the sentence has, 0 when a name is missing."""
    text = f"{one.document.title or ''}. {one.text}"
    if not all(_is_named(name, text) for name in wanted.names):
        return 0.0
    if not wanted.stems:
        return 1.0 if wanted.names else 0.0
    return len(wanted.stems & _stems(text)) / len(wanted.stems)


def _candidates(asks: Asks, one: _Sentence) -> Iterator[str]:
    doc = parse([one.text])[0]
    if asks in ("person", "members"):
        yield from (person.name for person in people(doc))
    elif asks == "place":
        yield from (entity.text for entity in doc.ents if entity.label_ in ("GPE", "LOC", "FAC"))
    elif asks == "day":
        yield from (found.words for found in find_dates(one.text, base=one.document.published_date))
    else:
        dates = [found.span for found in find_dates(one.text, base=one.document.published_date)]
        yield from (found.text for found in find_quantities(one.text, skip=dates))


def _given(value: str, question: str, asks: Asks) -> bool:
    if asks in ("person", "members"):
        named = [token for token in question.replace("?", " ").split() if token[:1].isupper()]
        return any(compare_people(value, name).could_be for name in named)
    return fold(value) in fold(question)


def _cite(one: _Sentence) -> Citation:
    return Citation.of(Evidence.cite(one.document, one.span, stance=Stance.NEUTRAL))
