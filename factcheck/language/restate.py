"""One act told in several ways, put in one of them: "B paid M for X", "X was sold to B for M" are "B bought X for M".

The ways are lines of ``restatements.txt``. A restatement never says more than the clause it was made from; whatever the
clause says beside it (when, where) is kept at its end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from factcheck.language.clauses import SPACE_BEFORE, is_denied
from factcheck.language.lexicon import EVENT_NOUNS, PEOPLE_WORDS, PERSON_NOUNS
from factcheck.language.parse import parse
from factcheck.language.quantities import find_quantities
from factcheck.language.words import is_content

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPEN = frozenset("may might could should ought would can cannot".split())
_FUTURE = frozenset("will shall must 'll ’ll".split())
_EXCEPT = frozenset("apart besides except excluding including almost nearly".split())
"""Words that make a number mean something else than it says."""
_KEPT = frozenset({"prep", "npadvmod", "advmod"})
_PRIZES = frozenset("cup title trophy medal gold championship league crown shield prize award bronze silver".split())
_SHARES = frozenset({"majority"})
"""A stake in a company is not the company; who buys a majority of it buys it."""
MOST = 8
"""Restatements made of one clause."""


@dataclass(frozen=True)
class Way:
    """One line of the file: verbs, what stands where beside them, and what that comes to."""

    verbs: frozenset[str]
    roles: tuple[tuple[str, str, str], ...]
    """(variable, role, sort); the sort is empty where anything will do."""
    template: str
    future: bool
    """Whether it also holds of what is going to be."""
    denied: bool
    """Whether it is made of a denial, of nothing else."""


@lru_cache(maxsize=1)
def ways() -> dict[str, tuple[Way, ...]]:
    """The lines of ``restatements.txt`` by verb."""
    table: dict[str, list[Way]] = {}
    for line in files("factcheck.language").joinpath("restatements.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        verbs, roles, template = (part.strip() for part in line.split("|"))
        bare = verbs.lstrip("+!")
        marks, names = verbs[: len(verbs) - len(bare)], frozenset(one.strip() for one in bare.split(","))
        way = Way(names, tuple(_role(one) for one in roles.split()), template, "+" in marks, "!" in marks)
        for name in names:
            table.setdefault(name, []).append(way)
    return {name: tuple(found) for name, found in table.items()}


def _role(text: str) -> tuple[str, str, str]:
    variable, _, rest = text.partition("=")
    role, _, sort = rest.partition(":")
    return variable, role, sort


@lru_cache(maxsize=1000)
def restatements(text: str, *, whole: bool) -> tuple[str, ...]:
    """What a clause that stands alone says in other words; ``whole`` leaves out those that lose a part of it."""
    (doc,) = parse([text])
    found = [made for verb in _verbs(doc) for made in _of_verb(doc, verb, whole=whole)]
    return tuple(dict.fromkeys(one for one in found if one.rstrip(".") != text.rstrip(".")))[:MOST]


def _verbs(doc: "Doc") -> "list[Token]":
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    return [] if root is None else [root, *(t for t in root.children if t.dep_ == "conj" and t.pos_ == root.pos_)]


def _of_verb(doc: "Doc", verb: "Token", *, whole: bool) -> Iterator[str]:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    key = verb.lemma_.lower() if particle is None else f"{verb.lemma_.lower()} {particle}"
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if auxiliaries & _OPEN:
        return
    if any(t.lower_ in _EXCEPT for t in doc):
        return
    roles = _roles(verb)
    for way in ways().get(key, ()):
        if way.denied != _denied(verb) or (auxiliaries & _FUTURE and not way.future):
            continue
        bound = _bind(way, roles)
        if bound is None or (not way.denied and any(is_denied(token) for token, _ in bound.values())):
            continue  # "was found not guilty" is no conviction
        rest = [t for t in verb.children if t.dep_ in _KEPT and not _used(t, bound) and t.lower_ not in {"not", "n't"}]
        used = {word for word in way.template.split() if len(word) == 1 and word.isupper()}
        if whole and _lost(doc, verb, [*(bound[name][0] for name in used & set(bound)), *rest], way):
            continue
        tail = " ".join(_words(token, ()) for token in rest)
        said = " ".join(_said(way, word, bound) for word in way.template.split())
        yield SPACE_BEFORE.sub(r"\1", f"{said[:1].upper()}{said[1:]} {tail}".strip()) + "."


def _said(way: Way, name: str, bound: "dict[str, tuple[Token, tuple[int, ...]]]") -> str:
    """What stands for a variable of a template; of so many people, how many."""
    if name not in bound:
        return name
    words = _words(*bound[name])
    if _sort(way, name) != "people":
        return words.removeprefix("No ").removeprefix("no ")
    return next(quantity.text for quantity in find_quantities(words) if quantity.kind == "count")


def _denied(verb: "Token") -> bool:
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return is_denied(verb) or (subject is not None and any(c.lower_ == "no" for c in subject.children))


def _roles(verb: "Token") -> "dict[str, list[Token]]":
    """What stands where beside a verb: subj, obj, comp and every preposition; of a passive as if it were active."""
    roles: dict[str, list[Token]] = {}
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    children = list(verb.children)
    if verb.dep_ == "conj" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in children):
        children += [c for c in verb.head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    for child in children:
        if child.dep_ == "agent":
            roles.setdefault("subj", []).extend(_objects(child))
        elif child.dep_ in {"nsubj", "nsubjpass"}:
            roles.setdefault("obj" if passive else "subj", []).append(child)
        elif child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP":
            roles.setdefault("obj2" if child.dep_ == "dative" or passive else "obj", []).append(child)
        elif child.dep_ in {"attr", "acomp", "oprd"}:
            roles.setdefault("comp", []).append(child)
        elif child.dep_ in {"prep", "dative"}:
            roles.setdefault(child.lower_, []).extend(_objects(child))
    inner = [token for role in ("obj", "comp", "obj2", "subj") for token in roles.get(role, ())]
    for noun in inner:
        for link in noun.children:
            if link.dep_ == "prep":
                roles.setdefault(f"{link.lower_}", []).extend(_objects(link))
    return roles


def _objects(link: "Token") -> "list[Token]":
    return [c for c in link.children if c.dep_ in {"pobj", "pcomp"}]


def _bind(way: Way, roles: "dict[str, list[Token]]") -> "dict[str, tuple[Token, tuple[int, ...]]] | None":
    """Each variable with its word and the words below it that belong to another variable."""
    chosen: dict[str, Token] = {}
    for variable, role, sort in way.roles:
        token = next((t for t in roles.get(role, ()) if _is(t, sort)), None)
        if token is None or (token.pos_ == "PRON" and token.dep_ in {"nsubj", "nsubjpass", "dobj"}):
            return None
        chosen[variable] = token
    bound = {}
    for name, token in chosen.items():
        others = [other for other in chosen.values() if other.i != token.i and other in token.subtree]
        dropped = {t.i for other in others for t in (_link(other) or other).subtree}
        bound[name] = (_inner(token) if _sort(way, name) == "share" else token, tuple(dropped))
    return bound


def _sort(way: Way, name: str) -> str:
    return next(sort for variable, _, sort in way.roles if variable == name)


def _inner(token: "Token") -> "Token":
    """ "a majority in X": X."""
    return next((n for c in token.children if c.lower_ in {"in", "of"} for n in _objects(c)), token)


def _link(token: "Token") -> "Token | None":
    return token.head if token.dep_ == "pobj" else None


def _used(token: "Token", bound: "dict[str, tuple[Token, tuple[int, ...]]]") -> bool:
    inside = {t.i for t in token.subtree}
    return any(word.i in inside for word, _ in bound.values())


def _is(token: "Token", sort: str) -> bool:
    """Whether a word is of the sort a line asks for."""
    if not sort:
        return True
    lemma = token.lemma_.lower()
    if sort.startswith("="):
        return lemma in sort[1:].split("/")
    if sort == "prize":
        return lemma in _PRIZES or any(t.lemma_.lower() in _PRIZES for t in token.subtree if t.dep_ == "compound")
    if sort == "event":
        return lemma in EVENT_NOUNS or any(t.lower_ in EVENT_NOUNS for t in token.subtree if t.pos_ == "PROPN")
    if sort == "share":
        return lemma in _SHARES and _inner(token) is not token
    if sort == "name":
        return bool(token.pos_ == "PROPN")
    words = _words(token, ())
    kinds = {quantity.kind for quantity in find_quantities(words)}
    if sort == "people":
        return "count" in kinds and (lemma in PEOPLE_WORDS | PERSON_NOUNS or token.pos_ == "NUM")
    return sort in kinds


def _lost(doc: "Doc", verb: "Token", kept: "list[Token]", way: Way) -> bool:
    """Whether a word of the clause that says something is in none of the parts kept."""
    inside = {t.i for token in kept for t in _inside(token, ())}
    literal = {word for _, _, sort in way.roles if sort.startswith("=") for word in sort[1:].split("/")}
    return any(
        is_content(t) and t.i not in inside and t.i != verb.i and t.dep_ != "prt" and t.lemma_.lower() not in literal
        for t in doc
    )


def _words(token: "Token", without: Iterable[int]) -> str:
    """The words of a phrase without what is said of it in passing."""
    return "".join(t.text_with_ws for t in _inside(token, without)).strip(" ,;:")


def _inside(token: "Token", without: Iterable[int]) -> "list[Token]":
    """Those words."""
    dropped = set(without)
    for child in token.children:
        if (
            child.dep_ in {"relcl", "appos", "parataxis"}
            or child.lower_ == "by"
            or (child.dep_ == "punct" and child.text not in {"%", "-", "$"})
        ):
            dropped |= {t.i for t in child.subtree}
    return [t for t in token.subtree if t.i not in dropped]
