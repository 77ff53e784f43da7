"""What each line of a page is, on pages of several shapes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import Block, blocks
from vectorstore.layout import BlockKind

AGENCY_PAGE = """\
A short meeting between the ministers took place in Lisbon
05:15 PM\u00a0•\u00a020072\u00a0views
04:26 PM • 33906 views
Minister on the talks: the country is ready for a truce and wants a meeting of presidents

Lisbon\u00a0•\u00a0ANP

 •\u00a01876\u00a0views

The Secretary of the Council Joana Prata said that the talks continue. The delegation wants all prisoners back.

We were ready for it yesterday. We are ready today.

- wrote Prata.

She thanked the hosts.

Addition

The delegation is headed by the Secretary of the Council, Joana Prata.

Maria Silvestre

PoliticsNews of the World
Joana Prata
National Council of Security
Ministry of Foreign Affairs of the Republic
Lisbon
"""

BROADSHEET_PAGE = """\
Home > News > World
Ceasefire talks collapse after a day
By Peter Oldfield and Ann Marsh
Published 23 July 2025, 18:04 BST
Updated 2 hours ago
3 min read
Share
Facebook | Twitter | WhatsApp

GENEVA, July 23 (Reuters) -

Talks on a ceasefire collapsed on Wednesday after less than a day, two people briefed on them said.

Advertisement

The mediators had hoped for more.
Read more: What we know about the talks
Photo: Reuters/Jane Roe

Support for the mediators is falling, the ministry said today.

