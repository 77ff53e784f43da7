"""Words put between quotation marks and into somebody's mouth.

Compared word for word, apart from case, white space and the shape of quotation marks. The same words from another
mouth is a contradiction; words that are only like it is none.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from factcheck.kinds.base import Assertion, Comparison, matched, mismatched, spans_of
from factcheck.language.lexicon import SAY_VERBS
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people
from factcheck.types import Claim, Slot, Span, Stance

NAME = "quote"
QUOTED = re.compile(r'[“„«"]([^“”„«»"]{8,1000})[”“»"]')
STRAIGHT = str.maketrans("’‘“”–—", "''\"\"--")
FEWEST_WORDS = 3
"""Shorter quotations are scare quotes or titles."""
NEAR = 90.0
"""Ratio (0 to 100) above which two wordings are versions of one quotation."""


def find(sentence: Sentence) -> list[Assertion]:
    """Quotations of at least three words whose speaker the sentence (or the text around it) names."""
    found = []
    for match in QUOTED.finditer(sentence.text):
        words = match.group(1).strip(" ,.;")
        speaker = _speaker(sentence, match)
        if len(words.split()) < FEWEST_WORDS or speaker is None:
            continue
        span = Span(start=sentence.start + match.start(), end=sentence.start + match.end())
        begin = match.start(1) + match.group(1).index(words)
        inner = Span(start=sentence.start + begin, end=sentence.start + begin + len(words))
        slots = (speaker, Slot(type="words", text=words, span=inner))
        found.append(Assertion(NAME, f"{speaker.resolved} said: “{words}”", span, slots, attribution=speaker.resolved))
    return found


def _speaker(sentence: Sentence, match: re.Match[str]) -> Slot | None:
    """The person who is subject of a reporting verb outside the quotation marks, nearest to them."""
    outside = [p for p in sentence.people if not match.start() <= sentence.doc[p.first].idx < match.end()]
    best: tuple[int, Slot] | None = None
    for person in outside:
        verbs = [t for t in sentence.doc[max(0, person.first - 4) : person.last + 8] if t.lemma_.lower() in SAY_VERBS]
        verbs = [t for t in verbs if not match.start() <= t.idx < match.end()]
        if verbs:
            start = sentence.doc[person.first].idx
            distance = min(abs(start - match.end()), abs(match.start() - start))
            if best is None or distance < best[0]:
                best = distance, sentence.person_slot(person, "speaker")
    if best is not None:
        return best[1]
    if sentence.replaced:
        for token in sentence.doc:
            outside_marks = not match.start() <= token.idx < match.end()
            if (
                outside_marks
                and token.dep_ == "nsubj"
                and token.i in sentence.replaced
                and token.head.lemma_.lower() in SAY_VERBS
            ):
                name = sentence.replaced[token.i]
                return Slot(type="speaker", text=token.text, value=name, span=sentence.span(token.i, token.i + 1))
    return sentence.speaker


@dataclass(frozen=True)
class _Wording:
    ratio: float
    text: str


def plain(text: str) -> str:
    """A wording for comparing: lower case, straight quotes, single spaces, no closing punctuation."""
    straight = text.translate(STRAIGHT)
    return " ".join(straight.lower().split()).strip(" .,;:!?\"'")


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same words: the same speaker? ``found`` is a quotation or a statement given in the speaker's own words."""
    words, speaker = claimed.slot("words"), claimed.slot("speaker")
    theirs, other = found.slot("words", "content"), found.slot("speaker")
    if words is None or speaker is None or theirs is None or other is None:
        return None
    wording = _compare_words(words.text, theirs.text)
    if wording.ratio < NEAR:
        return None
    person = compare_people(speaker.resolved, other.resolved)
    marks = spans_of([theirs, other])
    exact = wording.ratio == 100.0
    if person.same or person.relation == "partial":
        if not exact:
            note = "The speaker is right; the source words it differently."
            slots = (matched(speaker, other), mismatched(words, theirs))
            return Comparison(Stance.NEUTRAL, slots, wording.ratio / 100, note, None, marks, found.as_of, (words.text,))
        note = f"The source has the same words from {other.text}."
        return Comparison(
            Stance.SUPPORTS,
            (matched(speaker, other), matched(words, theirs)),
            1.0,
            note,
            None,
            marks,
            found.as_of,
        )
    if person.relation != "different":
        return None
    note = f"The source gives these words to {other.resolved}, not to {speaker.resolved}."
    correction = f"{other.resolved} said it, not {speaker.resolved}"
    slots = (mismatched(speaker, other), matched(words, theirs))
    return Comparison(Stance.REFUTES, slots, wording.ratio / 100, note, correction, marks, found.as_of)


def _compare_words(claimed: str, found: str) -> _Wording:
    ours, theirs = plain(claimed), plain(found)
    if ours == theirs or (len(ours) >= 20 and ours in theirs):
        return _Wording(100.0, found)
    return _Wording(min(fuzz.ratio(ours, theirs), 99.9), found)
