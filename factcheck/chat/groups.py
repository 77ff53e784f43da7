"""What several sources answer, put together: spellings of one name are one answer, other days are other answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from factcheck.names import compare_people, fold
from factcheck.types import Fact

Time = tuple[date, date]
"""The first and the last day asked about."""
NEAR_DAYS = 14
"""Sources this many days from the day asked about speak of it."""


@dataclass(frozen=True)
class Found:
    """One answer of one source."""

    value: str
    fact: Fact
    day: date | None
    """The day the source speaks of; None when unknown."""


@dataclass
class Group:
    """One answer and who gives it."""

    values: list[str] = field(default_factory=list)
    """As each source has it."""
    facts: list[Fact] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)

    @property
    def value(self) -> str:
        """The fullest form, of several the commonest."""
        words = max(len(value.split()) for value in self.values)
        full = [value for value in self.values if len(value.split()) == words]
        return max(full, key=lambda value: (full.count(value), value))

    @property
    def sources(self) -> int:
        """Publishers that say so; a document without one counts for itself."""
        return len({fact.document.publisher or fact.document.doc_id for fact in self.facts})

    def distance(self, time: Time) -> int:
        """Days from ``time`` to the nearest that it is said of; undated sources count as just too far away."""
        return min(_apart(one, time) for one in self.days)

    def nearest_first(self, time: Time | None) -> list[Fact]:
        """Its facts, those that speak of ``time`` first."""
        if time is None:
            return self.facts
        rows = sorted(zip(self.days, self.facts, strict=True), key=lambda row: _apart(row[0], time))
        return [fact for _, fact in rows]

    def near(self, time: Time | None) -> bool:
        """Whether it is said of about that time; anything is when none was asked for."""
        return time is None or self.distance(time) <= NEAR_DAYS


def _apart(one: date | None, time: Time) -> int:
    if one is None:
        return NEAR_DAYS + 1
    return max(0, (time[0] - one).days, (one - time[1]).days)


def grouped(found: Sequence[Found], *, names: bool) -> list[Group]:
    """The answers apart, the one with most sources first. ``names``: compared as names of persons."""
    groups: list[Group] = []
    for one in sorted(found, key=lambda f: -len(f.value)):
        group = next((g for g in groups if _same(g.values[0], one.value, names=names)), None)
        if group is None:
            group = Group()
            groups.append(group)
        group.values.append(one.value)
        group.facts.append(one.fact)
        group.days.append(one.day)
    return sorted(groups, key=lambda group: (-group.sources, group.value))


def _same(a: str, b: str, *, names: bool) -> bool:
    return compare_people(a, b).could_be if names else fold(a) == fold(b)


def of_the_day(groups: Sequence[Group], time: Time | None, *, present: bool) -> tuple[Group, list[Group]]:
    """The answer for ``time`` and the others: the nearest, or the latest where the present was asked for."""
    if time is not None:
        nearest = min(group.distance(time) for group in groups)
        of_it = [group for group in groups if group.distance(time) <= max(nearest, NEAR_DAYS)]
        return of_it[0], [group for group in groups if group is not of_it[0] and group.near(time)]
    if present:
        latest = max(groups, key=lambda group: max((one for one in group.days if one), default=date.min))
        return latest, [group for group in groups if group is not latest]
    return groups[0], list(groups[1:])
