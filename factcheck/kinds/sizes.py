"""How many members a body has: "a 12-member delegation", "the jury has five members", "eleven strong"."""

import re
from typing import TYPE_CHECKING

from factcheck.kinds.base import Assertion
from factcheck.kinds.bodies import bodies, body_name, body_span, with_article
from factcheck.language.quantities import Quantity
from factcheck.language.sentence import Sentence
from factcheck.types import Slot, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME, SIZE = "membership", "size"
PEOPLE = r"(?:members?|people|persons?|delegates|negotiators|officials|seats|jurors)"
COUNTED = re.compile(
    r"^(?:has|had|have|with|of|includes?|included|comprises?|comprised|consists? of|consisted of|is|was"
    r"|made up of|composed of|at)\b.{0,24}$",
    re.IGNORECASE,
)
"""Words between a body and the count of its members."""


def sizes(sentence: Sentence) -> list[Assertion]:
    """Each body of the sentence with its number of members; none where two numbers compete."""
    found: list[Assertion] = []
    for body in bodies(sentence):
        name = body_name(sentence, body)
        counts = [] if name is None else [q for q in sentence.quantities if _counts(sentence, body, q)]
        if name is not None and len(counts) == 1 and not found:
            found.append(_assertion(sentence, body, name, counts[0]))
    return found


def _counts(sentence: Sentence, body: "Token", quantity: Quantity) -> bool:
    """Whether a number counts the members of a body."""
    if quantity.kind != "count" or quantity.low != quantity.high:
        return False
    text, start, end = sentence.text, body.idx, body.idx + len(body.text)
    behind = text[quantity.span.end :]
    if quantity.span.end <= start:  # "12-member delegation", "nine-person Ukrainian team"
        between = text[quantity.span.end : start]
        return bool(re.fullmatch(r"[- ](?:member|person|strong|man)(?: [\w-]+){0,2} ", between)) or (
            re.search(r"[- ](?:member|person|strong|man)$", quantity.text) is not None and len(between.split()) <= 2
        )
    between = text[end : quantity.span.start].strip(" ,")
    strong = re.match(r"[- ]?strong\b", behind) is not None and len(between.split()) <= 2
    numbered = re.search(r"\bnumber(?:s|ed)$", between) is not None
    counted = re.match(rf"\s?{PEOPLE}\b", behind) is not None or re.search(rf"{PEOPLE}$", quantity.text) is not None
    return strong or numbered or (counted and COUNTED.match(between) is not None)


def _assertion(sentence: Sentence, body: "Token", name: str, quantity: Quantity) -> Assertion:
    whole = body_span(sentence, body)
    count = sentence.shift(quantity.span)
    number = format(quantity.low.normalize(), "f")
    words = sentence.text[whole.start - sentence.start : whole.end - sentence.start]
    slots = (
        Slot(type="body", text=words, value=name, span=whole),
        Slot(type="relation", text=SIZE),
        Slot(type="number", text=quantity.text, value=number, span=count),
    )
    text = f"{with_article(name)} has {number} members."
    span = Span(start=min(whole.start, count.start), end=max(whole.end, count.end))
    return Assertion(NAME, text[:1].upper() + text[1:], span, slots)
