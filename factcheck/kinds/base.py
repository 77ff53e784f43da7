"""What every claim type gives: slots found in a sentence, and a comparison of a claimed statement with a found one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from factcheck.language.sentence import Sentence
from factcheck.types import Claim, Slot, SlotStatus, SlotVerdict, Span, Stance


@dataclass(frozen=True)
class Assertion:
    """Something a sentence says, typed; becomes a Claim of the text it was found in."""

    kind: str
    text: str
    """The statement so that it stands alone."""
    span: Span
    """Where the whole text says it."""
    slots: tuple[Slot, ...]
    attribution: str | None = None
    check_worthy: bool = True
    reason: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What one found statement says of one claimed statement of the same type."""

    stance: Stance
    slots: tuple[SlotVerdict, ...]
    fit: float
    """How much of what the claim speaks of the source speaks of too, 0 to 1."""
    note: str
    """One sentence on what was compared."""
    correction: str | None = None
    """The claim as the source would have it; None unless the stance is refutes."""
    marks: tuple[Span, ...] = ()
    """The decisive words of the source, as spans of its document."""
    when: date | None = None
    """The day the source speaks of, for statements that hold at a time; None when it does not matter."""
    left_over: tuple[str, ...] = field(default=())
    """Words of the claim that this source says nothing about."""


class Kind(Protocol):
    """One claim type; each module of this package but ``base`` and ``frame`` is one."""

    NAME: str

    def find(self, sentence: Sentence) -> list[Assertion]:
        """What the sentence asserts of this type."""
        ...

    def compare(self, claimed: Claim, found: Claim) -> Comparison | None:
        """How ``found``, a statement of a source, bears on ``claimed``; None when they are about different things."""
        ...


def slot_verdict(claimed: Slot, found: Slot | str | None, status: SlotStatus) -> SlotVerdict:
    """The claimed slot beside what was found."""
    text = found.text if isinstance(found, Slot) else found
    return SlotVerdict(type=claimed.type, claimed=claimed.text, found=text, status=status, span=claimed.span)


def matched(claimed: Slot, found: Slot | str | None) -> SlotVerdict:
    """A slot that agrees."""
    return slot_verdict(claimed, found, SlotStatus.MATCH)


def mismatched(claimed: Slot, found: Slot | str | None) -> SlotVerdict:
    """A slot that does not agree."""
    return slot_verdict(claimed, found, SlotStatus.MISMATCH)


def not_found(claimed: Slot) -> SlotVerdict:
    """A slot the source says nothing about."""
    return slot_verdict(claimed, None, SlotStatus.NOT_FOUND)


def spans_of(slots: Sequence[Slot | None]) -> tuple[Span, ...]:
    """The spans of those slots that have one."""
    return tuple(slot.span for slot in slots if slot is not None and slot.span is not None)


def days_apart(a: date | None, b: date | None) -> int | None:
    """Days between two dates, None when one is unknown."""
    return None if a is None or b is None else abs((a - b).days)
