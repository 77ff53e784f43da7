"""Clauses: each predicate with its own subject, and whose words it is."""

import pytest

from factcheck.language.clauses import clauses, written
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
