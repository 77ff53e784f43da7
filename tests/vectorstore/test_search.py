"""Fusing two rankings, and what a query becomes in the word index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import search
from vectorstore.lexical import query_words
from vectorstore.ranking import Near, fuse
from vectorstore.search import query_vectors

SCORES = st.dictionaries(st.integers(1, 30), st.integers(1, 100).map(lambda n: n / 100), max_size=15)


def ranked(scores: dict[int, float]) -> list[Near]:
    return sorted((Near(*pair) for pair in scores.items()), key=lambda near: (-near.score, near.passage))


def test_what_both_rank_high_comes_first() -> None:
    by_vector, by_words = ranked({1: 0.9, 2: 0.8, 3: 0.3}), ranked({4: 12.0, 2: 11.0, 1: 1.0})
    assert [near.passage for near in fuse(by_vector, by_words)] == [2, 1, 4, 3]


def test_nothing_found_is_nothing() -> None:
    assert fuse([], []) == []


@given(SCORES, SCORES)
def test_every_passage_is_in_once_and_scores_fall_and_are_at_most_one(
    vectors: dict[int, float], words: dict[int, float]
) -> None:
    fused = fuse(ranked(vectors), ranked(words))
    assert sorted(near.passage for near in fused) == sorted({*vectors, *words})
    assert [near.score for near in fused] == sorted((near.score for near in fused), reverse=True)
    assert all(near.score <= 1.0 + 1e-9 for near in fused)


@given(SCORES)
def test_one_ranking_alone_keeps_its_order(scores: dict[int, float]) -> None:
    order = [near.passage for near in ranked(scores)]
    assert [near.passage for near in fuse(ranked(scores), [])] == order
    assert [near.passage for near in fuse([], ranked(scores))] == order


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


def test_a_remembered_query_keeps_nothing_of_the_queries_asked_with_it() -> None:
    asked = [f"harbour number {number}" for number in range(5)]
    first = query_vectors(asked)
    assert all(search._vectors[query].base is None for query in asked)
    assert (query_vectors(asked) == first).all()
