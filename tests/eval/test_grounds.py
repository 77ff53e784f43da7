"""The grounds are what their README says: whole rows, exact quotes, two halves that share nothing."""

import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from eval.grounds.measure import FOLDER, HALVES, GroundRow, main, measure, rows_of
from factcheck.types import Label
from vectorstore import Document, load

README = (FOLDER / "README.md").read_text("utf-8")
CATEGORIES = {
    "comparison", "date", "delegation_membership", "event", "location", "multi_hop", "name_variant", "negation",
    "number_quantity", "quote_attribution", "temporal_role_change", "title_role",
}  # fmt: skip
PHENOMENA = {
    "conflict", "correction", "date", "direction", "multi_hop", "multi_part", "name_variant", "near_miss", "negation",
    "number", "paraphrase", "place", "quote", "role_time", "roster", "syndicated",
}  # fmt: skip
SHARES = {Label.SUPPORTED: 0.38, Label.REFUTED: 0.37, Label.CONFLICTING: 0.08, Label.NOT_ENOUGH_EVIDENCE: 0.17}
NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’-]+")

NO_NAMES = {"High Court"}

every_half = pytest.mark.parametrize("half", HALVES)


def documents_of(half: str) -> dict[str, Document]:
    found = list(load([str(FOLDER / half / "documents.jsonl")]))
    assert all(isinstance(item, Document) for item in found), found
    documents = {item.doc_id: item for item in found if isinstance(item, Document)}
    assert len(documents) == len(found)
    return documents


def raw_claims(half: str) -> list[dict[str, Any]]:
    lines = (FOLDER / half / "claims.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@every_half
def test_documents_are_many_short_and_in_english(half: str) -> None:
    documents = documents_of(half).values()
    assert len(documents) >= 35
    assert all(60 <= len(one.text.split()) <= 180 for one in documents)
    assert all(one.language == "en" and one.title and one.publisher for one in documents)
    assert 0 < sum(one.published_at is None for one in documents) <= 5
    assert len({one.text for one in documents}) == len(documents)


@every_half
def test_claims_are_whole_rows_with_ids_of_their_own(half: str) -> None:
    rows = rows_of(half)
    assert len(rows) >= 75
    assert len({row.claim_id for row in rows}) == len({row.claim for row in rows}) == len(rows)
    assert all(isinstance(row.as_of, date) and row.explanation for row in rows)
    fields = set(GroundRow.model_fields) - {"context"}
    assert all(set(row) == fields for row in raw_claims(half))
    assert {row.category for row in rows} == CATEGORIES
    assert {row.phenomenon for row in rows} == PHENOMENA
    assert all(f"`{name}`" in README for name in PHENOMENA)


@every_half
def test_quotes_are_exact_and_only_what_is_not_told_has_none(half: str) -> None:
    documents = documents_of(half)
    for row in rows_of(half):
        assert bool(row.evidence) is (row.label is not Label.NOT_ENOUGH_EVIDENCE), row.claim_id
        for gold in row.evidence:
            assert gold.quote, row.claim_id
            assert documents[gold.doc_id].text.count(gold.quote) == 1, (row.claim_id, gold.quote)


@every_half
def test_a_conflict_is_told_by_two_publishers(half: str) -> None:
    documents = documents_of(half)
    for row in rows_of(half):
        if row.label is Label.CONFLICTING:
            assert len({documents[gold.doc_id].publisher for gold in row.evidence}) > 1, row.claim_id


@every_half
def test_labels_are_shared_out_as_a_desk_meets_them(half: str) -> None:
    rows = rows_of(half)
    counts = Counter(row.label for row in rows)
    assert all(abs(counts[label] / len(rows) - share) < 0.03 for label, share in SHARES.items()), counts


def test_the_halves_share_no_document_claim_or_name() -> None:
    one, other = (documents_of(half) for half in HALVES)
    assert not set(one) & set(other)
    assert not {d.publisher for d in one.values()} & {d.publisher for d in other.values()}
    assert not {d.title for d in one.values()} & {d.title for d in other.values()}
    ids, others = ({row.claim_id for row in rows_of(half)} for half in HALVES)
    assert not ids & others
    shared = sorted(full_names(one) & full_names(other))
    assert shared == []


def test_the_halves_share_no_turn_of_phrase() -> None:
    claims = [[row.claim for row in rows_of(half)] for half in HALVES]
    texts = [[document.text for document in documents_of(half).values()] for half in HALVES]
    shared = sorted(runs(claims[0], 5) & runs(claims[1], 5)) + sorted(runs(texts[0], 6) & runs(texts[1], 6))
    assert shared == []


def full_names(documents: dict[str, Document]) -> set[str]:
    """Two capitalised words in a row inside a sentence: names of persons, companies and prizes."""
    found = set()
    for document in documents.values():
        for sentence in re.split(r"(?<=[.!?:])\s+|\n+|[\"“”(),]", document.text):
            words = sentence.split()[1:]
            found |= {f"{a} {b}" for a, b in pairwise(words) if NAME.fullmatch(a) and NAME.fullmatch(b)}
    return found - NO_NAMES


def runs(texts: list[str], length: int) -> set[str]:
    """All runs of so many words."""
    split = (text.lower().split() for text in texts)
    return {" ".join(words[i : i + length]) for words in split for i in range(len(words) - length + 1)}


def test_verdicts_of_a_few_rows_are_measured_in_a_store_of_their_own() -> None:
    rows = rows_of("develop")[:3]
    verdicts, result = measure(rows, FOLDER / "develop" / "documents.jsonl", by="phenomenon")
    assert result.rows == len(verdicts) == 3
    assert result.failed == result.unplaced_quotes == 0
    assert set(result.categories) == {row.phenomenon for row in rows}


def test_the_measure_half_gives_numbers_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "verdicts.jsonl"
    assert main(["measure", "--out", str(out)]) == 2
    assert not out.exists()
    assert "numbers only" in capsys.readouterr().err
