"""Hard "not enough information" pairs: a claim beside a passage that is about nearly the same and settles nothing.

The neighbour is found by rare shared words (BM25, Robertson and Zaragoza 2009); a few plain tests keep out passages
that might prove or refute the claim after all.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .pairs import Pair, normal

__all__ = ["Index", "hard_nei", "may_settle"]

K1 = 1.2
B = 0.6
COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "to",
        "from",
        "with",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "it",
        "its",
        "his",
        "her",
        "their",
        "he",
        "she",
        "they",
        "that",
        "this",
        "these",
        "those",
        "as",
        "which",
        "who",
        "whom",
        "not",
        "no",
        "more",
        "less",
        "than",
        "over",
        "under",
        "about",
        "after",
        "before",
    ]
)
_MARKED = re.compile(r"\b(?:[A-Z][\w'’-]+|\d[\d.,]*)")


class Index:
    """An inverted index over passages, searched by BM25."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.words = [[w for w in normal(text).split() if w not in COMMON] for text in passages]
        self.mean = sum(map(len, self.words)) / max(1, len(self.words))
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for word, count in Counter(words).items():
                self.postings[word].append((number, count))

    def search(self, text: str, *, top: int, longest_posting: int = 3000) -> list[int]:
        """Return up to ``top`` passage numbers, best first, by words in at most ``longest_posting`` of them."""
        scores: dict[int, float] = defaultdict(float)
        for word in set(normal(text).split()) - COMMON:
            found = self.postings.get(word, [])
            if not found or len(found) > longest_posting:
                continue
            rarity = math.log(1 + (len(self.words) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                length = K1 * (1 - B + B * len(self.words[number]) / self.mean)
                scores[number] += rarity * count * (K1 + 1) / (count + length)
        return [number for number, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:top]]


def _content(text: str) -> set[str]:
    return set(normal(text).split()) - COMMON


def may_settle(claim: str, passage: str, proof: str) -> bool:
    """Say whether ``passage`` may prove or refute ``claim``, whose known proof is ``proof``.

    It may when it resembles the proof, when it holds most of the claim's words, or when it names everything the claim
    names. Errs on the side of saying yes.
    """
    said, held, known = _content(claim), _content(passage), _content(proof)
    if len(held & known) > 0.4 * min(len(held), len(known)):
        return True
    if len(said & held) > 0.55 * len(said):
        return True
    marked = {normal(word) for word in _MARKED.findall(claim)}
    return all(word in normal(passage) for word in marked)


def _shares_a_name(claim: str, passage: str, page: str) -> bool:
    """Say whether both name something (or give a number) that is not just the page's title."""
    title = set(normal(page).split())
    named = {normal(word) for word in _MARKED.findall(claim)} - title - COMMON
    return bool(named & set(normal(passage).split()))


def hard_nei(pairs: Sequence[Pair], *, count: int, seed: int) -> list[Pair]:
    """Return up to ``count`` nei pairs made from the claims of ``pairs`` and passages of other rows.

    Passages of the same page come first where a page has several; else a near neighbour from anywhere.
    """
    random_state = random.Random(f"nei:{seed}")
    passages = sorted({(pair.evidence, pair.group) for pair in pairs})
    index = Index([text for text, _ in passages])
    claims = sorted({(pair.claim, pair.evidence, pair.group, pair.source) for pair in pairs})
    random_state.shuffle(claims)
    made: list[Pair] = []
    for claim, proof, group, source in claims:
        if len(made) >= count:
            break
        near = [passages[i] for i in index.search(f"{claim} {proof}", top=25)]
        fit = [(text, page) for text, page in near if not may_settle(claim, text, proof)]
        same = [(text, page) for text, page in fit if page == group and not _shares_a_name(claim, text, page)]
        fit = [(text, page) for text, page in fit if page != group]
        chosen = (same or fit)[:3]
        if chosen:
            text, _ = random_state.choice(chosen)
            name = f"nei-{len(made)}"
            made.append(Pair(name, claim, text, "nei", f"nei_{source}", group, "hard_nei"))
    return [replace(pair, id=f"{pair.id}-{seed}") for pair in made]
