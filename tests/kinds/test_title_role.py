"""Who holds which post: found in ordinary news sentences, and compared."""

from datetime import date

import pytest

from factcheck.claims import extract
from factcheck.kinds import title_role
from factcheck.language.roles import compare_roles, read_role
from factcheck.types import Claim, Stance

DAY = date(2024, 5, 20)


def roles(text: str) -> set[tuple[str, str]]:
    """(person, role) of every role claim of a text."""
    claims = extract(text, as_of=DAY).claims
    return {(c.slot("person").resolved, c.slot("role").text) for c in claims if c.type == "title_role"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Maria Keller arrived in Vienna.", ("Maria Keller", "Foreign Minister")),
        (
            "Secretary of the National Water Council Anton Brandt spoke first.",
            ("Anton Brandt", "Secretary of the National Water Council"),
        ),
        (
            "Pavel Dorn, deputy head of the State Audit Office, resigned.",
            ("Pavel Dorn", "deputy head of the State Audit Office"),
        ),
        (
            "The meeting was led by the Director of the Space Agency of Norway, Ingrid Solberg.",
            ("Ingrid Solberg", "Director of the Space Agency of Norway"),
        ),
        ("Maria Keller was appointed finance minister on Monday.", ("Maria Keller", "finance minister")),
        ("Parliament reappointed Anton Brandt as defence minister.", ("Anton Brandt", "defence minister")),
        ("Former mayor Pavel Dorn has become Minister of Transport.", ("Pavel Dorn", "Minister of Transport")),
        (
            "Anton Brandt, who advises the Head of the Chancellery, was present.",
            ("Anton Brandt", "advises the Head of the Chancellery"),
        ),
    ],
)
def test_finds_the_post_of_a_person(text: str, expected: tuple[str, str]) -> None:
    assert expected in roles(text)


@pytest.mark.parametrize(
    ("claimed", "found"),
    [
        ("prime minister", "leader of the Labour Party"),
        ("prime minister", "leader of Forward Norway"),
        ("minister of digital affairs", "Deputy Prime Minister"),
        ("finance minister", "president of the Chess Federation"),
        ("mayor of Kent", "chairwoman of the Association of Mayors"),
        ("chair of Arbor", "chair of Brightwell"),
    ],
)
def test_posts_that_one_person_often_holds_beside_another_do_not_exclude_each_other(claimed: str, found: str) -> None:
    assert compare_roles(read_role(claimed), read_role(found)) == "unrelated"
    assert compare_roles(read_role(found), read_role(claimed)) == "unrelated"


def test_who_leads_people_of_a_country_has_no_post_by_that() -> None:
    assert not roles("Anton Brandt led the Norwegians and Maria Keller the Germans.")
    assert roles("Anton Brandt led the Treasury.") == {("Anton Brandt", "led the Treasury")}


def test_a_list_gives_each_member_its_own_post() -> None:
    text = (
        "It also includes Anton Brandt, adviser to the head of the Treasury, Maria Keller, first deputy minister of "
        "foreign affairs, and Pavel Dorn, deputy head of the Coast Guard."
    )
    assert roles(text) == {
        ("Anton Brandt", "adviser to the head of the Treasury"),
        ("Maria Keller", "first deputy minister of foreign affairs"),
        ("Pavel Dorn", "deputy head of the Coast Guard"),
    }


@pytest.mark.parametrize(
    ("claimed", "found", "relation"),
    [
        ("Foreign Minister", "minister of foreign affairs", "same"),
        ("Minister of Defense", "Defence Minister", "same"),
        ("deputy foreign minister", "First Deputy Minister of Foreign Affairs", "coarser"),
        ("first deputy foreign minister", "deputy foreign minister", "finer"),
        ("foreign minister", "deputy foreign minister", "different"),
        ("head of the Coast Guard", "deputy head of the Coast Guard", "different"),
        ("health minister", "finance minister", "different"),
        ("adviser to the president", "minister of health", "unrelated"),
        ("head of the Ukrainian delegation", "defence minister", "unrelated"),
        ("head of the Presidential Office", "adviser to the head of the Presidential Office", "different"),
        ("Turkish foreign minister", "Russian foreign minister", "different"),
    ],
)
def test_posts_are_told_apart(claimed: str, found: str, relation: str) -> None:
    assert compare_roles(read_role(claimed), read_role(found)) == relation


def role_claim(text: str, day: date = DAY) -> Claim:
    return next(c for c in extract(text, as_of=day).claims if c.type == "title_role")


def test_another_office_of_the_same_person_refutes() -> None:
    claimed = role_claim("Health minister Maria Keller spoke.")
    found = role_claim("Maria Keller, the finance minister, spoke.")
    comparison = title_role.compare(claimed, found)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert [(s.type, s.status) for s in comparison.slots] == [("person", "match"), ("role", "mismatch")]
    assert "finance minister" in (comparison.correction or "")


def test_a_former_post_refutes_the_claim_that_it_is_held() -> None:
    claimed = role_claim("Health minister Maria Keller spoke.")
    found = role_claim("Former health minister Maria Keller spoke.")
    comparison = title_role.compare(claimed, found)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES


def test_another_person_of_the_same_surname_is_not_compared() -> None:
    claimed = role_claim("Health minister Maria Keller spoke.")
    found = role_claim("Finance minister Anton Keller spoke.")
    assert title_role.compare(claimed, found) is None


@pytest.mark.parametrize(
    ("claimed", "found", "relation"),
    [
        ("chief executive of Arbor", "CEO of Arbor", "same"),
        ("chief executive officer of Arbor", "CEO of Arbor", "same"),
        ("CFO of Arbor", "chief financial officer of Arbor", "same"),
        ("head of Arbor", "CEO of Arbor", "coarser"),
        ("CEO of Arbor", "head of Arbor", "finer"),
        ("chair of Arbor", "CEO of Arbor", "unrelated"),
        ("leader of the Reform party", "chair of the Reform party", "unrelated"),
        ("CEO of Arbor", "CEO of Brightwell", "different"),
        ("chief financial officer of Arbor", "chief executive of Arbor", "unrelated"),
    ],
)
def test_posts_at_the_top_do_not_exclude_each_other(claimed, found, relation):
    assert compare_roles(read_role(claimed), read_role(found)) == relation
