"""Clauses of a sentence: each predicate with its own subject, and whose words it is.

"A said that B does X and wants Y" gives two clauses with speaker A: "B does X" and "B wants Y".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.language.callings import calling
from factcheck.language.lexicon import NEGATIONS, SAY_VERBS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
INTENTS = frozenset("agreement deal contract decision offer plan intention promise pledge bid accord".split())
"""Nouns that say their "to ..." is meant to be done."""
OUTLET = frozenset(["page", "article", "report", "text", "item", "piece", "story"])
SPACE_BEFORE = re.compile(r"\s+([,.;:])")
DOUBLE_COMMA = re.compile(r",(?:\s*,)+")
EDGE = frozenset({",", ";", ":", "-", "–", "—", "and", "but", "or", "that", "while", "which", "."})


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with what belongs to it, as token indices of the sentence."""

    verb: int
    tokens: tuple[int, ...]
    """Its own words, in order."""
    borrowed: tuple[int, ...]
    """The subject it shares with an earlier clause; empty when it has its own."""
    speaker: tuple[int, int] | None
    """Tokens ``[first:last]`` of whoever said it."""
    speech_verb: int | None = None
    link: str = ""
    """Words to put between the borrowed subject and its own: "was" for "the vote held in May"."""
    gap: int | None = None
    """The token of its own in front of which ``link`` is put instead: "called the plan [is] a sham"."""


def inner_clauses(doc: "Doc") -> list[Clause]:
    """What a sentence says in passing of the things it names: "the vote held in May", "the prize, which is worth"."""
    found = []
    for verb in doc:
        if verb.dep_ == "advcl" and (beside := _circumstance(doc, verb)) is not None:
            found.append(beside)
        aside = verb.dep_ == "parataxis" and verb.tag_ == "VBN"  # "(born 8 November 1989)"
        if (
            not (verb.dep_ in {"relcl", "acl"} or aside)
            or not _is_predicate(verb)
            or verb.head.pos_ not in {"NOUN", "PROPN"}
        ):
            continue
        if verb.dep_ == "relcl":
            made = [_relative(doc, one, verb) for one in (verb, *_joined(verb))]
        else:
            made = [_participle(doc, verb)]
        found += [clause for clause in made if clause is not None]
    return found


