"""When a predicted claim is the same fact as a gold claim.

A prediction matches a gold claim when all of this holds:

1. **Same place.** Their quotes share at least half of the shorter one's characters in the text. Half of the
   *shorter*: one side may quote the clause and the other the whole sentence, but a mere neighbour shares
   nothing.
2. **Compatible types.** The same type, or two that one fact can reasonably be filed under (``COMPATIBLE``):
   "the talks began in Istanbul on 23 July" is an event, a date and a location.
3. **Same content.** Of the gold statement's content words at least half are in the prediction, and of the
   prediction's at least half are in the gold statement or its quote. Words that the gold statement has from
   context ("at the July 23, 2025 negotiations") count half as much as those of its own quote, because a good
   prediction may word them otherwise. The second half keeps out a long prediction that merely contains the fact
   among others.
4. **Same names and numbers.** Every name and every number that the gold statement has from its own quote (not
   from context) is in the prediction. Words alone would let one member of a delegation pass for another.
5. **Same sense.** Both or neither are negated.

Words are compared without case, accents and endings. Words of five letters and more are the same from 84 %
likeness on, which lets two transliterations of a name be one (Qaddafi, Qadhafi) and keeps most different
names apart. Dates are compared as their parts. What the prediction is attributed to counts among its words.

Pairs are then assigned one to one: as many as possible, better ones first.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from factcheck.types import Frozen, Span

SHARED_PLACE = 0.5
GOLD_WORDS = 0.5
PREDICTED_WORDS = 0.5
FROM_CONTEXT = 0.5
"""Weight of a gold word that is not in the gold quote; its own words have weight 1."""
LIKE = 84.0
"""Percent of likeness from which two long words are spellings of one."""
LONG = 5

_GROUPS = (
    {"event", "date", "location"},  # what, when and where of one happening
    {"event", "quantity"},  # "267 deputies voted for him"
    {"event", "membership"},  # "she led the delegation at the talks"
    {"event", "title_role"},  # "he became minister"
    {"date", "title_role"},  # "minister since March 2020"
    {"membership", "title_role"},  # "headed by", "a member of parliament"
    {"quantity", "title_role"},  # "the second woman to be prime minister"
    {"quote", "statement"},  # the same words with or without marks
    {"event", "statement"},  # "he thanked them": an act of speaking
)
COMPATIBLE = frozenset(frozenset({a, b}) for group in _GROUPS for a in group for b in group)

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NOT = re.compile(r"n['’]t\b")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_STOP = frozenset((
    "a", "also", "an", "and", "are", "as", "at", "be", "been", "being", "by", "did", "do", "does", "for",
    "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "in", "into", "is", "it", "its",
    "itself", "me", "my", "of", "on", "or", "our", "ours", "s", "she", "so", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "to", "too", "us", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "would", "you", "your",
))  # fmt: skip
_NEGATIONS = frozenset((
    "cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without",
))  # fmt: skip


class Statement(Frozen):
    """One side of a comparison."""

    text: str
    """What it says, standing alone."""
    quote: str
    type: str
    spans: tuple[Span, ...]
    """Where the quote stands in the text; a gold quote may stand in several places."""
    speaker: str | None = None


def score(gold: Statement, predicted: Statement) -> float | None:
    """Return how well the prediction matches, 0 to 1; None when it does not by the rule above."""
    place = max((shared_place(a, b) for a in gold.spans for b in predicted.spans), default=0.0)
    if place < SHARED_PLACE or not compatible(gold.type, predicted.type):
        return None
    said = _words(f"{predicted.text} {predicted.speaker or ''}")
    wanted, own = _words(gold.text), _words(gold.quote)
    if bool(_NEGATIONS & wanted) != bool(_NEGATIONS & said):
        return None
    if not all(_within(word, said) for word in _anchors(gold)):
        return None
    covered = _coverage({word: 1.0 if _within(word, own) else FROM_CONTEXT for word in wanted}, said)
    kept = _coverage(dict.fromkeys(_words(predicted.text), 1.0), wanted | own)
    if covered < GOLD_WORDS or kept < PREDICTED_WORDS:
        return None
    same_type = 1.0 if gold.type == predicted.type else 0.0
    return 0.5 * covered + 0.3 * kept + 0.1 * place + 0.1 * same_type


def assign(gold: Sequence[Statement], predicted: Sequence[Statement]) -> dict[int, int]:
    """Pair gold with predictions one to one, gold index to predicted index; unmatched ones are not in it."""
    scores = {
        (g, p): value
        for g, one in enumerate(gold)
        for p, other in enumerate(predicted)
        if (value := score(one, other)) is not None
    }
    options: dict[int, list[int]] = {}
    for g, p in sorted(scores, key=lambda pair: -scores[pair]):
        options.setdefault(g, []).append(p)
    taken: dict[int, int] = {}
    for g in sorted(options, key=lambda one: -scores[one, options[one][0]]):
        _place(g, options, taken, set())
    return {g: p for p, g in taken.items()}


def shared_place(a: Span, b: Span) -> float:
    """Return the shared characters as a share of the shorter span."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(shared, 0) / min(a.end - a.start, b.end - b.start)


def compatible(a: str, b: str) -> bool:
    """Whether one fact can be filed under both types."""
    return a == b or frozenset({a, b}) in COMPATIBLE


def _place(gold: int, options: dict[int, list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Give ``gold`` a prediction, moving others to their next choice where needed (Kuhn 1955)."""
    for predicted in options[gold]:
        if predicted in seen:
            continue
        seen.add(predicted)
        if predicted not in taken or _place(taken[predicted], options, taken, seen):
            taken[predicted] = gold
            return True
    return False


def _words(text: str) -> frozenset[str]:
    """Return the content words of a text, folded; the parts of dates are words of their own."""
    named = _ISO_DATE.sub(lambda m: f"{m[1]} {_MONTHS[(int(m[2]) - 1) % 12]} {int(m[3])}", text)
    spelt_out = _NOT.sub(" not", named)
    folded = (_folded(word) for word in _WORD.findall(spelt_out))
    return frozenset(word for word in folded if word and word not in _STOP)


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    plain: str = anyascii(word).lower().replace("'", "").replace("`", "")
    if plain.isdigit():
        return str(int(plain))
    for ending in ("ing", "ed", "es", "s"):
        if plain.endswith(ending) and len(plain) - len(ending) >= LONG - 1:
            return plain.removesuffix(ending)
    return plain


def _anchors(gold: Statement) -> frozenset[str]:
    """Return the names and numbers of the gold statement that are in its quote too."""
    own = _words(gold.quote)
    words = _WORD.findall(gold.text)
    named = {_folded(word) for word in words if word[0].isupper() or word[0].isdigit()}
    return frozenset(word for word in named - _STOP if word not in _MONTHS and _within(word, own))


def _coverage(weights: Mapping[str, float], among: frozenset[str]) -> float:
    """Return the share of the weighted words that are among the others."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if _within(word, among)) / total if total else 0.0


def _within(word: str, among: frozenset[str]) -> bool:
    if word in among:
        return True
    return len(word) >= LONG and any(len(one) >= LONG and ratio(word, one) >= LIKE for one in among)
