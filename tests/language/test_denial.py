"""What a sentence only says is not so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.denial import denied_content, denied_spans


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("It is not true that the talks were held in Geneva.", "the talks were held in Geneva"),
        ("It's simply false that five people were hurt", "five people were hurt"),
        ("It isn’t the case that Ana Costa is mayor.", "Ana Costa is mayor"),
        ("But it was untrue that “the bridge is open.”", "“the bridge is open"),
        ("Reports that Ana Costa has resigned are false.", "Ana Costa has resigned"),
        ("The claim that the bank lost 4.5 million was wrong.", "the bank lost 4.5 million"),
        ("There is no truth in rumours that the mill closes.", "the mill closes"),
    ],
)
def test_the_denied_statement_is_found(sentence: str, content: str) -> None:
    span = denied_content(sentence)
    assert span is not None
    assert span.of(sentence) == content


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks were not held in Geneva.",
        "It is true that the talks were held in Geneva.",
        "It is not only true that he left.",
        "The report is false.",
        "He said that the answer was wrong.",
        "It is not true.",
        "It is not true that",
    ],
)
def test_other_sentences_deny_no_whole_statement(sentence: str) -> None:
    assert denied_content(sentence) is None


def test_a_denial_that_somebody_speaks_is_not_all_that_the_sentence_does() -> None:
    sentence = "The ministry said it was wrong that five people were hurt."
    assert denied_content(sentence) is None
    assert [span.of(sentence) for span in denied_spans(sentence)] == ["five people were hurt"]


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for sentence in (text, f"It is not true that {text}", f"Reports that {text} are false."):
        for span in denied_spans(sentence):
            assert 0 <= span.start < span.end <= len(sentence)
