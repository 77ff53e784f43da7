"""Typed values for generated sentences: how one is drawn, exchanged for another, and said in another way.

A value knows its kind and its text; ``same`` gives texts that mean no less and no more than the evidence allows,
``other`` a value that cannot be true beside the first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import names

__all__ = ["KINDS", "MONTHS", "Value", "capitalised", "fresh", "number_words", "other", "same", "shown"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
MEASURES: tuple[tuple[str, str, str], ...] = (
    ("kilometres", "km", "miles"),
    ("metres", "m", "feet"),
    ("hectares", "ha", "square metres"),
    ("square kilometres", "sq km", "acres"),
)
SPANS = ("minutes", "hours", "days", "weeks", "months", "years")
CURRENCIES = (("$", "dollars"), ("€", "euros"), ("£", "pounds"))


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that can stand in a slot."""

    kind: str
    """A key of ``KINDS``."""
    text: str
    """As first said in the evidence."""
    parts: tuple[str | int, ...] = ()
    """What the text was made from; differs by kind."""


def capitalised(text: str) -> str:
    """Return ``text`` with its first letter large."""
    return text[:1].upper() + text[1:]


def number_words(number: int) -> str:
    """Return a number as newspapers write it: words to twelve, then digits with commas."""
    return _SMALL[number] if number <= 12 else f"{number:,}"


def shown(day: int, month: int, year: int, form: int) -> str:
    """Return a date with its preposition, in one of six forms: 0-2 with the year, 3-4 without, 5 without the day."""
    name = MONTHS[month - 1]
    return (
        f"on {day} {name} {year}",
        f"on {name} {day}, {year}",
        f"on {year}-{month:02d}-{day:02d}",
        f"on {day} {name}",
        f"on {name} {day}",
        f"in {name} {year}",
    )[form]


def _pick(entries: Sequence[object], random_state: random.Random, side: str) -> object:
    return random_state.choice(names.allowed(entries, side))


def _person(random_state: random.Random, side: str) -> Value:
    first, last = str(_pick(names.FIRST, random_state, side)), str(_pick(names.LAST, random_state, side))
    return Value("person", f"{first} {last}", (first, last))


def _role(random_state: random.Random, side: str) -> Value:
    words = names.ROLES[random_state.randrange(len(names.ROLES))]
    del side
    return Value("role", random_state.choice(words), words)


def _listed(kind: str, entries: Sequence[str]) -> Callable[[random.Random, str], Value]:
    return lambda random_state, side: Value(kind, str(_pick(entries, random_state, side)))


def _country(random_state: random.Random, side: str) -> Value:
    chosen = _pick(names.COUNTRIES, random_state, side)
    if not isinstance(chosen, names.Country):
        raise TypeError("the list of countries holds something else")
    return Value("country", chosen.name, (chosen.name, chosen.adjective, chosen.capital))


def _date(random_state: random.Random, side: str) -> Value:
    del side
    day, month, year = random_state.randint(1, 28), random_state.randint(1, 12), random_state.randint(1998, 2027)
    return Value("date", shown(day, month, year, random_state.choice((0, 0, 1))), (day, month, year))


def _year(random_state: random.Random, side: str) -> Value:
    del side
    year = random_state.randint(1890, 2026)
    return Value("year", f"in {year}", (year,))


