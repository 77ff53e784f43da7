"""Two clauses held together, piece of content by piece of content."""

import re
from dataclasses import dataclass
from functools import lru_cache

from factcheck.kinds.frame import Frame, Unit
from factcheck.kinds.naming import one_name
from factcheck.kinds.occasion import TALKS
from factcheck.kinds.surroundings import NAMED, spoken_of, surroundings
from factcheck.language.lexicon import (
    CARRIER_VERBS,
    GATHERINGS,
    HAPPENING_VERBS,
    LIGHT_VERBS,
    PARTITIVES,
    PRESENCE_VERBS,
    WHOLES,
)
from factcheck.language.words import opposites, stem
from factcheck.names import compare_people, compare_places

_LIGHT = frozenset(stem(verb) for verb in LIGHT_VERBS)
_CONVERSE = frozenset(stem(verb) for verb in ("buy", "sell"))
"""One does the one when another does the other: opposites only of one and the same."""
_SET_OUT = re.compile(r"\b(?:left|leav(?:e|es|ing)|depart(?:s|ed|ing)?)\s+for\b", re.IGNORECASE)
_ARRIVE = frozenset(stem(verb) for verb in ("arrive", "leave", "depart", "come", "reach"))
_WHOLES = frozenset(stem(noun) for noun in (*PARTITIVES, *WHOLES))
_ATTEND = stem("attend")
_PRESENT = frozenset(stem(verb) for verb in PRESENCE_VERBS)
_GATHERINGS = frozenset(stem(noun) for noun in GATHERINGS)
_NOT_YET = frozenset(
    stem(verb)
    for verb in """
    prepare plan discuss propose suggest cancel postpone offer want demand schedule expect organise arrange consider
    reject seek request refuse oppose support rule await delay
    """.split()
)
"""What is done to a meeting or a vote that has not been held by that."""
_HAPPENS = frozenset(stem(verb) for verb in ("hold", "take", "occur", "happen"))
_TOOK_PLACE = frozenset(stem(verb) for verb in HAPPENING_VERBS)
_CARRIERS = frozenset(stem(verb) for verb in CARRIER_VERBS)


@dataclass(frozen=True)
class Alignment:
    """How much of a claimed clause a found clause speaks of."""

    fit: float
    """Share of the claim's strong units found, 0 to 1."""
    missing: tuple[str, ...]
    """Strong units of the claim that were not found."""
    missing_core: tuple[str, ...]
    """Those among them that are its predicate, subject or object."""
    left_out: bool
    """Whether one of them is the verb, its subject or its object itself, not a word that describes it."""
    swapped: bool
    """Whether who acts and who is acted upon have changed places."""
    opposite: bool
    """Whether one is negated and the other is not."""
    shared: int
    """How many strong units are in both."""
    borrowed: bool = False
    """Whether a name, or what is done or to whom, was taken from around the source's clause."""
    anchored: bool = True
    """Whether what the claim says is done is what the source says is done, not something it mentions by the way."""


def same_unit(a: Unit, b: Unit) -> bool:
    """Whether two units name the same thing."""
    if a.key == b.key:
        return True
    kinds = {a.kind, b.kind}
    if kinds == {"word"}:
        return a.key in TALKS and b.key in TALKS
    single = len(kinds) == 2 and "country" not in kinds and " " not in a.text and " " not in b.text
    if single and stem(a.text) == stem(b.text):
        return True  # a word at the head of a sentence has a capital, as names have
    if kinds == {"person"}:
        return compare_people(a.text, b.text).could_be
    if "person" in kinds and "name" in kinds:
        return compare_people(a.text, b.text).relation in {"same", "variant", "partial"}
    if kinds <= {"name", "place"}:
        return compare_places(a.text, b.text).same
    return False


@lru_cache(maxsize=1024)
def align(claimed: Frame, found: Frame, *, context: str = "", counted: frozenset[str] = frozenset()) -> Alignment:
    """Hold two clauses together; dates, quantities and places are left out, their types compare them.

    ``context`` is what is said around the found clause: what the clause leaves out may be taken from there.
    ``counted`` are nouns whose number was found, so that they need not be said again.
    """
    strong = [unit for unit in claimed.units if not unit.weak or _turned(unit, found, claimed)]
    partner = {unit: _partner(unit, found) for unit in strong}
    for unit in _of_other_names(partner, claimed, found):
        partner[unit] = None
    turned = {
        unit for unit in strong
        if partner[unit] is None and _turned(unit, found, claimed)
        and (unit.key not in _CONVERSE or _one_actor(partner))
    }  # fmt: skip
    missing = [
        unit for unit in strong
        if partner[unit] is None and unit not in turned and unit.key not in counted
        and not _of_everyone(unit, found) and not _carries(unit, claimed, found) and not _in_pieces(unit, found)
        and not spoken_of(unit, context, found, claimed)
    ]  # fmt: skip
    core = [
        unit.text
        for unit in missing
        if unit.side != "other" and (unit.head or _described_otherwise(unit, claimed, found))
    ]
    fit = 1.0 - len(missing) / len(strong) if strong else 0.0
    return Alignment(
        fit, tuple(u.text for u in missing), tuple(core), any(unit.head for unit in missing),
        _swapped(strong, partner, claimed, found),
        (claimed.negated != found.negated) != (len(turned) % 2 == 1),
        len(turned) + sum(1 for other in partner.values() if other is not None),
        borrowed=any(
            partner[unit] is None and unit not in turned and (unit.head or unit.kind == "person")
            and unit.side not in found.pronouns for unit in strong
        ),
        anchored=_anchored(claimed, found, partner, turned),
    )  # fmt: skip


