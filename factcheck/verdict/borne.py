"""Whether the words of a passage bear out what the local model reads in it.

The model goes by likeness: a number of another firm, a wish for a deed, a value since corrected look alike to it. So
its support counts only where some sentence of the passage (with the one before it, and the title) has the claim's
numbers, days and names, most of its words, no opposite of one, and nobody else in the place of who acts.
"""

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from factcheck.kinds.align import belongs_elsewhere, only_wished, reversed_roles, same_unit, told_share
from factcheck.kinds.clause import ONCE
from factcheck.kinds.frame import Frame, Unit, read_frame
from factcheck.kinds.scope import shared_out
from factcheck.kinds.surroundings import NAMED, surroundings
from factcheck.kinds.title_role import NOT_YET
from factcheck.kinds.typed import same_thing_counted
from factcheck.language.denial import denials
from factcheck.language.lexicon import (
    APPOINT_VERBS,
    BECOME_VERBS,
    LIGHT_VERBS,
    PEOPLE_WORDS,
    PERSON_NOUNS,
    PROPOSE_VERBS,
    ROLE_HEADS,
)
from factcheck.language.parse import parse
from factcheck.language.same_quantity import compare_quantities
from factcheck.language.strict import hedged, other_way, stricter, unsure
from factcheck.language.words import opposites, stem
from factcheck.names import country_of, is_capital
from factcheck.types import Claim
from factcheck.verdict.told import numbers_told
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

LEAST_TOLD = 0.6
"""Share of the claim's words that a sentence and what stands around it must have."""
LIKE = 0.6
"""The same for a sentence whose number is taken to be of the same thing."""
GIVING = APPOINT_VERBS | BECOME_VERBS
"""Verbs that may stand between a person and the post."""
_TURNS = ONCE - frozenset(stem(verb) for verb in ("sign", "adopt", "found"))
"""What happens to a person once; that it did is said, or the sentence is of something else."""
_SAYS_LITTLE = frozenset(stem(verb) for verb in (*LIGHT_VERBS, "be"))
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
    if _says_less(asked, said) or _says_other(asked, said):
        return False
    if not numbers_told(claim.claim, said.window, as_of=claim.as_of, published=document.published_date, days=False):
        return False
    if _post_beside(asked, said.text):
        return False
    if not all(_stands_near(place.text, said) for place in asked.places):
        return False
    if not all(_named(unit, said) for unit in asked.units if _names(unit)):
        return False
    return _share(asked, said) >= LEAST_TOLD


def _post_beside(asked: Frame, said: str) -> bool:
    """Whether the sentence has the post as somebody else's ("worked for the mayor"), or as one yet to be held."""
    posts = {u.key for u in asked.units if u.side == "object" and u.head and u.text.lower() in ROLE_HEADS}
    names = {u.text.split()[-1] for u in asked.units if u.side == "subject" and u.head and u.kind in NAMED}
    if asked.predicate != "be" or not posts or not names:
        return False
    doc = parse([said])[0]
    if any(token.lower_ in NOT_YET or token.lemma_.lower() in PROPOSE_VERBS for token in doc):
        return True
    pairs = [(a.i, b.i) for a in doc if a.text in names for b in doc if stem(b.lemma_) in posts]
    if not pairs:
        return False
    one, other = min(pairs, key=lambda pair: abs(pair[0] - pair[1]))
    between = list(doc)[min(one, other) + 1 : max(one, other)]
    return any(token.pos_ == "VERB" and token.lemma_.lower() not in GIVING for token in between)


def _says_less(asked: Frame, said: _Said) -> bool:
    """Whether the sentence hedges, plans or denies what the claim says, or says it of a part or of more together."""
    if hedged(asked.text, said.text) or stricter(asked.text, said.window) or not _as_much_denied(asked, said):
        return True
    if asked.mood == "real" and said.frame.mood != "real":
        return True
    if unsure(asked.text, said.text) or _over(asked, said.frame):
        return True
    return only_wished(asked, said.frame) or belongs_elsewhere(asked, said.frame) or shared_out(asked, said.frame)


def _over(asked: Frame, said: Frame) -> bool:
    """Whether the claim says that something will be and the sentence that it was: they are two."""
    acts = {unit.key for unit in asked.units if unit.side == "predicate"}
    return asked.mood == "future" and said.mood == "real" and bool(acts & said.keys) and not acts & said.wished


def _says_other(asked: Frame, said: _Said) -> bool:
    """Whether the sentence has an opposite, another one acting, another act or thing, or numbers changed round."""
    if any(opposites(unit.key) & said.frame.keys and unit.key not in said.frame.stems for unit in asked.units):
        return True
    if reversed_roles(asked, said.frame) or _another_acts(asked, said.frame) or other_way(asked.text, said.text):
        return True
    if _another_thing(asked, said) or _numbers_changed_places(asked.text, said.text):
        return True
    inner, told = _content(asked.text), _content(said.text)
    if not inner or not told:
        return False
    ours, theirs = read_frame(inner, None), read_frame(told, None)
    if theirs.mood != "real" and re.search(r"\b(?:if|unless|may|might|could)\b", told) and ours.mood == "real":
        return True
    return _another_thing(ours, replace(said, frame=theirs))


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
    known = _known(said)
    told = [u for u in strong if (u.kind in NAMED and _named(u, said)) or u.key in known]
    return len(told) / len(strong) if strong else 0.0


