"""Shapes of sentences that say the same: "it was X who did it", "declined to do it", "from eight to five", "without a".

Beside ``restate``, which knows verbs and what stands beside them; here is what a pattern over the whole clause tells.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.language.dates import find_dates
from factcheck.language.lexicon import EVENT_NOUNS, SAY_VERBS
from factcheck.language.parse import parse
from factcheck.language.quantities import find_quantities
from factcheck.language.units import SCALES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLEFT = re.compile(
    r"^(?P<lead>(?:[^,]{1,60}?,?\s)?)[Ii]t\s(?:was|is|were)\s(?P<who>[^,;]{2,60}?)\s(?:who|that)\s(?P<did>.+)$"
)
_ONES = re.compile(r"^(?P<who>[^,;]{2,60}?)\s(?:was|were|is|are)\sthe\sones?\s(?:who|that)\s(?P<did>.+)$")
_WOULD_NOT = re.compile(
    r"\b(?:would\snot|wouldn['’]t)(?=\s(?:say|comment|tell|give|answer|confirm|disclose|reveal|name|discuss)\b)",
    re.IGNORECASE,
)
"""Of a verb of saying it is a refusal; of another it may speak of what was still to come."""
_WITHOUT = re.compile(
    r"^(?P<did>.{8,}?),?\swithout\s(?:the\sneed\sfor\s)?(?:an?|any)\s(?P<what>[a-z-]+(?:\s[a-z-]+)?)\.?$", re.IGNORECASE
)
_TWICE = re.compile(r"\btwice\b(?!\s(?:as|the|a|more|over))", re.IGNORECASE)
_NUMBER = r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_FOR_AND_AGAINST = re.compile(
    rf"^(?P<for>{_NUMBER})\b(?:\s(?:of\s)?(?!vot|were|was)[\w'’-]+){{0,6}}?"
    rf"\s(?:voted|were|was)\s(?:for|in\sfavou?r\sof)\s(?P<what>[^,;]{{3,80}}?),?"
    rf"\s(?:and|while|with)\s(?P<against>{_NUMBER})\b(?:\s(?:voted|were|was))?\sagainst(?:\sit)?\.?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?P<who>[^,;]{2,60}?)\s(?:was|were|is|finished|came\sin|came\shome)\s(?P<by>[^,;]{3,40}?)"
    r"\sbehind\s(?P<first>[^,;]{2,60})$"
)
_MAJORITY = re.compile(r"\bmore\sthan\shalf\sof\s(?:all\s|the\s)?(?:valid\s)?votes?\b", re.IGNORECASE)
_OVER = re.compile(r"^(?P<what>.{3,80}?)\s(?:is|was|are|were)\s(?:now\s|finally\s)?over$")
_GIVES_UP = frozenset({"decline", "refuse", "fail", "neglect", "forget"})
_HELPS = frozenset({"help", "manage"})
_CHANGES = frozenset(
    "reduce cut raise increase lower change shorten extend lift bring correct revise halve push trim slash".split()
)
"""Verbs with which something is changed from one value to another."""
_MOVES = frozenset("rise fall go climb drop increase decrease decline grow shrink slip jump change come".split())
"""Verbs with which it changes by itself."""
_NOT_YET = SAY_VERBS | frozenset(
    "plan expect prepare cancel postpone invite nominate schedule talk warn qualify".split()
)


@lru_cache(maxsize=1000)
def reworded(text: str) -> tuple[str, ...]:
    """What a clause says, in plainer shapes that lose nothing of it."""
    found = [*_by_pattern(text.rstrip(".")), *_by_parse(text)]
    return tuple(dict.fromkeys(f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in found))


def _by_pattern(text: str) -> Iterator[str]:
    if match := _CLEFT.match(text):
        yield f"{match['lead']}{match['who']} {match['did']}"
    if match := _ONES.match(text):
        yield f"{match['who']} {match['did']}"
    if _WOULD_NOT.search(text):
        yield _WOULD_NOT.sub("did not", text)
    if match := _WITHOUT.match(text):
        yield f"{match['did']}. There was no {match['what']}"
    if _TWICE.search(text):
        yield _TWICE.sub("two times", text)
    if (match := _BEHIND.match(text)) and [q.kind for q in find_quantities(match["by"])] == ["duration"]:
        yield f"The margin of {match['first']} was {match['by']}"
    if _MAJORITY.search(text):
        yield _MAJORITY.sub("a majority", text)
    if match := _OVER.match(text):
        yield f"{match['what']} ended"
    if match := _FOR_AND_AGAINST.match(text):
        numbers = find_quantities(f"{match['for']} votes. {match['against']} votes.")
        if len(numbers) == 2 and numbers[0].low > numbers[1].low:
            yield f"{match['what']} was adopted by {match['for']} votes to {match['against']}"


def _by_parse(text: str) -> Iterator[str]:
    if not re.search(r"\b(?:declin|refus|fail|neglect|forg|help|manag)", text, re.IGNORECASE):
        return
    (doc,) = parse([text])
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.lemma_.lower() not in _GIVES_UP | _HELPS or any(c.dep_ == "neg" for c in root.children):
        return
    act = next((c for c in root.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB"), None)
    if act is None or any(c.lower_ in {"may", "might", "could", "should", "would"} for c in root.children):
        return
    aux = "will" if any(c.lower_ == "will" for c in root.children) else "did"
    first = next((t.i for t in act.subtree if t.i > root.i), act.i)
    start = min((t.i for t in root.children if t.dep_ in {"aux", "auxpass"}), default=root.i)
    rest = doc[first + (1 if doc[first].lower_ == "to" else 0) :].text
    denial = "not " if root.lemma_.lower() in _GIVES_UP else ""
    yield f"{doc[:start].text} {aux} {denial}{rest}"


@lru_cache(maxsize=1000)
def after_change(text: str) -> tuple[tuple[str, str], ...]:
    """(what something is after a change that the clause tells, what it was before): ("X is five", "eight")."""
    if " from " not in text or " to " not in text:
        return ()
    quantities = find_quantities(text, skip=[mention.span for mention in find_dates(text)])
    for old, new in pairwise(quantities):
        between = text[old.span.end : new.span.start].split()
        before = text[: old.span.start].split()
        if between[-1:] != ["to"] or before[-1:] != ["from"] or len(between) > 3:
            continue
        (doc,) = parse([text])
        thing = _changed(doc, old.span.start)
        if thing is None:
            return ()
        unit = " ".join(word for word in old.text.split()[1:] if word not in SCALES) if new.unit is None else ""
        later = f"{new.text} {unit}".strip()
        earlier = old.text if old.unit or new.unit is None else f"{old.text} {new.text.split()[-1]}"
        return ((f"{thing[:1].upper()}{thing[1:]} is {later}.", earlier),)
    return ()


def _changed(doc: "Doc", before: int) -> str | None:
    """What was changed: the object of "reduce", the subject of "fall"."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or any(
        c.dep_ == "neg" or c.lower_ in {"may", "might", "could", "should", "would"} for c in root.children
    ):
        return None
    lemma = root.lemma_.lower()
    wanted = {"dobj", "nsubjpass"} if lemma in _CHANGES else {"nsubj"} if lemma in _MOVES else set()
    noun = next((c for c in root.children if c.dep_ in wanted and c.idx < before), None)
    if noun is None and lemma in _MOVES & _CHANGES:
        noun = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if noun is None or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    inside = [t for t in noun.subtree if t.idx < before and t.lower_ != "from"]
    return "".join(t.text_with_ws for t in inside).strip(" ,")


