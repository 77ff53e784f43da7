"""Is a statement worth checking? If not, why not, in words an editor would use."""

from factcheck.language.lexicon import FUTURE_MARKS, MODALS_OF_WISH, OPINION_WORDS, PRONOUNS_MANY
from factcheck.language.sentence import Sentence

OPINION = "opinion or assessment"
WISH = "wish, demand or possibility"
FUTURE = "about the future"
QUESTION = "a question"
FRAGMENT = "not a full statement"
UNRESOLVED = "cannot stand alone: it is not said who or what is meant"
FIRST_PERSON = "the speaker about themselves, nothing to compare"


def why_not(sentence: Sentence, *, verb: int | None, attributed: bool) -> str | None:
    """The reason a clause of the sentence is not check-worthy, None when it is.

    ``verb`` is the clause's main verb; ``attributed`` says that it is somebody's words: that they were said is a fact
    even when what they say is an opinion, unless they only speak of themselves.
    """
    doc = sentence.doc
    if sentence.text.rstrip().endswith("?"):
        return QUESTION
    if verb is None:
        return FRAGMENT
    head = doc[verb]
    subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if (
        subject is not None
        and subject.i not in sentence.replaced
        and _points_nowhere(subject.lower_, attributed=attributed)
    ):
        return UNRESOLVED if subject.lower_ not in {"i", "we"} else FIRST_PERSON
    if sentence.speaker is not None:
        return _own_words(sentence, verb)
    auxiliaries = {c.lower_ for c in head.children if c.dep_ == "aux"}
    if attributed:
        return None
    if auxiliaries & MODALS_OF_WISH:
        return WISH
    if auxiliaries & FUTURE_MARKS:
        return FUTURE
    words = {t.lower_ for t in (head, *head.children)}
    return OPINION if words & OPINION_WORDS else None


def _points_nowhere(word: str, *, attributed: bool) -> bool:
    if word in {"it", "this", "that", "these", "those", "he", "she", "they", "them"}:
        return True
    return word in PRONOUNS_MANY | {"i"} and not attributed


def _own_words(sentence: Sentence, verb: int) -> str | None:
    """A paragraph in the speaker's own words: facts in it stay, talk of oneself and of hopes goes."""
    doc = sentence.doc
    head = doc[verb]
    auxiliaries = {c.lower_ for c in head.children if c.dep_ == "aux"}
    if auxiliaries & (MODALS_OF_WISH | {"can"}):
        return WISH
    if auxiliaries & FUTURE_MARKS:
        return FUTURE
    owner = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if owner is not None and any(c.lower_ in {"our", "my"} for c in owner.children):
        return FIRST_PERSON
    if any(c.dep_ == "acomp" and c.lower_ in OPINION_WORDS for c in head.children):
        return OPINION
    return None
