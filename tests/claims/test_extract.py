"""Text to claims: what is found, what is left out and why, and that every quote is exact."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims import extract, parts_of
from factcheck.types import Claim, Extraction, SentenceState, Span

DAY = date(2024, 5, 22)  # a Wednesday

ARTICLE = """Norway and Denmark resume fish talks

Oslo • NTB
 • 1204 views

Fisheries Minister Ingrid Solberg said that talks with Denmark would go on in Bergen. She thanked the city for its help.

The harbour is open again. It will be a beautiful summer. Should the fleet leave at all?

- stated Solberg.

Addition

Today, negotiations between the Norwegian and Danish delegations began in Bergen.

The Norwegian team is headed by Ingrid Solberg. It also includes Anton Brandt, head of the Sea Office, and Maria Keller.

Pavel Dorn

Fish
Norway
Denmark
Bergen
"""


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return extract(ARTICLE, as_of=DAY)


def texts(extraction: Extraction, kind: str) -> list[str]:
    return [c.claim for c in extraction.claims if c.type == kind]


def test_every_quote_is_the_text_at_its_span(extraction: Extraction) -> None:
    assert extraction.claims
    for claim in extraction.claims:
        assert ARTICLE[claim.span.start : claim.span.end] == claim.quote
        for slot in claim.slots:
            assert slot.span is None or slot.span.end <= len(ARTICLE)


def test_every_sentence_is_on_the_ledger_once_and_in_order(extraction: Extraction) -> None:
    spans = [entry.span for entry in extraction.ledger]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    left = "".join(c for i, c in enumerate(ARTICLE) if not any(s.start <= i < s.end for s in spans))
    assert not left.strip()
    assert {c.sentence_index for c in extraction.claims} <= {entry.sentence_index for entry in extraction.ledger}
    for entry in extraction.ledger:
        assert (entry.state is SentenceState.CLAIMS) == (entry.reason is None)


@pytest.mark.parametrize("clutter", ["views", "Oslo • NTB", "Addition", "Pavel Dorn", "Fish\n"])
def test_page_clutter_is_no_claim(extraction: Extraction, clutter: str) -> None:
    assert all(clutter not in claim.quote for claim in extraction.claims)


def test_pronouns_are_resolved(extraction: Extraction) -> None:
    assert any(text.startswith("Ingrid Solberg thanked the city") for text in texts(extraction, "statement"))


def test_today_becomes_a_date(extraction: Extraction) -> None:
    assert any("May 22, 2024" in text for text in texts(extraction, "date"))


def test_the_line_below_a_paragraph_names_its_speaker(extraction: Extraction) -> None:
    said = [c for c in extraction.claims if c.quote == "The harbour is open again"]
    assert [c.attribution for c in said] == ["Ingrid Solberg"]


def test_opinion_future_and_questions_say_why_they_are_not_checked(extraction: Extraction) -> None:
    assert not [c for c in extraction.claims if c.check_worthy and ("beautiful" in c.quote or "Should" in c.quote)]
    reasons = {ARTICLE[e.span.start : e.span.end]: e.reason for e in extraction.ledger if e.reason}
    assert reasons["It will be a beautiful summer."]
    assert reasons["Should the fleet leave at all?"] == "a question"


def test_a_list_is_split_into_members_and_their_posts(extraction: Extraction) -> None:
    assert texts(extraction, "membership") == [
        "Ingrid Solberg heads the Norwegian team as of May 22, 2024.",
        "Anton Brandt is a member of the Norwegian team as of May 22, 2024.",
        "Maria Keller is a member of the Norwegian team as of May 22, 2024.",
    ]
    assert "Anton Brandt is head of the Sea Office as of May 22, 2024." in texts(extraction, "title_role")


def test_an_empty_text_has_no_claims() -> None:
    assert extract("").claims == ()
    assert extract(" \n\n ").ledger == ()


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_read_without_error_and_quoted_exactly(text: str) -> None:
    for claim in extract(text, as_of=DAY).claims:
        assert text[claim.span.start : claim.span.end] == claim.quote


def given_alone(text: str) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement", as_of=DAY)


def test_a_claim_given_alone_is_taken_apart() -> None:
    parts = parts_of(
        given_alone("Anton Brandt, director of the Sea Institute, is a member of the Norwegian delegation.")
    )
    assert sorted(part.type for part in parts.parts) == ["membership", "title_role"]
    assert parts.left_over == ()


def test_words_no_part_covers_are_left_over() -> None:
    parts = parts_of(given_alone("Anton Brandt leads the Norwegian delegation despite his illness."))
    assert "illness" in parts.left_over


def test_the_bundled_article_gives_no_clutter_and_exact_quotes() -> None:
    import json

    rows = (Path(__file__).parents[2] / "examples/istanbul/sources.jsonl").read_text(encoding="utf-8").splitlines()
    seed = next(row for line in rows if (row := json.loads(line))["doc_id"] == "seed-unn")
    claims = extract(seed["text"], as_of=date(2025, 7, 23)).claims
    assert len([c for c in claims if c.check_worthy]) >= 24
    for claim in claims:
        assert seed["text"][claim.span.start : claim.span.end] == claim.quote
        assert "views" not in claim.quote
        assert "Murashko" not in claim.quote
