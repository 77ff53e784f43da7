"""Any number of different claims out of a file of documents, with what is known of their labels.

A claim that is extracted from a document is made ``as_said``: the store has that document, so it is supported, or
conflicting where other documents contradict it. Others are made from it by exchanging one part (a day, a number, a
person, a place) for another of its kind: nobody said such a claim, but for the rare exchange that is true by chance.
Claims of the grounds' develop half speak of a world that no document here knows: there is no evidence on them.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from factcheck.claims import extract
from factcheck.types import Claim
from vectorstore import load
from vectorstore.types import Document

AS_SAID, ELSEWHERE = "as_said", "other_world"
NOT_SUPPORTED = frozenset({"REFUTED", "NOT_ENOUGH_EVIDENCE"})
RIGHT: dict[str, frozenset[str]] = {
    AS_SAID: frozenset({"SUPPORTED", "CONFLICTING"}),
    "date": NOT_SUPPORTED, "number": NOT_SUPPORTED, "person": NOT_SUPPORTED, "place": NOT_SUPPORTED,
    ELSEWHERE: frozenset({"NOT_ENOUGH_EVIDENCE"}),
}  # fmt: skip
"""For each way a claim can be made, the labels that are right."""
ROUNDS = 60
"""How often each claim is changed at most; what gives nothing new is passed over."""
_MONTHS = ("January February March April May June July August September October November December").split()
_DAY = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_NUMBER = re.compile(r"(?<![\w.,:])\d{1,3}(?:,\d{3})*(?![\w:]|[.,]\d)")


class Made(NamedTuple):
    """A claim and how it was made."""

    claim: str
    as_of: date | None
    made: str
    """A key of ``RIGHT``."""
    out_of: str = ""
    """The claim that it was changed from."""


def documents_in(path: Path) -> list[Document]:
    """The documents of a file; what cannot be read is left out."""
    return [item for item in load([str(path)]) if isinstance(item, Document)]


def made_claims(documents: Sequence[Document], elsewhere: Path, *, most: int, seed: int = 7) -> list[Made]:
    """At most ``most`` different claims, mixed, so that the first thousand are like the rest."""
    chance = random.Random(seed)
    said = list(_said(documents))
    rows = [json.loads(line) for line in elsewhere.read_text("utf-8").splitlines()]
    claims = {made.claim: made for made, _ in said}
    claims |= {row["claim"]: Made(row["claim"], _day(row), ELSEWHERE) for row in rows}
    for made in _exchanged(said, chance):
        if len(claims) >= most:
            break
        claims.setdefault(made.claim, made)
    mixed = list(claims.values())
    chance.shuffle(mixed)
    return mixed[:most]


def _said(documents: Sequence[Document]) -> Iterator[tuple[Made, Claim]]:
    for document in documents:
        for claim in extract(document.text, as_of=document.published_date).claims:
            if claim.check_worthy:
                yield Made(claim.claim, claim.as_of, AS_SAID), claim


def _exchanged(said: Sequence[tuple[Made, Claim]], chance: random.Random) -> Iterator[Made]:
    """Every claim with one part exchanged, then every claim with another, and so on."""
    pools = {kind: _pool(said, kind) for kind in ("person", "place")}
    for _ in range(ROUNDS):
        for made, claim in said:
            ways = [("date", _DAY), ("number", _NUMBER), *((kind, _names(claim, kind)) for kind in pools)]
            found = [
                (kind, match)
                for kind, pattern in ways for match in islice(pattern.finditer(made.claim), 3)
                if not _since_when(kind, match)
            ]  # fmt: skip
            if found:
                kind, match = chance.choice(found)
                new = _other_day(match, chance) if kind == "date" else _other(match[0], pools.get(kind), chance)
                if new.casefold() not in made.claim.casefold():
                    changed = made.claim[: match.start()] + new + made.claim[match.end() :]
                    yield Made(changed, made.as_of, kind, made.claim)


def _since_when(kind: str, match: "re.Match[str]") -> bool:
    """Whether a day is one that may change without harm (who heads a body on one day does so on the next), or a number
    is the day of a date."""
    if kind == "date":
        return match.string[: match.start()].endswith("as of ")
    return kind == "number" and any(day.start() <= match.start() < day.end() for day in _DAY.finditer(match.string))


def _names(claim: Claim, kind: str) -> "re.Pattern[str]":
    """Finds the persons or places of a claim in its words."""
    names = {name for slot in claim.slots if slot.type == kind for name in (slot.text, slot.value) if name}
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)) or r"(?!)")


def _pool(said: Sequence[tuple[Made, Claim]], kind: str) -> list[str]:
    names = {slot.resolved for _, claim in said for slot in claim.slots if slot.type == kind}
    return sorted(name for name in names if kind == "place" or len(name.split()) > 1)


def _other(old: str, pool: Sequence[str] | None, chance: random.Random) -> str:
    """Another name out of the pool; without one, another number of the same size."""
    if pool is not None:
        return chance.choice(pool)
    number = int(old.replace(",", ""))
    new = chance.randint(max(number // 2, 1), 2 * number + 9)
    return f"{new if new != number else new + 1:,}" if "," in old or new < 1000 else str(new)


def _other_day(match: "re.Match[str]", chance: random.Random) -> str:
    try:
        day = date(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    except ValueError:
        return match[0]
    other = day + timedelta(days=chance.choice([-1, 1]) * chance.randint(1, 40))
    return f"{other:%B} {other.day}, {other.year}"


def _day(row: dict[str, str]) -> date | None:
    return date.fromisoformat(row["as_of"]) if row.get("as_of") else None