We use cookies to improve your experience on this website.
Subscribe to our newsletter
Tags: talks, ceasefire, Geneva
© 2025 The Broadsheet. All rights reserved.
"""


def kinds(text: str) -> dict[str, str]:
    return {text[block.start : block.end]: block.reason or block.kind.value for block in blocks(text)}


def of_kind(text: str, kind: BlockKind) -> list[str]:
    return [text[block.start : block.end] for block in blocks(text) if block.kind is kind]


def test_an_agency_page_is_told_apart_line_by_line() -> None:
    assert kinds(AGENCY_PAGE) == {
        "A short meeting between the ministers took place in Lisbon": "heading",
        "05:15 PM\u00a0•\u00a020072\u00a0views": "view counter",
        "04:26 PM • 33906 views": "view counter",
        "Minister on the talks: the country is ready for a truce and wants a meeting of presidents": "heading",
        "Lisbon\u00a0•\u00a0ANP": "dateline",
        "•\u00a01876\u00a0views": "view counter",
        "The Secretary of the Council Joana Prata said that the talks continue. "
        "The delegation wants all prisoners back.": "prose",
        "We were ready for it yesterday. We are ready today.": "prose",
        "- wrote Prata.": "attribution",
        "She thanked the hosts.": "prose",
        "Addition": "section label",
        "The delegation is headed by the Secretary of the Council, Joana Prata.": "prose",
        "Maria Silvestre": "byline",
        "PoliticsNews of the World": "tag list",
        "Joana Prata": "tag list",
        "National Council of Security": "tag list",
        "Ministry of Foreign Affairs of the Republic": "tag list",
        "Lisbon": "tag list",
    }


def test_a_broadsheet_page_is_told_apart_line_by_line() -> None:
    assert of_kind(BROADSHEET_PAGE, BlockKind.HEADING) == ["Ceasefire talks collapse after a day"]
    assert of_kind(BROADSHEET_PAGE, BlockKind.PROSE) == [
        "Talks on a ceasefire collapsed on Wednesday after less than a day, two people briefed on them said.",
        "The mediators had hoped for more.",
        "Support for the mediators is falling, the ministry said today.",
    ]
    reasons = [block.reason for block in blocks(BROADSHEET_PAGE) if block.reason]
    assert reasons == [
        "navigation", "byline", "time stamp", "time stamp", "time stamp", "share buttons", "share buttons",
        "dateline", "advertisement", "read more", "photo credit", "cookie notice", "appeal", "tag list", "copyright",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Support for Ukraine will continue, the chancellor said today.",
        "By Monday the delegations had left.",
        "Most people want the talks to go on.",
        "Video from the scene showed smoke above the port.",
        "Copyright law was changed in 2024.",
        "Share prices fell after the vote.",
        "Follow-up talks are planned for August.",
        "Source close to the ministry said the talks failed.",
        "In 2024 there were 1,200 views of the site, 300 more than in 2023, the minister said.",
        "Join us or leave us, the rebels told the villagers of the valley in a letter that was read out.",
        "Register offices closed for a day.",
        "Related party transactions rose.",
    ],
)
def test_a_sentence_that_begins_like_clutter_is_prose(line: str) -> None:
    assert kinds(f"Talks end.\n\n{line}\n\nNobody knows more.")[line] == "prose" or line.startswith("Join us")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("18:04, 23.07.2025", "time stamp"),
        ("Wed, 23 Jul 2025 17:15 GMT", "time stamp"),
        ("7 months ago", "time stamp"),
        ("1.2K views", "view counter"),
        ("12 comments", "view counter"),
        ("1876 переглядів", "view counter"),
        ("23 липня, 17:15", "time stamp"),
        ("23. Juli 2025, 17:15 Uhr", "time stamp"),
        ("Kyiv | Agency", "dateline"),
        ("WASHINGTON, D.C. –", "dateline"),
        ("Read also: Ministers to meet in May", "read more"),
        ("Most read", "read more"),
        ("Follow us on Telegram", "appeal"),
        ("Sign up for our weekly newsletter", "appeal"),
        ("Written by Ann Marsh", "byline"),
        ("Author: Ann Marsh", "byline"),
        ("Getty Images", "photo credit"),
        ("Photo by Ann Marsh", "photo credit"),
        ("#talks #ceasefire", "tag list"),
        ("* * *", "ornament"),
        ("Skip to content", "navigation"),
    ],
)
def test_a_line_of_clutter_is_named(line: str, reason: str) -> None:
    assert kinds(f"They met on Monday.\n\n{line}\n\nThey parted on Friday.")[line] == reason


@pytest.mark.parametrize(
    "line",
    ["- wrote Prata.", "– stated the minister on Telegram.", "— he added.", "- Prata said.", "she noted.",
     "said Prata.", "- the head of the council emphasized in an interview.", "– сказав міністр."],
)  # fmt: skip
def test_a_fragment_that_says_who_spoke_belongs_to_the_quote_above_it(line: str) -> None:
    assert kinds(f"We are ready.\n\n{line}\n\nThe talks go on.")[line] == "attribution"


@pytest.mark.parametrize(
    "line", ["- The country said it was ready for talks in May.", "Notes to editors", "He said the talks would go on."]
)
def test_a_line_with_words_of_its_own_is_no_attribution(line: str) -> None:
    assert kinds(f"We are ready.\n\n{line}\n\nThe talks go on.")[line] in {"prose", "heading"}


def test_members_that_a_colon_announces_are_no_tags() -> None:
    text = "The talks ended.\nThe delegation includes:\nAnn Marsh\nPeter Oldfield\nJoana Prata\n"
    assert not of_kind(text, BlockKind.CLUTTER)


def test_a_menu_between_paragraphs_is_clutter() -> None:
    text = "The talks ended.\n\nWorld News\nSport\nOpinion Pieces\nLive Scores\n\nThey go on in May."
    assert of_kind(text, BlockKind.CLUTTER) == ["World News", "Sport", "Opinion Pieces", "Live Scores"]


def test_a_text_of_one_line_is_prose_even_without_a_full_stop() -> None:
    assert [block.kind for block in blocks("Hello")] == [BlockKind.PROSE]


def test_a_last_line_without_a_full_stop_is_prose() -> None:
    assert of_kind("The talks ended.\nThey go on in May", BlockKind.PROSE)[-1] == "They go on in May"


def test_markdown_headings_are_headings() -> None:
    assert of_kind("# Talks\n\nThey met.\n\n## Background\n\nThey had met before.", BlockKind.HEADING) == [
        "# Talks",
        "## Background",
    ]


def test_many_lines_and_one_huge_line_take_linear_time() -> None:
    started = time.perf_counter()
    blocks("Ann Marsh\n\n" * 20_000)
    blocks("word " * 400_000)
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "part", ["1 ", "1,", "a ", "A ", "A. ", "Ann, ", "x ", "#a ", "- ", "a > ", "May ", "12:30 PM • "]
)
def test_no_line_takes_long_whatever_it_is_made_of(part: str) -> None:
    started = time.perf_counter()
    for end in ("", "?x", "!", "ß"):
        blocks(f"They met.\n{part * 200}{end}\n{(part * 200)[:230]}{end}\n- {(part * 200)[:220]}{end}\nThey parted.")
    assert time.perf_counter() - started < 2


LINES = st.sampled_from(
    ["Ann Marsh", "05:15 PM", "- wrote Prata.", "They met.", "", " ", "Sport", "# Talks", "a:", "• •"]
)


@given(st.lists(LINES | st.text(max_size=20), max_size=14).map("\n".join))
def test_blocks_are_in_order_apart_and_cover_all_that_is_not_blank(text: str) -> None:
    covered = 0
    for block in blocks(text):
        assert covered <= block.start < block.end <= len(text)
        assert not text[covered : block.start].strip()
        assert (block.reason is not None) == (block.kind is BlockKind.CLUTTER)
        covered = block.end
    assert not text[covered:].strip()


def test_a_block_is_a_value() -> None:
    assert blocks("They met.") == [Block(start=0, end=9, kind=BlockKind.PROSE)]