def belongs_elsewhere(claimed: Frame, found: Frame) -> bool:
    """Whether the source says of somebody's or something's part what the claim says of the whole.

    "The council's committee approved it" does not tell that the council did, "bought a stake in it" not that it was
    bought. Countries are left out, of which newsrooms speak when they mean their governments.
    """
    for unit in claimed.units:
        if unit.of or unit.weak or unit.side == "predicate" or unit.kind == "country":
            continue
        places = [other for other in found.units if same_unit(unit, other)]
        if places and all(other.of and not _holds_of_it(other, claimed) for other in places):
            return True
        if unit.head and unit.side == "object" and _beside(places, unit, claimed, found):
            return True
        others = [] if places or not unit.head else _heads(unit, found)
        if any(other.new and other.key not in claimed.keys for other in others):
            return True
    return False


def _beside(places: list[Unit], unit: Unit, claimed: Frame, found: Frame) -> bool:
    """Whether the source does it to something else, at or with what the claim names: "won a match at the cup"."""
    done_to = [other for other in _on(found, "object") if other.head]
    aside = bool(places) and all(other.side == "other" for other in places)
    if not places:
        aside = any(compare_places(unit.text, one.text).same or unit.text in one.text.split() for one in found.places)
    if not aside or not done_to or claimed.predicate != found.predicate:
        return False
    return not any(other.key in claimed.keys for other in done_to)


def _holds_of_it(part: Unit, claimed: Frame) -> bool:
    """Whether what is said of the noun that ``part`` belongs to is said of ``part`` too."""
    return part.of.lstrip("'") in claimed.keys or part.of in _WHOLES


def _heads(unit: Unit, found: Frame) -> list[Unit]:
    """What stands in the place of ``unit`` in the source."""
    return [other for other in _on(found, unit.side) if other.head and other.kind == "word"]


def only_wished(claimed: Frame, found: Frame) -> bool:
    """Whether what the claim says was done is something that the source only speaks of as wanted or possible."""
    acts = {unit.key for unit in claimed.units if unit.side == "predicate"} | {claimed.predicate}
    return bool(acts & found.wished - claimed.wished)


def may_meet(claimed: Frame, found: Frame) -> bool:
    """Whether the two could have anything in common: a quick look before they are held together."""
    if claimed.keys & found.keys or (claimed.names and found.names):
        return True
    if any(opposites(key) & found.keys for key in claimed.keys):
        return True
    return bool(claimed.stems & found.stems) or bool(claimed.keys & TALKS and found.keys & TALKS)


def _partner(unit: Unit, found: Frame) -> Unit | None:
    if unit.key not in found.keys | TALKS and unit.kind == "word" and not found.names:
        return None
    return next((other for other in found.units if same_unit(unit, other)), None)


def _of_other_names(partner: dict[Unit, Unit | None], claimed: Frame, found: Frame) -> list[Unit]:
    """Words of a name that are all there, but in names of other things."""
    scattered = []
    for name in claimed.proper_names:
        words = [unit for unit in partner if unit.kind == "name" and unit.key in name.stems]
        if (
            len(words) > 1
            and all(partner[unit] is not None for unit in words)
            and not one_name(name, found.proper_names)
        ):
            scattered += words
    return scattered


def _anchored(claimed: Frame, found: Frame, partner: dict[Unit, Unit | None], turned: set[Unit]) -> bool:
    done = [unit for unit in partner if unit.side == "predicate"]
    if not done:
        if claimed.predicate == "be" and not _is_what_it_is(partner):
            return False
        keys = {unit.key for unit in claimed.units}
        happened = claimed.predicate in _HAPPENS and found.predicate in _TOOK_PLACE
        same = claimed.predicate == found.predicate
        return same or found.predicate in keys | _LIGHT or not _on(found, "predicate") or happened or bool(turned)
    for unit in done:
        other = partner[unit]
        if other is not None and other.side != "predicate" and found.predicate in _NOT_YET:
            continue  # a meeting that is being prepared has not met
        if unit in turned or (other is not None and (other.head or other.key == found.predicate)):
            return True
        if other is None and _carries(unit, claimed, found):
            return True
    return False


