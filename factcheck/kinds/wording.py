"""Two wordings of a quotation held together word by word: what was left out, put in or turned into its opposite."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.language.lexicon import NEGATIONS
from factcheck.language.words import opposites, stem

STRAIGHT = str.maketrans("’‘“”–—", "''\"\"--")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_GAP = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\]|\([…. ]+\))\s*")
_SMALL = frozenset(
    """
    a an the is are was were be been being do does did have has had will would to of in on at and or but that which
    this it its he she we they i you as for with by so very really just quite also too then there
    """.split()
)
"""Words whose exchange changes little in what is said."""
TURNING = NEGATIONS | frozenset("hardly barely rarely seldom nor can't won't don't doesn't didn't isn't wasn't".split())


@dataclass(frozen=True)
class Wording:
    """How a claimed quotation relates to a source's words."""

    shared: float
    """Share of the claimed words that the source has in the same order, 0 to 1."""
    verbatim: bool
    """Whether they stand there word for word, apart from marked gaps."""
    added: tuple[str, ...] = ()
    """Words the claim has and the source has not."""
    dropped: tuple[str, ...] = ()
    """Words the source has between those of the claim."""
    slight: bool = False
    """Whether only small words, repetitions or the order of words differ."""

    @property
    def turned(self) -> bool:
        """Whether the difference turns the meaning: a negation, a number, a word for its opposite."""
        ours, theirs = {stem(word) for word in self.added}, {stem(word) for word in self.dropped}
        if sum(word in TURNING for word in self.added) % 2 != sum(word in TURNING for word in self.dropped) % 2:
            return True
        if any(word[0].isdigit() for word in self.added) and any(word[0].isdigit() for word in self.dropped):
            return True
        return any(opposites(word) & theirs for word in ours)


def plain(text: str) -> str:
    """A wording for comparing: lower case, straight quotes, single spaces, no closing punctuation."""
    straight = text.translate(STRAIGHT)
    return " ".join(straight.lower().split()).strip(" .,;:!?\"'")


def compare_words(claimed: str, found: str) -> Wording:
    """Hold a claimed quotation against a source's words; "..." and "[...]" in the claim are gaps left on purpose."""
    pieces = [plain(piece) for piece in _GAP.split(claimed) if plain(piece)]
    theirs = plain(found)
    if pieces and _in_order(pieces, theirs):
        return Wording(1.0, verbatim=True)
    ours, words = _WORD.findall(plain(_GAP.sub(" ", claimed))), _WORD.findall(theirs)
    if not ours or len(set(ours) & set(words)) < len(set(ours)) / 2:
        return Wording(0.0, verbatim=False)
    reach = len(ours) + max(3, len(ours) // 3)
    windows = (words[start : start + reach] for start in range(max(1, len(words) - len(ours) + 2)))
    return max((_held(ours, window) for window in windows), key=lambda one: (one.shared, -len(one.dropped)))


def _held(ours: list[str], window: list[str]) -> Wording:
    """The claimed words against one stretch of the source's, cut to where they agree."""
    blocks = [b for b in SequenceMatcher(None, ours, window, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return Wording(0.0, verbatim=False)
    kept = sum(block.size for block in blocks)
    matched = {i for block in blocks for i in range(block.a, block.a + block.size)}
    inside = {i for block in blocks for i in range(block.b, block.b + block.size)}
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    added = tuple(word for i, word in enumerate(ours) if i not in matched)
    dropped = tuple(window[i] for i in range(first, last) if i not in inside)
    rest = window[last:] if added else []
    same = _content(ours) <= _content(window) and _content(dropped) <= _content(ours)
    turning = [word for word in ours if word in TURNING], [w for w in window[first:last] + rest if w in TURNING]
    return Wording(
        kept / len(ours), verbatim=kept == len(ours) and last - first == kept, added=added, dropped=dropped,
        slight=same and len(turning[0]) == len(turning[1]),
    )  # fmt: skip


def _content(words: Iterable[str]) -> set[str]:
    return {stem(word) for word in words if word not in _SMALL}


def _in_order(pieces: list[str], theirs: str) -> bool:
    at = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(theirs, at)
        if found is None:
            return False
        at = found.end()
    return True
