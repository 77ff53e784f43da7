"""The typed parts of two clauses held together: the day, the number, the place."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factcheck.kinds.base import matched, mismatched, not_found
from factcheck.kinds.change import sum_of
from factcheck.kinds.counted import Counted
from factcheck.kinds.frame import FALL, RISE, Day, Frame
from factcheck.kinds.occasion import TALKS, told_ordinal
from factcheck.kinds.places import Place
from factcheck.kinds.reckoning import particular, reckoned
from factcheck.kinds.surroundings import dates_around, place_around
from factcheck.language.days import DateMention, compare_dates
from factcheck.language.lexicon import PEOPLE_WORDS, PERSON_NOUNS, PLACE_NOUNS, TOTAL_WORDS, VOTER_NOUNS
from factcheck.language.quantities import Quantity
from factcheck.language.same_quantity import compare_quantities
from factcheck.language.words import stem
from factcheck.names import compare_places, country_of
from factcheck.types import Claim, Slot, SlotStatus, SlotVerdict, Span

_PEOPLE = frozenset(stem(word) for word in PEOPLE_WORDS)
_PERSONS = frozenset(stem(word) for word in PERSON_NOUNS)
_VOTERS = frozenset(stem(word) for word in VOTER_NOUNS)
WEEKDAYS = frozenset(calendar.day_name)
_TIMES = frozenset({stem("time")})
_PERCENT = frozenset({"%", "percent"})
_SHARE_NOUNS = _PERCENT | {
    stem(w) for w in ("cent", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
}
"""Nouns that are the share itself, not what it is of."""
LEAST_TELLING = 100
"""A number from here on is the same one when it recurs without its noun."""
_SUPERLATIVE = re.compile(r"\bthe\s+(?:[a-z]{3,}est|most|only|first|last)\b", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:GMT|UTC|[A-Z]{1,3}[DS]T|local|time)\b")
_OTHER_ONES = re.compile(r"\b(?:earlier|previous|preceding|prior|past|other|another|former)\b", re.IGNORECASE)
"""Words that say it is not the one spoken of around."""
_SUM = re.compile(rf"\b(?:{'|'.join(TOTAL_WORDS)}|in all|between them)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """The typed parts of a claim held against those of a source clause."""

    verdicts: tuple[SlotVerdict, ...] = ()
    marks: tuple[Span, ...] = ()
    ordinal_matched: bool = False
    ordinal_differs: bool = False
    date_matched: bool = False
    date_differs: bool = False
    reckoned: str | None = None
    """How a number that the source does not state was reckoned from its numbers."""
    particular: bool = False
    """Whether that number has so many digits that it hardly comes out by chance."""
    counted: frozenset[str] = frozenset()
    """Nouns of the claim whose number was found under another noun, or under none."""

    def status(self, status: SlotStatus) -> list[SlotVerdict]:
        """The parts that came out so."""
        return [verdict for verdict in self.verdicts if verdict.status is status]


def number_type(quantity: Quantity) -> str:
    """The slot type of a number."""
    return "ordinal" if quantity.kind == "ordinal" else "number"


def compare_typed(claimed: Claim, found: Claim, a: Frame, b: Frame) -> Typed:
    """Each day, number and place of the claim's frame ``a`` beside those of the found frame ``b``."""
    typed = Typed()
    comparable = {unit.key for unit in a.units} | {b.predicate}
    for counted in a.quantities:
        typed = _with_quantity(
            typed, _slot(claimed, number_type(counted.quantity), counted.quantity.text), counted, a, b, found
        )
    for place in a.places:
        typed = _with_place(typed, _slot(claimed, "place", place.text), place, a, b, found, comparable)
    identified = any(typed.status(SlotStatus.MATCH))
    for day in a.dates:
        slot = _slot(claimed, "date", day.mention.text, day.mention.value)
        if _same_weekday(slot, day.mention, found, b):
            typed = replace(_add(typed, matched(slot, slot.text), found, None), date_matched=True)
            continue
        differing = _other_days(day, a, b, comparable)
        if not identified:
            differing = [other for other in differing if not _not_yet(day.mention, other, found)]
        stretch = day.mention.precision == "range" and not day.mention.relative and bool(a.quantities)
        typed = _with_date(typed, slot, day.mention, differing, b, found, stretch=stretch)
    return typed


