"""A question taken apart to an answer with sources: by typed facts, by a verdict, or by quoting; else declined.

What it does not do: guess. An answer by facts is what sources have where the question has its hole, compared by the
same rules that judge claims.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from factcheck.chat.ages import age_of
from factcheck.chat.clauses import belongs
from factcheck.chat.doing import Done, counted, done
from factcheck.chat.groups import Found, Group, Time, grouped, of_the_day
from factcheck.chat.holders import beginnings, holders, posts
from factcheck.chat.questions import HOLES
from factcheck.chat.quoting import given, quoted, said_by, verified
from factcheck.chat.sentences import as_sentence, cite, is_named, names_before, share_of, wanted_of
from factcheck.chat.types import Answer, Asks, Citation, Question
from factcheck.checker import Checker
from factcheck.claims import parts_of
from factcheck.kinds.bodies import body_key
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.language.roles import compare_roles, read_role
from factcheck.names import compare_people, compare_places, country_of, fold
from factcheck.types import Claim, Fact, Label, Span, Stance, Tier
from factcheck.verdict.exact import findings

MOST_CITED, EACH = 4, 3
"""Citations of a verdict; citations of each of several answers."""
MOST_LISTED = 8
"""Citations of a list; members looked for beside those that facts name."""
PLACES = frozenset({"GPE", "LOC", "FAC"})
MUCH_MORE = 2.0
"""How many times as strongly sources must speak for another place."""
MOST_INDEXED = 60
"""Documents looked up in the fact index for one question."""
LEAST_SHARE = 0.5
"""Share of the question's words that a sentence must have whose number is to be the answer."""
NEAR_SHARE = 0.1
"""Shares of the question's words that are as good as equal."""
FILLED = frozenset({"title_role", "membership"})
"""Types of claim in which another person contradicts nobody."""
DECLINED = "The documents do not say."
_AGE = re.compile(r"how old\b", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:before|until|former|formerly|previous|previously|predecessor|once|used to)\b", re.IGNORECASE)
"""Words of a question that asks for one whose time is over."""
_UPHELD: dict[Label | None, int] = {Label.SUPPORTED: 0, Label.REFUTED: 2}
"""Places of an answer by the verdict on it; anything else is between them."""
_SAYS = {
    Label.SUPPORTED: "Yes.",
    Label.REFUTED: "No.",
    Label.CONFLICTING: "Sources disagree.",
}


def answer(question: Question, checker: Checker, *, as_of: date | None = None) -> Answer:
    """What the documents of ``checker`` say; ``as_of`` is the day the conversation is about.

    Raises StoreFailed or ModelFailed when a part of the program fails: that is no answer.
    """
    if question.asks == "truth" and question.statement is not None:
        return _judged(question, checker, as_of)
    if question.asks == "post":
        return _posts(question, checker, as_of) or quoted(question, checker, as_of) or _declined(question)
    if question.asks == "words":
        return _answered(question, said_by(question, checker)) or _declined(question)
    if question.asks == "number" and _AGE.match(question.text) and people(parse([question.text])[0]):
        return age_of(question, checker, as_of) or _declined(question)  # no other number beside the name will do
    if question.statement is not None:
        found = _members(question, checker, as_of) if question.asks == "members" else _holes(question, checker, as_of)
        if found is not None:
            return found
        if answers := done(question, checker):
            return _done(question, answers)
        if question.asks == "person" and not question.statement.startswith(HOLES["person"]):
            return _declined(question)  # to whom it was done is for the clause to say
        if question.asks == "person" and _is_post_of_a_country(question, as_of):
            return _declined(question)  # ministers have many sentences, and the model takes one's for another's
    found = quoted(question, checker, as_of)
    if found is None and (numbers := counted(question, checker)):
        found = _done(question, numbers)
    return found or _declined(question)


