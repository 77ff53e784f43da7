"""How old somebody is, as news says it: "Ada Lind, 54, ...", "Ada Lind (54)", "54-year-old Ada Lind", "aged 54"."""

import re
from collections.abc import Iterator
from datetime import date

from factcheck.chat.types import Answer, Citation, Question
from factcheck.checker import Checker
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.names import compare_people
from factcheck.types import Evidence, Span, Stance
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

PASSAGES = 30
MOST_CITED = 3
_AFTER = re.compile(
    r"(?:,\s*(?P<a>\d{1,3})\s*[,;.)]|\s*\((?P<b>\d{1,3})\)|,?\s+(?:is\s+)?aged\s+(?P<c>\d{1,3})\b|"
    r",?\s+(?:who\s+)?(?:is|was)\s+(?P<d>\d{1,3})(?:\s+years\s+old)?\b)"
)
_BEFORE = re.compile(r"\b(?P<age>\d{1,3})-year-old\s+(?:\w+\s+){0,3}$")
OLDEST = 120


def age_of(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """How old the person named in "How old is ...?" is, with the sentences that say so; None when none does.

    Sources nearest to the day asked about come first; without one, the latest. Raises StoreFailed.
    """
    asked = people(parse([question.text])[0])
    if not asked:
        return None
    found: dict[Citation, tuple[int, Document]] = {}
    (hits,) = checker.store.search([f"{asked[0].name} years old"], k=PASSAGES)
    for hit in hits:
        document = checker.store.get(hit.passage.doc_id)
        if document is None:
            continue
        for start, end in split_sentences(hit.passage.text):
            span = Span(start=hit.passage.start + start, end=hit.passage.start + end)
            for name, age in _ages(span.of(document.text)):
                if compare_people(asked[0].name, name).could_be:
                    cited = Citation.of(Evidence.cite(document, span, stance=Stance.NEUTRAL))
                    found.setdefault(cited, (age, document))
    if not found:
        return None
    day = question.day or as_of or date.max
    rows = sorted(found.items(), key=lambda row: abs((day - (row[1][1].published_date or date.min)).days))
    (first, (age, _)) = rows[0]
    said = f" ({first.published_at[:10]})" if first.published_at else ""
    text = f"{age}{said}. {first.publisher or first.title or first.doc_id}: “{first.quote}”"
    same = tuple(cited for cited, (other, _) in rows if other == age)[:MOST_CITED]
    values = tuple(dict.fromkeys(str(one) for _, (one, _) in rows))
    return Answer(question=question.text, text=text, way="facts", values=values, citations=same)


def _ages(sentence: str) -> Iterator[tuple[str, int]]:
    """Names of the sentence with the age that stands beside each."""
    doc = parse([sentence])[0]
    for person in people(doc):
        start, last = doc[person.first].idx, doc[person.last - 1]
        after = _AFTER.match(sentence, last.idx + len(last.text))
        before = _BEFORE.search(sentence, 0, start)
        number = next((one for one in after.groups() if one), None) if after else before["age"] if before else None
        if number is not None and int(number) <= OLDEST:
            yield person.name, int(number)
