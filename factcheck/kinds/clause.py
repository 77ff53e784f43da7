"""What the types that speak of whole clauses share: finding the clause, and comparing it part by part.

A part that differs is a contradiction only when the two clauses speak of one occasion: the same day, the same ordinal
("third round"), something that happens once, or two reports of the same days.
"""

import re
from collections.abc import Sequence
from datetime import date

from factcheck.kinds.align import (
    Alignment,
    align,
    may_meet,
    only_wished,
    reversed_roles,
    same_unit,
    told_share,
)
from factcheck.kinds.base import Assertion, Comparison, days_apart
from factcheck.kinds.frame import Frame, read_frame
from factcheck.kinds.scope import counts_otherwise, denies_other, says_less
from factcheck.kinds.surroundings import NAMED, described
from factcheck.kinds.typed import Typed, compare_typed, number_type, with_day_said
from factcheck.language.clauses import Clause
from factcheck.language.lexicon import MUTUAL_VERBS, ONE_WAY_VERBS
from factcheck.language.parse import parse
from factcheck.language.quantities import Quantity
from factcheck.language.sentence import Sentence
from factcheck.language.words import opposites, stem
from factcheck.names import compare_people
from factcheck.types import Claim, Slot, SlotStatus, Span, Stance

FIT_TO_REFUTE = 0.75
"""Share of the claim's content the source must speak of before a differing part counts as a contradiction."""
LEAST_FIT = 0.5
"""Share of the claim that a source must speak of to be worth a word."""
FIT_OF_SUM = 0.5
"""The same for support by a number of many digits that the source's numbers come to."""
SHARED_TO_REFUTE = 2
"""Fewest content words in common for that."""
SAME_NEWS_DAYS = 4
"""Two reports dated at most this many days apart are taken to speak of the same occasion."""
_OF_THE_REST = re.compile(
    r"\b(?:did|do|does|has|have|had|was|were|are|is)(?:\s+not|n['’]t)\b(?!\s+to\b)", re.IGNORECASE
)
"""A denial that makes a number the rest of a whole: "325 did not finish"."""
WAS = "was"
"""The slot type of what something was before a change; what it is after it holds until another is told."""
_ONE_OF_SEVERAL = re.compile(r"\b(?:already|once|previously|earlier|before(?=[.,;]|$))(?!\w)", re.IGNORECASE)
"""Words that say that the like happened at another time too."""
CLAUSES = frozenset({"date", "quantity", "location", "event", "statement", "quote"})
"""The types whose words are compared as whole clauses; quotations only with statements."""
WHOLE = ("made up of", "consists of", "consisted of", "composed of", "comprises", "comprised")
"""Words that say a list is all there is, which no clause that only names those on it can prove."""
ALL_PARTS = frozenset({"date", "number", "ordinal", "place"})
DECISIVE = {"date": frozenset({"date"}), "quantity": frozenset({"number", "ordinal"}), "location": frozenset({"place"})}
"""Which part a type answers for: one clause gives one claim for each typed part, and each judges its own."""
SUPPORT_DAYS = 14
"""A report dated further than this from the claim's day does not support a claim that names no day."""
_PERIODS = frozenset(stem(noun) for noun in ("quarter", "half", "season", "week", "day", "month", "year", "term"))
_HAPPENS = frozenset(stem(verb) for verb in ["take", "hold", "occur", "happen", "open", "start", "end"])
"""Verbs by which an event itself is dated: "the ceremony took place in May"."""
_MUTUAL = frozenset(stem(verb) for verb in MUTUAL_VERBS)
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
    day = _said_on(sentence, clause)
    said = Slot(type="content", text=sentence.words(clause.tokens[0], clause.tokens[-1] + 1), value=content, span=span)
    more = () if day is None else (day,)
    return Assertion(kind, text, span, (speaker, said, *more, *slots), attribution=speaker.resolved)


