"""Answers by quotation: the sentence of a source that has what was asked for, as it stands.

A sentence answers when it has what the question names and holds something of the kind asked for that makes the
question's statement true, as the local model reads it. Without that model only open questions are answered this way:
that a sentence has the right words does not make it an answer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from factcheck.chat.clauses import belongs, counts_people, has_counted, other_country_acts
from factcheck.chat.questions import HOLES, is_of_the_kind
from factcheck.chat.sentences import (
    ORDINALS,
    Sentence,
    Wanted,
    back,
    cite,
    coverage,
    covered,
    found_sentences,
    is_named,
    is_of_that_time,
    names_other_countries,
    share,
    speaks_of,
    stems_of,
    wanted_of,
)
from factcheck.chat.types import Answer, Asks, Citation, Question
from factcheck.checker import Checker
from factcheck.language.dates import find_dates
from factcheck.language.days import DateMention
from factcheck.language.parse import parse
from factcheck.language.people import PLACE_LABELS, people
from factcheck.language.quantities import find_quantities
from factcheck.language.roles import find_roles
from factcheck.language.words import stem
from factcheck.models import score
from factcheck.names import compare_people, countries_in, country_of, fold
from factcheck.types import Claim, Label, Span, Stance, Tier, Verdict
from factcheck.verdict.local import evidence_of

EXACT_WEIGHS = 1.5
"""By how much a value weighs more that exact comparison finds."""
MOST_TRIED = 10
"""Values given to the verifier."""
LEAST_SHARE = 0.25
"""Weight of a sentence that has none of the question's words: its passage speaks of it all the same."""
THAT_TIME = 2.0
"""What a sentence weighs that names just the time of the question."""
WHOSE: frozenset[Asks] = frozenset({"person", "members", "number"})
"""Questions in which it must be the same country's: who headed the Danish delegation."""
PLAINLY = 0.6
"""The same share where the sentence itself is the answer."""
MOST_READ = 80
"""Sentences whose values are tried."""
COVERED = 0.5
"""Share of the question's words that the sentence, with its title, must have."""
COUNTED = 0.6
"""The same where a number is asked for: sentences count many things."""
MOST_QUOTED = 3
_REASON = re.compile(
    r"\b(?:because|due to|owing to|amid|after|over|since|so that|in order to|following|for fear|reason|cause[sd]?)\b",
    re.IGNORECASE,
)
_POSTS = frozenset("post job position role title office function".split())
_WHICH = re.compile(
    r"(?:in |on |at |for )?(?:which|what) (?!(?:is|are|was|were|did|do|does|has|had|have)\b)(\w+)", re.IGNORECASE
)


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
    timed: bool = False
    """Whether a sentence with it names just the stretch of time asked about."""


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
    at: int = field(default=0, compare=False)
    """Where it stands in the sentence."""


@dataclass(frozen=True)
class _Candidate:
    """A value in a sentence, and how the local model reads the question's statement with it beside the passage."""

    sentence: Sentence
    value: _Value
    supported: float
    """That probability, weighed by how much of the question the sentence itself has."""


def quoted(question: Question, checker: Checker, as_of: date | None = None) -> Answer | None:
    """The sentence that answers, as a quotation; None when none does."""
    wanted = wanted_of(question.text)
    rows_of = [(coverage(wanted, one), one) for one in found_sentences(question.text, checker)]
    rows = sorted((row for row in rows_of if row[0] >= COVERED), key=lambda row: (-row[0], row[1].rank))
    if question.asks in ("open", "post") or question.statement is None:
        plain = [
            one for many, one in rows if _with_time(question, many, one) >= PLAINLY and _answers(question.text, one)
        ]
        plain = [one for one in plain if is_of_that_time(question.period, one)]
        if question.asks == "post":
            plain = [one for one in plain if _has_post(one)]
        return _quotation(question, plain[0]) if plain else None
    if not checker.local_model:
        return None
    found = verified(question, checker, as_of)
    if not found:
        return None
    value, cited = found[0].value, found[0].words
    text = f"{value}. {cited.publisher or cited.title or cited.doc_id}: “{cited.quote}”"
    return Answer(question=question.text, text=text, way="quotes", values=(value,), citations=(cited,))


def names_stretch(question: Question, one: Sentence) -> bool:
    """Whether it names just the stretch of time asked about; of a single day many sentences speak without a date."""
    if question.period is None or question.period[0] == question.period[1]:
        return False
    return _names_time(question.period, one)


def _names_time(period: tuple[date, date], one: Sentence) -> bool:
    days = find_dates(one.text, base=one.document.published_date)
    return any((day.earliest, day.latest) == period for day in days)


def _speaks(question: Question, wanted: Wanted, one: Sentence) -> float:
    """How much the sentence itself speaks of what is asked, and of its time."""
    return (LEAST_SHARE + share(wanted, one)) * _time_weighs(question, one)


def _time_weighs(question: Question, one: Sentence) -> float:
    """More for a sentence that names just the time of the question."""
    if question.period is None:
        return 1.0
    if _names_time(question.period, one):
        return THAT_TIME
    return 1.0


def _with_time(question: Question, coverage_of_words: float, one: Sentence) -> float:
    """The coverage where the sentence's own date is one more word of the question that it has."""
    dated = question.period is not None and find_dates(one.text, base=one.document.published_date)
    count = len(wanted_of(question.text).stems)
    return (coverage_of_words * count + 1) / (count + 1) if dated else coverage_of_words


