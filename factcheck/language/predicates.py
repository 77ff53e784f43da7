"""What a verb means with the words it goes with: "called off" is "cancel", "came to terms" is "agree"."""

from typing import TYPE_CHECKING

from factcheck.language.lexicon import COPULAS, DEAL_VERBS, DEALS, LOCATED_VERBS, PHRASAL_VERBS, PHRASES

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})


def predicate_word(verb: "Token") -> str:
    """The lemma of a verb, or of the one verb that says the same as it does with its particle or noun."""
    lemma: str = verb.lemma_.lower()
    if lemma == "be" and any(
        c.lower_ == "over" and c.dep_ in {"prt", "advmod", "acomp", "prep"} for c in verb.children
    ):
        return "end"
    noun = phrase_noun(verb)
    if noun is not None:
        return PHRASES[lemma, noun.lemma_.lower()]
    if lemma in DEAL_VERBS and any(c.lemma_.lower() in DEALS for c in verb.children if c.dep_ in _ARGUMENTS):
        return "agree"
    if lemma in COPULAS and any(c.dep_ in {"acomp", "oprd", "attr"} for c in verb.children):
        return "be"
    if lemma == "sit" and [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]] == ["in", "on"]:
        return "attend"
    if lemma in LOCATED_VERBS and any(c.dep_ == "prep" and c.lower_ in {"in", "at", "on"} for c in verb.children):
        return "be"
    if lemma in {"come", "go", "get"} and any(c.lower_ == "home" for c in verb.children):
        return "return"
    if lemma == "stay" and any(c.lower_ == "away" for c in verb.children):
        return "miss"
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    if lemma == "take" and particle == "over" and _of_a_name(verb):
        return "acquire"
    return lemma if particle is None else PHRASAL_VERBS.get(f"{lemma} {particle}", lemma)


def phrase_noun(verb: "Token") -> "Token | None":
    """The noun that makes a set phrase with the verb: "terms" in "came to terms"; it says nothing by itself."""
    lemma = verb.lemma_.lower()
    direct = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    after = [n for c in verb.children if c.dep_ == "prep" for n in c.children if n.dep_ == "pobj"]
    return next((noun for noun in (*direct, *after) if (lemma, noun.lemma_.lower()) in PHRASES), None)


def _of_a_name(verb: "Token") -> bool:
    """ "take over a company", not "take over as director" or "from somebody"."""
    if any(c.dep_ == "prep" and c.lower_ in {"as", "from"} for c in verb.children):
        return False
    return any(c.dep_ in {"dobj", "nsubjpass"} and c.pos_ == "PROPN" for c in verb.children)
