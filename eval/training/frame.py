"""The sentence frame: what a passage says, what a claim about it says, which parts are exclusive.

A slot is written ``{letter}`` or ``{letter:form}`` and typed in ``slots``. Dates, years and times bring their own
preposition.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Frame", "frame"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of fact with the ways to say it."""

    name: str
    """Unique over all frames."""
    slots: dict[str, str]
    """Letter to kind of value (a key of ``values.KINDS``)."""
    says: tuple[str, ...]
    """Sentences for passages; each holds every slot."""
    claims: tuple[str, ...]
    """Sentences for claims; each holds some of the slots. ``[xy]`` in front narrows ``exclusive`` for this claim."""
    exclusive: str
    """Letters whose exchange makes a claim false: there is only one such value."""
    open: str
    """Letters whose exchange leaves a claim undecided: others may hold as well."""
    denials: tuple[str, ...] = ()
    """Sentences that the passage contradicts by polarity or direction, with unchanged slots. With ``~`` in front the
    sentence may also be what the passage says; it then contradicts every claim that holds all of its slots."""
    beyond: tuple[str, ...] = ()
    """Sentences that the passage leaves open, with unchanged slots."""


def frame(
    name: str, slots: str, exclusive: str, open_: str, says: str, claims: str, denials: str = "", beyond: str = ""
) -> Frame:
    """Build a frame from short texts: slots as ``p=person r=role``, sentences one a line."""

    def lines(text: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in text.strip().splitlines() if line.strip())

    typed = dict(part.split("=") for part in slots.split())
    return Frame(name, typed, lines(says), lines(claims), exclusive, open_, lines(denials), lines(beyond))