def _said_on(sentence: Sentence, clause: Clause) -> Slot | None:
    """The day somebody said it: a date beside the reporting verb."""
    if clause.speech_verb is None:
        return None
    low = sentence.doc[clause.tokens[0]].idx
    high = sentence.doc[clause.tokens[-1]].idx
    for mention in sentence.dates:
        if not low <= mention.span.start <= high and mention.precision in {"day", "month"}:
            token = next((t for t in sentence.doc if t.idx >= mention.span.start), None)
            verb = None if token is None else next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
            if verb is not None and verb.i == clause.speech_verb:
                return sentence.date_slot(mention).model_copy(update={"type": "said_on"})
    return None


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
        Slot(type=number_type(q), text=q.text, value=_number(q), span=sentence.shift(q.span))
        for q in numbers
    ]  # fmt: skip
    slots += [
        Slot(type="place", text=p.text, span=sentence.shift(Span(start=p.start, end=p.end)))
        for p in frame.places if low <= p.start and p.end <= high
    ]  # fmt: skip
    return tuple(slots)


def _number(quantity: Quantity) -> str:
    low, high = (format(value.normalize(), "f") for value in (quantity.low, quantity.high))
    amount = low if low == high else f"{low}-{high}"
    return f"{amount} {quantity.unit}" if quantity.unit else amount


def compare_clauses(claimed: Claim, found: Claim) -> Comparison | None:
    """Hold one clause against another; None when they share too little to say anything."""
    a, b = _frame(claimed), _frame(found)
    if not may_meet(a, b) or _compare_speakers(claimed, found) is False:
        return None
    if not a.quantities and (((a.negated or b.negated) and not _one_predicate(a, b)) or not _near(a, b, found)):
        return None
    typed = with_day_said(compare_typed(claimed, found, a, b), claimed, found)
    alignment = align(a, b, context=found.context or "", counted=typed.counted)
    if alignment.shared == 0:
        return None
    if typed.reckoned is not None and (supported := _by_reckoning(found, typed, a, b)) is not None:
        return supported
    if (a.negated or b.negated) and not _one_predicate(a, b):
        return None  # "Minister X will not come" denies nothing of X being minister
    if {a.mood, b.mood} not in ({a.mood}, {"real", "future"}):
        return None  # what may or should be is neither proof nor denial of what is
    if (alignment.swapped or reversed_roles(a, b)) and not (a.predicate == b.predicate and a.predicate in _MUTUAL):
        return _turned_round(claimed, found, alignment, typed, a, b)
    if (
        a.denials <= b.denials
        and a.mood == b.mood
        and (supported := _supports(claimed, found, alignment, typed, a, b)) is not None
    ):
        return supported
    if not only_wished(a, b) and (refuted := _refutes(claimed, found, alignment, typed, a, b)) is not None:
        return refuted
    if alignment.fit < LEAST_FIT:
        return None
    note = "The source speaks of this but does not settle it."
    return Comparison(Stance.NEUTRAL, typed.verdicts, alignment.fit, note, left_over=alignment.missing)


def _near(a: Frame, b: Frame, found: Claim) -> bool:
    """Whether enough of a claim without numbers is there at all; asked first, because it is quick."""
    alignment = align(a, b, context=found.context or "")
    return alignment.shared > 0 and alignment.fit >= LEAST_FIT


def frame_key(claim: Claim) -> tuple[str, int | None]:
    """What the frame of a claim is read from: its words (of a statement, what is said) and its day."""
    content = claim.slot("content", "words")
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
    return person.same or person.relation == "partial" or described(who.resolved, whom.resolved, found.context or "")


def _by_reckoning(found: Claim, typed: Typed, a: Frame, b: Frame) -> Comparison | None:
    """A number the source's numbers come to: "of 4,312 starters, 3,987 finished" says that 325 did not."""
    if a.negated and not _OF_THE_REST.search(a.text):
        return None  # "need not pay the 79 million that are left" is not told by there being 79 million left
    fit = told_share(a, b, found.context or "")
    if fit < (FIT_OF_SUM if typed.particular else FIT_TO_REFUTE):
        return None
    if len(typed.status(SlotStatus.MATCH)) != len(typed.verdicts):
        return None
    note = f"By the source's numbers: {typed.reckoned}."
    return Comparison(Stance.SUPPORTS, typed.verdicts, fit, note, None, typed.marks or _whole(found), found.as_of)


