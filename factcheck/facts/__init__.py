"""What stored documents assert, typed and with spans: the same reading that a draft gets, applied to sources.

A fact is a claim that a source makes. It is derived from the document each time and never the only copy of anything.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from factcheck.claims import extract
from factcheck.types import Claim, Extraction, Fact, Slot, Span
from vectorstore.types import Document, Passage

WHOLE_DOCUMENT = 20_000
"""Documents up to this many characters are read whole; of longer ones only the passages that were found."""

READ_LANGUAGES = frozenset({None, "en"})
"""Languages the typed rules can read; documents in others are searched and shown, never compared by rule."""


@dataclass
class FactReader:
    """Reads documents into facts and remembers the last ``size`` readings."""

    size: int = 2000
    _read: "OrderedDict[tuple[str, int, int, int], tuple[Fact, ...]]" = field(default_factory=OrderedDict)

    def read(self, document: Document, passages: Sequence[Passage]) -> tuple[Fact, ...]:
        """The facts of a document, or of its found ``passages`` when it is long; empty in languages not read."""
        if document.language not in READ_LANGUAGES:
            return ()
        if len(document.text) <= WHOLE_DOCUMENT:
            return self._stretch(document, 0, len(document.text))
        return tuple(f for passage in passages for f in self._stretch(document, passage.start, passage.end))

    def _stretch(self, document: Document, start: int, end: int) -> tuple[Fact, ...]:
        key = (document.doc_id, hash((document.text, document.published_at)), start, end)
        if key not in self._read:
            self._read[key] = _facts(document, start, end)
            while len(self._read) > self.size:
                self._read.popitem(last=False)
        self._read.move_to_end(key)
        return self._read[key]


def _facts(document: Document, start: int, end: int) -> tuple[Fact, ...]:
    reading: Extraction = extract(document.text[start:end], as_of=document.published_date, context=document.title)
    sentences = {entry.sentence_index: _moved(entry.span, start) for entry in reading.ledger}
    return tuple(
        Fact(_placed(claim, document.text, start), document, _around(sentences[claim.sentence_index], claim, start))
        for claim in reading.claims if claim.check_worthy
    )  # fmt: skip


def _around(sentence: Span, claim: Claim, by: int) -> Span:
    """The sentence, widened to the claim's words and to the line that names the speaker."""
    named = [slot.span for slot in claim.slots if slot.type == "speaker" and slot.span is not None]
    spans = [_moved(span, by) for span in (claim.span, *named)]
    return Span(start=min(sentence.start, *(s.start for s in spans)), end=max(sentence.end, *(s.end for s in spans)))


def _moved(span: Span, by: int) -> Span:
    return Span(start=span.start + by, end=span.end + by)


def _placed(claim: Claim, text: str, by: int) -> Claim:
    """The claim with its spans counted from the beginning of the document."""
    if by == 0:
        return claim
    slots = tuple(
        Slot(type=s.type, text=s.text, value=s.value, span=None if s.span is None else _moved(s.span, by))
        for s in claim.slots
    )
    fields = {name: getattr(claim, name) for name in Claim.model_fields if name not in {"quote", "span", "slots"}}
    return Claim.cut(text, _moved(claim.span, by), slots=slots, **fields)