def _relative(doc: "Doc", verb: "Token", first: "Token") -> Clause | None:
    """A relative clause whose pronoun is its subject, or "whose" and a noun that is; ``first`` hangs on the noun."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None and verb is not first:
        subject = next((c for c in first.children if c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ != "whose"), None)
    if subject is None:
        return None
    whose = next((c for c in subject.children if c.lower_ == "whose"), None)
    if subject.lower_ not in {"who", "which", "that"} and whose is None:
        return None
    dropped = whose.i if whose is not None else subject.i
    others = {t.i for other in _joined(verb) for t in other.subtree}
    own = _trim(doc, [t.i for t in verb.subtree if t.i != dropped and t.i not in others])
    borrowed = _noun_phrase(_meant(first.head), without=first)
    if not own or not borrowed:
        return None
    return Clause(verb.i, own, borrowed, None, link="'s" if whose is not None else "")


def _participle(doc: "Doc", verb: "Token") -> Clause | None:
    """ "The vote held in May" is "the vote was held in May"; "a deal to buy Y" is "X will buy Y"."""
    if verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return _intended(doc, verb)
    if verb.tag_ not in {"VBN", "VBD", "VBG"} or any(c.dep_ in {"aux", "auxpass", "mark"} for c in verb.children):
        return None
    own = _trim(doc, [t.i for t in verb.subtree if not t.is_bracket])
    borrowed = _noun_phrase(_meant(verb.head), without=verb)
    if len(own) < 2 or not borrowed:
        return None
    return Clause(verb.i, own, borrowed, None, link="were" if verb.head.tag_ in {"NNS", "NNPS"} else "was")


def _circumstance(doc: "Doc", verb: "Token") -> Clause | None:
    """ "Founded in 1997, the school ...": of the subject of the verb it goes with, "the school was founded in 1997"."""
    has = {c.dep_ for c in verb.children}
    if verb.tag_ not in {"VBN", "VBG"} or has & {"aux", "auxpass", "mark", "nsubj", "nsubjpass"}:
        return None
    subject = next((c for c in verb.head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    own = _trim(doc, [t.i for t in verb.subtree])
    if subject is None or subject.pos_ == "PRON" or len(own) < 2 or is_denied(verb.head):
        return None
    many = subject.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in subject.children)
    return Clause(verb.i, own, _noun_phrase(subject, without=verb), None, link="were" if many else "was")


def _meant(noun: "Token") -> "Token":
    """Of whom a noun is said: "Brand" for "a player" in "Brand is a player who" and in "Brand, a player who"."""
    indefinite = any(c.lower_ in {"a", "an"} for c in noun.children)
    if noun.dep_ == "appos" and indefinite:
        return noun.head
    if noun.dep_ != "attr" or noun.head.lemma_ != "be" or not indefinite or is_denied(noun.head):
        return noun
    return next((c for c in noun.head.children if c.dep_ == "nsubj" and c.pos_ != "PRON"), noun)


def _intended(doc: "Doc", verb: "Token") -> Clause | None:
    """What the subject of the sentence has agreed, offered or decided to do."""
    above = verb.head.head
    subject = next((c for c in above.children if c.dep_ == "nsubj"), None) if verb.head.dep_ == "dobj" else None
    own = _trim(doc, [t.i for t in verb.subtree if not (t.lower_ == "to" and t.head.i == verb.i)])
    if subject is None or verb.head.lemma_.lower() not in INTENTS or not own:
        return None
    return Clause(verb.i, own, _noun_phrase(subject, without=verb), None, link="will")


def _noun_phrase(noun: "Token", *, without: "Token") -> tuple[int, ...]:
    """The words of a noun and what describes it before and with "of", without clauses and asides."""
    aside = {"relcl", "acl", "appos", "conj", "cc", "punct"}
    left_out = {t.i for c in noun.children if c.dep_ in aside for t in c.subtree}
    left_out |= {t.i for t in without.subtree}
    return _trim(noun.doc, [t.i for t in noun.subtree if t.i not in left_out])


def clauses(doc: "Doc") -> list[Clause]:
    """The clauses of a parsed sentence, in order; a sentence without a verb has none."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or not _is_predicate(root):
        return []
    found: list[Clause] = []
    for verb in (root, *_joined(root)):
        found += _of_verb(doc, verb, root, None, None)
    return found


def _is_predicate(token: "Token") -> bool:
    """A verb, or what the tagger calls an adjective with an auxiliary: "is closed"."""
    return token.pos_ in {"VERB", "AUX"} or any(c.dep_ in {"aux", "auxpass"} for c in token.children)


def _joined(verb: "Token") -> "list[Token]":
    """Verbs of statements beside this one: joined by "and", "but", "while" or a semicolon."""
    found = []
    for child in verb.children:
        beside = child.dep_ == "ccomp" and _side_by_side(child, verb)
        if child.pos_ in {"VERB", "AUX"} and (child.dep_ == "conj" or _contrasted(child) or beside):
            found += [child, *_joined(child)]
    return found


def _contrasted(child: "Token") -> bool:
    """ "..., while B does Y": a second statement with its own subject, not a circumstance of the first."""
    return (
        child.dep_ == "advcl"
        and any(c.dep_ == "mark" and c.lower_ in {"while", "whereas"} for c in child.children)
        and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    )


def _side_by_side(child: "Token", verb: "Token") -> bool:
    """A clause that only stands before a semicolon, which the parser hangs on the next one."""
    if verb.lemma_.lower() in SAY_VERBS or child.i > verb.i:
        return False
    return any(t.text == ";" for t in verb.doc[child.i : verb.i])


