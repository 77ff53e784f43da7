"""Mistakes that other tools were seen to wave through: each must be refuted here, or at the least not supported."""

from datetime import date

import pytest

from factcheck.types import Label

DAY = date(2025, 3, 12)


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("Finance minister Anna Holm opened the clinic.", "Health minister Anna Holm opened the clinic.", "Health"),
        ("Five ministers signed the appeal.", "Six ministers signed the appeal.", "Six"),
        ("The treaty was signed on 14 March 2025.", "The treaty was signed on 14 May 2025.", "May 14, 2025"),
        ("The ceremony took place in March 2026.", "The ceremony took place in May 2026.", "May 2026"),
        ("Arbor Systems acquired Brightwell Labs.", "Brightwell Labs acquired Arbor Systems.", "Brightwell Labs acq"),
        ("Inflation reached 27.5 percent.", "Inflation reached 275 percent.", "275 percent"),
        ("The plant cost 27.5 million euros.", "The plant cost 275 million euros.", "275 million euros"),
        ("The company paid 5 million euros in tax.", "The company paid 5 billion euros in tax.", "5 billion euros"),
        ("The firm paid 5 million euros in tax.", "The firm paid 5 million US dollars in tax.", "US dollars"),
        ("The company paid EUR 5m in tax.", "The company paid USD 5m in tax.", "USD 5m"),
        ("Exports rose by 3 percent in 2024.", "Exports fell by 3 percent in 2024.", "fell"),
        ("Norway beat Sweden in the final.", "Sweden beat Norway in the final.", "Sweden beat"),
    ],
)
@pytest.mark.parametrize("dated", [False, True])
def test_one_changed_part_is_refuted_with_the_right_one(judge, claim, source, right, dated):
    verdict = judge(claim, source, as_of=DAY if dated else None, published=DAY if dated else None)
    assert verdict.label is Label.REFUTED
    assert verdict.correction is not None
    assert right in verdict.correction
    assert judge(source, source, as_of=DAY, published=DAY).label is Label.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The finance minister resigned on Tuesday.", "The health minister resigned on Tuesday."),
        ("A 12-member delegation arrived in Oslo.", "Delegates from 12 countries arrived in Oslo."),
        ("A 12-member delegation arrived in Oslo.", "A delegation from 12 countries arrived in Oslo."),
        ("The third round of talks was held in Oslo.", "The second round of talks was held in Oslo."),
        ("Sweden met Norway in the final.", "Norway did not meet Sweden in the final."),
        ("Inflation fell by 3 percentage points.", "Inflation fell by 3 percent."),
    ],
)
def test_a_likeness_is_no_support(judge, claim, source):
    assert judge(claim, source, as_of=DAY, published=DAY).label is not Label.SUPPORTED


def test_an_act_that_goes_both_ways_is_not_refuted_by_its_mirror(judge):
    assert judge("Anna Holm met Peter Falk in Oslo.", "Peter Falk met Anna Holm in Oslo.").label is not Label.REFUTED


def test_no_source_at_all_is_never_support(judge):
    assert judge("Anna Holm opened the clinic.").label is Label.NOT_ENOUGH_EVIDENCE


def test_a_delegation_without_an_owner_is_nobodys_proof_for_another_country(judge):
    title = "Norway sends Anna Holm to Geneva"
    source = f"{title}\n\nMinister Anna Holm will lead a delegation to Geneva for talks with the Swedes."
    claim = "Anna Holm was in the Swedish delegation on 12 March 2025."
    assert judge(claim, source, as_of=DAY, published=DAY).label is not Label.SUPPORTED


def test_what_somebody_said_of_a_country_puts_nobody_into_its_delegation(judge):
    source = (
        "The delegations of Norway, under Anna Holm, and Sweden, under Lars Berg, finished their talks in Geneva. "
        "Berg said Sweden was satisfied."
    )
    claim = "Anna Holm was in the Swedish delegation on 12 March 2025."
    assert judge(claim, source, as_of=DAY, published=DAY).label is not Label.SUPPORTED