def _supports(
    claimed: Claim, found: Claim, alignment: Alignment, typed: Typed, a: Frame, b: Frame
) -> Comparison | None:
    if len(typed.status(SlotStatus.MATCH)) != len(typed.verdicts):
        return None
    if typed.reckoned is not None:
        return None
    if alignment.missing or alignment.opposite:
        return None
    if not alignment.anchored or any(verb in claimed.claim for verb in WHOLE):
        return None
    if says_less(a, b):
        return None
    if a.predicate == "be" and alignment.borrowed and (not typed.verdicts or _of_somebody(a)):
        return None  # "X was in Y" is not told by a clause that names neither
    if a.predicate == "be" and a.quantities and not _complement(a) <= b.stems:
        return None  # "40 were on the list" is not told by "40 came", whatever list was spoken of before
    if alignment.shared + len(typed.verdicts) < SHARED_TO_REFUTE or not _one_time(claimed, found, typed, a):
        return None
    told = found.slot("speaker")
    note = "The source says the same."
    if claimed.slot("speaker") is None and told is not None:
        note = f"The source reports it as the words of {told.text}."
    return Comparison(Stance.SUPPORTS, typed.verdicts, 1.0, note, None, typed.marks, found.as_of)


def _refutes(claimed: Claim, found: Claim, alignment: Alignment, typed: Typed, a: Frame, b: Frame) -> Comparison | None:
    wrong = typed.status(SlotStatus.MISMATCH)
    light = a.predicate == b.predicate and not any(unit.key == a.predicate for unit in a.units)
    shared = alignment.shared + len(typed.status(SlotStatus.MATCH)) + light
    if not alignment.anchored or alignment.missing_core or alignment.fit < FIT_TO_REFUTE or shared < SHARED_TO_REFUTE:
        return None
    if a.predicate == "be" and a.quantities and not _complement(a) <= b.stems:
        return None
    if alignment.opposite:
        unsaid = typed.status(SlotStatus.NOT_FOUND) and not b.none
        if wrong or alignment.missing or unsaid or not _one_time(claimed, found, typed, a):
            return None
        if any(verb in claimed.claim for verb in WHOLE):
            return None  # a list may be denied for what it leaves out
        if denies_other(a, b, alignment):
            return None
        if not _object_named(a, b):
            return None  # "X sold its boats" says nothing of X buying Y, although Y is spoken of elsewhere
        note = "The source says the opposite."
        return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, found.claim, _whole(found), found.as_of)
    if len(wrong) != 1 or not _one_occasion(claimed, found, alignment, typed, a):
        return None
    part = wrong[0]
    if part.type == "date" and (typed.status(SlotStatus.NOT_FOUND) or _ONE_OF_SEVERAL.search(a.text)):
        return None  # the like may have happened on both days
    if part.type != "date" and counts_otherwise(a, b, typed):
        return None
    if part.type not in DECISIVE.get(claimed.type, ALL_PARTS):
        return None
    note = f"The source has {part.found} where the claim has {part.claimed}."
    correction = f"{part.found} (not {part.claimed})"
    return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, correction, typed.marks, found.as_of)


def _object_named(a: Frame, b: Frame) -> bool:
    """Whether a name that the claim has as its object stands in the source's clause itself."""
    heads = (unit for unit in a.units if unit.side == "object" and unit.head and unit.kind in NAMED)
    named = (unit for unit in heads if not unit.text[0].isdigit())  # the number of a decree is none
    return "object" in b.pronouns or all(any(same_unit(unit, other) for other in b.units) for unit in named)


