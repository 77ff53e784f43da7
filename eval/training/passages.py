"""Makes a proof look like what retrieval returns: other sentences around it, a title and a date in front.

The label of a pair stays as it is: only sentences that cannot settle the claim are put around the proof.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .neighbours import may_settle
from .pairs import Pair

__all__ = ["surround", "with_head"]

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
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
LONGEST = 110
"""Words of a surrounded passage, so that most pairs stay below 160 tokens."""


def with_head(passage: str, title: str, random_state: random.Random) -> str:
    """Return ``passage`` behind a title, a publication date, or both, in one of several usual forms.

    The date is not before the latest year that the passage speaks of.
    """
    latest = max((int(year) for year in _YEAR.findall(passage)), default=2005)
    year = random_state.randint(min(latest, 2027), 2027)
    day = f"{random_state.randint(1, 28)} {random_state.choice(MONTHS)} {year}"
    form = random_state.randrange(5)
    if form == 0 or not title:
        return f"{day}. {passage}"
    if form == 1:
        return f"{title}. {passage}"
    if form == 2:
        return f"{title} ({day}): {passage}"
    return f"{title}\n{day}\n{passage}" if form == 3 else f"{title} | {passage}"


def surround(pairs: Sequence[Pair], *, share: float, seed: int) -> list[Pair]:
    """Return new versions of about ``share`` of ``pairs``, their passages set among sentences of the same page.

    Pairs without a page, or whose page has no sentence that is safe to add, get a head only.
    """
    random_state = random.Random(f"around:{seed}")
    by_page: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair.group.startswith("page:"):
            by_page[pair.group].append(pair.evidence)
    pages = {page: sorted(set(texts)) for page, texts in by_page.items()}
    made = []
    for pair in pairs:
        if random_state.random() >= share:
            continue
        others = pages.get(pair.group, [])
        around: list[str] = []
        for text in random_state.sample(others, min(len(others), 8)):
            words = sum(len(t.split()) for t in [pair.evidence, text, *around])
            if words <= LONGEST and len(around) < 3 and not may_settle(pair.claim, text, pair.evidence):
                around.append(text)
        passage = [*around, pair.evidence]
        random_state.shuffle(passage)
        joined = " ".join(passage)
        if not around or random_state.random() < 0.5:
            title = pair.group.removeprefix("page:") if pair.group.startswith("page:") else ""
            joined = with_head(joined, title, random_state)
        made.append(replace(pair, id=f"{pair.id}-around{seed}", evidence=joined, kind="around"))
    return made