@lru_cache(maxsize=1000)
def when_held(text: str) -> tuple[str, ...]:
    """Of what was done at an event on a day, when the event was: "X won the race on Sunday"."""
    days = [mention for mention in find_dates(text) if mention.precision == "day" and not mention.relative]
    if len(days) != 1:
        return ()
    (doc,) = parse([text])
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.tag_ not in {"VBD", "VBN", "VBZ"} or root.lemma_.lower() in _NOT_YET:
        return ()
    if any(c.dep_ == "neg" or c.lower_ in {"will", "may", "might", "could", "would", "should"} for c in root.children):
        return ()
    day = days[0]
    inside = [t for t in doc if day.span.start <= t.idx < day.span.end]
    if not inside or not _hangs_on(inside[0], root, inside):
        return ()
    names = [_noun(noun, day.span.start, day.span.end) for noun in _events(root)]
    return tuple(f"{name} took place on {day.words}." for name in names if name)


def _hangs_on(token: "Token", root: "Token", inside: "list[Token]") -> bool:
    for above in token.ancestors:
        if above in inside or above.pos_ == "ADP":
            continue
        return bool(above.i == root.i or (above.head.i == root.i and above.dep_ in {"dobj", "attr", "pobj"}))
    return False


def _events(root: "Token") -> "Iterator[Token]":
    """Events that are the object of the verb, or at which it happened."""
    for child in root.children:
        nouns = [child] if child.dep_ in {"dobj", "nsubjpass", "dative"} and child.pos_ != "ADP" else []
        places = [child, *(c for noun in nouns for c in noun.children)] if child.dep_ in {"prep", "dobj"} else []
        nouns += [
            n for link in places if link.lower_ in {"at", "in", "during"} for n in link.children if n.dep_ == "pobj"
        ]
        for noun in nouns:
            if noun.lemma_.lower() in EVENT_NOUNS and any(
                c.lower_ in {"the", "this"} or c.dep_ == "poss" for c in noun.children
            ):
                yield noun


def _noun(noun: "Token", start: int, end: int) -> str:
    """The event without the day and without what is said of it in passing."""
    dropped = {t.i for c in noun.children if c.dep_ in {"relcl", "appos", "acl", "cc", "conj"} for t in c.subtree}
    for link in noun.children:
        if link.dep_ == "prep" and any(start <= t.idx < end for t in link.subtree):
            dropped |= {t.i for t in link.subtree}
    words = "".join(t.text_with_ws for t in noun.subtree if t.i not in dropped and not start <= t.idx < end).strip(" ,")
    return f"{words[:1].upper()}{words[1:]}"
