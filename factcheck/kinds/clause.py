"""What the types that speak of whole clauses share: finding the clause, and comparing it part by part.

A part that differs is a contradiction only when the two clauses speak of one occasion: the same day, the same ordinal
("third round"), something that happens once, or two reports of the same days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.kinds.align import Alignment, align, reversed_roles
from factcheck.kinds.base import Assertion, Comparison, days_apart, matched, mismatched, not_found
from factcheck.kinds.frame import Counted, Frame, Place, read_frame
from factcheck.language.clauses import Clause
from factcheck.language.dates import DateMention, compare_dates
from factcheck.language.lexicon import ONE_WAY_VERBS, PLACE_NOUNS
from factcheck.language.parse import parse
from factcheck.language.quantities import Quantity, compare_quantities
from factcheck.language.sentence import Sentence
from factcheck.language.words import opposites, stem
from factcheck.names import compare_people, compare_places, country_of
from factcheck.types import Claim, Slot, SlotStatus, SlotVerdict, Span, Stance

FIT_TO_REFUTE = 0.75
"""Share of the claim's content the source must speak of before a differing part counts as a contradiction."""
SHARED_TO_REFUTE = 2
"""Fewest content words in common for that."""
SAME_NEWS_DAYS = 4
"""Two reports dated at most this many days apart are taken to speak of the same occasion."""
CLAUSES = frozenset({"date", "quantity", "location", "event", "statement"})
"""The types that are compared as whole clauses."""
ALL_PARTS = frozenset({"date", "number", "ordinal", "place"})
DECISIVE = {"date": frozenset({"date"}), "quantity": frozenset({"number", "ordinal"}), "location": frozenset({"place"})}
"""Which part a type answers for: one clause gives one claim for each typed part, and each judges its own."""
SUPPORT_DAYS = 14
"""A report dated further than this from the claim's day does not support a claim that names no day."""
_HAPPENS = frozenset(stem(verb) for verb in ["take", "hold", "occur", "happen", "open", "start", "end"])
"""Verbs by which an event itself is dated: "the ceremony took place in May"."""
_ONE_WAY = frozenset(stem(verb) for verb in ONE_WAY_VERBS)
ONCE = frozenset(
    stem(w)
    for w in [
        "appoint",
        "become",
        "bear",
        "die",
        "sign",
        "adopt",
        "elect",
        "resign",
        "found",
        "dismiss",
        "marry",
        "assassinate",
    ]
)


def clause_assertion(sentence: Sentence, clause: Clause, kind: str, slots: tuple[Slot, ...]) -> Assertion:
    """The clause as an assertion of type ``kind``: as a statement of its speaker when it has one."""
    content = sentence.clause_text(clause)
    speaker = sentence.speaker_slot(clause)
    span = sentence.span(clause.tokens[0], clause.tokens[-1] + 1)
    if speaker is None:
        return Assertion(kind, content + ".", span, slots)
    first = sentence.doc[(clause.borrowed or clause.tokens)[0]]
    keeps_capital = first.pos_ == "PROPN" or first.i in sentence.replaced or first.ent_type_ or first.text == "I"
    lowered = content if keeps_capital else content[:1].lower() + content[1:]
    text = f"{speaker.resolved} said that {lowered}."
    said = Slot(type="content", text=sentence.words(clause.tokens[0], clause.tokens[-1] + 1), value=content, span=span)
    return Assertion(kind, text, span, (speaker, said, *slots), attribution=speaker.resolved)


def typed_slots(sentence: Sentence, clause: Clause) -> tuple[Slot, ...]:
    """Dates, numbers and places inside the clause, as slots of the whole text."""
    low = sentence.doc[clause.tokens[0]].idx
    end = sentence.doc[clause.tokens[-1]]
    high = end.idx + len(end.text)
    days = {d.value: d for d in reversed(sentence.dates) if low <= d.span.start and d.span.end <= high}
    slots = [sentence.date_slot(d) for d in sorted(days.values(), key=lambda d: d.span.start)]
    base = sentence.base or sentence.assumed
    frame = read_frame(sentence.text, base.toordinal() if base else None)
    numbers = [c.quantity for c in frame.quantities if low <= c.quantity.span.start and c.quantity.span.end <= high]
    slots += [
        Slot(type=_number_type(q), text=q.text, value=_number(q), span=sentence.shift(q.span))
        for q in numbers
    ]  # fmt: skip
    slots += [
        Slot(type="place", text=p.text, span=sentence.shift(Span(start=p.start, end=p.end)))
        for p in frame.places if low <= p.start and p.end <= high
    ]  # fmt: skip
    return tuple(slots)


