"""Exchanges one typed part of a true claim about real text: year, date, month, number, negation, direction.

Takes pairs whose label is known and returns new ones whose label follows. Only plain cases are taken: the exchanged
part must stand word for word in both claim and passage, once in the claim, and its substitute nowhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .pairs import Pair
from .values import MONTHS

__all__ = ["EXCHANGES", "Changed", "contrast", "harmless"]

_BOUND = re.compile(
    r"\b(?:more|less|fewer|over|under|least|most|above|below|about|around|nearly|almost|approximately|roughly|before|after|"
    r"since|as of|until|by|between|from|exceed\w*|than|up to|to)\b[\w\s$£€,.:]{0,20}$",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:cases?|deaths?|fatalit\w+|recover\w+|infect\w+|tested|views|votes|rating|score|reviews?|sold|copies)\b",
    re.IGNORECASE,
)
"""What is counted again and again: another date there means another count, not a false one."""
_YEAR = re.compile(r"\b(1[6-9]\d\d|20[0-3]\d)\b")
_NUMBER = re.compile(r"(?<![\w.,/:-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/:-]|[.,]\d)")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_DATE = re.compile(rf"\b(?:(\d{{1,2}}) ({'|'.join(MONTHS)})|({'|'.join(MONTHS)}) (\d{{1,2}}))\b(?:,? (\d{{4}}))?")
_PLAIN_VERB = re.compile(r"\b(is|was|are|were|has been|have been|can|will)\b(?! not|n't| no | never)")
_TURNS: tuple[tuple[str, str], ...] = (
    ("increased", "decreased"),
    ("rose", "fell"),
    ("won", "lost"),
    ("more than", "less than"),
    ("before", "after"),
    ("largest", "smallest"),
    ("highest", "lowest"),
    ("oldest", "youngest"),
    ("north", "south"),
    ("northern", "southern"),
    ("east", "west"),
    ("eastern", "western"),
    ("opened", "closed"),
    ("accepted", "rejected"),
    ("supports", "opposes"),
    ("best", "worst"),
    ("alive", "dead"),
    ("male", "female"),
    ("older", "younger"),
    ("longer", "shorter"),
    ("higher", "lower"),
    ("positive", "negative"),
    ("husband", "wife"),
    ("actor", "actress"),
    ("began", "ended"),
    ("fiction", "non-fiction"),
    ("married", "divorced"),
    ("majority", "minority"),
    ("above", "below"),
)
_OPPOSITE = {**dict(_TURNS), **{new: old for old, new in _TURNS}}
_TURN = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _OPPOSITE), key=len, reverse=True))})\b")
NEGATED_SHARE = 0.4
"""Share of true claims that are negated: as many "not" claims come out false as come out true."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim after an exchange."""

    claim: str
    """The new claim."""
    kind: str
    """The exchanged part."""


