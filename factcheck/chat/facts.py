"""Answers by typed facts: what sources have where the question has its hole, by the rules that judge claims."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from factcheck.chat.clauses import belongs
from factcheck.chat.groups import Found, Group, Time, grouped, of_the_day
from factcheck.chat.holders import beginnings, holders, posts
from factcheck.chat.questions import HOLES, is_of_the_kind
from factcheck.chat.quoting import given, verified
from factcheck.chat.sentences import as_sentence, cite, is_named, names_before, share_of
from factcheck.chat.types import Answer, Citation, Question
from factcheck.checker import Checker
from factcheck.claims import parts_of
from factcheck.kinds.bodies import body_key
from factcheck.language.parse import parse
from factcheck.language.people import PLACE_LABELS
from factcheck.language.roles import compare_roles, read_role
from factcheck.names import compare_people, compare_places, country_of
from factcheck.types import Claim, Fact, Label, Span, Stance, Tier
from factcheck.verdict.exact import findings

EACH = 3
"""Citations of each of several answers."""
MOST_LISTED = 8
"""Citations of a list; members looked for beside those that facts name."""
MOST_INDEXED = 60
"""Documents looked up in the fact index for one question."""
LEAST_SHARE = 0.5
"""Share of the question's words that a sentence must have whose number is to be the answer."""
NEAR_SHARE = 0.1
"""Shares of the question's words that are as good as equal."""
FILLED = frozenset({"title_role", "membership"})
"""Types of claim in which another person contradicts nobody."""
_ENDED = re.compile(r"\b(?:before|until|former|formerly|previous|previously|predecessor|once|used to)\b", re.IGNORECASE)
"""Words of a question that asks for one whose time is over."""
_UPHELD: dict[Label | None, int] = {Label.SUPPORTED: 0, Label.REFUTED: 2}
"""Places of an answer by the verdict on it; anything else is between them."""


def claim_of(question: Question, as_of: date | None) -> Claim:
    """The question's statement as a claim of the day asked about."""
    return _stated(question.statement or question.text, question.day or as_of)


def _stated(text: str, day: date | None) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="q", claim=text, type="statement", as_of=day)


def _facts(claim: Claim, question: Question, checker: Checker) -> list[Fact]:
    """What the sources assert that are found for the statement and for the question as it was put."""
    text = question.text
    whole = Span(start=0, end=len(text))
    asked = Claim.cut(text, whole, claim_id="a", claim=text, type="statement", as_of=claim.as_of)
    facts = [fact for _, found in checker.assertions([asked, claim]) for fact in found]
    facts += [fact for part in parts_of(claim).parts for fact in _indexed(part, checker)]
    return list({(fact.document.doc_id, fact.claim.span.start, fact.claim.claim): fact for fact in facts}.values())


def _indexed(part: Claim, checker: Checker) -> Iterator[Fact]:
    """The facts of documents that the index knows to speak of the post or the body asked about, newest first."""
    wanted = part.slot("body") if part.type == "membership" else part.slot("role")
    if part.type not in FILLED or wanted is None:
        return
    ids = {
        one.doc_id
        for one in checker.facts.values(part.type, wanted.type)
        if _alike(wanted.resolved, one.value, part.type)
    }
    documents = [document for doc_id in sorted(ids) if (document := checker.store.get(doc_id)) is not None]
    documents.sort(key=lambda document: document.published_at or "", reverse=True)
    for document in documents[:MOST_INDEXED]:
        yield from checker.facts.read(document, checker.store.passages(document.doc_id))


def _alike(asked: str, value: str, kind: str) -> bool:
    if kind == "membership":
        return body_key(asked) == body_key(value)
    return compare_roles(read_role(asked), read_role(value)) in ("same", "coarser", "finer")


