"""Copies of a text are grouped, texts about the same thing are not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from vectorstore import Document
from vectorstore.copies import copies

WORDS = "the mayor opened a new bridge over river on Tuesday after six years of work by four companies city".split()


def text(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(words))


def groups(**texts: str) -> tuple[tuple[str, ...], ...]:
    return copies(Document(doc_id=name, text=one) for name, one in texts.items())


def test_copies_with_another_headline_and_ending_are_one_group() -> None:
    story = text(1)
    assert groups(a=f"HERALD: {story}", b=text(2), c=f"{story} Reporting by the Post.", d=text(3), e=story.upper()) == (
        ("a", "c", "e"),
    )


def test_a_copy_that_was_cut_short_counts_as_one() -> None:
    story = text(1, 200)
    assert groups(a=story, b=story[: len(story) // 2]) == (("a", "b"),)


def test_a_quoted_sentence_makes_no_copy() -> None:
    quote = text(9, 20)
    assert groups(a=f"{text(1)} {quote}", b=f"{quote} {text(2)}") == ()


def test_short_texts_are_copies_only_when_equal() -> None:
    assert groups(a="Talks end.", b="talks END", c="Talks begin.", d="?!", e="…") == (("a", "b"), ("d", "e"))


@given(st.lists(st.text(max_size=60), max_size=8), st.randoms(use_true_random=False))
def test_the_groups_do_not_depend_on_the_order(texts: list[str], chance: random.Random) -> None:
    made = [Document(doc_id=str(n), text=f"x {one}") for n, one in enumerate(texts)]
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert {frozenset(group) for group in copies(made)} == {frozenset(group) for group in copies(shuffled)}
