"""Clauses: each predicate with its own subject, and whose words it is."""

import pytest

from factcheck.language.clauses import clauses, inner_clauses, written
from factcheck.language.parse import parse


def read(text: str) -> list[tuple[str, str | None]]:
    """(clause, speaker) pairs."""
    doc = parse([text])[0]
    return [
        (
            " ".join(part for part in (written(doc, c.borrowed, {}), written(doc, c.tokens, {})) if part),
            None if c.speaker is None else doc[c.speaker[0] : c.speaker[1]].text,
        )
        for c in clauses(doc)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The delegation seeks peace and insists on a truce.", [
            ("The delegation seeks peace", None), ("The delegation insists on a truce", None)]),
        ("Maria Keller said that the harbour is closed.", [("the harbour is closed", "Maria Keller")]),
        ("The harbour is closed, Maria Keller said.", [("The harbour is closed", "Maria Keller")]),
        ("According to Maria Keller, the harbour is closed.", [("the harbour is closed", "Maria Keller")]),
        ("The harbour is closed, the article says.", [("The harbour is closed", None)]),
        ("Sixty members voted for it, while three members voted against it.", [
            ("Sixty members voted for it", None), ("three members voted against it", None)]),
        ("A short list of names.", []),
    ],
)  # fmt: skip
def test_a_sentence_is_split_into_its_statements(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected


def test_an_unfinished_text_has_no_clauses() -> None:
    assert clauses(parse(["..."])[0]) == []


def by_the_way(text: str) -> list[str]:
    doc = parse([text])[0]
    return [
        f"{written(doc, c.borrowed, {})}{c.link if c.link.startswith(chr(39)) else ' ' + c.link} "
        f"{written(doc, c.tokens, {})}".replace("  ", " ") for c in inner_clauses(doc)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board published the result of the vote held on 4 October.", ["the vote was held on 4 October"]),
        ("Ten films compete for the medal, which is worth 25,000 euros.", ["the medal is worth 25,000 euros"]),
        ("The post stays with Anna Holm, whose contract ends in May.", ["Anna Holm's contract ends in May"]),
        ("The harbour is closed.", []),
    ],
)
def test_what_is_said_by_the_way_is_a_statement_too(text: str, expected: list[str]) -> None:
    assert by_the_way(text) == expected
