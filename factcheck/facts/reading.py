"""Reads a document as a draft is read: what it asserts, typed and with spans."""

import re

from factcheck.claims import extract
from factcheck.claims.worth import FUTURE, UNRESOLVED
from factcheck.facts.restating import restated
from factcheck.facts.succession import succeeded
from factcheck.language.parse import reads
from factcheck.types import Claim, Extraction, Fact, SentenceState, Slot, Span
from vectorstore.types import Document

NEAR = 600
"""Characters on each side of a sentence that count as said around it, within its paragraph."""
IDENTIFIER = re.compile(r"(?<![\w/])\d{1,6}/\d{2,4}(?![\w/])")
"""A number of a decree, law or case with its year."""


def read_facts(document: Document, start: int, end: int) -> tuple[Fact, ...]:
    """What ``document.text[start:end]`` asserts; spans count from the beginning of the document."""
    if not reads(document.language):
        return ()
    reading: Extraction = extract(document.text[start:end], as_of=document.published_date, in_passing=True)
    sentences = {entry.sentence_index: entry.span.moved(start) for entry in reading.ledger}
    stating = [entry.sentence_index for entry in reading.ledger if entry.state is SentenceState.CLAIMS]
    first = document.text[sentences[stating[0]].start : sentences[stating[0]].end] if stating else ""
    first = f"{first} {_one_identifier(document.text)}".strip()
    found = []
    for claim in reading.claims:
        if claim.check_worthy or claim.reason in {FUTURE, UNRESOLVED}:
            span = _around(sentences[claim.sentence_index], claim, start)
            sentence = document.text[span.start : span.end]
            lines = dict.fromkeys([document.title or "", first, _paragraph(document.text, span), sentence])
            here = claim.model_copy(update={"context": "\n".join(line.replace("\n", " ") for line in lines if line)})
            found.append(Fact(_placed(here, document.text, start), document, span))
    return (*found, *succeeded(found, document), *restated(found))


def _one_identifier(text: str) -> str:
    """The number of the one decree, law or case a document is about; empty when it names several or none."""
    named = set(IDENTIFIER.findall(text))
    return named.pop() if len(named) == 1 else ""


def _paragraph(text: str, span: Span) -> str:
    """The paragraph a sentence stands in, at most ``NEAR`` characters of it on each side."""
    low, high = max(0, span.start - NEAR), min(len(text), span.end + NEAR)
    before, after = text.rfind("\n", low, span.start), text.find("\n", span.end, high)
    return text[low if before < 0 else before + 1 : high if after < 0 else after]


def _around(sentence: Span, claim: Claim, by: int) -> Span:
    """The sentence, widened to the claim's words and to the line that names the speaker."""
    named = [slot.span for slot in claim.slots if slot.type == "speaker" and slot.span is not None]
    spans = [span.moved(by) for span in (claim.span, *named)]
    return Span(start=min(sentence.start, *(s.start for s in spans)), end=max(sentence.end, *(s.end for s in spans)))


def _placed(claim: Claim, text: str, by: int) -> Claim:
    """The claim with its spans counted from the beginning of the document."""
    if by == 0:
        return claim
    slots = tuple(
        Slot(type=s.type, text=s.text, value=s.value, span=None if s.span is None else s.span.moved(by))
        for s in claim.slots
    )
    fields = {name: getattr(claim, name) for name in Claim.model_fields if name not in {"quote", "span", "slots"}}
    return Claim.cut(text, claim.span.moved(by), slots=slots, **fields)