def _other_days(day: Day, a: Frame, b: Frame, comparable: set[str]) -> list[DateMention]:
    """Days of the found clause that stand where the claim has this one."""
    others = [other.mention for other in a.dates if other is not day]
    return [
        other.mention for other in b.dates
        if other.anchor in comparable and not any(_agree(ours, other.mention) for ours in others)
    ]  # fmt: skip


def with_day_said(typed: Typed, claimed: Claim, found: Claim) -> Typed:
    """``typed`` with the day the claim says something was said; a report that came out then will do."""
    slot, other = claimed.slot("said_on"), found.slot("said_on")
    if slot is None or slot.value is None:
        return typed
    if other is not None and other.value is not None:
        agrees = other.value.startswith(slot.value) or slot.value == other.value
        return _add(typed, matched(slot, other) if agrees else not_found(slot), found, other.text, other.value)
    day = found.as_of
    near = day is not None and any((day - timedelta(days=n)).isoformat().startswith(slot.value) for n in (0, 1))
    return _add(typed, matched(slot, f"report of {day.isoformat()}") if near and day else not_found(slot), found, None)


def _slot(claim: Claim, type_: str, text: str, value: str = "") -> Slot:
    """The claim's own slot for a part of its frame, so that its span in the checked text is kept."""
    for slot in claim.slots:
        if slot.type == type_ and (slot.text == text or (value and slot.value == value)):
            return slot
    return Slot(type=type_, text=text, value=value)


def _add(typed: Typed, verdict: SlotVerdict, found: Claim, text: str | None, value: str = "") -> Typed:
    """``typed`` with one more verdict; the source's own slot for it, if it has one, is marked."""
    slot = next(
        (s for s in found.slots if s.span is not None and (s.text == text or (value and s.value == value))), None
    )
    marks = typed.marks + ((slot.span,) if slot is not None and slot.span is not None else ())
    return replace(typed, verdicts=(*typed.verdicts, verdict), marks=marks)


def _with_date(
    typed: Typed,
    slot: Slot,
    mention: DateMention,
    differing: list[DateMention],
    b: Frame,
    found: Claim,
    *,
    stretch: bool,
) -> Typed:
    """``stretch``: the claim counts over all of these days, so what was counted on one of them says nothing of it."""
    compared = [(day.mention, compare_dates(mention, day.mention).relation) for day in b.dates]
    for other, relation in compared:
        if relation == "same" or (relation == "within" and not stretch):
            return replace(_add(typed, matched(slot, other.words), found, other.text, other.value), date_matched=True)
    if stretch or any(relation in {"contains", "overlaps"} for _, relation in compared):
        return _add(typed, not_found(slot), found, None)
    if differing:
        other = differing[0]
        return replace(_add(typed, mismatched(slot, other.words), found, other.text, other.value), date_differs=True)
    if not compared and found.as_of is not None and _reported_then(mention, found.as_of, b):
        note = f"report of {found.as_of.isoformat()}"
        return _add(typed, matched(slot, note), found, None)
    if not compared and (around := _date_around(mention, found)) is not None:
        return _add(typed, matched(slot, around.words), found, None)
    return _add(typed, not_found(slot), found, None)


def _reported_then(mention: DateMention, published: date, b: Frame) -> bool:
    """Whether a report of that day can be of the day claimed; what was reported before a day had happened by then."""
    if mention.side in {"before", "by"}:
        return b.mood == "real" and published <= mention.days[1]
    return mention.side == "on" and mention.earliest <= published and (published - mention.latest).days <= 1


def _same_weekday(slot: Slot, mention: DateMention, found: Claim, b: Frame) -> bool:
    """Both only say "on Thursday", within a week of each other: which Thursday was reckoned, not told."""
    name = slot.text.split()[-1]
    near = any(abs((mention.earliest - day.mention.earliest).days) <= 7 for day in b.dates)
    return near and name in WEEKDAYS and any(s.type == "date" and s.text.endswith(name) for s in found.slots)


def _agree(a: DateMention, b: DateMention) -> bool:
    return compare_dates(a, b).relation in {"same", "within"}


def _not_yet(claimed: DateMention, other: DateMention, found: Claim) -> bool:
    """Whether the source was written before the day claimed and speaks of a day gone by: it cannot know."""
    return found.as_of is not None and found.as_of < claimed.earliest and other.latest <= found.as_of


