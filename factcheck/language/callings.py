"""What somebody calls, considers or describes as something: "X called the plan a sham" says that it is one."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token

CALLING_VERBS = frozenset("call consider find describe deem regard view label think judge brand".split())
PLURAL = frozenset({"NNS", "NNPS"})


class Calling(NamedTuple):
    """The words of the statement inside, as tokens, and where "is" or "are" is missing in it."""

    tokens: tuple[int, ...]
    before: int
    """The token in front of which the link is to be put."""
    link: str


def calling(verb: "Token") -> Calling | None:
    """What the subject of ``verb`` calls what; None when it calls nothing so."""
    if verb.lemma_.lower() not in CALLING_VERBS or any(c.dep_ == "neg" for c in verb.children):
        return None
    how = _complement(verb)
    if how is None:
        return None
    what = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if what is None:
        what = next((c for c in how.children if c.dep_ == "nsubj"), None)
    if what is None or what.lower_ in {"it", "what", "which", "that"} or what.i > how.i:
        return None
    first = {t.i for t in what.subtree}
    second = {t.i for t in how.subtree if t.i not in first and t.lower_ != "as"}
    if not second or max(first) > min(second):
        return None
    link = "are" if what.tag_ in PLURAL or any(c.dep_ == "conj" for c in what.children) else "is"
    return Calling(tuple(sorted(first | second)), min(second), link)


def _complement(verb: "Token") -> "Token | None":
    """The noun or adjective that says what it is called."""
    for child in verb.children:
        if child.dep_ == "oprd" or (child.dep_ == "ccomp" and child.pos_ in {"ADJ", "NOUN", "PROPN"}):
            return child
        if child.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in {"advmod", "mark"} for c in child.children):
            return child
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((c for c in child.children if c.dep_ in {"pobj", "amod", "pcomp"}), None)
    return None
