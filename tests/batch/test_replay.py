"""A verdict is made again from its own row: the same, or what has changed is named."""

from pathlib import Path

import pytest

import factcheck
from factcheck.batch.replay import read_verdicts, replay
from factcheck.errors import UsageError

CLAIM = "Maria Keller heads the Norwegian delegation."


def source(name: str) -> factcheck.Document:
    return factcheck.Document(
        doc_id="a", text=f"{name} heads the Norwegian delegation.", published_at="2024-05-20", language="en"
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A verdict as ``verify --json`` prints it, beside the store it was made with."""
    with factcheck.Checker(store=tmp_path / "store") as checker:
        checker.ingest([source("Maria Keller")])
        (verdict,) = checker.verify([CLAIM], as_of="2024-05-20")
    path = tmp_path / "verdict.json"
    path.write_text(verdict.model_dump_json(), encoding="utf-8")
    return path


def test_nothing_changed_gives_the_same_verdict(kept: Path) -> None:
    with factcheck.Checker(store=kept.parent / "store") as checker:
        (row,) = replay(checker, read_verdicts(kept))
    assert row.same
    assert row.changed == ()


def test_a_changed_document_is_named_with_the_verdict_that_flips(kept: Path) -> None:
    with factcheck.Checker(store=kept.parent / "store") as checker:
        checker.ingest([source("Pavel Dorn")])
        (row,) = replay(checker, read_verdicts(kept))
    assert not row.same
    assert "verdict: SUPPORTED before, REFUTED now" in row.changed
    assert "document a: changed" in row.changed


@pytest.mark.parametrize("text", ["", "no json", '{"claim": "x"}', "[1]"])
def test_what_is_no_verdict_is_a_usage_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="verdict"):
        read_verdicts(path)


def test_the_receipt_names_the_claim_and_the_rules(kept: Path) -> None:
    (verdict,) = read_verdicts(kept)
    assert verdict.receipt is not None
    assert {"claim", "rules"} <= set(verdict.receipt.details)
