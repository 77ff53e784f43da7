"""Passages: exact slices, whole sentences, never clutter, never more than the model sees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore import Document, blocks, split_sentences
from vectorstore.embedding import END_MARKS, MAX_TOKENS, count_tokens, cut_to_tokens
from vectorstore.layout import BlockKind
from vectorstore.passages import PASSAGE_TOKENS, TITLE_TOKENS, split
from vectorstore.types import Passage

SENTENCE = "The delegations of the two countries met in the old palace by the sea for four hours. "


def passages_of(text: str) -> tuple[Passage, ...]:
    return split(Document(doc_id="d", text=text))


def test_a_short_text_is_one_passage() -> None:
    assert [one.text for one in passages_of("  They met. They parted.\n")] == ["They met. They parted."]


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts() -> None:
    found = passages_of(SENTENCE * 30)
    assert len(found) > 1
    assert all(one.text.endswith("hours.") and one.text.startswith("The delegations") for one in found)
    lengths = [len(one.text) for one in found]
    assert max(lengths) < 2 * min(lengths)


def test_short_paragraphs_share_a_passage() -> None:
    assert len(passages_of("They met on Monday.\n\nThey ate.\n\nThey parted on Friday.")) == 1


def test_clutter_parts_passages_and_is_in_none() -> None:
    found = passages_of("They met on Monday.\n05:15 PM • 20072 views\nThey parted on Friday.")
    assert [one.text for one in found] == ["They met on Monday.", "They parted on Friday."]


def test_a_heading_begins_the_passage_of_what_it_heads() -> None:
    found = passages_of("They met on Monday.\n\nThe second day\n\nThey parted on Friday.")
    assert [one.text for one in found] == ["They met on Monday.", "The second day\n\nThey parted on Friday."]


def test_an_attribution_stays_with_the_quote_above_it() -> None:
    quote = "We are ready for it today and we were ready for it yesterday. " * 8
    found = passages_of(f"They met.\n\n{quote}\n\n- wrote Marsh.\n\nShe left after an hour.")
    assert any("ready" in one.text and one.text.endswith("- wrote Marsh.") for one in found)


def test_a_page_of_nothing_but_clutter_has_no_passage() -> None:
    assert passages_of("05:15 PM • 20072 views") == ()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5000,
        "x" * 30_000,
        "Wörter,die-nicht/getrennt;sind" * 500,
        "Засідання делегацій відбулося у старому палаці біля моря. " * 60,
        "会议在北京举行" * 800,
        "1234567890" * 600,
    ],
    ids=["no full stop", "one letter", "one word", "Cyrillic", "no blanks", "digits"],
)
def test_nothing_of_a_passage_is_cut_by_the_model(text: str) -> None:
    found = passages_of(text)
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())
    longest = max(count_tokens([one.text for one in found]))
    assert longest <= PASSAGE_TOKENS + 4
    assert longest + TITLE_TOKENS + END_MARKS <= MAX_TOKENS


def test_a_title_is_cut_between_words_of_the_model() -> None:
    assert cut_to_tokens("They met in Lisbon", 2) == "They met"
    assert cut_to_tokens("They met", 40) == "They met"


def test_a_line_of_many_megabytes_is_split_in_linear_time() -> None:
    started = time.perf_counter()
    assert len(passages_of("x" * 5_000_000)) == 2500
    assert time.perf_counter() - started < 30


PIECES = st.sampled_from(
    ["They met.", "He left! ", "\n", "\n\n", "05:15 PM", "A heading", "- wrote Ann.", "Ann Lee", "Слово ", "x" * 300]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=25).map("".join).filter(lambda text: bool(text.strip())))
def test_passages_are_exact_slices_in_order_that_hold_all_but_clutter(text: str) -> None:
    covered = 0
    clutter = [block for block in blocks(text) if block.kind is BlockKind.CLUTTER]
    for passage in passages_of(text):
        assert passage.text == text[passage.start : passage.end]
        assert covered <= passage.start
        assert not any(passage.start < block.end and block.start < passage.end for block in clutter)
        covered = passage.end
    kept = "".join(one.text for one in passages_of(text))
    prose = (text[block.start : block.end] for block in blocks(text) if block.kind is not BlockKind.CLUTTER)
    assert "".join(kept.split()) == "".join("".join(prose).split())


def test_a_sentence_that_fits_is_never_cut() -> None:
    text = SENTENCE * 12 + "\n\n" + SENTENCE * 3
    ends = {sentence.end for sentence in split_sentences(text)}
    assert {passage.end for passage in passages_of(text)} <= ends
