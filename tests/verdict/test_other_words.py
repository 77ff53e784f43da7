"""One act told in other words: what then follows, what is refuted, what stays open, in news of many kinds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.restate import restatements, ways
from factcheck.language.reword import after_change, reworded, when_held
from factcheck.types import Label

DAY = date(2025, 3, 11)
S, R, N, C = Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_EVIDENCE, Label.CONFLICTING

CASES = [
    # prices and sales
    ("The new stadium cost 30 million euros.", "The old stadium cost 12 million euros.", N),
    ("Forsa was taken over by Kalmet.", "Kalmet has bought a majority in Forsa.", S),
    ("Kalmet was taken over by Forsa.", "Kalmet has bought a majority in Forsa.", R),
    ("Ostin acquired Forsa.", "The sale of a majority in Forsa to Ostin was completed on Monday.", S),
    ("Ostin has been bought by Forsa.", "The sale of Forsa to Ostin was completed on Monday.", R),
    ("Ostin acquired Forsa.", "The sale of Forsa to Ostin may be completed on Monday.", N),
    ("Ostin acquired Forsa.", "Ostin sold its boats. Forsa bought nothing.", N),
    # what a prize or a fine comes to
    ("The Selby Prize is endowed with 10,000 euros.",
     "The Selby Prize, which is worth 10,000 euros, goes to A. Marsh.", S),
    ("The winner of the Selby Prize gets 10,000 dollars.", "The Selby Prize, worth 10,000 euros, went to A. Marsh.", R),
    ("The fine amounts to 200,000 dollars.", "The court imposed a fine of 200,000 euros on the firm.", R),
    ("The fine amounts to 200,000 euros.", "The court imposed a fine of 200,000 euros on the firm.", S),
    ("The firm must pay a fine of 300,000 euros.", "The court fined the firm 200,000 euros.", R),
    ("The firm must pay a fine of 300,000 euros.", "The firm paid its workers 200,000 euros.", N),
    # so many times
    ("Rivera has won the cup six times.", "Rivera lifted the cup for the fifth time on Sunday.", R),
    ("Rivera has won the cup five times.", "Rivera lifted the cup for the fifth time on Sunday.", S),
    ("Rivera has won the cup twice.", "Rivera won the cup for the fifth time on Sunday.", R),
    ("Rivera has won the league six times.", "Rivera won the cup for the fifth time on Sunday.", N),
    # sizes, votes, shares, durations
    ("The board of Welco consists of six people.", "The board of Welco has eight members.", R),
    ("The inquiry panel of Lund has seven members.", "Five people will sit on the inquiry panel of Malmo.", N),
    ("12 members voted for the plan and five against it.", "The council adopted the plan by 12 votes to 5.", S),
    ("Eleven councillors were for the plan and six against.", "The council adopted the plan by 12 votes to 5.", R),
    ("The state holds two thirds of the railway.", "The state owns 75 percent of the railway.", R),
    ("The state holds three quarters of the railway.", "The state owns 75 percent of the railway.", S),
    ("Lena Vogt won by more than two minutes.", "Lena Vogt won. Marta Ruiz was 134 seconds behind her.", S),
    ("Lena Vogt won by more than three minutes.", "Lena Vogt won, 134 seconds ahead of Marta Ruiz.", R),
    ("The operation lasted two hours.", "The operation took 120 minutes, the hospital said.", S),
    ("The operation lasted more than three hours.", "The operation took 120 minutes, the hospital said.", R),
    # what something has been changed to
    ("The sentence of Peter Lamm is eight years.",
     "An appeal court reduced the sentence of Peter Lamm from eight years to five.", R),
    ("The sentence of Peter Lamm is five years.",
     "An appeal court reduced the sentence of Peter Lamm from eight years to five.", S),
    ("The toll is 6 euros.", "The toll was raised from 6 to 8 euros on Monday.", R),
    ("The toll is 8 euros.", "The toll was raised from 6 to 8 euros on Monday.", S),
    ("The sentence of Peter Lamm is eight years.",
     "An appeal court may reduce the sentence of Peter Lamm from eight years to five.", N),
    # days of events
    ("The Harvest Run took place on 9 March 2025.", "Ann Marsh won the Harvest Run on Sunday in 31 minutes.", S),
    ("The Harvest Run took place on 10 March 2025.", "Ann Marsh won the Harvest Run on Sunday in 31 minutes.", R),
    ("The Harvest Run took place on 16 March 2025.",
     "Ann Marsh said on Sunday that she will be at the Harvest Run.", N),
    ("The summit of Oslo was held on 8 March 2025.",
     "The leaders signed the treaty at the summit of Oslo on Saturday.", S),
    # courts, refusals, elections
    ("Jan Wolf was sent to prison.", "Jan Wolf was acquitted on all counts.", R),
    ("Jan Wolf was cleared of all charges.", "Jan Wolf was acquitted on all counts.", S),
    ("Jan Wolf was found guilty.", "Jan Wolf was acquitted.", R),
    ("Jan Wolf was found guilty.", "Jan Wolf was charged with fraud.", N),
    ("Petra Klein would not comment on the merger.", "Petra Klein declined to comment on the merger.", S),
    ("Petra Klein commented on the merger.", "Petra Klein declined to comment on the merger.", R),
    ("Petra Klein commented on the merger.", "Ida Moen declined to comment on the merger.", N),
    ("Ida Moen failed to win a majority.", "Ida Moen won more than half of the votes.", R),
    ("Ida Moen won a majority.", "Ida Moen won more than half of the votes.", S),
    ("The bill was rejected by parliament.", "Parliament passed the bill on Monday.", R),
    ("The minister ruled out new taxes.", "The minister announced new taxes.", N),
    # states
    ("The factory remains open.", "The factory was shut down on Monday.", R),
    ("The ban was lifted.", "The ban remains in force, the ministry said.", R),
    ("The strike is over.", "The strike goes on, the union said.", R),
    ("The factory remains open.", "The mine was shut down on Monday.", N),
    # more than is told
    ("The marathon was won by Ann Marsh, who trains in Lund.", "Ann Marsh won the marathon on Sunday.", N),
    ("Nordhaus paid 36 million euros for the brewery, which loses money.",
     "Nordhaus bought the brewery for 36 million euros.", N),
    ("The ministry paid for the study alone.", "The study was paid for by the ministry.", N),
    ("The council adopted the plan unanimously.", "The council adopted the plan on Monday.", N),
    # what is only likely
    ("Anna Holm bought the mill.", "Anna Holm owns the mill.", N),
    ("Kalmet bought Forsa.", "Forsa belongs to Kalmet.", N),
    ("The hall was bought for 5 million euros.", "The town received 5 million euros for the hall.", N),
    ("Lars Moen was convicted.", "Lars Moen was jailed on Monday to await his trial.", N),
    ("The party has 300 members.", "The party has 300 employees.", N),
    ("Peter Falk was elected.", "Lars Moen lost the race to Peter Falk.", N),
    ("The final was attended by 40,000 people.", "40,000 people watched the final on television.", N),
    ("Ida Moen won a majority.", "Ida Moen won half of the votes.", N),
    ("12 people were injured in the fire.", "Hospitals treated 12 people after the fire.", N),
    ("The police succeeded Lars Moen.", "Lars Moen handed over the papers to the police.", N),
    ("Anna Holm did not resign.", "Anna Holm said that she would not resign.", N),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source", "label"), CASES)
def test_news_in_other_words(judge, claim, source, label):
    assert judge(claim, source, as_of=date(2025, 3, 12), published=DAY).label is label


@pytest.mark.parametrize(
    ("claim", "one", "other"),
    [
        ("The fire at the Hovde mill injured 12 people.",
         "The fire at the Hovde mill injured 12 people, police said.",
         "The fire at the Hovde mill injured 17 people, a hospital said."),
        ("The concert in Turku was attended by 8,000 people.",
         "The concert in Turku was attended by 8,000 people, the organisers said.",
         "The concert in Turku drew 5,500 people, police said."),
        ("12 members voted for the plan and five against it.",
         "The council adopted the plan by 12 votes to 5.", "The council adopted the plan by 11 votes to 6."),
    ],
)  # fmt: skip
def test_two_sources_with_other_numbers_of_one_thing_disagree(judge, claim, one, other):
    assert judge(claim, one, other, as_of=date(2025, 3, 12), published=DAY).label is C


def test_a_change_goes_before_what_was_reported_earlier(checker):
    (verdict,) = checker.verify(["The fine for Lorco is 5 million euros."], as_of=date(2025, 3, 12))
    assert verdict.label is R
    assert "2 million" in (verdict.correction or "")


@pytest.fixture
def checker(tmp_path):
    from factcheck.checker import Checker
    from factcheck.types import Document

    with Checker(tmp_path / "store", local_model=False) as opened:
        opened.ingest(
            [
                Document(doc_id="a", text="The fine for Lorco is 5 million euros.", published_at="2025-01-10"),
                Document(
                    doc_id="b", text="A court cut Lorco's fine from 5 million euros to 2 million.",
                    published_at="2025-03-01",
                ),
            ]
        )  # fmt: skip
        yield opened


def test_every_line_of_the_file_can_be_read_and_uses_what_it_binds():
    found = {way for group in ways().values() for way in group}
    assert len(found) > 100
    for way in found:
        bound = {variable for variable, _, _ in way.roles}
        assert {word for word in way.template.split() if len(word) == 1 and word.isupper()} <= bound, way


@given(st.text(max_size=160))
def test_any_text_is_put_in_other_words_or_left(text: str) -> None:
    for made in (*restatements(text, whole=True), *restatements(text, whole=False), *reworded(text), *when_held(text)):
        assert made.endswith(".")
    assert isinstance(after_change(text), tuple)