def _number_type(quantity: Quantity) -> str:
    return "ordinal" if quantity.kind == "ordinal" else "number"


def _number(quantity: Quantity) -> str:
    low, high = (format(value.normalize(), "f") for value in (quantity.low, quantity.high))
    amount = low if low == high else f"{low}-{high}"
    return f"{amount} {quantity.unit}" if quantity.unit else amount


@dataclass(frozen=True)
class _Typed:
    """The typed parts of a claim held against those of a source clause."""

    verdicts: tuple[SlotVerdict, ...] = ()
    marks: tuple[Span, ...] = ()
    ordinal_matched: bool = False
    ordinal_differs: bool = False
    date_matched: bool = False
    date_differs: bool = False

    def status(self, status: SlotStatus) -> list[SlotVerdict]:
        return [verdict for verdict in self.verdicts if verdict.status is status]


def compare_clauses(claimed: Claim, found: Claim) -> Comparison | None:
    """Hold one clause against another; None when they share too little to say anything."""
    a, b = _frame(claimed), _frame(found)
    also = tuple(stem(word) for word in (found.context or "").split())
    alignment = align(a, b, also=also)
    speaker = _compare_speakers(claimed, found)
    if alignment.shared == 0 or speaker is False:
        return None
    if (a.negated or b.negated) and not _one_predicate(a, b):
        return None  # "Minister X will not come" denies nothing of X being minister
    typed = _compare_typed(claimed, found, a, b)
    if alignment.swapped or reversed_roles(a, b):
        return _turned_round(claimed, found, alignment, typed, a, b)
    if a.denials <= b.denials and (supported := _supports(claimed, found, alignment, typed, a)) is not None:
        return supported
    if (refuted := _refutes(claimed, found, alignment, typed, a, b)) is not None:
        return refuted
    if alignment.fit < 0.5:
        return None
    note = "The source speaks of this but does not settle it."
    return Comparison(Stance.NEUTRAL, typed.verdicts, alignment.fit, note, left_over=alignment.missing)


def frame_key(claim: Claim) -> tuple[str, int | None]:
    """What the frame of a claim is read from: its words (of a statement, what is said) and its day."""
    content = claim.slot("content")
    text = content.resolved if content is not None else claim.claim
    return text, claim.as_of.toordinal() if claim.as_of else None


def frames_of(claims: Sequence[Claim]) -> list[Frame | None]:
    """The frames of those claims that are compared as clauses, None for the others; parsed in one batch."""
    keys = [frame_key(claim) if claim.type in CLAUSES else None for claim in claims]
    parse([key[0] for key in keys if key is not None])
    return [None if key is None else read_frame(*key) for key in keys]


def _frame(claim: Claim) -> Frame:
    return read_frame(*frame_key(claim))


def _compare_speakers(claimed: Claim, found: Claim) -> bool | None:
    """Whether both are the same person's words: None when the claim names no speaker, False when they differ."""
    who, whom = claimed.slot("speaker"), found.slot("speaker")
    if who is None:
        return None
    if whom is None:
        return False
    person = compare_people(who.resolved, whom.resolved)
    return person.same or person.relation == "partial"


def _compare_typed(claimed: Claim, found: Claim, a: Frame, b: Frame) -> _Typed:
    typed = _Typed()
    comparable = {unit.key for unit in a.units} | {b.predicate}
    for day in a.dates:
        typed = _with_date(
            typed, _slot(claimed, "date", day.mention.text, day.mention.value), day.mention, b, found, comparable
        )
    for counted in a.quantities:
        typed = _with_quantity(
            typed, _slot(claimed, _number_type(counted.quantity), counted.quantity.text), counted, b, found
        )
    for place in a.places:
        typed = _with_place(typed, _slot(claimed, "place", place.text), place, b, found, comparable)
    return typed


