"""How old somebody is, as news says it: "Ada Lind, 54, ...", "54-year-old Ada Lind", "aged 54", "is 54 years old"."""

import re
from collections.abc import Iterator
from datetime import date

from factcheck.chat.sentences import cite, found_sentences
from factcheck.chat.types import Answer, Citation, Question
from factcheck.checker import Checker
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.names import compare_people
from vectorstore.types import Document

MOST_CITED = 3
_AFTER = re.compile(
    r",\s*(\d{1,3})\s*[,;.)]|,?\s+(?:is\s+|was\s+)?aged\s+(\d{1,3})\b|"
    r",?\s+(?:who\s+)?(?:is|was)\s+(\d{1,3})(?=\s+years\s+old\b|\s*[,.;])"
)
_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s+(?:(?!(?:of|from|to|with|and|for|by)\s)[\w-]+\s+){0,3}$")
"""Nothing stands in between that makes it somebody else's age: "the 54-year-old brother of Ada Lind"."""
OLDEST = 120


def age_of(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """How old the person named in "How old is ...?" is, with the sentences that say so; None when none does.

    Sources nearest to the day asked about come first; without one, the latest. Raises StoreFailed.
    """
    asked = people(parse([question.text])[0])
    if not asked:
        return None
    found: dict[Citation, tuple[int, Document]] = {}
    for one in found_sentences(f"{asked[0].name} years old", checker):
        for name, age in _ages(one.text):
            if compare_people(asked[0].name, name).could_be:
                found.setdefault(cite(one), (age, one.document))
    if not found:
        return None
    day = question.day or as_of or date.max
    rows = sorted(found.items(), key=lambda row: abs((day - (row[1][1].published_date or date.min)).days))
    (first, (age, _)) = rows[0]
    said = f" ({first.published_at[:10]})" if first.published_at else ""
    others = [f"{other} ({cited.published_at[:10] if cited.published_at else 'undated'})"
              for cited, (other, _) in rows if other != age]  # fmt: skip
    more = " Other sources: " + "; ".join(dict.fromkeys(others)) + "." if others else ""
    text = f"{age}{said}.{more} {first.publisher or first.title or first.doc_id}: “{first.quote}”"
    same = tuple(cited for cited, (other, _) in rows if other == age)[:MOST_CITED]
    values = tuple(dict.fromkeys(str(one) for _, (one, _) in rows))
    return Answer(question=question.text, text=text, way="facts", values=values, citations=same)


def _ages(sentence: str) -> Iterator[tuple[str, int]]:
    """Names of the sentence with the age that stands beside each."""
    doc = parse([sentence])[0]
    for person in people(doc):
        start, last = doc[person.first].idx, doc[person.last - 1]
        stated = _AFTER.match(sentence, last.idx + len(last.text)) or _BEFORE.search(sentence, 0, start)
        number = next((int(one) for one in stated.groups() if one), None) if stated else None
        if number is not None and number <= OLDEST:
            yield person.name, number
