"""Turns frames into short passages and claims about them, each with the label that follows from what was exchanged."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .frame import Frame
from .pairs import Pair
from .passages import with_head
from .values import Value, capitalised, fresh, other, same

__all__ = ["Draft", "compose", "fill"]

_SLOT = re.compile(r"\{(\w)(?::(\w+))?\}")
_MARK = re.compile(r"^(?:\[(\w*)\] |(~))")
_NAMED = frozenset({"person", "country", "body", "place", "product"})
TITLES = (
    "Overnight report",
    "Daily briefing",
    "Week in review",
    "What we know so far",
    "In brief",
    "From our correspondent",
    "Background",
    "Country notes",
    "Regional news",
    "At a glance",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim about a passage, not yet a pair."""

    claim: str
    """The sentence."""
    label: str
    """What the passage says about it."""
    kind: str
    """The exchanged part; ``keep:`` and the reason for claims that stay true."""


def _said(value: Value, form: str | None, text: str | None = None) -> str:
    if form == "adj":
        return str(value.parts[1])
    shown = value.text if text is None else text
    return capitalised(shown) if form == "cap" else shown


def fill(template: str, values: dict[str, Value], texts: dict[str, str] | None = None) -> str:
    """Return ``template`` with its slots filled; ``texts`` replaces the wording of single slots.

    >>> fill("{n:cap} came {d}.", {"n": Value("count", "two"), "d": Value("date", "on 1 May")})
    'Two came on 1 May.'
    """
    changed = texts or {}
    text = _SLOT.sub(lambda found: _said(values[found[1]], found[2], changed.get(found[1])), _bare(template))
    return capitalised(text).replace("..", ".")


def _bare(template: str) -> str:
    return _MARK.sub("", template)


def _letters(template: str) -> list[str]:
    return list(dict.fromkeys(found[1] for found in _SLOT.finditer(template)))


def _draw(frame: Frame, random_state: random.Random, side: str, apart: Sequence[Value]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for letter, kind in frame.slots.items():
        values[letter] = fresh(kind, random_state, side, apart=[*apart, *values.values()])
    return values


def _kept(frame: Frame, values: dict[str, Value], random_state: random.Random) -> Iterator[Draft]:
    """Yield claims that stay true: other wording, then other wording with one value said in another way."""
    yield Draft(fill(random_state.choice(frame.claims), values), "supported", "keep:wording")
    template = random_state.choice(frame.claims)
    letters = _letters(template)
    random_state.shuffle(letters)
    for letter in letters:
        text = same(values[letter], random_state)
        plain = f"{{{letter}:adj}}" not in template
        if plain and text != values[letter].text:
            yield Draft(fill(template, values, {letter: text}), "supported", f"keep:{values[letter].kind}")
            return


def _exchanged(
    frame: Frame,
    values: dict[str, Value],
    random_state: random.Random,
    side: str,
    letters: str,
    label: str,
    passage: Sequence[Value],
) -> Iterator[Draft]:
    """Yield one claim with one value exchanged, out of ``letters``, or nothing where no claim holds such a slot."""
    template = random_state.choice(frame.claims)
    mark = _MARK.match(template)
    if mark and mark[1] is not None and label == "refuted":
        letters = "".join(letter for letter in letters if letter in mark[1])
    fitting = [letter for letter in _letters(template) if letter in letters]
    if not fitting:
        return
    letter = random_state.choice(fitting)
    # A fact's own second person or country is no rival: it may well stand in the other slot too.
    own = [value for value in values.values() if value.kind in _NAMED]
    rivals = [value for value in passage if value not in own] + [values[letter]]
    swapped = other(values[letter], random_state, side, passage=rivals)
    if swapped.value in own:
        return
    claim = fill(template, {**values, letter: swapped.value})
    if claim != fill(template, values):
        yield Draft(claim, label, swapped.part if label == "refuted" else f"open:{swapped.part}")


def _swapped(frame: Frame, values: dict[str, Value], random_state: random.Random) -> Iterator[Draft]:
    """Yield a claim about direction or polarity that the passage contradicts."""
    if frame.denials:
        yield Draft(fill(random_state.choice(frame.denials), values), "refuted", "polarity")


def _beyond(frame: Frame, values: dict[str, Value], random_state: random.Random) -> Iterator[Draft]:
    if frame.beyond:
        yield Draft(fill(random_state.choice(frame.beyond), values), "nei", "beyond")


def _denied(frame: Frame, values: dict[str, Value], random_state: random.Random) -> tuple[str, list[Draft]] | None:
    """Return a passage sentence that denies, with the claims it supports and refutes; None where the frame has none."""
    usable = [text for text in frame.denials if text.startswith("~")]
    if not usable:
        return None
    template = random_state.choice(usable)
    held = set(_letters(template))
    claims = [claim for claim in frame.claims if held <= set(_letters(claim))]
    drafts = [Draft(fill(template, values), "supported", "keep:polarity")]
    if claims:
        drafts.append(Draft(fill(random_state.choice(claims), values), "refuted", "polarity"))
    return fill(template, values), drafts


def _drafts(
    frame: Frame, values: dict[str, Value], random_state: random.Random, side: str, passage: Sequence[Value]
) -> Iterator[Draft]:
    yield from _kept(frame, values, random_state)
    for _ in range(2):
        yield from _exchanged(frame, values, random_state, side, frame.exclusive, "refuted", passage)
    if random_state.random() < 0.5:
        yield from _swapped(frame, values, random_state)
    if random_state.random() < 0.6:
        yield from _exchanged(frame, values, random_state, side, frame.open, "nei", passage)
    if random_state.random() < 0.6:
        yield from _beyond(frame, values, random_state)


def compose(frames: Sequence[Frame], *, scenes: int, side: str, seed: int) -> list[Pair]:
    """Return pairs about ``scenes`` generated passages of one to four facts, each from another frame of ``frames``.

    ``side`` chooses the names. Every pair of a scene has the scene as its group.
    """
    random_state = random.Random(f"compose:{side}:{seed}")
    pairs: list[Pair] = []
    for scene in range(scenes):
        chosen = random_state.sample(list(frames), min(len(frames), random_state.choice((1, 1, 2, 2, 3, 4))))
        drawn: list[dict[str, Value]] = []
        for frame in chosen:
            drawn.append(_draw(frame, random_state, side, [v for values in drawn for v in values.values()]))
        sentences = [fill(random_state.choice(f.says), v) for f, v in zip(chosen, drawn, strict=True)]
        passage = [v for values in drawn for v in values.values()]
        denied = _denied(chosen[0], drawn[0], random_state) if random_state.random() < 0.2 else None
        if denied:
            sentences[0], drafts = denied
        else:
            drafts = list(_drafts(chosen[0], drawn[0], random_state, side, passage))
        random_state.shuffle(sentences)
        text = " ".join(sentences)
        if random_state.random() < 0.3:
            text = with_head(text, random_state.choice(TITLES), random_state)
        for number, draft in enumerate({draft.claim: draft for draft in drafts}.values()):
            name = f"{side}-{seed}-{scene}-{number}"
            pairs.append(Pair(name, draft.claim, text, draft.label, "composed", f"scene:{side}:{scene}", draft.kind))
    return pairs
