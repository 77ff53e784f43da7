"""The bundled example says of itself what is true: its errors, its sources and its key agree."""

import json
from pathlib import Path
from typing import Any

import pytest

from vectorstore.types import Document

EXAMPLE = Path(__file__).parents[2] / "examples" / "istanbul"
DRAFT = (EXAMPLE / "draft.md").read_text(encoding="utf-8")
KEY = json.loads((EXAMPLE / "planted.json").read_text(encoding="utf-8"))
ROWS = [json.loads(line) for line in (EXAMPLE / "sources.jsonl").read_text(encoding="utf-8").splitlines()]
SOURCES = {row["doc_id"]: row for row in ROWS}
ERRORS = {
    "swapped title": "role",
    "outsider in the delegation": "person",
    "wrong leader": "person",
    "wrong place": "place",
    "misattributed quote": "speaker",
    "wrong number": "number",
    "wrong date": "date",
    "role held at another time": "role",
}


def body() -> str:
    """The draft without its front matter."""
    return DRAFT.split("---\n", 2)[2].strip()


def test_each_kind_of_error_is_planted_once() -> None:
    assert {item["error"]: item["slot"] for item in KEY["planted"]} == ERRORS
    assert len(KEY["planted"]) == len(ERRORS)


def test_planted_and_true_sentences_make_up_the_whole_draft() -> None:
    sentences = [item["sentence"] for item in KEY["planted"]] + KEY["true_sentences"]
    assert 12 <= len(sentences) <= 20
    rest = body()
    for sentence in sentences:
        assert rest.count(sentence) == 1, sentence
        rest = rest.replace(sentence, "")
    assert not rest.strip()


def test_sentences_not_worth_checking_are_not_among_the_errors() -> None:
    assert KEY["not_check_worthy"]
    assert set(KEY["not_check_worthy"]) <= set(KEY["true_sentences"])


@pytest.mark.parametrize("item", KEY["planted"], ids=lambda item: item["error"])
def test_a_planted_error_is_refuted_by_quotes_of_the_sources(item: dict[str, Any]) -> None:
    assert item["wrong"] in item["sentence"]
    assert item["doc_ids"] == list(dict.fromkeys(piece["doc_id"] for piece in item["evidence"]))
    for piece in item["evidence"]:
        assert piece["quote"] in SOURCES[piece["doc_id"]]["text"]
    assert any(item["right"].lower() in piece["quote"].lower() for piece in item["evidence"])
    assert item["right"] not in item["sentence"]


def test_there_are_enough_sources_and_all_are_documents_of_the_store() -> None:
    assert len(SOURCES) == len(ROWS) >= 16
    for row in ROWS:
        Document(
            **{name: row[name] for name in Document.model_fields if name in row},
            metadata={"text_kind": row["text_kind"], "note": row["note"]},
        )


def test_every_source_but_the_seed_says_that_it_is_a_restatement() -> None:
    for row in ROWS:
        restated = row["doc_id"] != "seed-unn"
        assert (row["text_kind"] == "restated") is restated
        assert row["note"].startswith("Restatement of a published report:") is restated
    assert "restatement" in (EXAMPLE / "README.md").read_text(encoding="utf-8").lower()


def test_the_draft_carries_a_title_and_its_date() -> None:
    head = DRAFT.split("---\n", 2)[1]
    assert "title: " in head
    assert "date: 2025-07-24\n" in head
