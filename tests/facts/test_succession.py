"""Who left a post is told by who came."""

from datetime import date

import pytest

from factcheck.facts.reading import read_facts
from factcheck.types import Label
from vectorstore.types import Document

DAY = "2025-01-15"
HOLM = "Anna Holm has been appointed director of the Harbour Museum with effect from 1 March 2025."


def posts(text: str) -> dict[str, str]:
    """Person to the day until which a source of ``DAY`` gives a post."""
    document = Document(doc_id="a", text=text, published_at=DAY)
    found = {}
    for fact in read_facts(document, 0, len(text)):
        until, person = fact.claim.slot("until"), fact.claim.slot("person")
        if fact.claim.type == "title_role" and until is not None and person is not None:
            assert fact.claim.quote in fact.sentence.of(text)
            found[person.resolved] = until.value.partition("/")[2]
    return found


@pytest.mark.parametrize(
    "text",
    [
        f"{HOLM} She succeeds Torben Aune, who retires.",
        f"{HOLM} Holm will take over the post from Torben Aune.",
        f"{HOLM} She replaces Torben Aune.",
        f"{HOLM[:-1]}, succeeding Torben Aune.",
    ],
)
def test_who_is_succeeded_held_the_post_until_the_day_before(text: str) -> None:
    assert posts(text) == {"Torben Aune": "2025-02-28"}


@pytest.mark.parametrize(
    "text",
    [
        f"{HOLM} She may succeed Torben Aune in the board as well.",
        f"{HOLM} She was not expected to replace Torben Aune.",
        f"{HOLM} Eva Lind succeeds Torben Aune at the archive.",
        f"{HOLM}\n\nEva Lind succeeds Torben Aune.",
        f"{HOLM} She was succeeded by Torben Aune at the archive.",
    ],
)
def test_what_is_open_or_of_somebody_else_ends_no_post(text: str) -> None:
    assert posts(text) == {}


def test_a_post_after_its_end_is_refuted_and_before_it_supported(tmp_path) -> None:
    from factcheck import Checker

    source = Document(doc_id="a", title="New head", text=f"{HOLM} She succeeds Torben Aune.", published_at=DAY)
    with Checker(tmp_path / "store", local_model=False) as checker:
        checker.ingest([source])
        claim = "Torben Aune is director of the Harbour Museum."
        assert checker.verify([claim], as_of=date(2025, 4, 2))[0].label is Label.REFUTED
        assert checker.verify([claim], as_of=date(2025, 2, 20))[0].label is Label.SUPPORTED