def _count(random_state: random.Random, side: str) -> Value:
    del side
    size = random_state.choice((12, 60, 400, 3000, 40000))
    number = random_state.randint(max(2, size // 8), size)
    if number > 400 and random_state.random() < 0.5:
        number -= number % 50
    return Value("count", number_words(number), (number,))


def _money(random_state: random.Random, side: str) -> Value:
    del side
    number = random_state.choice((random_state.randint(2, 95), random_state.randint(11, 99) / 10))
    sign, _ = random_state.choice(CURRENCIES)
    size = random_state.choice(("million", "billion"))
    return Value("money", f"{sign}{number:g} {size}", (f"{number:g}", sign, size))


def _measure(rows: Sequence[int]) -> Callable[[random.Random, str], Value]:
    def draw(random_state: random.Random, side: str) -> Value:
        del side
        number, row = random_state.randint(3, 900), random_state.choice(rows)
        return Value("distance" if row < 2 else "area", f"{number} {MEASURES[row][0]}", (number, row))

    return draw


def _span(kind: str, units: Sequence[str]) -> Callable[[random.Random, str], Value]:
    def draw(random_state: random.Random, side: str) -> Value:
        del side
        number, unit = random_state.randint(2, 50), random_state.choice(units)
        return Value(kind, f"{number_words(number)} {unit}", (number, unit))

    return draw


def _between(low: int, high: int) -> Callable[[random.Random, str], Value]:
    def draw(random_state: random.Random, side: str) -> Value:
        del side
        number = random_state.randint(low, high)
        return Value(
            "percent", random_state.choice((f"{number} percent", f"{number}%", f"{number} per cent")), (number,)
        )

    return draw


def _ordinal(random_state: random.Random, side: str) -> Value:
    del side
    return Value("ordinal", random_state.choice(ORDINALS))


def _clock(random_state: random.Random, side: str) -> Value:
    del side
    hour, minute = random_state.randint(1, 11), random_state.choice((0, 15, 30, 45, 20, 50))
    half = random_state.choice(("a.m.", "p.m."))
    return Value("time", f"at {hour}:{minute:02d} {half}", (hour, minute, half))


KINDS: dict[str, Callable[[random.Random, str], Value]] = {
    "person": _person,
    "role": _role,
    "body": _listed("body", names.BODIES),
    "place": _listed("place", names.CITIES),
    "product": _listed("product", names.PRODUCTS),
    "country": _country,
    "date": _date,
    "year": _year,
    "count": _count,
    "percent": _between(3, 96),
    "low": _between(2, 40),
    "high": _between(42, 97),
    "money": _money,
    "distance": _measure((0, 1)),
    "area": _measure((2, 3)),
    "duration": _span("duration", SPANS[:3]),
    "term": _span("term", SPANS[3:]),
    "ordinal": _ordinal,
    "time": _clock,
}
_NUMBERS = frozenset({"percent", "money", "distance", "area", "duration", "term", "ordinal", "time", "date", "count"})
"""Kinds that collide by their parts all the time; names must not share even one part."""
_PARTS = dict.fromkeys(("count", "percent", "money", "distance", "area", "duration", "term"), "number")
"""What is said to differ where one whole value stands for another."""


def fresh(kind: str, random_state: random.Random, side: str, *, apart: Sequence[Value] = ()) -> Value:
    """Return a new value of ``kind`` from what ``side`` may use, unlike every value in ``apart``."""
    taken = {part for value in apart for part in (value.text, *value.parts) if part}
    for _ in range(200):
        value = KINDS[kind](random_state, side)
        said = {value.text} if value.kind in _NUMBERS else {value.text, *value.parts}
        if not said & taken:
            return value
    raise ValueError(f"no value of kind {kind} is left beside {len(apart)} others")


def _other_date(value: Value, random_state: random.Random) -> tuple[Value, str]:
    day, month, year = (int(part) for part in value.parts)
    part = random_state.choice(("date", "date", "month", "year"))
    if part == "date":
        day = random_state.choice([d for d in range(1, 29) if d != day])
    elif part == "month":
        month = random_state.choice([m for m in range(1, 13) if m != month])
    else:
        year += random_state.choice((-3, -2, -1, 1, 2))
    return Value("date", shown(day, month, year, 0), (day, month, year)), part


def _other_number(value: Value, random_state: random.Random) -> tuple[Value, str]:
    number = int(value.parts[0])
    changed = random_state.choice((number + random_state.randint(1, 3), number * 2, max(2, number // 2), number * 10))
    if number > 200:
        changed = random_state.choice((changed, number + 100 * random_state.randint(1, 4)))
    if changed == number:
        changed = number + 1
    if value.kind == "percent":
        changed = random_state.choice([n for n in range(2, 99) if abs(n - number) > 1])
        return Value("percent", f"{changed} percent", (changed,)), "number"
    return Value("count", number_words(changed), (changed,)), "number"


def _other_unit(value: Value, random_state: random.Random) -> tuple[Value, str]:
    if value.kind == "money":
        number, sign, size = (str(part) for part in value.parts)
        if random_state.random() < 0.5:
            changed = random_state.choice([s for s, _ in CURRENCIES if s != sign])
            return Value("money", f"{changed}{number} {size}", (number, changed, size)), "unit"
        size = "billion" if size == "million" else "million"
        return Value("money", f"{sign}{number} {size}", (number, sign, size)), "unit"
    number_, row = int(value.parts[0]), value.parts[1]
    if value.kind in {"distance", "area"}:
        return Value(value.kind, f"{number_} {MEASURES[int(row)][2]}", (number_, -1)), "unit"
    unit = random_state.choice([u for u in SPANS if u != row])
    return Value(value.kind, f"{number_words(number_)} {unit}", (number_, unit)), "unit"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A value put in place of another, and the name of the part that differs."""

    value: Value
    """The new value."""
    part: str
    """``date``, ``month``, ``year``, ``number``, ``unit``, ``person`` ..."""


def other(value: Value, random_state: random.Random, side: str, *, passage: Sequence[Value] = ()) -> Exchange:
    """Return a value that cannot hold beside ``value``; half the time one of the same kind from ``passage``.

    A person may keep the first or the last name; a date changes in exactly one of day, month and year.
    """
    rivals = [v for v in passage if v.kind == value.kind and not {v.text, *v.parts} & {value.text, *value.parts}]
    if rivals and value.kind not in {"year"} and random_state.random() < 0.5:
        rival = random_state.choice(rivals)
        return Exchange(rival, _PARTS.get(value.kind, value.kind))
    if value.kind == "date":
        return Exchange(*_other_date(value, random_state))
    if value.kind in {"count", "percent"}:
        return Exchange(*_other_number(value, random_state))
    if value.kind in {"money", "distance", "area", "duration", "term"} and random_state.random() < 0.5:
        return Exchange(*_other_unit(value, random_state))
    if value.kind == "year":
        year = int(value.parts[0]) + random_state.choice((-10, -4, -2, -1, 1, 2, 3, 10))
        return Exchange(Value("year", f"in {year}", (year,)), "year")
    found = fresh(value.kind, random_state, side, apart=[*passage, value])
    if value.kind == "person" and random_state.random() < 0.3:
        first, last = value.parts[0], found.parts[1]
        found = Value("person", f"{first} {last}", (first, last))
    return Exchange(found, _PARTS.get(value.kind, value.kind))


def _same_number(number: int, random_state: random.Random) -> str:
    if number < 40:
        return random_state.choice((f"{number}", number_words(number)))
    low = number - number % (10 ** (len(str(number)) - 2) * 5)
    forms = [f"{number:,}", f"{number}"]
    if low < number:
        forms += [f"more than {low:,}", f"over {low:,}", f"at least {low:,}"]
    return random_state.choice(forms)


def same(value: Value, random_state: random.Random) -> str:
    """Return another text for ``value`` that the evidence still proves: other form, synonym, less detail."""
    if value.kind == "date":
        day, month, year = (int(part) for part in value.parts)
        return shown(day, month, year, random_state.randrange(6))
    if value.kind == "person":
        first, last = str(value.parts[0]), str(value.parts[1])
        respelt = names.respell(last, random_state)
        return random_state.choice((last, f"{first} {respelt}", f"{first} {respelt}", f"{first[0]}. {last}", respelt))
    if value.kind == "role":
        return str(random_state.choice(value.parts))
    if value.kind == "count":
        return _same_number(int(value.parts[0]), random_state)
    if value.kind == "percent":
        return random_state.choice((f"{value.parts[0]} percent", f"{value.parts[0]}%", f"{value.parts[0]} per cent"))
    if value.kind == "money":
        number, sign, size = (str(part) for part in value.parts)
        word = dict(CURRENCIES)[sign]
        return random_state.choice((f"{number} {size} {word}", f"{sign}{number} {size}", f"{sign}{number}{size[0]}n"))
    if value.kind in {"distance", "area"} and int(value.parts[1]) >= 0:
        return f"{value.parts[0]} {MEASURES[int(value.parts[1])][1]}"
    if value.kind in {"duration", "term"}:
        return random_state.choice((f"{value.parts[0]} {value.parts[1]}", f"some {value.text}", f"about {value.text}"))
    return value.text