def _once(text: str, part: str) -> bool:
    return len(re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", text)) == 1


def _stands_in(text: str, part: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(part)}(?![\w]|[.,]\d)", text) is not None


def exchange_year(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with its only year moved by one to ten years; the old year must be the passage's only one."""
    years = _YEAR.findall(claim)
    if len(years) != 1 or set(_YEAR.findall(passage)) != set(years) or _SERIES.search(claim):
        return
    found = _YEAR.search(claim)
    # A capital after the year means that the year is part of a name: "the 2003 World Cup".
    if found is None or re.match(r"\s+[A-Z]", claim[found.end() :]) or _BOUND.search(claim[: found.start()]):
        return
    new = str(int(years[0]) + random_state.choice((-10, -5, -3, -2, -1, 1, 2, 3, 4, 7)))
    yield Changed(claim[: found.start()] + new + claim[found.end() :], "year")


def exchange_number(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with a plain number changed, if claim and passage share it and nothing bounds it."""
    found = _NUMBER.search(claim)
    if found is None or _YEAR.fullmatch(found[1]) or not _once(claim, found[1]) or not _stands_in(passage, found[1]):
        return
    # A capital before the number means that the number is part of a name: "Chapter 3".
    if re.search(r"[A-Z]\w*[\s,]+$", claim[: found.start()]) and found.start() > 0:
        return
    if _BOUND.search(claim[: found.start()]) or _MONTH.search(claim):
        return
    text = found[1].replace(",", "")
    if "." in text:
        step = max(0.1, round(float(text) * 0.2, 1)) * random_state.choice((-1, 1, 2, 0.5))
        new = f"{float(text) + step:.{len(text.split('.')[1])}f}"
    else:
        number = int(text)
        changes = (number + 1, number + 2, number * 2, number + max(1, number // 5), number // 2)
        changed = max(1, random_state.choice(changes))
        new = f"{changed:,}" if "," in found[1] else f"{changed}"
    if new != found[1] and not _stands_in(passage, new):
        yield Changed(claim[: found.start()] + new + claim[found.end() :], "number")


def exchange_month(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with its only month exchanged, if it is the passage's only month too."""
    months = _MONTH.findall(claim)
    if len(months) != 1 or set(_MONTH.findall(passage)) != set(months) or _SERIES.search(claim):
        return
    found = _MONTH.search(claim)
    if found is None or _BOUND.search(claim[: found.start()]):
        return
    new = random_state.choice([month for month in MONTHS if month != months[0]])
    yield Changed(_MONTH.sub(new, claim), "month")


def exchange_day(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with the day of its only full date changed, if the passage holds that one date only."""
    found = _DATE.search(claim)
    if (
        found is None
        or len(_DATE.findall(claim)) != 1
        or _SERIES.search(claim)
        or _BOUND.search(claim[: found.start()])
    ):
        return
    day, month = found[1] or found[4], found[2] or found[3]
    dates = {(d or e, m or n) for d, m, n, e, _ in _DATE.findall(passage)}
    if dates != {(day, month)}:
        return
    new = str(random_state.choice([d for d in range(1, 29) if d != int(day)]))
    changed = (
        found[0].replace(f"{month} {day}", f"{month} {new}")
        if found[3]
        else found[0].replace(f"{day} {month}", f"{new} {month}")
    )
    yield Changed(claim[: found.start()] + changed + claim[found.end() :], "date")


def exchange_direction(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with one word of direction or rank turned into its opposite."""
    found = _TURN.findall(claim)
    if (
        len(found) == 1
        and _stands_in(passage.lower(), found[0])
        and not _stands_in(passage.lower(), _OPPOSITE[found[0]])
    ):
        del random_state
        yield Changed(_TURN.sub(_OPPOSITE[found[0]], claim), "direction")


def negate(claim: str, passage: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with its only auxiliary negated."""
    found = list(_PLAIN_VERB.finditer(claim))
    if len(found) == 1 and not re.search(
        r"\b(?:not|never|no|only|none|n't|nor|all|every|or|least|most|fewer|less|more|than)\b|n't", claim
    ):
        del passage, random_state
        word = found[0][1]
        denied = word.replace(" been", " not been") if " " in word else f"{word} not"
        yield Changed(claim[: found[0].start()] + denied + claim[found[0].end() :], "negation")


EXCHANGES: tuple[Callable[[str, str, random.Random], Iterator[Changed]], ...] = (
    exchange_year,
    exchange_number,
    exchange_month,
    exchange_day,
    exchange_direction,
    negate,
)


def harmless(claim: str, random_state: random.Random) -> Iterator[Changed]:
    """Yield the claim with a date or number written in another usual form, meaning the same."""
    date = _DATE.search(claim)
    if date and _once(claim, date[0]):
        day, month, year = date[1] or date[4], date[2] or date[3], date[5]
        new = (f"{month} {day}" if date[1] else f"{day} {month}") + (f"{',' if date[1] else ''} {year}" if year else "")
        yield Changed(claim.replace(date[0], new), "keep:date")
    number = re.search(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)", claim)
    if number:
        yield Changed(claim.replace(number[0], number[0].replace(",", "")), "keep:number")
    million = re.search(r"(?<![\w.,])(\d+)(?:\.(\d))? million\b", claim)
    if million and random_state.random() < 0.7:
        full = int(million[1]) * 1_000_000 + int(million[2] or 0) * 100_000
        yield Changed(claim.replace(million[0], f"{full:,}"), "keep:number")
    percent = re.search(r"(?<![\w.,])(\d+(?:\.\d+)?)\s?(%| percent| per cent)", claim)
    if percent:
        forms = [f"{percent[1]}%", f"{percent[1]} percent", f"{percent[1]} per cent"]
        new = random_state.choice([form for form in forms if form != percent[0]])
        yield Changed(claim.replace(percent[0], new), "keep:number")


def contrast(pairs: Sequence[Pair], *, seed: int) -> list[Pair]:
    """Return new pairs from supported ``pairs`` (refuted by one exchange, or harmlessly changed), and from refuted
    ones (true once negated). Every new pair keeps the passage and the group of its origin.
    """
    random_state = random.Random(f"contrast:{seed}")
    made: list[Pair] = []
    for pair in sorted(set(pairs), key=lambda pair: pair.id):
        found: list[tuple[Changed, str]] = []
        if pair.label == "supported":
            for exchange in EXCHANGES:
                if exchange is not negate or random_state.random() < NEGATED_SHARE:
                    found += [(changed, "refuted") for changed in exchange(pair.claim, pair.evidence, random_state)]
            found += [(changed, "supported") for changed in harmless(pair.claim, random_state)]
        elif pair.label == "refuted" and random_state.random() < 0.6:
            found += [
                (Changed(c.claim, "keep:negation"), "supported")
                for c in negate(pair.claim, pair.evidence, random_state)
            ]
        elif pair.label == "nei" and random_state.random() < 0.25:
            found += [
                (Changed(c.claim, "open:negation"), "nei") for c in negate(pair.claim, pair.evidence, random_state)
            ]
        for changed, label in found:
            if changed.claim != pair.claim:
                name = f"{pair.id}-{changed.kind}"
                made.append(
                    Pair(name, changed.claim, pair.evidence, label, f"real_{pair.source}", pair.group, changed.kind)
                )
    return made
