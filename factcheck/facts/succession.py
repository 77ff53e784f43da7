"""Who left a post is told by who came: "A has been appointed ROLE from 1 March" and "She succeeds B" end B's."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from factcheck.language.parse import parse
from factcheck.language.people import Person, capital_runs, people
from factcheck.language.tenure import SINCE, UNTIL
from factcheck.names import compare_people
from factcheck.types import Claim, Fact, Slot, Span
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

_FROM = re.compile(
    r"\b(?:succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|t(?:ake|akes|ook|aking)\s+over\b[^.;:]{0,60}?\bfrom)\s+"
    r"(?:(?:her|his|the)\s+(?:predecessor|outgoing\s+\w+),?\s+)?(?!by\b)",
    re.IGNORECASE,
)
"""What stands before the name of who leaves."""
_OPEN = re.compile(
    r"\b(?:not|never|n['’]t|may|might|could|should|would|if|whether|wants?|hopes?|expected|tipped|rumou?red|refused)\b",
    re.IGNORECASE,
)
"""Words that leave it open whether it comes to that."""


def succeeded(facts: Sequence[Fact], document: Document) -> Iterator[Fact]:
    """For each post that a source says has a new holder from a day on: that the one before held it until then."""
    for fact in facts:
        since, role, person = (fact.claim.slot(name) for name in (SINCE, "role", "person"))
        if fact.claim.type != "title_role" or since is None or role is None or person is None:
            continue
        if fact.claim.slot("state") is not None or role.span is None:
            continue
        found = next(_leavers(document, fact.sentence, person), None)
        if found is None:
            continue
        name, span = found
        last = date.fromisoformat(since.value.partition("/")[0]) - timedelta(days=1)
        until = Slot(type=UNTIL, text=since.text, value=f"{last}/{last}", span=since.span)
        who = Slot(type="person", text=name, value=name, span=span)
        whole = Span(start=min(role.span.start, span.start), end=max(role.span.end, span.end))
        claim = Claim.cut(
            document.text, whole, claim_id=fact.claim.claim_id, type="title_role", slots=(who, role, until),
            claim=f"{name} is {role.resolved} until {last:%B} {last.day}, {last.year}.", as_of=fact.claim.as_of,
            sentence_index=fact.claim.sentence_index, context=fact.claim.context,
        )  # fmt: skip
        sentence = Span(start=min(fact.sentence.start, whole.start), end=max(fact.sentence.end, whole.end))
        yield Fact(claim, document, sentence)


def _leavers(document: Document, sentence: Span, person: Slot) -> Iterator[tuple[str, Span]]:
    """Names of those whom ``person`` succeeds, in its sentence or the next."""
    for span in (sentence, *_next(document.text, sentence)):
        text = span.of(document.text)
        for phrase in _FROM.finditer(text):
            if _OPEN.search(text[: phrase.end()][-60:]):
                continue
            (doc,) = parse([text])
            named = people(doc)
            run = next((run for run in capital_runs(doc) if 0 <= doc[run[0]].idx - phrase.end() <= 1), None)
            if run is None or not _is_of(person, [one for one in named if doc[one.first].idx < phrase.start()]):
                continue
            start = span.start + doc[run[0]].idx
            end = span.start + doc[run[1] - 1].idx + len(doc[run[1] - 1].text)
            yield document.text[start:end], Span(start=start, end=end)


def _is_of(person: Slot, before: Sequence[Person]) -> bool:
    """Whether nobody else is named before: then "she succeeds" is about the person."""
    return all(compare_people(person.resolved, one.name).could_be for one in before)


def _next(text: str, sentence: Span) -> list[Span]:
    """The sentence behind, in the same paragraph."""
    end = text.find("\n", sentence.end)
    rest = text[sentence.end : end if end >= 0 else len(text)]
    found = next(iter(split_sentences(rest)), None)
    return [] if found is None else [Span(start=sentence.end + found.start, end=sentence.end + found.end)]