def _date_around(mention: DateMention, found: Claim) -> DateMention | None:
    """A date beside the clause that says when the clause is of; not one that a finer claimed date only falls into."""
    base = found.as_of.toordinal() if found.as_of else None
    around = dates_around(found.context or "", base)
    if any(not _agree(mention, other) for other in around if other.precision == mention.precision):
        return None
    return next((other for other in around if _agree(mention, other)), None)


def _with_quantity(typed: Typed, slot: Slot, counted: Counted, a: Frame, b: Frame, found: Claim) -> Typed:
    quantity = counted.quantity
    candidates = [other.quantity for other in b.quantities if same_thing_counted(counted, other)]
    if a.predicate == b.predicate:
        candidates += [other.quantity for other in b.quantities if _both_votes(counted, other)]
    if _is_change(quantity, a):
        candidates = [q for q in b.changes if q.kind == quantity.kind and q.unit == quantity.unit] or candidates
    wider = [other.quantity for other in b.quantities if _more_general(counted, other)]
    if (whole := _sum(a, found)) is not None:
        wider.append(whole)
    if _in_doubt(quantity, candidates):
        return _add(typed, not_found(slot), found, None)
    for other in [*candidates, *wider]:
        if compare_quantities(quantity, _like(quantity, other)).relation in {"same", "within"}:
            excused = typed.counted | (counted.nouns if other in wider else frozenset())
            matched_ordinal = typed.ordinal_matched or quantity.kind == "ordinal"
            typed = replace(typed, ordinal_matched=matched_ordinal, counted=excused)
            return _add(typed, matched(slot, other.text), found, other.text)
    if (reckoning := _reckoning(quantity, a, found)) is not None:
        typed = replace(
            typed, counted=typed.counted | counted.nouns, reckoned=reckoning, particular=particular(quantity.low)
        )
        return _add(typed, matched(slot, reckoning), found, None)
    others = [other.quantity for other in a.quantities if other is not counted]
    candidates = [q for q in candidates if not any(_same_number(other, q) for other in others)]
    if quantity.kind == "clock" and (len(candidates) > 1 or _ZONE.search(f"{a.text} {b.text}")):
        candidates = []  # which of the hours it is, or whose, is not told
    if _ordinal_around(counted, b, found):
        typed = replace(typed, ordinal_matched=True, counted=typed.counted | counted.nouns)
        return _add(typed, matched(slot, slot.text), found, None)
    differing = [q for q in candidates if compare_quantities(quantity, _like(quantity, q)).relation == "different"]
    if not differing or len({(q.low, q.high) for q in differing}) > 1:  # which of several is meant is not told
        return _add(typed, not_found(slot), found, None)
    another_one = quantity.kind == "ordinal" and bool(quantity.counted)
    typed = replace(typed, ordinal_differs=typed.ordinal_differs or another_one)
    return _add(typed, mismatched(slot, differing[0].text), found, differing[0].text)


def _in_doubt(quantity: Quantity, candidates: list[Quantity]) -> bool:
    """Whether a bound ("more than 21 million") holds of one number of the clause and not of another one."""
    relations = {compare_quantities(quantity, _like(quantity, other)).relation for other in candidates}
    return quantity.bound not in {"exactly", "about"} and {"within", "different"} <= relations


def _same_number(a: Quantity, b: Quantity) -> bool:
    return compare_quantities(a, _like(a, b)).relation in {"same", "within"}


def _ordinal_around(counted: Counted, b: Frame, found: Claim) -> bool:
    """Whether a clause that says not which one it was stands where only this one is spoken of."""
    if (
        counted.quantity.kind != "ordinal"
        or _OTHER_ONES.search(found.claim)
        or any(other.quantity.kind == "ordinal" for other in b.quantities)
    ):
        return False
    return told_ordinal(int(counted.quantity.low), counted.nouns, found.context or "")


def _is_change(quantity: Quantity, a: Frame) -> bool:
    """ "fell by 3 percent": the number is what was added or taken away."""
    before = a.text[: quantity.span.start].rstrip().lower()
    return before.endswith(" by") and any(unit.key in {RISE, FALL} for unit in a.units)


