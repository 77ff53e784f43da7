"""Claims said in other words, and claims that only look like it: pairs to measure on whether two are the same.

Reworded by rules that keep the meaning (how a day is written, who said it put in front, another word for the same) out
of claims of the documents; changed in one part besides, they are no longer the same. From public pairs come claims on
the same evidence: one supported and one refuted cannot be the same. Two supported ones of nearly the same words often
are; nobody has labelled that, so their numbers are to be read as what natural wording makes of the rule, no more.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from eval.made_claims import AS_SAID, Made

NEARLY = 0.75
"""Share of all words of two claims that both have, from which on they are taken for the same."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_RULES: tuple[tuple[str, str], ...] = (
    (rf"\b({_MONTHS}) (\d{{1,2}}), (\d{{4}})", r"\2 \1 \3"),
    (r"^(.{3,60}?) said that (.+?)\.?$", r"According to \1, \2."),
    (r"^(.+?) heads (the .+?)(?= as of|\.?$)", r"\1 is at the head of \2"),
    (r"^(.+?) is a member of (.+?)(?= as of|\.?$)", r"\1 belongs to \2"),
    (r"^(.+?) as of (\d{1,2} \w+ \d{4})\.?$", r"As of \2, \1."),
    (r"^On (\d{1,2} \w+ \d{4}),? (.+?)\.?$", r"\2 on \1."),
    (r"\btook place\b", "happened"),
    (r"\bwere held\b", "took place"),
    (r"\b(?:began|begun)\b", "started"),
    (r"\bprisoners of war\b", "POWs"),
    (r"\babout\b(?= \d)", "around"),
    (r"\bmore than\b(?= \d)", "over"),
    (r"\bat least\b(?= \d)", "no fewer than"),
    (r"\breturned\b", "came back"),
    (r"\breceived\b", "got"),
    (r"\bdefen[cs]e minister\b", "minister of defence"),
    (r"\bforeign minister\b", "minister of foreign affairs"),
)
_WORD = re.compile(r"\w+")


class Two(NamedTuple):
    """Two claims, and whether they say the same."""

    first: str
    second: str
    same: bool
    where: str
    """Which set the pair is of."""


def reworded(claim: str) -> str:
    """The claim in other words; itself where no rule fits."""
    for pattern, said in _RULES:
        claim = re.sub(pattern, said, claim, count=1)
    return claim[:1].upper() + claim[1:]


def made_pairs(made: Sequence[Made]) -> Iterator[Two]:
    """Claims of the documents beside themselves in other words, and beside those changed in one part."""
    for one in made:
        other = reworded(one.claim)
        if one.made == AS_SAID and other != one.claim:
            yield Two(one.claim, other, same=True, where="reworded")
        elif one.out_of:
            yield Two(one.out_of, other, same=False, where=f"reworded, {one.made} changed")


def public_pairs(path: Path, where: str) -> Iterator[Two]:
    """Claims on the same evidence out of a file of pairs."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            groups[row["evidence"]].append((row["claim"], row["label"]))
    for rows in groups.values():
        for (first, one), (second, other) in combinations(rows, 2):
            if {one, other} == {"supported", "refuted"}:
                yield Two(first, second, same=False, where=f"{where}, one refuted")
            elif one == other == "supported" and first != second and _shared(first, second) >= NEARLY:
                yield Two(first, second, same=True, where=f"{where}, nearly the same words")


def _shared(first: str, second: str) -> float:
    one, other = (set(_WORD.findall(text.casefold())) for text in (first, second))
    return len(one & other) / len(one | other)