def _of_somebody(a: Frame) -> bool:
    """Whether the subject of the claim is named."""
    return any(unit.side == "subject" and unit.head and unit.kind in {"person", "name"} for unit in a.units)


def _complement(a: Frame) -> frozenset[str]:
    """Stems of the nouns that the clause says its subject is on, in, at or among, dates and places left out."""
    doc = parse([a.text])[0]
    links = [t for t in doc if t.dep_ == "prep" and t.head.dep_ == "ROOT" and t.head.lemma_ == "be"]
    nouns = (noun for link in links for noun in link.children if noun.dep_ == "pobj" and noun.pos_ == "NOUN")
    return frozenset(stem(noun.lemma_) for noun in nouns) & a.keys


def _one_predicate(a: Frame, b: Frame) -> bool:
    """Whether both clauses turn on the same verb, or on two that are each other's opposite."""
    return a.predicate == b.predicate or b.predicate in opposites(a.predicate)


def _turned_round(
    claimed: Claim, found: Claim, alignment: Alignment, typed: Typed, a: Frame, b: Frame
) -> Comparison | None:
    """ "A bought B" against "B bought A": a contradiction only where the act goes one way."""
    if a.predicate != b.predicate or a.predicate not in _ONE_WAY or not reversed_roles(a, b):
        return None
    if alignment.left_out or alignment.opposite or len(typed.status(SlotStatus.MATCH)) != len(typed.verdicts):
        return None
    if not _one_time(claimed, found, typed, a):
        return None
    note = "In the source it is the other way round."
    return Comparison(Stance.REFUTES, typed.verdicts, alignment.fit, note, found.claim, _whole(found), found.as_of)


def _one_time(claimed: Claim, found: Claim, typed: Typed, a: Frame) -> bool:
    """Whether support is about the same time: laxer than one occasion, since the content agrees in full."""
    if typed.date_matched or typed.ordinal_matched or a.predicate in ONCE or a.dates:
        return True
    if _holds_on(claimed, found):
        return True
    apart = days_apart(claimed.as_of, found.as_of)
    return apart is None or apart <= SUPPORT_DAYS


def _holds_on(claimed: Claim, found: Claim) -> bool:
    """Whether the source tells what something has been changed to, before the day the claim speaks of."""
    if found.slot(WAS) is None:
        return False
    return claimed.as_of is None or found.as_of is None or found.as_of <= claimed.as_of


def _one_occasion(claimed: Claim, found: Claim, alignment: Alignment, typed: Typed, a: Frame) -> bool:
    if typed.ordinal_differs:  # "the third round" and "the second" are two; that X was first and was second not
        named = any(u.kind in NAMED and u.side == "subject" for u in a.units)
        ordered = (c.quantity.counted or "" for c in a.quantities if c.quantity.kind == "ordinal")
        period = any(stem(noun.split()[0]) in _PERIODS for noun in ordered if noun)
        return typed.date_matched or (a.predicate == "be" and named and not period)
    if typed.date_matched or typed.ordinal_matched or a.predicate in ONCE or _holds_on(claimed, found):
        return True
    if not typed.date_differs and found.as_of is not None and _long_before(a, found.as_of):
        return False  # "had 500 staff in 2020" is not denied by what a later report says is so
    apart = days_apart(claimed.as_of, found.as_of)
    if apart is None:  # neither side tells its day: only a source that says all the rest can speak of the same thing
        return not alignment.missing and (not typed.date_differs or a.predicate in _HAPPENS)
    return apart <= SAME_NEWS_DAYS


def _long_before(a: Frame, day: date) -> bool:
    """Whether all days that the claim gives are further from ``day`` than reports of the same are."""
    spans = [day_.mention.days for day_ in a.dates]
    gaps = [max((first - day).days, (day - last).days) for first, last in spans]
    return bool(gaps) and min(gaps) > SAME_NEWS_DAYS


def _whole(found: Claim) -> tuple[Span, ...]:
    return (found.span,)
