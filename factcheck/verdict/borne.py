"""Whether the words of a passage bear out what the local model reads in it.

The model goes by likeness: a number of another firm, a wish for a deed, a value since corrected look alike to it. So
its support counts only where some sentence of the passage (with the one before it, and the title) has the claim's
numbers, days and names, most of its words, no opposite of one, and nobody else in the place of who acts.
"""

from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.kinds.align import reversed_roles, same_unit, told_share
from factcheck.kinds.frame import Frame, Unit, read_frame
from factcheck.kinds.surroundings import NAMED, surroundings
from factcheck.kinds.typed import same_thing_counted
from factcheck.language.denial import denials
from factcheck.language.lexicon import PEOPLE_WORDS, PERSON_NOUNS
from factcheck.language.same_quantity import compare_quantities
from factcheck.language.strict import stricter
from factcheck.language.words import opposites, stem
from factcheck.types import Claim
from factcheck.verdict.told import numbers_told
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

LEAST_TOLD = 0.6
"""Share of the claim's words that a sentence and what stands around it must have."""
LIKE = 0.6
"""The same for a sentence whose number is taken to be of the same thing."""
_PERSONS = frozenset(stem(noun) for noun in PERSON_NOUNS)
_PEOPLE = frozenset(stem(noun) for noun in PEOPLE_WORDS)
"""1,000 people of whom a report speaks may be the 1,000 prisoners; that they are is for the model to read."""


@dataclass(frozen=True)
class _Said:
    """A sentence with what stands around it."""

    frame: Frame
    text: str
    before: str
    title: str
    day: date | None
    """When it appeared."""

    @property
    def window(self) -> str:
        return f"{self.before} {self.text}".strip()

    @property
    def context(self) -> str:
        return "\n".join(line for line in (self.title, self.before, self.text) if line)


def borne_out(claim: Claim, document: Document, passage: str) -> bool:
    """Whether a sentence of ``passage``, which is of ``document``, says what the claim says, as far as words go."""
    asked = _frame(claim.claim, claim)
    return any(_bears(claim, asked, said, document) for said in _sentences(document, passage))


def _frame(text: str, claim: Claim) -> Frame:
    return read_frame(text, claim.as_of.toordinal() if claim.as_of else None)


def _sentences(document: Document, passage: str) -> Iterable[_Said]:
    day = document.published_date
    base = day.toordinal() if day else None
    before = ""
    for start, end in split_sentences(passage):
        text = " ".join(passage[start:end].split())
        if text:
            yield _Said(read_frame(text, base), text, before, document.title or "", day)
            before = text


def _bears(claim: Claim, asked: Frame, said: _Said, document: Document) -> bool:
    if stricter(asked.text, said.window) or not _as_much_denied(asked, said):
        return False
    if asked.mood == "real" and said.frame.mood != "real":
        return False
    if not numbers_told(claim.claim, said.window, as_of=claim.as_of, published=document.published_date, days=False):
        return False
    if any(opposites(unit.key) & said.frame.keys and unit.key not in said.frame.stems for unit in asked.units):
        return False
    if reversed_roles(asked, said.frame) or _another_acts(asked, said.frame):
        return False
    if not all(_named(unit, said) for unit in asked.units if _names(unit)):
        return False
    return _share(asked, said) >= LEAST_TOLD


def _as_much_denied(asked: Frame, said: _Said) -> bool:
    """Whether a denial meets one that denies as often, wherever in the sentence, and a plain claim a plain sentence."""
    if many := denials(asked.text):
        return many == denials(said.text)
    return asked.negated == said.frame.negated


def _names(unit: Unit) -> bool:
    """Whether it names somebody or something, more than "Turkish" before a noun does."""
    return unit.kind in NAMED and (unit.kind != "country" or unit.head)


def _share(asked: Frame, said: _Said) -> float:
    """Share of the claim's strong units that the sentence, or what stands around it, has."""
    strong = [unit for unit in asked.units if not unit.weak]
    around = surroundings(said.context).stems
    known = around | said.frame.stems
    known |= _PERSONS if known & _PEOPLE else frozenset()
    told = [u for u in strong if (u.kind in NAMED and _named(u, said)) or u.key in known]
    return len(told) / len(strong) if strong else 0.0


def _named(unit: Unit, said: _Said) -> bool:
    around = surroundings(said.context)
    words = unit.text.split()
    if unit.text in month_name and (said.day is None or unit.text == month_name[said.day.month]):
        return True  # "the July talks": a report of that month need not say which
    if unit.kind == "country" and unit.key in around.countries:
        return True
    if any(same_unit(unit, other) for other in said.frame.units):
        return True
    known = surroundings(words[-1] if unit.kind == "person" else unit.text)
    return known.folded <= around.folded or known.stems <= around.stems


def _another_acts(asked: Frame, said: Frame) -> bool:
    """Whether the sentence has another name where the claim has the one that acts, and that one nowhere."""
    ours = [unit for unit in asked.units if unit.side == "subject" and unit.kind in NAMED and unit.head]
    theirs = [unit for unit in said.units if unit.side == "subject" and unit.kind in NAMED and unit.head]
    if not ours or not theirs:
        return False
    return not any(same_unit(unit, other) for unit in ours for other in said.units)


def contradicted(claim: Claim, others: Sequence[tuple[Document, str]]) -> bool:
    """Whether a sentence of ``others`` has another number for what the claim counts: then the model settles nothing."""
    asked = _frame(claim.claim, claim)
    if not asked.quantities:
        return False
    return any(_other_number(asked, said) for document, text in others for said in _sentences(document, text))


def _other_number(asked: Frame, said: _Said) -> bool:
    if told_share(asked, said.frame, said.context) < LIKE:
        return False
    for ours in asked.quantities:
        theirs = [other.quantity for other in said.frame.quantities if same_thing_counted(ours, other)]
        relations = {compare_quantities(ours.quantity, other).relation for other in theirs}
        if "different" in relations and not relations & {"same", "within", "compatible"}:
            return True
    return False
