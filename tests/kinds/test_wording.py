"""Two wordings of one quotation: verbatim, nearly so, cut, spliced, turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.kinds.wording import compare_words

SOURCE = "It is not what we wanted, it is what we could get. The harbour will stay closed until the ice is gone."


@pytest.mark.parametrize(
    "claimed",
    [
        "it is what we could get",
        "The harbour will stay closed ... until the ice is gone",
        "The harbour [of Oslo] will stay closed until the ice is gone",
        "It is not what we wanted … The harbour will stay closed",
    ],
)
def test_words_that_stand_there_are_verbatim_gaps_included(claimed):
    assert compare_words(claimed, SOURCE).verbatim


@pytest.mark.parametrize(
    "claimed",
    [
        "It is what we wanted",
        "The harbour will stay open until the ice is gone",
        "The harbour will not stay closed until the ice is gone",
    ],
)
def test_a_negation_or_an_opposite_turns_the_meaning(claimed):
    wording = compare_words(claimed, SOURCE)
    assert wording.turned
    assert not wording.verbatim
    assert not wording.slight


def test_other_small_words_and_another_order_are_slight():
    assert compare_words(
        "A signal was passed. We do not know why", "A signal was passed. Why it was passed, we do not know."
    ).slight
    assert compare_words("The harbour stays closed until the ice has gone", SOURCE).slight


def test_gaps_in_another_order_are_not_verbatim():
    assert not compare_words("until the ice is gone ... The harbour will stay closed", SOURCE).verbatim


def test_other_words_share_little():
    assert compare_words("Nobody will ever find out about this", SOURCE).shared < 0.5


words = st.lists(
    st.sampled_from("the harbour will not stay closed until ice is gone we 5 70".split()), max_size=12
).map(" ".join)


@given(words, words)
def test_any_two_texts_can_be_held_together(claimed, found):
    wording = compare_words(claimed, found)
    assert 0.0 <= wording.shared <= 1.0
    assert not (wording.verbatim and (wording.added or wording.dropped))


@given(words.filter(bool))
def test_a_text_is_verbatim_itself(text):
    assert compare_words(text, text).verbatim