def _slot(claim: Claim, type_: str, text: str, value: str = "") -> Slot:
    """The claim's own slot for a part of its frame, so that its span in the checked text is kept."""
    for slot in claim.slots:
        if slot.type == type_ and (slot.text == text or (value and slot.value == value)):
            return slot
    return Slot(type=type_, text=text, value=value)


def _add(typed: _Typed, verdict: SlotVerdict, found: Claim, text: str | None, value: str = "") -> _Typed:
    """``typed`` with one more verdict; the source's own slot for it, if it has one, is marked."""
    slot = next(
        (s for s in found.slots if s.span is not None and (s.text == text or (value and s.value == value))), None
    )
    marks = typed.marks + ((slot.span,) if slot is not None and slot.span is not None else ())
    return replace(typed, verdicts=(*typed.verdicts, verdict), marks=marks)


def _with_date(typed: _Typed, slot: Slot, mention: DateMention, b: Frame, found: Claim, comparable: set[str]) -> _Typed:
    compared = [(day.mention, compare_dates(mention, day.mention).relation) for day in b.dates]
    for other, relation in compared:
        if relation in {"same", "within"}:
            return replace(_add(typed, matched(slot, other.words), found, other.text, other.value), date_matched=True)
    if any(relation in {"contains", "overlaps"} for _, relation in compared):
        return _add(typed, not_found(slot), found, None)
    differing = [day.mention for day in b.dates if day.anchor in comparable]
    if differing:
        other = differing[0]
        return replace(_add(typed, mismatched(slot, other.words), found, other.text, other.value), date_differs=True)
    if (
        not compared
        and found.as_of is not None
        and mention.earliest <= found.as_of
        and (found.as_of - mention.latest).days <= 1
    ):
        note = f"report of {found.as_of.isoformat()}"
        return _add(typed, matched(slot, note), found, None)
    return _add(typed, not_found(slot), found, None)


def _with_quantity(typed: _Typed, slot: Slot, counted: Counted, b: Frame, found: Claim) -> _Typed:
    quantity = counted.quantity
    candidates = [other.quantity for other in b.quantities if _same_thing_counted(counted, other)]
    for other in candidates:
        if compare_quantities(quantity, other).relation in {"same", "compatible"}:
            typed = replace(typed, ordinal_matched=typed.ordinal_matched or quantity.kind == "ordinal")
            return _add(typed, matched(slot, other.text), found, other.text)
    differing = [q for q in candidates if compare_quantities(quantity, q).relation == "different"]
    if not differing:
        return _add(typed, not_found(slot), found, None)
    typed = replace(typed, ordinal_differs=typed.ordinal_differs or quantity.kind == "ordinal")
    return _add(typed, mismatched(slot, differing[0].text), found, differing[0].text)


def _same_thing_counted(a: Counted, b: Counted) -> bool:
    ours, theirs = a.quantity, b.quantity
    if ours.kind != theirs.kind or (ours.unit != theirs.unit and ours.kind not in {"duration", "measure", "money"}):
        return False
    if ours.kind in {"count", "ordinal"}:
        return bool(a.nouns & b.nouns)
    return ours.kind == "duration" or not a.nouns or not b.nouns or bool(a.nouns & b.nouns)


def _with_place(typed: _Typed, slot: Slot, place: Place, b: Frame, found: Claim, comparable: set[str]) -> _Typed:
    relations = [(other, compare_places(place.text, other.text).relation) for other in b.places]
    for other, relation in relations:
        if relation in {"same", "variant"}:
            return _add(typed, matched(slot, other.text), found, other.text)
    if any(compare_places(place.text, u.text).same for u in b.units if u.kind in {"name", "country"}):
        return _add(typed, matched(slot, slot.text), found, None)
    differing = [
        other for other, relation in relations
        if relation == "different" and _sort(place) == _sort(other) and other.anchor in comparable
    ]  # fmt: skip
    if differing:
        return _add(typed, mismatched(slot, differing[0].text), found, differing[0].text)
    return _add(typed, not_found(slot), found, None)


