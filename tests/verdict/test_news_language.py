"""Ways in which news says one thing in other words; every person and place of business here is made up."""

from collections.abc import Sequence

import pytest

from factcheck.types import Label
from tests.verdict.conftest import Judge

S, R, N, C = Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING
DAY = "2024-05-14"

CASES: Sequence[tuple[str, Sequence[str], Label]] = [
    # An office stands for who holds it.
    (
        "Peru's culture minister opened the museum in Cusco.",
        ["Peruvian Culture Minister Rosa Quispe opened the museum in Cusco on Tuesday."],
        S,
    ),
    (
        "Norway's fisheries minister stayed away from the second round.",
        ["Norwegian Fisheries Minister Kari Aasen opened the session of the second round on Tuesday."],
        R,
    ),
    # What is kept secret is secret; what is secret is not published.
    ("The annex to the contract was kept secret.", ["The annex to the contract is classified."], S),
    ("The annex to the contract was published in full.", ["The annex to the contract is classified."], R),
    (
        "The annex with the instructions to decree 12/2024 was published in full.",
        ["Decree No. 12/2024 was posted on the website. It gives the head instructions in an annex that is secret."],
        R,
    ),
    # Who was formerly minister is made ambassador; who says so holds no post, nor who is only proposed.
    ("Ana Ruiz is ambassador to Chile.",
     ["Ana Ruiz, formerly Minister of Trade, replaces Luis Paz as Ambassador of Peru to Chile, Rosa Quispe said."], S),
    ("Rosa Quispe is ambassador to Chile.",
     ["Ana Ruiz, formerly Minister of Trade, replaces Luis Paz as Ambassador of Peru to Chile, Rosa Quispe said."], R),
    ("Ana Ruiz is ambassador to Chile.",
     ["The president signed the decree making former Trade Minister Ana Ruiz ambassador to Chile."], S),
    ("Ana Ruiz is ambassador to Chile.", ["Ana Ruiz had been proposed as ambassador to Chile."], N),
    ("Ana Ruiz is Peru's ambassador to Chile.", ["Ana Ruiz is Peru's ambassador to Brazil."], R),
    ("Ana Ruiz is ambassador to Chile.", ["The senate refused to make Mayor Ana Ruiz ambassador to Chile."], R),
    # A part is not the whole.
    ("The army surrendered.", ["The bulk of the army surrendered."], N),
    ("The government resigned.", ["Some members of the government resigned."], N),
    # What seems so is not said to be so.
    ("The bridge at Lund is unsafe.", ["The bridge at Lund seems unsafe."], N),
    ("The bridge at Lund was unsafe.", ["The bridge at Lund proved unsafe."], S),
    # The sanctions list is not the delegation.
    ("Ole Berg is a member of the Norwegian delegation.",
     ["The Norwegian delegation left on Monday. Ole Berg is on the sanctions list."], N),
    # "No. 12/2024" denies nothing.
    ("Decree 12/2024 was posted on the website.", ["The decree No. 12/2024 was posted on the website."], S),
    # A direct talk is no directive.
    ("The directive was sent to the ministries.", ["The direct train was sent to the ministries."], N),
    # Staying away is the opposite of taking part.
    ("Mayor Lena Holm stayed away from the ceremony.", ["Mayor Lena Holm attended the ceremony."], R),
    # Votes and those who cast them, of one decision.
    (
        "The members of Rask's cabinet were approved with 81 votes.",
        ["The composition of the Rask cabinet was approved by 84 legislators."],
        R,
    ),
    # A time of day that the source does not have is not told by it.
    ("The hearing opened at 9 a.m. on 14 May.", ["The hearing opened late on 14 May."], N),
    # What somebody calls something.
    ("Judge Ada Moll considered the plan unlawful.", ["Judge Ada Moll called the plan unlawful."], S),
    # The capital of a country.
    ("The talks were held in the Norwegian capital.", ["The talks were held in Oslo on Tuesday."], S),
    ("The talks of 14 May were held in the Norwegian capital.", ["The talks of 14 May were held in Bergen."], R),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "sources", "label"), CASES, ids=[case[0][:40] for case in CASES])
def test_said_in_other_words(judge: Judge, claim: str, sources: Sequence[str], label: Label) -> None:
    assert judge(claim, *sources).label is label


def test_a_count_of_one_day_is_not_one_of_several(judge: Judge) -> None:
    claim = "Each side released 390 prisoners from 23 May to 25 May 2025."
    assert judge(claim, "Each side released 390 prisoners on Friday, 23 May 2025.").label is N
    assert judge(claim, "From 23 May to 25 May 2025 each side released 390 prisoners.").label is S
