"""A question taken apart to an answer with sources: by typed facts, by a verdict, or by quoting; else declined.

What it does not do: guess. An answer by facts is what sources have where the question has its hole, compared by the
same rules that judge claims.
"""

import re
from collections.abc import Sequence
from datetime import date

from factcheck.chat.ages import age_of
from factcheck.chat.doing import Done, counted, done
from factcheck.chat.facts import EACH, by_facts, claim_of, is_post_of_a_country, members_of, posts_of
from factcheck.chat.questions import HOLES
from factcheck.chat.quoting import quoted, said_by, verified
from factcheck.chat.sentences import cite, wanted_of
from factcheck.chat.types import Answer, Asks, Citation, Question
from factcheck.checker import Checker
from factcheck.claims.parts import Parts, parts_of
from factcheck.facts.offices import post_of
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.people import PLACE_LABELS, people
from factcheck.names import compare_people, compare_places, fold
from factcheck.types import Label, Stance, Tier

MOST_CITED = 4
"""Citations of a verdict."""
MUCH_MORE = 2.0
"""How many times as strongly sources must speak for another place."""
DECLINED = "The documents do not say."
_AGE = re.compile(r"how old\b", re.IGNORECASE)
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
        return posts_of(question, checker, as_of) or quoted(question, checker, as_of) or _declined(question)
    if question.asks == "words":
        return _answered(question, said_by(question, checker)) or _declined(question)
    if question.asks == "number" and _AGE.match(question.text) and people(parse([question.text])[0]):
        return age_of(question, checker, as_of) or _declined(question)  # no other number beside the name will do
    if question.statement is not None:
        found = (
            members_of(question, checker, as_of) if question.asks == "members" else by_facts(question, checker, as_of)
        )
        if found is not None:
            return found
        if answers := done(question, checker):
            return _done(question, answers)
        if question.asks == "person" and not question.statement.startswith(HOLES["person"]):
            return _declined(question)  # to whom it was done is for the clause to say
        if question.asks == "person" and is_post_of_a_country(question, as_of):
            return _declined(question)  # ministers have many sentences, and the model takes one's for another's
    found = quoted(question, checker, as_of)
    if found is None and (numbers := counted(question, checker)):
        found = _done(question, numbers)
    return found or _declined(question)


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
        if verdict.error is None and (other := _somebody_else(question, checker, as_of)) is not None:
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
    places = [entity for entity in parse([statement])[0].ents if entity.label_ in PLACE_LABELS]
    tried: list[tuple[Asks, int, int, str]] = []
    if len(days) == 1:
        tried.append(("day", days[0].span.start, days[0].span.end, days[0].words))
    if len(places) == 1:
        tried.append(("place", places[0].start_char, places[0].end_char, places[0].text))
    for asks, start, end, ours in tried:
        before, after = statement[:start], statement[end:]
        asked = Question(text=f"{before}{after}", asks=asks, statement=f"{before}{HOLES[asks]}{after}")
        found = by_facts(asked, checker, as_of)
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


def _somebody_else(question: Question, checker: Checker, as_of: date | None) -> Answer | None:
    """That a country's post, of which there is one, was somebody else's."""
    statement = question.statement or ""
    claim = claim_of(question, as_of)
    held = [part for part in parts_of(claim).parts if part.type == "title_role"]
    person = held[0].slot("person") if len(held) == 1 and post_of(Parts((held[0],), ())) is not None else None
    if person is None or statement.count(person.text) != 1 or not is_post_of_a_country(question, as_of):
        return None
    asked = statement.replace(person.text, HOLES["person"])
    who = question.model_copy(update={"text": asked, "asks": "person", "statement": asked})
    found = by_facts(who, checker, as_of)
    if found is None or len(found.values) != 1:
        return None
    if compare_people(person.resolved, found.values[0]).relation != "different":
        return None
    return Answer(
        question=question.text, text=f"No. Instead: {found.values[0]}.", way="verdict", label=Label.REFUTED,
        values=found.values, citations=found.citations,
    )  # fmt: skip


def _elsewhere(question: Question, checker: Checker, as_of: date | None, *, exact: bool) -> Answer | None:
    """That it was at another place, where sources say so much more strongly than for the place of the statement.

    The local model easily takes a sentence about one place for one about another. ``exact``: only where exact
    comparison finds the other place, for what the model reads never says "no" to what nothing supports.
    """
    statement = question.statement or ""
    places = [entity for entity in parse([statement])[0].ents if entity.label_ in PLACE_LABELS]
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
