"""Words put between quotation marks and into somebody's mouth.

Compared word for word, apart from case, white space and the shape of quotation marks. The same words from another
mouth is a contradiction; words that are only like it is none.
"""

import re

from factcheck.kinds.base import Assertion, Comparison, matched, mismatched, not_found, spans_of
from factcheck.kinds.surroundings import told_around
from factcheck.kinds.wording import Wording, compare_words
from factcheck.language.lexicon import SAY_VERBS
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people
from factcheck.types import Claim, Slot, Span, Stance

NAME = "quote"
QUOTED = re.compile(r'[“„«"]([^“”„«»"]{8,1000})[”“»"]')
FEWEST_WORDS = 3
"""Shorter quotations are scare quotes or titles."""
ALIKE = 0.6
"""Share of words in common from which two wordings are versions of one quotation."""
NEAR = 0.75
"""The same for two wordings that may stand for each other."""
FEWEST_KEPT = 4
"""Fewest words in common for a difference to count as an alteration."""


def find(sentence: Sentence) -> list[Assertion]:
    """Quotations of at least three words whose speaker the sentence (or the text around it) names."""
    found = []
    for match in QUOTED.finditer(sentence.text):
        words = match.group(1).strip(" ,.;")
        speaker = _speaker(sentence, match)
        if len(words.split()) < FEWEST_WORDS or speaker is None:
            continue
        span = Span(start=sentence.start + match.start(), end=sentence.start + match.end())
        topic = _topic(sentence, match)
        begin = match.start(1) + match.group(1).index(words)
        inner = Span(start=sentence.start + begin, end=sentence.start + begin + len(words))
        slots = (speaker, Slot(type="words", text=words, span=inner), *(() if topic is None else (topic,)))
        found.append(Assertion(NAME, f"{speaker.resolved} said: “{words}”", span, slots, attribution=speaker.resolved))
    return found


def _topic(sentence: Sentence, match: re.Match[str]) -> Slot | None:
    """What the words are said to be about: "..., X said of the purchase"."""
    for token in sentence.doc:
        outside = not match.start() <= token.idx < match.end()
        if outside and token.lower_ in {"about", "of", "on"} and token.head.lemma_.lower() in SAY_VERBS:
            inside = [t.i for t in token.subtree if t.i != token.i]
            if inside and max(inside) - min(inside) + 1 == len(inside):
                first, last = min(inside), max(inside) + 1
                return Slot(type="topic", text=sentence.words(first, last), span=sentence.span(first, last))
    return None


def _speaker(sentence: Sentence, match: re.Match[str]) -> Slot | None:
    """The person who is subject of a reporting verb outside the quotation marks, nearest to them."""

    def outside(place: int) -> bool:
        return not match.start() <= place < match.end()

    persons = [p for p in sentence.people if outside(sentence.doc[p.first].idx)]
    best: tuple[int, int, Slot] | None = None
    for person in persons:
        head = sentence.doc[person.first : person.last].root
        says = head.dep_ == "nsubj" and head.head.lemma_.lower() in SAY_VERBS and outside(head.head.idx)
        near = sentence.doc[max(0, person.first - 4) : person.last + 8]
        if says or any(t.lemma_.lower() in SAY_VERBS and outside(t.idx) for t in near):
            start = sentence.doc[person.first].idx
            distance = min(abs(start - match.end()), abs(match.start() - start))
            if best is None or (not says, distance) < best[:2]:
                best = not says, distance, sentence.person_slot(person, "speaker")
    if best is not None:
        return best[2]
    before, after = sentence.text[: match.start()].rstrip(), sentence.text[match.end() :].strip(" .,")
    if before.endswith(":") and persons:
        subjects = [p for p in persons if sentence.doc[p.first : p.last].root.dep_ in {"nsubj", "nsubjpass"}]
        return sentence.person_slot((subjects or persons)[0], "speaker")
    if sentence.in_passing and not before.strip("“\"'") and not after and sentence.spoken_of is not None:
        return Slot(type="near_speaker", text=sentence.spoken_of)
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


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same words: the same speaker? ``found`` is a quotation or a statement given in the speaker's own words."""
    words, speaker = claimed.slot("words"), claimed.slot("speaker")
    theirs, other = found.slot("words", "content"), found.slot("speaker", "near_speaker")
    if words is None or speaker is None or theirs is None or other is None:
        return None
    wording = compare_words(words.text, theirs.text)
    person = compare_people(speaker.resolved, other.resolved)
    marks = spans_of([theirs, other])
    if person.same or person.relation == "partial":
        return _of_the_speaker(claimed, found, wording, marks)
    told = other.type == "speaker"
    if person.relation != "different" or not told or not (wording.verbatim or wording.slight) or wording.shared < NEAR:
        return None
    note = f"The source gives these words to {other.resolved}, not to {speaker.resolved}."
    correction = f"{other.resolved} said it, not {speaker.resolved}"
    slots = (mismatched(speaker, other), matched(words, theirs))
    return Comparison(Stance.REFUTES, slots, wording.shared, note, correction, marks, found.as_of)


def _of_the_speaker(claimed: Claim, found: Claim, wording: Wording, marks: tuple[Span, ...]) -> Comparison | None:
    """Both are the same person's words: are they the same words?"""
    words, speaker, topic = claimed.slot("words"), claimed.slot("speaker"), claimed.slot("topic")
    theirs, other = found.slot("words", "content"), found.slot("speaker", "near_speaker")
    if words is None or speaker is None or theirs is None or other is None or wording.shared < ALIKE:
        return None
    right, agree = (matched(speaker, other), matched(words, theirs)), wording.verbatim or wording.slight
    if topic is not None and agree and not told_around(topic.text, found.context or ""):
        slots = (*right, not_found(topic))
        note = f"The words are right; that they are about {topic.text} is not said."
        return Comparison(Stance.NEUTRAL, slots, wording.shared, note, None, marks, found.as_of, (topic.text,))
    if wording.verbatim:
        note = f"The source has the same words from {other.text}."
        return Comparison(Stance.SUPPORTS, right, 1.0, note, None, marks, found.as_of)
    if wording.slight and wording.shared >= NEAR:
        note = f"The source has nearly the same words from {other.text}; {_difference(wording)}."
        return Comparison(Stance.SUPPORTS, right, wording.shared, note, None, marks, found.as_of)
    both = (matched(speaker, other), mismatched(words, theirs))
    kept = wording.shared * len(words.text.split())
    if wording.turned and kept >= FEWEST_KEPT and len(wording.dropped) <= len(words.text.split()):
        note = f"The words were altered: {_difference(wording)}."
        correction = f"“{theirs.text}”"
        return Comparison(Stance.REFUTES, both, wording.shared, note, correction, marks, found.as_of)
    note = f"The speaker is right; the source words it differently: {_difference(wording)}."
    return Comparison(Stance.NEUTRAL, both, wording.shared, note, None, marks, found.as_of, (words.text,))


def _difference(wording: Wording) -> str:
    """For people: which words were put in and which left out."""
    parts = [f"put in: {' '.join(wording.added)}" if wording.added else "",
             f"left out: {' '.join(wording.dropped)}" if wording.dropped else ""]  # fmt: skip
    return "; ".join(part for part in parts if part) or "only their order differs"
