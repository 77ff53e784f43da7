"""Capitals that a sentence names by their country: "in the Turkish capital"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.names import CAPITAL_OF, capital_meant

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LINKS = frozenset({"in", "at", "to", "from"})


def seats_of_countries(doc: "Doc") -> "Iterator[tuple[str, int, int, Token]]":
    """Each such phrase with its place in the text and the word that links it: "in", "to"."""
    for match in CAPITAL_OF.finditer(doc.text):
        first = next((token for token in doc if token.idx == match.start()), None)
        if first is None or capital_meant(match[0]) is None:
            continue
        before = next((t for t in reversed(doc[max(0, first.i - 2) : first.i]) if t.lower_ in LINKS), None)
        of_arrival = before is None and any(a.lemma_.lower() == "arrival" for a in first.ancestors)
        if before is not None or of_arrival:
            yield match[0], match.start(), match.end(), before or first