def _known(said: _Said) -> frozenset[str]:
    """Stems of the words that the sentence, or what stands around it, has."""
    known = surroundings(said.context).stems | said.frame.stems
    return known | _PERSONS if known & _PEOPLE else known


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


def _stands_near(place: str, said: _Said) -> bool:
    """Whether the sentence, or what stands around it, has the place where the claim says it was."""
    around, wanted = surroundings(said.context), surroundings(place)
    if wanted.folded <= around.folded or wanted.stems <= around.stems:
        return True
    whole = {country_of(word) for word in around.capitals if not is_capital(word)}  # Oslo is not all of Norway
    return bool(wanted.countries & whole)


def _another_acts(asked: Frame, said: Frame) -> bool:
    """Whether the sentence has another name where the claim has the one that acts, and that one nowhere."""
    ours = [unit for unit in asked.units if unit.side == "subject" and unit.kind in NAMED and unit.head]
    theirs = [unit for unit in said.units if unit.side == "subject" and unit.kind in NAMED and unit.head]
    if not ours or not theirs:
        return False
    return not any(same_unit(unit, other) for unit in ours for other in said.units)


def _another_thing(asked: Frame, said: _Said) -> bool:
    """Whether the sentence has the claim's words but for the one that matters.

    The same done to something else (who won the stage has not won the race), something else done to the same (a house
    that was rented was not bought), one of the things that happen once in no word (who ran for mayor was not elected).
    """
    known = _known(said)
    missing = [unit for unit in asked.units if not unit.weak and unit.kind == "word" and unit.key not in known]
    if any(unit.side == "predicate" and unit.key in _TURNS for unit in missing):
        return True
    acts = [unit for unit in asked.units if unit.side == "predicate"]
    other_act = asked.predicate != said.frame.predicate and said.frame.predicate not in _SAYS_LITTLE
    if other_act and missing == [unit for unit in acts if unit in missing] and _parallel(asked, said.frame):
        return all(unit in missing for unit in acts)
    if _crossed(asked, said.frame):
        return True
    if asked.predicate == said.frame.predicate and _other_circumstance(asked, said.frame, missing):
        return True
    if asked.predicate != said.frame.predicate or asked.predicate in _SAYS_LITTLE - {"be"}:
        return False
    for side in ("subject", "object"):
        ours, theirs = _heads(asked, side), _heads(said.frame, side)
        if ours and theirs and not ours & known and not theirs & asked.keys:
            return True
    return False


def _parallel(asked: Frame, said: Frame) -> bool:
    """Whether who acts and what is acted upon stand in the same places of both."""
    heads = [unit for unit in asked.units if unit.head and unit.side in {"subject", "object"}]
    return bool(heads) and all(
        any(_in_place(other, unit.side) and same_unit(unit, other) for other in said.units) for unit in heads
    )


def _in_place(unit: Unit, side: str) -> bool:
    """Whether a unit is on that side; "works in the department" has it where "heads the department" has."""
    return (unit.head and unit.side == side) or (side == "object" and unit.side == "other" and not unit.of)


def _content(text: str) -> str:
    """What a sentence reports as said, empty when it reports nothing."""
    root = next((token for token in parse([text])[0] if token.dep_ == "ROOT"), None)
    said = None if root is None else next((child for child in root.children if child.dep_ == "ccomp"), None)
    return "" if root is None or said is None else str(root.doc[said.left_edge.i : said.right_edge.i + 1].text)


def _numbers_changed_places(claimed: str, said: str) -> bool:
    """Whether a number of the claim goes with another act in the sentence: 12 hurt and 30 killed, not the reverse."""
    ours, theirs = _acts_of_numbers(claimed), _acts_of_numbers(said)
    return any(theirs.get(number, act) != act and act in theirs.values() for number, act in ours.items())


def _acts_of_numbers(text: str) -> dict[str, str]:
    """For each number its verb: the next one behind it, before another number."""
    found: dict[str, str] = {}
    waiting: str | None = None
    for token in parse([text])[0]:
        if token.like_num:
            waiting = stem(token.lower_)
        elif waiting is not None and token.pos_ == "VERB":
            found[waiting], waiting = stem(token.lemma_), None
    return found


def _other_circumstance(asked: Frame, said: Frame, missing: list[Unit]) -> bool:
    """Whether only what it was done in, at or with differs: seats in the council, seats in parliament."""
    if not missing or any(unit.head for unit in missing) or not _parallel(asked, said):
        return False
    aside = (unit for unit in said.units if not unit.head and unit.kind == "word" and not unit.weak)
    return any(unit.key not in asked.keys for unit in aside)


def _crossed(asked: Frame, said: Frame) -> bool:
    """Whether who acts in the claim is acted upon in the sentence, and the other way round."""

    def sides(frame: Frame, unit: Unit) -> set[str]:
        return {other.side for other in frame.units if other.head and same_unit(unit, other)}

    actors = [unit for unit in asked.units if unit.head and unit.side == "subject"]
    targets = [unit for unit in asked.units if (unit.head and unit.side == "object") or _aside(unit)]
    return any(sides(said, unit) == {"object"} for unit in actors) and any(
        sides(said, unit) == {"subject"} for unit in targets
    )


def _aside(unit: Unit) -> bool:
    """Whether it is a name that only goes with what is done: "beat Oslo 3-1" is parsed so."""
    return unit.side == "other" and unit.kind in NAMED and not unit.of


def _heads(frame: Frame, side: str) -> set[str]:
    return {unit.key for unit in frame.units if unit.side == side and unit.head and unit.kind == "word"}


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