def _more_general(a: Counted, b: Counted) -> bool:
    """ "23 people" where the source has 23 passengers; votes where it counts those who voted."""
    if a.quantity.kind != "count" or b.quantity.kind != "count":
        return False
    if not b.nouns - _PERCENT:  # "15% of the 6,000"
        return a.quantity.low >= LEAST_TELLING and (a.quantity.low, a.quantity.high) == (
            b.quantity.low,
            b.quantity.high,
        )
    if a.nouns & _PEOPLE and (b.nouns & _PERSONS or any(country_of(noun) for noun in b.nouns)):
        return True
    return _both_votes(a, b)


def _both_votes(a: Counted, b: Counted) -> bool:
    """ "approved with 253 votes", "approved by 254 legislators"."""
    if a.quantity.kind != "count" or b.quantity.kind != "count":
        return False
    return bool(a.nouns & _VOTERS and b.nouns & _VOTERS)


def _sum(a: Frame, found: Claim) -> Quantity | None:
    """The numbers of the source's sentence added up, for a claim that says "together"."""
    if not _SUM.search(a.text):
        return None
    sentence = (found.context or found.claim).rsplit("\n", 1)[-1]
    return sum_of(sentence)


def _reckoning(quantity: Quantity, a: Frame, found: Claim) -> str | None:
    """How the numbers of the source's paragraph come to the claimed one, if they do."""
    lines = (found.context or "").split("\n")
    return reckoned(quantity, a.text, lines[-2] if len(lines) > 1 else lines[-1])


def _like(quantity: Quantity, other: Quantity) -> Quantity:
    """``other`` as a count when it is the last of so many times, or the reverse."""
    kinds = {quantity.kind, other.kind}
    return other.model_copy(update={"kind": quantity.kind}) if kinds == {"count", "ordinal"} else other


def same_thing_counted(a: Counted, b: Counted) -> bool:
    """Whether two numbers could be numbers of one thing: of one kind, and of nouns that do not differ."""
    ours, theirs = a.quantity, b.quantity
    if {ours.kind, theirs.kind} == {"count", "ordinal"}:
        return a.nouns == b.nouns == _TIMES  # "eight times" against "for the seventh time"
    if ours.kind != theirs.kind or (ours.unit != theirs.unit and ours.kind not in {"duration", "measure", "money"}):
        return False
    if ours.kind == "ordinal" and a.nouns & TALKS and b.nouns & TALKS:
        return True
    if ours.kind in {"count", "ordinal"}:
        ranks = ours.kind == "ordinal" and not ours.counted and not theirs.counted  # "finished second", "came third"
        return ranks or bool(a.nouns & b.nouns)
    if ours.kind == "percent":
        a_nouns, b_nouns = a.nouns - _SHARE_NOUNS, b.nouns - _SHARE_NOUNS
        return not a_nouns or not b_nouns or bool(a_nouns & b_nouns)
    return ours.kind == "duration" or not a.nouns or not b.nouns or bool(a.nouns & b.nouns)


def _with_place(
    typed: Typed, slot: Slot, place: Place, a: Frame, b: Frame, found: Claim, comparable: set[str]
) -> Typed:
    relations = [(other, compare_places(place.text, other.text).relation) for other in b.places]
    for other, relation in relations:
        if relation in {"same", "variant"}:
            return _add(typed, matched(slot, other.text), found, other.text)
    elsewhere = [name.text for name in b.proper_names] + [unit.text for unit in b.units if unit.kind == "country"]
    if any(compare_places(place.text, name).same for name in elsewhere):
        return _add(typed, matched(slot, slot.text), found, None)
    if not b.places and place_around(place.text, found.context or ""):
        return _add(typed, matched(slot, slot.text), found, None)
    differing = [
        other for other, relation in relations
        if relation == "different" and other.anchor in comparable
        and (_sort(place) == _sort(other) or _one_only(a, place))
    ]  # fmt: skip
    if differing:
        return _add(typed, mismatched(slot, differing[0].text), found, differing[0].text)
    return _add(typed, not_found(slot), found, None)


def _one_only(a: Frame, place: Place) -> bool:
    """ "the highest gust was measured at the airport": there is one, so it was nowhere else; countries hold places."""
    return _sort(place) != "country" and _SUPERLATIVE.search(a.text) is not None


def _sort(place: Place) -> str:
    """What sort of place: a country, a town, or what its name says ("palace"); only one sort is compared."""
    country = country_of(place.text)
    if country is not None and compare_places(place.text, country).same:
        return "country"
    named = [word for word in place.text.lower().split() if word in PLACE_NOUNS]
    return named[-1] if named else "town"