def _answers(question: str, one: Sentence) -> bool:
    """Whether the sentence has what an open question asks for: a reason, or a thing of the kind named."""
    if re.match(r"why\b", question, re.IGNORECASE):
        return _REASON.search(one.text) is not None
    kind = _WHICH.match(question)
    if other_country_acts(question, one.text):
        return False
    if kind is None:
        return True
    if kind[1].lower() in _POSTS:
        return _has_post(one)
    if stem(kind[1].lower()) == stem("countries"):
        return any(country_of(word) for word in re.findall(r"[^\W\d_]+", one.text))
    return stem(kind[1].lower()) in stems_of(one.text)


def _has_post(one: Sentence) -> bool:
    doc = parse([one.text])[0]
    return bool(find_roles(doc, people(doc)))


def verified(question: Question, checker: Checker, as_of: date | None, *, most: int = MOST_TRIED) -> list[Verified]:
    """Values that make the question's statement true, by the verifier, each with the words of a source; best first.

    Values are taken from all passages that speak of what the question names; which of them are tried is what the local
    model makes of each beside its passage, summed over documents.
    """
    hole, statement = HOLES[question.asks], question.statement or question.text
    wanted = wanted_of(question.text)
    passages: dict[tuple[str, int], list[Sentence]] = {}
    for one in found_sentences(question.text, checker):
        passages.setdefault((one.document.doc_id, one.rank), []).append(one)
    tried: list[tuple[Sentence, _Value, str]] = []
    for sentences in passages.values():
        whole = " ".join(one.text for one in sentences)
        has = covered(wanted, f"{sentences[0].document.title or ''}. {whole}")
        if question.asks == "number" and has and counts_people(question.text, whole):
            has += 1 / max(1, len(wanted.stems))
        if has < (COUNTED if question.asks == "number" else COVERED):
            continue
        for one in sentences:
            before = back(one)
            if not wanted.named_in(before) or not is_of_that_time(question.period, one):
                continue
            if question.asks in WHOSE and (
                not wanted.peoples_in(before) or names_other_countries(question.text, one.text)
            ):
                continue
            if question.asks == "number" and not has_counted(question.text, one):
                continue
            values = dict.fromkeys(_candidates(question.asks, one))
            tried += [
                (one, v, whole)
                for v in values
                if not given(v.shown, question.text, question.asks) and belongs(question, one.text, v.at)
            ]
    tried = [row for row in tried if is_of_the_kind(row[1].shown, question.text)]
    whom = people(parse([question.text])[0])
    tried = [row for row in tried if all(speaks_of(person.name, row[0]) for person in whom)]
    tried.sort(key=lambda row: -_speaks(question, wanted, row[0]))
    tried = tried[:MOST_READ]
    pairs = [(statement.replace(hole, value.full), evidence_of(one.document, whole)) for one, value, whole in tried]
    scores = score(pairs)[:, 0].tolist() if pairs else []
    groups: dict[str, list[_Candidate]] = {}
    for (one, value, _), p in zip(tried, scores, strict=True):
        here = p * _speaks(question, wanted, one)
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
                 weight=_weight(group) * (EXACT_WEIGHS if v.tier is Tier.EXACT else 1.0),
                 timed=any(names_stretch(question, one.sentence) for one in group))
        for v, group in right
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.timed, one.fine, one.weight), reverse=True)


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
    wanted = wanted_of(question.text)
    speaker = next(iter(people(parse([question.text])[0])), None)
    name = speaker.name if speaker is not None else next(iter(wanted.names), None)
    if name is None:
        return []
    found = []
    stems = wanted.stems - {stem(word) for word in _SAYING}
    others = [other for other in (*wanted.names, *wanted.peoples) if other not in name.split()]
    for one in found_sentences(question.text, checker):
        shared = len(stems & stems_of(one.text)) + sum(is_named(other, one.text) for other in others)
        speaks = any(token.lemma_.lower() in _SAYING for token in parse([one.text])[0])
        if speaks and (shared or not (stems or others)) and speaks_of(name, one):
            found.append((-shared, one.rank, one))
    found.sort(key=lambda row: row[:2])
    best = -found[0][0] if found else 0
    return list(dict.fromkeys(cite(one) for shared, _, one in found if -shared * 2 >= best))[:MOST_QUOTED]


_SAYING = frozenset(
    (
        "say tell state announce declare add note stress warn claim insist explain call propose suggest offer demand "
        "promise urge ask write argue admit reject deny confirm recall believe think hope expect describe speak report "
        "point"
    ).split()
)


def _candidates(asks: Asks, one: Sentence) -> Iterator[_Value]:
    doc = parse([one.text])[0]
    days = find_dates(one.text, base=one.document.published_date)
    if asks == "day":
        yield from (_day(found) for found in days)
        return
    if asks in ("person", "members"):
        words = [(person.name, doc[person.first].idx) for person in people(doc)]
    elif asks == "place":
        words = [(entity.text, entity.start_char) for entity in doc.ents if entity.label_ in PLACE_LABELS]
    else:
        counts = find_quantities(one.text, skip=[found.span for found in days])
        words = [(found.text, found.span.start) for found in counts if found.text.lower() not in ORDINALS]
    yield from (_Value(word, word, fold(word), at=at) for word, at in words)


def _day(found: DateMention) -> _Value:
    if found.precision != "day":
        return _Value(found.words, found.words, fold(found.words), fine=False, at=found.span.start)
    day = found.earliest
    return _Value(found.words, f"{day.day} {day:%B %Y}", day.isoformat(), at=found.span.start)


def given(value: str, question: str, asks: Asks) -> bool:
    """Whether the question itself has the value: then it is not the answer."""
    if asks in ("person", "members"):
        named = [token for token in question.replace("?", " ").split() if token[:1].isupper()]
        return any(compare_people(value, name).could_be for name in named)
    country = country_of(value) if asks == "place" else None
    return fold(value) in fold(question) or (country is not None and country in countries_in(question))