def _sort(place: Place) -> str:
    """What sort of place: a country, a town, or what its name says ("palace"); only one sort is compared."""
    country = country_of(place.text)
    if country is not None and compare_places(place.text, country).same:
        return "country"
    named = [word for word in place.text.lower().split() if word in PLACE_NOUNS]
    return named[-1] if named else "town"


def _supports(claimed: Claim, found: Claim, alignment: Alignment, typed: _Typed, a: Frame) -> Comparison | None:
    if alignment.missing or alignment.opposite or len(typed.status(SlotStatus.MATCH)) != len(typed.verdicts):
        return None
    if alignment.shared + len(typed.verdicts) < SHARED_TO_REFUTE or not _one_time(claimed, found, typed, a):
        return None
    told = found.slot("speaker")
    note = "The source says the same."
    if claimed.slot("speaker") is None and told is not None:
        note = f"The source reports it as the words of {told.text}."
    return Comparison(Stance.SUPPORTS, typed.verdicts, 1.0, note, None, typed.marks, found.as_of)


def _refutes(
    claimed: Claim, found: Claim, alignment: Alignment, typed: _Typed, a: Frame, b: Frame
) -> Comparison | None:
    wrong = typed.status(SlotStatus.MISMATCH)
    light = a.predicate == b.predicate and not any(unit.key == a.predicate for unit in a.units)
    shared = alignment.shared + len(typed.status(SlotStatus.MATCH)) + light
    if alignment.missing_core or alignment.fit < FIT_TO_REFUTE or shared < SHARED_TO_REFUTE:
        return None
    if alignment.opposite:
        if wrong or alignment.missing or typed.status(SlotStatus.NOT_FOUND) or not _one_time(claimed, found, typed, a):
            return None
        note = "The source says the opposite."
        return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, found.claim, _whole(found), found.as_of)
    if len(wrong) != 1 or not _one_occasion(claimed, found, alignment, typed, a):
        return None
    part = wrong[0]
    if part.type not in DECISIVE.get(claimed.type, ALL_PARTS):
        return None
    note = f"The source has {part.found} where the claim has {part.claimed}."
    correction = f"{part.found} (not {part.claimed})"
    return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, correction, typed.marks, found.as_of)


def _one_predicate(a: Frame, b: Frame) -> bool:
    """Whether both clauses turn on the same verb, or on two that are each other's opposite."""
    return a.predicate == b.predicate or b.predicate in opposites(a.predicate)


def _turned_round(
    claimed: Claim, found: Claim, alignment: Alignment, typed: _Typed, a: Frame, b: Frame
) -> Comparison | None:
    """ "A bought B" against "B bought A": a contradiction only where the act goes one way."""
    if a.predicate != b.predicate or a.predicate not in _ONE_WAY or not reversed_roles(a, b):
        return None
    if alignment.missing or alignment.opposite or len(typed.status(SlotStatus.MATCH)) != len(typed.verdicts):
        return None
    if not _one_time(claimed, found, typed, a):
        return None
    note = "In the source it is the other way round."
    return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, found.claim, _whole(found), found.as_of)


def _one_time(claimed: Claim, found: Claim, typed: _Typed, a: Frame) -> bool:
    """Whether support is about the same time: laxer than one occasion, since the content agrees in full."""
    if typed.date_matched or typed.ordinal_matched or a.predicate in ONCE or a.dates:
        return True
    apart = days_apart(claimed.as_of, found.as_of)
    return apart is None or apart <= SUPPORT_DAYS


def _one_occasion(claimed: Claim, found: Claim, alignment: Alignment, typed: _Typed, a: Frame) -> bool:
    if typed.ordinal_differs:
        return typed.date_matched
    if typed.date_matched or typed.ordinal_matched or a.predicate in ONCE:
        return True
    apart = days_apart(claimed.as_of, found.as_of)
    if apart is None:  # neither side tells its day: only a source that says all the rest can speak of the same thing
        return not alignment.missing and (not typed.date_differs or a.predicate in _HAPPENS)
    return apart <= SAME_NEWS_DAYS


def _whole(found: Claim) -> tuple[Span, ...]:
    return (found.span,)
