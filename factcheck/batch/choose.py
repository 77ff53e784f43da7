"""Which rows take part: conditions on what a row has, as ``desk=politics`` or ``as_of>=2025-07-01``."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from factcheck.batch.rows import Fields, Row
from factcheck.errors import UsageError

_CONDITION = re.compile(
    r"\s*(?P<field>[^=!<>~\s][^=!<>~]*?)\s*(?P<sign>!=|<=|>=|=|<|>|~)\s*(?P<value>.*?)\s*\Z", re.DOTALL
)
_SIGNS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda have, want: have.casefold() == want.casefold(),
    "!=": lambda have, want: have.casefold() != want.casefold(),
    "~": lambda have, want: want.casefold() in have.casefold(),
    "<": lambda have, want: _order(have, want) < 0,
    "<=": lambda have, want: _order(have, want) <= 0,
    ">": lambda have, want: _order(have, want) > 0,
    ">=": lambda have, want: _order(have, want) >= 0,
}


class Condition(NamedTuple):
    """One thing that a row must have."""

    field: str
    sign: str
    value: str

    def holds(self, fields: Fields) -> bool:
        """Whether it does; a row without the field, or with nothing in it, only passes ``!=``."""
        have = fields.get(self.field)
        if have is None or have == "":
            return self.sign == "!=" and self.value != ""
        return _SIGNS[self.sign](_written(have), self.value)


def conditions(asked: Sequence[str]) -> tuple[Condition, ...]:
    """The conditions of ``--where``, all of which must hold; raises UsageError for one that cannot be read."""
    found = []
    for text in asked:
        match = _CONDITION.match(text)
        if match is None:
            raise UsageError(f"--where {text!r} is not like desk=politics; signs are {' '.join(_SIGNS)}")
        found.append(Condition(match["field"].lower(), match["sign"], match["value"]))
    return tuple(found)


def chosen(rows: Iterable[Row], wanted: Sequence[Condition], *, limit: int | None = None) -> Iterator[Row]:
    """The rows for which every condition holds, at most ``limit`` of them. What could not be read takes part."""
    kept = (row for row in rows if not row.fields or all(one.holds(row.fields) for one in wanted))
    return islice(kept, limit)


def _order(have: str, want: str) -> int:
    """Below, at or above 0: by number where both are, else as text, which is right for ISO dates."""
    try:
        return _sign(float(have), float(want))
    except ValueError:
        return _sign(have, want)


def _sign(have: float | str, want: float | str) -> int:
    return (have > want) - (have < want)  # type: ignore[operator]  # both of one type


def _written(value: object) -> str:
    """A value as JSON has it, a text as it is."""
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
