"""A denial gets the verdict of what it denies, turned round; a source that denies a statement does not make it."""

import pytest

from factcheck import Checker, Document
from factcheck.types import Label, Stance

SOURCE = Document(
    doc_id="a", title="Talks", published_at="2024-05-04", publisher="Herald",
    text="Ana Costa headed the Portuguese delegation at the talks in Geneva on 3 May 2024.",
)  # fmt: skip
DEBUNK = Document(
    doc_id="b", title="Fact check", published_at="2024-05-04", publisher="Herald",
    text="It is not true that Rui Melo headed the Spanish delegation on 3 May 2024. Reports that he signed are false.",
)  # fmt: skip


@pytest.fixture
def checker(tmp_path):
    with Checker(tmp_path / "store") as made:
        made.ingest([SOURCE, DEBUNK])
        yield made


@pytest.mark.parametrize("opening", ["It is not true that", "It is false that", "It isn't the case that"])
def test_support_and_refutation_change_places(checker: Checker, opening: str) -> None:
    told, wrong = (
        checker.verify([f"{opening} Ana Costa headed the {whose} delegation at the talks on 3 May 2024."])[0]
        for whose in ("Portuguese", "Portuguese")
    )
    assert told == wrong
    assert told.label is Label.REFUTED
    assert told.correction == "Ana Costa headed the Portuguese delegation at the talks on 3 May 2024."
    assert {one.stance for one in told.evidence} == {Stance.REFUTES}
    held = checker.verify([f"{opening} the talks were held in Vienna on 3 May 2024."])[0]
    plain = checker.verify(["The talks were held in Vienna on 3 May 2024."])[0]
    assert (plain.label, held.label) in {
        (Label.REFUTED, Label.SUPPORTED), (Label.NOT_ENOUGH_EVIDENCE, Label.NOT_ENOUGH_EVIDENCE),
    }  # fmt: skip


def test_a_draft_that_denies_a_statement_is_not_taken_to_make_it(checker: Checker) -> None:
    text = "It is not true that Ana Costa headed the Portuguese delegation on 3 May 2024."
    (one,) = checker.check(text).claims
    assert one.claim.claim == text
    assert one.verdict is not None
    assert one.verdict.claim == text
    assert one.verdict.label is Label.REFUTED


def test_a_source_that_denies_a_statement_does_not_support_it(checker: Checker) -> None:
    claim = "Rui Melo headed the Spanish delegation on 3 May 2024."
    checker.local_model = False
    assert checker.verify([claim])[0].label is not Label.SUPPORTED


def test_a_rest_that_need_not_be_paid_is_not_told_by_a_sum(judge) -> None:
    source = (
        "The bridge in Dunmore costs 164 million kroner. "
        "The state gives 60 million kroner and a foundation 25 million; Dunmore itself has to find the rest."
    )
    assert judge("Dunmore itself has to find 79 million kroner for its bridge.", source).label is Label.SUPPORTED
    assert (
        judge("Dunmore itself has not to find 79 million kroner for its bridge.", source).label is not Label.SUPPORTED
    )


def test_a_list_said_not_to_be_the_whole_is_not_refuted_by_those_on_it(judge) -> None:
    source = "The committee is made up of Ana Costa, Rui Melo and Eva Lopes. There are no other members."
    assert judge("The committee is not made up of Ana Costa and Rui Melo.", source).label is not Label.REFUTED


def test_a_denial_of_a_denial_is_judged_as_the_statement(checker: Checker) -> None:
    claim = "Ana Costa headed the Portuguese delegation at the talks on 3 May 2024"
    plain = checker.verify([f"{claim}."])[0]
    twice = checker.verify([f"It is not true that it is false that {claim}."])[0]
    assert plain.label is twice.label is Label.SUPPORTED
