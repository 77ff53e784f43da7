"""Whether a clause says that something is, is not, will be or may be, and what it excepts."""

import re
from typing import TYPE_CHECKING

from factcheck.language.lexicon import NEGATIONS, NEGATIVE_VERBS
from factcheck.language.words import opposites, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EXCEPTING = re.compile(
    r"\b(?:(?:other|rather)\s+than|(?:every|any|no)thing\s+but|all\s+but|except(?:ing)?|excluding|outside\s+of|apart\s+from"
    r"|instead\s+of|barely|solely|exclusively|infinite(?:ly)?|unable|incapable|always|(?<!not\s)only(?!\s+(?:\d|a\b|an\b|"
    r"one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|half\b|about\b)))\b"
    r"|\b(?:different|apart|distinct)\b[^.;]{0,40}?\b(?:from|than)\b",
    re.IGNORECASE,
)
"""Words that take something out of what is said, or leave nothing else."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def mood_of(root: "Token | None") -> str:
    """``real``, ``future`` ("will", "is to") or ``possible`` ("may", "should") of the verb at the root."""
    if root is None:
        return "real"
    auxiliaries = {c.lower_ for c in root.children if c.dep_ == "aux"}
    if auxiliaries & {"may", "might", "could", "should", "must", "ought", "need"}:
        return "possible"
    to_be = root.lemma_ == "be" and any(
        c.dep_ == "xcomp" and any(t.lower_ == "to" for t in c.children) for c in root.children
    ) and not any(c.dep_ in {"acomp", "attr"} for c in root.children)  # fmt: skip
    return "future" if to_be or auxiliaries & {"will", "shall", "would", "'ll"} else "real"


def exceptions(text: str) -> frozenset[str]:
    """The words by which ``text`` excepts something or leaves nothing else: "other than", "everything but", "only".

    >>> sorted(exceptions("It was made by someone other than Holm, and only for Falk."))
    ['only', 'other than']
    """
    return frozenset(" ".join(match.group().lower().split()[:2]) for match in _EXCEPTING.finditer(text))


def denies_all(doc: "Doc", root: "Token | None") -> bool:
    """ "no ceasefire was agreed": whatever is not at all is not in any place, number or length either."""
    return root is not None and any(
        t.lower_ == "no" and t.dep_ == "det" and t.head.dep_ in _SUBJECTS | {"dobj", "attr"} and t.head.head.i == root.i
        for t in doc
    )


def is_negated(doc: "Doc") -> bool:
    """Whether the clause denies its main predicate: an odd number of negations on the way to it."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None:
        return False
    chain = [root, *(t for t in root.children if t.dep_ in {"xcomp", "acomp", "attr", "oprd"})]
    if root.lemma_ in {"have", "be"} and any(c.lower_ == "yet" for c in root.children) and len(chain) > 1:
        chain = [verb for verb in chain if verb.lower_ != "yet"]
        return not any(child.dep_ == "neg" for verb in chain for child in verb.children)  # "has yet to appear"
    count = sum(1 for verb in chain for child in verb.children if child.dep_ == "neg" or child.lower_ in NEGATIONS)
    for token in doc:
        if (
            token.dep_ == "det"
            and token.lower_ == "no"
            and token.head.dep_ in _SUBJECTS | {"dobj", "attr"}
            and token.head.head in chain
        ):
            count += 1
    return (count + sum(1 for verb in chain if _turns(verb))) % 2 == 1


def _turns(verb: "Token") -> bool:
    """ "refused to sign" denies what hangs on it; "rejected the bill" is an act, with an opposite of its own."""
    if verb.lemma_.lower() not in NEGATIVE_VERBS:
        return False
    return not opposites(stem(verb.lemma_)) or any(c.dep_ == "xcomp" for c in verb.children)