def _posts(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """What somebody is, as sources say."""
    name = question.statement or ""
    facts = _facts(_stated(f"{name} is the minister.", as_of), question, checker)
    return _of_groups(question, list(posts(name, facts, now=question.present)), checker, as_of)


def _done(question: Question, answers: Sequence[Done]) -> Answer:
    best = answers[0]
    cited = tuple(dict.fromkeys(cite(one) for one in best.sentences))[:EACH]
    text = f"{best.value}. {cited[0].publisher or cited[0].title or cited[0].doc_id}: “{cited[0].quote}”"
    return Answer(question=question.text, text=text, way="quotes", values=(best.value,), citations=cited)


def _declined(question: Question) -> Answer:
    return Answer(question=question.text, text=DECLINED, way="declined")


def _answered(question: Question, quotes: Sequence[Citation]) -> Answer | None:
    if not quotes:
        return None
    lines = [f"{one.publisher or one.title or one.doc_id}: “{one.quote}”" for one in quotes]
    return Answer(question=question.text, text="\n".join(lines), way="quotes", citations=tuple(quotes))


def _judged(question: Question, checker: Checker, as_of: date | None) -> Answer:
    (verdict,) = checker.verify([question.statement or question.text], as_of=question.day or as_of)
    cited = tuple(Citation.of(card) for card in verdict.evidence if card.stance is not Stance.NEUTRAL)[:MOST_CITED]
    if verdict.label in (None, Label.NOT_ENOUGH_EVIDENCE) or not cited:
        if (
            verdict.error is None
            and checker.local_model
            and (other := _elsewhere(question, checker, as_of, exact=True)) is not None
        ):
            return other
        if verdict.error is None and (other := _at_another_time_or_place(question, checker, as_of)) is not None:
            return other
        why = verdict.error.message if verdict.error else verdict.explanation
        text = f"The documents do not settle that. {why}".strip()
        return Answer(question=question.text, text=text, way="declined", label=verdict.label)
    if verdict.label is Label.SUPPORTED and verdict.tier is Tier.LOCAL:
        other = _elsewhere(question, checker, as_of, exact=False)
        if other is not None:
            return other
    lines = [_SAYS[verdict.label], verdict.explanation]
    if verdict.correction:
        lines.append(f"Instead: {verdict.correction}.")
    values = (verdict.correction,) if verdict.correction else ()
    return Answer(
        question=question.text, text=" ".join(lines), way="verdict", citations=cited, label=verdict.label, values=values
    )


def _at_another_time_or_place(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """That what is counted, "the third round", was on another day or at another place: it happened once."""
    statement = question.statement or ""
    if not wanted_of(statement).counted:
        return None
    days = [day for day in find_dates(statement, base=as_of or question.day) if day.precision == "day"]
    places = [entity for entity in parse([statement])[0].ents if entity.label_ in PLACES]
    tried: list[tuple[Asks, int, int, str]] = []
    if len(days) == 1:
        tried.append(("day", days[0].span.start, days[0].span.end, days[0].words))
    if len(places) == 1:
        tried.append(("place", places[0].start_char, places[0].end_char, places[0].text))
    for asks, start, end, ours in tried:
        before, after = statement[:start], statement[end:]
        asked = Question(text=f"{before}{after}", asks=asks, statement=f"{before}{HOLES[asks]}{after}")
        found = _holes(asked, checker, as_of)
        if found is None or len(found.values) != 1:
            continue
        other = found.values[0]
        differs = other != ours if asks == "day" else compare_places(other, ours).relation == "different"
        if differs:
            return Answer(
                question=question.text, text=f"No. Instead: {other}.", way="verdict", label=Label.REFUTED,
                values=(other,), citations=found.citations,
            )  # fmt: skip
    return None


def _elsewhere(question: Question, checker: Checker, as_of: date | None, *, exact: bool) -> Answer | None:
    """That it was at another place, where sources say so much more strongly than for the place of the statement.

    The local model easily takes a sentence about one place for one about another. ``exact``: only where exact
    comparison finds the other place, for what the model reads never says "no" to what nothing supports.
    """
    statement = question.statement or ""
    places = [entity for entity in parse([statement])[0].ents if entity.label_ in PLACES]
    if len(places) != 1:
        return None
    (place,) = places
    before, after = statement[: place.start_char], statement[place.end_char :]
    asked = question.model_copy(
        update={"asks": "place", "text": f"{before}{after}", "statement": f"{before}{HOLES['place']}{after}"}
    )
    found = verified(asked, checker, as_of)
    if not found or fold(found[0].value) == fold(place.text):
        return None
    ours = max((one.weight for one in found if fold(one.value) == fold(place.text)), default=0.0)
    best = found[0]
    if (
        (exact and not best.exact)
        or best.weight < MUCH_MORE * ours
        or compare_places(best.value, place.text).relation != "different"
    ):
        return None
    text = f"No. Instead: {best.value}. {best.words.publisher or best.words.doc_id}: “{best.words.quote}”"
    return Answer(
        question=question.text, text=text, way="verdict", label=Label.REFUTED, values=(best.value,),
        citations=(best.words,),
    )  # fmt: skip


def _claim(question: Question, as_of: date | None) -> Claim:
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


def _holes(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """What sources have where the placeholder stands; None when none has anything there."""
    claim = _claim(question, as_of)
    hole = HOLES[question.asks]
    parts = [part for part in parts_of(claim).parts if any(hole in slot.text for slot in part.slots)]
    if not parts:
        return None
    facts = _facts(claim, question, checker)
    found = [one for part in parts for one in _contradicting(part, hole, facts)]
    if question.asks in ("place", "day", "number"):
        found = [one for one in found if names_before(question.text, one.fact)]
    if question.asks == "person":
        ended = _ENDED.search(question.text) is not None
        found += [one for part in parts for one in holders(part, hole, facts, ended=ended)]
        found = _there(question, [one for one in found if not given(one.value, question.text, "person")])
    elif question.asks == "day":
        found += [one for part in parts for one in beginnings(part, facts)]
    elif question.asks == "number":
        found = _most_spoken_of(question, [one for one in found if _belongs(question, one)])
    return _of_groups(question, found, checker, as_of)


def _is_post_of_a_country(question: Question, as_of: date | None) -> bool:
    posts_asked = [part.slot("role") for part in parts_of(_claim(question, as_of)).parts if part.type == "title_role"]
    words = [word.strip(".,'’") for role in posts_asked if role is not None for word in role.resolved.split()]
    return any(_is_country(word.removesuffix("'s").removesuffix("’s")) for word in words)


def _there(question: Question, found: Sequence[Found]) -> list[Found]:
    """Those of sources that name the places of the question: in the sentence or the title, else anywhere."""
    places = [entity.text for entity in parse([question.text])[0].ents if entity.label_ in PLACES]
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


def _members(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """Everybody whom sources of about that day put into the body, its head first; None when the body is not found."""
    claim = _claim(question, as_of)
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