def _is_what_it_is(partner: dict[Unit, Unit | None]) -> bool:
    """Whether what the claim says its subject is, is what the source says it is, not something it mentions besides."""
    said = [unit for unit in partner if unit.side == "object" and unit.head and unit.kind == "word"]
    return all(other.head or other.side == "subject" for unit in said if (other := partner[unit]) is not None)


def told_share(claimed: Frame, found: Frame, context: str) -> float:
    """Share of the claim's strong units that the source has anywhere in the clause or around it, 0 to 1."""
    strong = [unit for unit in claimed.units if not unit.weak]
    around = surroundings(context).stems
    told = [
        unit for unit in strong
        if unit.key in around or any(same_unit(unit, other) for other in found.units)
        or (unit.kind in NAMED and spoken_of(unit, context, found, claimed))
    ]  # fmt: skip
    return len(told) / len(strong) if strong else 0.0


def _on(frame: Frame, side: str) -> list[Unit]:
    return [unit for unit in frame.units if unit.side == side]


def _carries(unit: Unit, claimed: Frame, found: Frame) -> bool:
    """ "an agreement was reached" is "agreed": a verb that only carries the noun which the source has as its verb."""
    if unit.side != "predicate" or unit.key not in _CARRIERS:
        return False
    return any(u.head and u.key == found.predicate for u in claimed.units if u.side in {"subject", "object"})


def _in_pieces(unit: Unit, found: Frame) -> bool:
    """A name of several words, each of which the source has as a word of its own."""
    if unit.kind not in {"person", "name"} or " " not in unit.text:
        return False
    return all(stem(word) in found.stems for word in unit.text.split())


def _described_otherwise(unit: Unit, claimed: Frame, found: Frame) -> bool:
    """Whether the source describes the same noun by another word: the health minister, not the finance minister."""
    ours = {other.key for other in claimed.units}
    return unit.kind != "word" or any(
        not other.head and not other.weak and other.key not in ours for other in _on(found, unit.side)
    )


def _of_everyone(unit: Unit, found: Frame) -> bool:
    """Whether the source denies it of everyone: "nobody was killed" speaks of "a passenger" too."""
    return found.nobody and unit.kind == "word" and unit.side in {"subject", "object"}


def _turned(unit: Unit, found: Frame, of: Frame) -> bool:
    """Whether the source says the opposite in the same place: "fell" where the claim has "rose"."""
    against = opposites(unit.key)
    if unit.side == "predicate" and _ATTEND in against and _was_there(found):
        return True
    if not against & found.keys:
        return False
    state = {"predicate", "object"} if "be" in {found.predicate, of.predicate} else set()  # "is open", "was closed"
    if unit.head and unit.side == "subject" and unit.kind == "word":
        return False  # "exports rose" is not denied by "imports rose"
    if _SET_OUT.search(found.text) or _SET_OUT.search(of.text):
        against -= _ARRIVE  # who left for a place may have arrived there
    return any(
        other.key in against and (other.side == unit.side or {other.side, unit.side} <= state) for other in found.units
    )


def _one_actor(partner: dict[Unit, Unit | None]) -> bool:
    """Whether whoever acts in the claim acts in the source."""
    acts = [(unit, other) for unit, other in partner.items() if unit.side == "subject" and unit.head]
    return bool(acts) and all(other is not None and other.side == "subject" and other.head for _, other in acts)


def _was_there(found: Frame) -> bool:
    """Whether the clause has its subject at an event: "opened the session"."""
    return found.predicate in _PRESENT and any(u.key in _GATHERINGS for u in found.units if u.side != "subject")


def reversed_roles(claimed: Frame, found: Frame) -> bool:
    """Whether who acts and who is acted upon have both changed places: "A beat B" against "B beat A"."""

    def named(frame: Frame, side: str) -> list[Unit]:
        return [u for u in frame.units if u.side == side and (u.kind in NAMED or (u.head and u.text[:1].isupper()))]

    def meet(ours: list[Unit], theirs: list[Unit]) -> bool:
        return any(same_unit(a, b) for a in ours for b in theirs)

    actor, target = named(claimed, "subject"), named(claimed, "object")
    other_actor, other_target = named(found, "subject"), named(found, "object")
    crossed = meet(actor, other_target) and meet(target, other_actor)
    return crossed and not meet(actor, other_actor) and not meet(target, other_target)


def _swapped(strong: list[Unit], partner: dict[Unit, Unit | None], claimed: Frame, found: Frame) -> bool:
    """Whether a named subject of the claim acts only as object in the source, or the reverse."""
    if not any(unit.side == "predicate" for unit in strong) and len(claimed.units) == len(_on(claimed, "subject")):
        return False  # "the race took place": nobody acts
    names = {"person", "country"}
    for unit in strong:
        other = partner[unit]
        if other is None or unit.kind not in names or unit.side not in {"subject", "object"}:
            continue
        sides = {u.side for u in found.units if same_unit(unit, u)}
        opposite = "object" if unit.side == "subject" else "subject"
        if sides == {opposite}:
            return True
    return False
