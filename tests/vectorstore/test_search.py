"""Fusing two rankings, and what a query becomes in the word index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.lexical import query_words
from vectorstore.search import fuse

RANKINGS = st.lists(st.integers(1, 30), unique=True, max_size=15)


def test_what_both_rank_high_comes_first() -> None:
    assert [passage for passage, _ in fuse([1, 2, 3], [4, 2, 1])] == [1, 2, 4, 3]


def test_nothing_found_is_nothing() -> None:
    assert fuse([], []) == []


@given(RANKINGS, RANKINGS)
def test_every_passage_is_in_once_and_scores_fall(by_vector: list[int], by_words: list[int]) -> None:
    fused = fuse(by_vector, by_words)
    assert sorted(passage for passage, _ in fused) == sorted({*by_vector, *by_words})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    assert fused == fuse(by_words, by_vector)


@given(RANKINGS)
def test_two_equal_rankings_keep_their_order(ranking: list[int]) -> None:
    assert [passage for passage, _ in fuse(ranking, ranking)] == ranking


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("Who opened the Bridge?", '"opened" OR "bridge"'),
        ("bridge bridge BRIDGE", '"bridge"'),
        ("who is it", '"who" OR "is" OR "it"'),
        ('"quoted" NEAR(x)', '"quoted" OR "near" OR "x"'),
        ("the mayor's 3.5", '"mayor" OR "3" OR "5"'),
        ("Київ і міст", '"київ" OR "і" OR "міст"'),
        ("?! …", ""),
        ("", ""),
    ],
)
def test_a_query_is_any_of_its_words(query: str, expression: str) -> None:
    assert " OR ".join(query_words(query)) == expression


def test_a_query_of_thousands_of_words_is_bounded() -> None:
    assert 0 < len(query_words(" ".join(f"word{number}" for number in range(5000)))) < 256
