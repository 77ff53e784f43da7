"""Verbs with the words they go with, as one verb; whether a clause denies, promises or supposes."""

import pytest

from factcheck.language.parse import parse
from factcheck.language.polarity import denies_all, is_negated, mood_of
from factcheck.language.predicates import predicate_word


def root(text):
    doc = parse([text])[0]
    return next(t for t in doc if t.dep_ == "ROOT")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The two sides came to terms on the draft.", "agree"),
        ("The match was called off.", "cancel"),
        ("A truce was concluded in Oslo.", "agree"),
        ("The meeting was concluded in Oslo.", "conclude"),
        ("The dam lies in the north.", "be"),
        ("Arbor took over Brightwell.", "acquire"),
        ("Holm took over from Falk as director.", "succeed"),
        ("The ministers took part in the talks.", "participate"),
    ],
)
def test_a_set_phrase_is_one_verb(text, word):
    assert predicate_word(root(text)) == word


@pytest.mark.parametrize(
    ("text", "negated", "mood", "nothing_at_all"),
    [
        ("The clinic opened.", False, "real", False),
        ("The clinic did not open.", True, "real", False),
        ("The clinic will open.", False, "future", False),
        ("The clinic is to open.", False, "future", False),
        ("The clinic should open.", False, "possible", False),
        ("No ceasefire was agreed.", True, "real", True),
        ("Nobody was killed.", True, "real", False),
        ("The board refused to resign.", True, "real", False),
    ],
)
def test_what_is_denied_promised_or_supposed(text, negated, mood, nothing_at_all):
    verb = root(text)
    assert is_negated(verb.doc) is negated
    assert mood_of(verb) == mood
    assert denies_all(verb.doc, verb) is nothing_at_all