def _of_verb(
    doc: "Doc", verb: "Token", first_verb: "Token", speaker: tuple[int, int] | None, speech: int | None
) -> list[Clause]:
    content = _contents(verb)
    if content and speaker is None:
        who = _speaker(verb) or _speaker(first_verb)
        subject = next((c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"), "")
        if who is not None or verb.lemma_.lower() == "report" or subject in OUTLET:
            found: list[Clause] = []
            for inner in content:
                for joined in (inner, *_joined(inner)):
                    found += _of_verb(doc, joined, inner, who, verb.i)
            return found
    called = calling(verb) if speaker is None else None
    if called is not None and (who := _speaker(verb)) is not None:
        return [Clause(verb.i, called.tokens, (), who, verb.i, called.link, called.before)]
    who, cited = (speaker, None) if speaker is not None else _according_to(verb)
    own = [t.i for t in verb.subtree if t.i not in _left_to_others(verb, cited)]
    borrowed: tuple[int, ...] = ()
    if verb is not first_verb and not any(c.dep_ in SUBJECT_DEPS for c in verb.children):
        subject = next((c for c in first_verb.children if c.dep_ in SUBJECT_DEPS), None)
        borrowed = tuple(t.i for t in subject.subtree if t.dep_ != "relcl") if subject is not None else ()
    tokens = _trim(doc, own)
    return [Clause(verb.i, tokens, borrowed, who, speech)] if tokens else []


def _contents(verb: "Token") -> "list[Token]":
    """The clauses that a reporting verb reports; none for "did not say", which hands nothing to anybody."""
    if verb.lemma_.lower() not in SAY_VERBS or is_denied(verb):
        return []
    return [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"} and not _side_by_side(c, verb)]


def is_denied(verb: "Token") -> bool:
    """Whether a negation hangs on the verb itself: "did not say", "never was"."""
    return any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in verb.children)


def _speaker(verb: "Token") -> tuple[int, int] | None:
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return None
    if subject.lemma_.lower() in OUTLET or (verb.lemma_.lower() == "report" and verb.i < subject.i):
        return None  # the outlet speaking of itself: "the article says", "..., reports AGENCY"
    inside = [
        t.i
        for t in subject.subtree
        if not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if a.i != subject.i and a in subject.subtree)
    ]
    return (min(inside), max(inside) + 1) if inside else None


def _according_to(verb: "Token") -> "tuple[tuple[int, int] | None, Token | None]":
    """ "according to X": the speaker and the token that heads the phrase."""
    for child in verb.children:
        if child.lower_ == "according":
            whom = [t for t in child.subtree if t.dep_ == "pobj"]
            if whom:
                inside = [t.i for t in whom[0].subtree]
                comma = next((i for i in inside if verb.doc[i].text == ","), max(inside) + 1)
                return (min(inside), comma), child
    return None, None


def _left_to_others(verb: "Token", cited: "Token | None") -> set[int]:
    """Tokens under this verb that belong to joined verbs or to the naming of the speaker."""
    left: set[int] = set()
    for other in _joined(verb):
        left |= {t.i for t in other.subtree}
    if cited is not None:
        left |= {t.i for t in cited.subtree}
    for child in verb.children:
        if child.dep_ == "parataxis" or (
            child.dep_ == "ccomp" and child.lemma_.lower() in SAY_VERBS and child.i > verb.i
        ):
            left |= {t.i for t in child.subtree}
    return left


def _trim(doc: "Doc", tokens: Iterable[int]) -> tuple[int, ...]:
    kept = sorted(tokens)
    while kept and (doc[kept[0]].lower_ in EDGE or doc[kept[0]].is_space or doc[kept[0]].is_quote):
        kept.pop(0)
    while kept and (doc[kept[-1]].lower_ in EDGE or doc[kept[-1]].is_space or doc[kept[-1]].is_quote):
        kept.pop()
    return tuple(kept)


def written(doc: "Doc", tokens: Iterable[int], replaced: Mapping[int, str]) -> str:
    """The tokens as running text, with some replaced (an empty string leaves one out)."""
    parts: list[str] = []
    previous = -1
    for index in tokens:
        token = doc[index]
        if previous >= 0 and index != previous + 1 and parts and not parts[-1].endswith(" "):
            parts.append(" ")
        text = replaced.get(index, token.text)
        parts.append(text + token.whitespace_ if text else "")
        previous = index
    return SPACE_BEFORE.sub(r"\1", DOUBLE_COMMA.sub(",", "".join(parts))).strip(" ,;:–—-")
