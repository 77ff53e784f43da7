"""Numbers, days and places judged end to end in news of other kinds: what follows, what is refuted, what stays open."""

from datetime import date

import pytest

from factcheck.types import Label

DAY = date(2025, 3, 12)
S, R, N = Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_EVIDENCE

CASES = [
    # direction and size of a change, from the numbers before and after
    ("The vacancy rate fell by 1.5 percentage points.", "The vacancy rate went from 6.0 to 4.5 percent.", S),
    ("The vacancy rate fell by 1.5 percent.", "The vacancy rate went from 6.0 to 4.5 percent.", R),
    ("The vacancy rate rose.", "The vacancy rate went from 6.0 to 4.5 percent.", R),
    ("The rate fell to 4.5 percent.", "The rate went from 6.0 to 4.5 percent.", S),
    ("The line carried fewer riders in 2024 than in 2023.",
     "The line carried 41,000 riders in 2024, down from 52,000 the year before.", S),
    ("The line carried more riders in 2024 than in 2023.",
     "The line carried 41,000 riders in 2024, down from 52,000 the year before.", R),
    # units, bounds, fractions
    ("More than 30 centimetres of snow fell at Brae.", "At Brae 315 millimetres of snow fell.", S),
    ("Exactly 134 miles of track were renewed.", "About 130 miles of track were renewed.", N),
    ("At least 20 passengers were hurt.", "23 passengers were injured.", S),
    ("At least 30 passengers were hurt.", "23 passengers were injured.", R),
    ("The fund owns four fifths of the shares.", "The fund owns 80 percent of the shares.", S),
    ("The fund owns a quarter of the shares.", "The fund owns 80 percent of the shares.", R),
    ("The council adopted the plan by 15 votes to 8.", "The council passed the plan with 15 votes against 8.", S),
    ("The council adopted the plan by 15 votes to 8.", "The council passed the plan with 14 votes against 9.", R),
    ("23 people were injured in the crash.", "23 passengers were hurt in the collision.", S),
    # what is said by the way
    ("The vote was held on 4 November 2025.", "The board published the results of the vote held on 4 October 2025.", R),
    ("The medal is worth 25,000 dollars.", "Ten films compete for the medal, which is worth 25,000 euros.", R),
    ("Anna Holm's farewell concert is planned for 27 July 2026.",
     "The post stays with Anna Holm, whose farewell concert is planned for 27 June 2026.", R),
    # days
    ("The summit ended on a Saturday.", "The summit ended on Sunday.", R),
    ("The summit ended on a Sunday.", "The summit ended on Sunday.", S),
    # numbers of something else, by chance, or in a name
    ("The film grossed more than 21 million dollars abroad.",
     "The film has grossed 36 million dollars at home and 21 million dollars abroad.", N),
    ("The film was reviewed by more than 102 critics.", "The film has 99 reviews by critics and 3 stars.", N),
    ("The film sold more than 11 million tickets.",
     "The film sold one million tickets within 48 hours, and has sold 11.5 million tickets to date.", S),
    ("Release 13 is the successor of Release 12.", "Release 5 is the successor of Release 4.", N),
    ("Road 516 is near Kent.", "Road 167 is near Kent.", N),
    ("Anna Holm is also known as Quake.", "Anna Holm is also known as Tremor.", N),
    ("Kent is a wealthy town.", "Kent is a quiet town.", N),
    # names of several words, and adjectives that are the point
    ("Falk State University was founded in Oslo.",
     "Falk Central University, a State Fair guest, was founded in Oslo.", N),
    ("The mill is in the United Kingdom.", "The mill is in Kent, United States.", N),
    ("The tallest tower of the town is the Arbor.", "The shortest tower of the town is the Arbor.", R),
    ("Kent is far away from Arbor.", "Kent is the site of Arbor.", N),
    ("The town is sometimes called the capital.", "The town is rarely called the capital.", R),
    # what is excepted, and what has yet to be
    ("Holm has yet to appear in a film.", "Holm appeared in a film.", N),
    ("The bridge was built by someone other than Falk.", "The bridge was built by Falk.", N),
    ("Holm took an interest in everything but art.", "Holm took an interest in art.", N),
    ("Danish is spoken only in Kent.", "Danish is spoken in Kent and in Oslo.", N),
    ("The mill was barely a company.", "The mill was a company.", N),
    ("Holm owns the mill.", "Holm works at the mill. The mill is owned by Falk Group.", N),
    # compared with something, once more, at an hour, before all others
    ("The second trial went on for longer than the first.", "The second trial ended after an hour.", N),
    ("The second trial was longer than the first.", "The second trial was shorter than the first.", R),
    ("Holm and Falk met again in Kent.", "Holm and Falk met in Kent.", N),
    ("Holm and Falk met on the evening of 12 March.", "Holm and Falk met on 12 March.", N),
    ("The Kent team was the first to reach the port.",
     "The Oslo team reached the port first and the Kent team later.", N),
    # what is said by the way of the subject
    ("The mill was founded before 1988.", "Founded in 1997 in Kent, the mill introduced the twelve-hour day.", R),
    ("The mill was founded in Kent.", "Founded in 1997 in Kent, the mill introduced the twelve-hour day.", S),
    ("Anna Holm last played for the Kent Hawks.", "Anna Holm is a player who last played for the Kent Hawks.", S),
    ("Anna Holm coached the Kent Hawks.", "Anna Holm, a player who coached the Kent Hawks, was born in Oslo.", S),
    ("Anna Holm was born in 1989.", "Anna Holm (born November 8, 1989), known as Lumi, is a singer.", S),
    ("Anna Holm was born in 1989.", "Anna Holm (born November 8, 1990), known as Lumi, is a singer.", R),
    # on one side of a day
    ("The merger was concluded before 10 March 2025.", "The merger was concluded on 9 March 2025.", S),
    ("The merger was concluded before 9 March 2025.", "The merger was concluded on 9 March 2025.", R),
    ("The merger was concluded after 8 March 2025.", "The merger was concluded on 9 March 2025.", S),
    ("The merger was concluded after 9 March 2025.", "The merger was concluded on 9 March 2025.", R),
    ("The merger was concluded by 9 March 2025.", "The merger was concluded on 9 March 2025.", S),
    ("The merger was concluded on 9 March 2025.", "The merger was concluded before 10 March 2025.", N),
    ("The merger was concluded on 11 March 2025.", "The merger was concluded before 10 March 2025.", R),
    # hours
    ("The tunnel was opened on 9 March 2025 at 8 p.m.", "The tunnel was opened at 20:00 on 9 March 2025.", S),
    ("The tunnel was opened on 9 March 2025 at 8 a.m.", "The tunnel was opened at 20:00 on 9 March 2025.", R),
    ("The tunnel was opened on 9 March 2025 at 8 a.m.", "The tunnel was opened at 9 a.m. GMT on 9 March 2025.", N),
    ("The tunnel is 774 m long.", "The tunnel is 774 metres long.", S),
    ("The tunnel is 747 m long.", "The tunnel is 774 metres long.", R),
    # denial of everybody
    ("A passenger was killed in the crash.", "Nobody was killed in the crash.", R),
    # an act as a noun
    ("An agreement on 300 prisoners was reached on 11 March.", "The sides agreed on 300 prisoners on 11 March.", S),
    ("Of the runners in Kigali 325 did not reach the finish.",
     "The race in Kigali was cool. Of 4,312 runners, 3,987 reached the finish.", S),
    ("A thirty-day truce was concluded in Oslo on 11 March.",
     "The talks in Oslo ended on 11 March. No ceasefire was agreed.", R),
    ("The dam lies in Ratnagiri district.", "The dam was shown in a picture. It is in the district of Ratnagiri.", S),
    ("Brightwell has been taken over by Arbor.", "Brightwell signed an agreement to acquire 80 percent of Arbor.", R),
    ("The strongest gust was measured at Mount Tabwa.", "The highest gust was measured at Selwyn airport.", R),
    ("Ruvi was the first cyclone of the season.", "Cyclone Ruvi weakened. It was the second cyclone of the season.", R),
    ("They agreed on all nine articles of the draft.", "They agreed on seven of the nine articles of the draft.", R),
    ("The two countries fixed the date of the third round.",
     "The two countries met. They did not set a date for a third round.", R),
    # quotations
    ('"We knew it from the start," said Anna Holm.', '"We never knew it from the start," said Anna Holm.', R),
    ('"We knew it from the start," said Peter Falk.',
     'Anna Holm did not hide her anger: "We knew it from the start."', R),
    ('"We knew it. We said so," said Anna Holm.',
     'Anna Holm was angry. "We knew it. We said so. We were not heard."', S),
    ('Anna Holm said that Berg "has often lied to the council".',
     '"Berg is slow, but he has never lied to the council," said Anna Holm.', R),
    # what only looks alike
    ("Anna Holm gave her vote to Peter Falk.", "Anna Holm said she had voted as well. Peter Falk was there.", N),
    ("The finance minister resigned on 11 March.", "The health minister resigned on 10 March.", N),
    ("The board consists of Holm, Falk and Berg.", "The board has five members: Holm, Falk, Berg, Lund and Moe.", N),
    ("The minister should resign.", "The minister will resign.", N),
    ("The clinic opened in 2024.", "The clinic will open in 2024.", N),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source", "label"), CASES)
def test_news_of_other_kinds(judge, claim, source, label):
    assert judge(claim, source, as_of=DAY, published=DAY).label is label


def test_what_the_clause_leaves_out_may_be_said_in_the_sentences_before(judge):
    source = "Arbor Systems closed the year with a loss. The operating profit went from 60 million to 48 million euros."
    claim = "The operating profit of Arbor Systems fell to 48 million euros."
    assert judge(claim, source, as_of=DAY, published=DAY).label is S
    assert judge(claim.replace("Arbor Systems", "Brightwell"), source, as_of=DAY, published=DAY).label is N


def test_a_source_written_before_a_day_cannot_deny_what_happened_on_it(judge):
    claim, source = "Holm telephoned Falk on 12 March 2025.", "Holm telephoned Falk on 3 March 2025."
    assert judge(claim, source, as_of=DAY, published=date(2025, 3, 10)).label is N


def test_a_speaker_given_by_a_post_is_who_has_that_post_in_the_sentence(judge):
    source = "Anna Holm, a Norwegian lawmaker, said that the harbour is closed."
    assert judge("A Norwegian lawmaker said that the harbour is closed.", source).label is S
    assert judge("A Norwegian mayor said that the harbour is closed.", source).label is N


def test_the_day_something_was_said_is_the_day_of_the_report(judge):
    claim = "Anna Holm said on 12 March 2025 that the harbour is closed."
    source = "Anna Holm said that the harbour is closed."
    assert judge(claim, source, as_of=DAY, published=DAY).label is S
    assert judge(claim, source, as_of=DAY, published=date(2025, 2, 1)).label is N


def test_two_counts_of_one_thing_are_a_conflict(judge):
    claim = "15,200 people slept in the shelters of the island on 11 March."
    sources = ("The aid group said that 15,200 people slept in the shelters on 11 March.",
               "The office said that 12,640 people slept in the shelters of the island on 11 March.")  # fmt: skip
    assert judge(claim, *sources, as_of=DAY, published=DAY).label is Label.CONFLICTING
    assert judge(claim, sources[1], as_of=DAY, published=DAY).label is R
