"""Whether a clause says that something is, is not, will be or may be."""

from typing import TYPE_CHECKING

from factcheck.language.lexicon import NEGATIONS, NEGATIVE_VERBS
from factcheck.language.words import opposites, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SEEMING = frozenset({"seem", "appear", "look"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def mood_of(root: "Token | None") -> str:
    """``real``, ``future`` ("will", "is to") or ``possible`` ("may", "should", "seems") of the verb at the root."""
    if root is None:
        return "real"
    if root.lemma_ in _SEEMING and any(c.dep_ in {"acomp", "oprd", "attr", "xcomp", "ccomp"} for c in root.children):
        return "possible"
    auxiliaries = {c.lower_ for c in root.children if c.dep_ == "aux"}
    if auxiliaries & {"may", "might", "could", "should", "must", "ought", "need"}:
        return "possible"
    to_be = root.lemma_ == "be" and any(
        c.dep_ == "xcomp" and any(t.lower_ == "to" for t in c.children) for c in root.children
    ) and not any(c.dep_ in {"acomp", "attr"} for c in root.children)  # fmt: skip
    return "future" if to_be or auxiliaries & {"will", "shall", "would", "'ll"} else "real"


def denies_all(doc: "Doc", root: "Token | None") -> bool:
    """ "no ceasefire was agreed": whatever is not at all is not in any place, number or length either."""
    return root is not None and any(
        t.lower_ == "no"
        and not is_number_sign(t)
        and t.dep_ == "det"
        and t.head.dep_ in _SUBJECTS | {"dobj", "attr"}
        and t.head.head.i == root.i
        for t in doc
    )


def _yet_to(root: "Token") -> bool:
    """ "has yet to appear": it has not."""
    acts = (c for c in root.children if c.dep_ == "xcomp" and any(t.lower_ == "to" for t in c.children))
    return root.lemma_ in {"have", "be"} and any(c.lower_ == "yet" for c in root.children) and any(acts)


def is_number_sign(token: "Token") -> bool:
    """ "No. 539": an abbreviation, no denial."""
    if token.lower_ not in {"no", "no.", "nos", "nos."}:
        return False
    rest = [after.text for after in token.doc[token.i + 1 : token.i + 3]]
    if rest[:1] == ["."]:
        return len(rest) == 2 and rest[1][:1].isdigit()
    numbered = bool(rest) and rest[0][:1].isdigit()
    noun = token.i > 0 and token.text[:1].isupper() and token.nbor(-1).pos_ in {"NOUN", "PROPN"}
    return numbered and (token.text.endswith(".") or noun)


def is_negated(doc: "Doc") -> bool:
    """Whether the clause denies its main predicate: an odd number of negations on the way to it."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None:
        return False
    chain = [root, *(t for t in root.children if t.dep_ in {"xcomp", "acomp", "attr", "oprd"})]
    if _yet_to(root):
        return not any(child.dep_ == "neg" for verb in chain for child in verb.children)
    count = sum(
        1
        for verb in chain
        for child in verb.children
        if (child.dep_ == "neg" or child.lower_ in NEGATIONS) and not is_number_sign(child)
    )
    for token in doc:
        if (
            token.dep_ == "det"
            and token.lower_ == "no"
            and not is_number_sign(token)
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