def by_facts(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """What sources have where the placeholder stands; None when none has anything there."""
    claim = claim_of(question, as_of)
    hole = HOLES[question.asks]
    parts = [part for part in parts_of(claim).parts if any(hole in slot.text for slot in part.slots)]
    if not parts:
        return None
    facts = _facts(claim, question, checker)
    found = [one for part in parts for one in _contradicting(part, hole, facts)]
    if question.asks in ("place", "day", "number"):
        found = [
            one for one in found if is_of_the_kind(one.value, question.text) and names_before(question.text, one.fact)
        ]
    if question.asks == "person":
        ended = _ENDED.search(question.text) is not None
        found += [one for part in parts for one in holders(part, hole, facts, ended=ended)]
        found = _there(question, [one for one in found if not given(one.value, question.text, "person")])
    elif question.asks == "day":
        found += [one for part in parts for one in beginnings(part, facts)]
    elif question.asks == "number":
        found = _most_spoken_of(question, [one for one in found if _belongs(question, one)])
    return _of_groups(question, found, checker, as_of)


def is_post_of_a_country(question: Question, as_of: date | None) -> bool:
    """Whether it asks for the holder of a post that countries have: "Who is the finance minister of Peru?"."""
    posts_asked = [part.slot("role") for part in parts_of(claim_of(question, as_of)).parts if part.type == "title_role"]
    words = [word.strip(".,'’") for role in posts_asked if role is not None for word in role.resolved.split()]
    return any(_is_country(word.removesuffix("'s").removesuffix("’s")) for word in words)


def _there(question: Question, found: Sequence[Found]) -> list[Found]:
    """Those of sources that name the places of the question: in the sentence or the title, else anywhere."""
    places = [entity.text for entity in parse([question.text])[0].ents if entity.label_ in PLACE_LABELS]
    words = [word for place in places if not _is_country(place) for word in place.split() if word[:1].isupper()]
    near = [one for one in found if _names(words, f"{one.fact.document.title or ''}. {_sentence(one.fact)}")]
    return near or [one for one in found if _names(words, one.fact.document.text)]


def _is_country(place: str) -> bool:
    """Whether it is a country, not a city that stands for its government."""
    country = country_of(place)
    return country is not None and compare_places(country, place).relation in ("same", "variant")


def _names(words: Sequence[str], text: str) -> bool:
    return all(is_named(word, text) for word in words)


def _sentence(fact: Fact) -> str:
    return fact.sentence.of(fact.document.text)


def _belongs(question: Question, one: Found) -> bool:
    sentence = _sentence(one.fact)
    return belongs(question, sentence, max(0, sentence.find(one.value)))


def _most_spoken_of(question: Question, found: Sequence[Found]) -> list[Found]:
    """Those in sentences that have the most of the question's words: a sentence counts many things."""
    shares = [share_of(question.text, one.fact) for one in found]
    best = max(shares, default=0.0)
    if best < LEAST_SHARE:
        return []
    return [one for one, share in zip(found, shares, strict=True) if share >= best - NEAR_SHARE]


def _contradicting(part: Claim, hole: str, facts: Sequence[Fact]) -> Iterator[Found]:
    """What contradicts the placeholder: the value that a source has in its place."""
    for finding in findings(part, facts):
        if finding.comparison.stance is Stance.REFUTES:
            day = finding.comparison.when or finding.fact.document.published_date
            for slot in finding.comparison.slots:
                if hole in slot.claimed and slot.found:
                    yield Found(slot.found, finding.fact, day)


def _of_groups(question: Question, found: Sequence[Found], checker: Checker, as_of: date | None) -> Answer | None:
    time = _time(question, as_of)
    groups = grouped(found, names=question.asks in ("person", "members"))
    if question.period is not None and all(one.fact.claim.type == "membership" for one in found):
        groups = [group for group in groups if group.near(time)]  # another time it may be another body
    if not groups:
        return None
    if question.asks == "person":
        groups = _upheld(question, groups, time, checker)
        if _ENDED.search(question.text):  # who is said to have held it, before who holds it
            groups.sort(key=lambda group: not any(fact.claim.slot("state") for fact in group.facts))
    main, others = of_the_day(groups, time, present=question.present)
    shown = [main, *others[:2]]
    text = f"{main.value}{_when(main, others)}."
    if others:
        text += " Other sources: " + "; ".join(f"{one.value}{_when(one, groups)}" for one in others[:3]) + "."
    cited = [cite(as_sentence(fact)) for group in shown for fact in group.nearest_first(time)[:EACH]]
    values = (main.value, *(one.value for one in others))
    return Answer(question=question.text, text=text, way="facts", values=values, citations=tuple(dict.fromkeys(cited)))


def _time(question: Question, as_of: date | None) -> Time | None:
    return question.period or (None if as_of is None else (as_of, as_of))


def _upheld(question: Question, groups: Sequence[Group], time: Time | None, checker: Checker) -> list[Group]:
    """Those first with whom the question's statement is true, by the verifier, on the day asked about."""
    day = None if time is None else time[1]
    texts = [(question.statement or "").replace(HOLES["person"], group.value) for group in groups]
    verdicts = checker.verify([_stated(text, day) for text in texts]) if len(groups) > 1 else []
    labels = [verdict.label if verdict.tier is Tier.EXACT else None for verdict in verdicts]
    order = sorted(range(len(groups)), key=lambda at: _UPHELD.get(labels[at], 1) if labels else 0)
    return [groups[at] for at in order]


def _when(group: Group, others: Sequence[Group]) -> str:
    """The days its sources speak of, where there is more than one answer to tell apart."""
    days = sorted(day for day in group.days if day is not None)
    if not others or not days:
        return ""
    return f" ({days[0]})" if days[0] == days[-1] else f" ({days[0]} to {days[-1]})"


def members_of(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """Everybody whom sources of about that day put into the body, its head first; None when the body is not found."""
    claim = claim_of(question, as_of)
    asked = next((part.slot("body") for part in parts_of(claim).parts if part.type == "membership"), None)
    if asked is None:
        return None
    found = []
    for fact in _facts(claim, question, checker):
        body, person = fact.claim.slot("body"), fact.claim.slot("person")
        if fact.claim.type != "membership" or body is None or person is None or _is_out(fact):
            continue
        if body_key(body.resolved) == body_key(asked.resolved):
            found.append(Found(person.resolved, fact, fact.claim.as_of or fact.document.published_date))
    groups = grouped(found, names=True)
    if not groups:
        return None
    time = _time(question, as_of)
    near = [group for group in groups if group.near(time)] or groups
    head_first = sorted(near, key=lambda group: not _is_head(group))
    more = _also(question, head_first, checker, as_of)
    names = [f"{one.value} (head)" if _is_head(one) else one.value for one in head_first] + list(more)
    text = "Named in the sources: " + ", ".join(names) + ". The list may be incomplete."
    cited = dict.fromkeys(cite(as_sentence(group.nearest_first(time)[0])) for group in head_first)
    values = tuple(one.value for one in head_first) + tuple(more)
    citations = (*tuple(cited)[:MOST_LISTED], *dict.fromkeys(more.values()))
    return Answer(question=question.text, text=text, way="facts", values=values, citations=citations[:MOST_LISTED])


def _also(question: Question, groups: Sequence[Group], checker: Checker, as_of: date | None) -> dict[str, Citation]:
    """Further persons of whom exact comparison finds that they belong to it, with the words that say so."""
    if not checker.local_model:
        return {}
    found = verified(question, checker, as_of, most=MOST_LISTED + len(groups))
    known = [one.value for one in groups]
    return {
        one.value: one.words
        for one in found
        if one.exact and not any(compare_people(one.value, name).could_be for name in known)
    }


def _is_head(group: Group) -> bool:
    """Whether most of those who name the person at all name the person as the head."""
    relations = [fact.claim.slot("relation") for fact in group.facts]
    return sum(one is not None and one.text == "head" for one in relations) * 2 > len(relations)


def _is_out(fact: Fact) -> bool:
    """Whether the source says that somebody was left out."""
    relation = fact.claim.slot("relation")
    return relation is not None and relation.text not in ("head", "member")


def posts_of(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """What somebody is, as sources say."""
    name = question.statement or ""
    facts = _facts(_stated(f"{name} is the minister.", as_of), question, checker)
    return _of_groups(question, list(posts(name, facts, now=question.present)), checker, as_of)
