"""The programs that measure what new documents reach, and whether reworded claims are known again: small, but real."""

import gzip
import json
from pathlib import Path

import pytest

from eval import seen, touched
from eval.made_claims import Made
from eval.reworded import made_pairs, public_pairs, reworded
from tests.batch.conftest import SOURCES


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(one.model_dump_json() + "\n" for one in SOURCES))
    return path


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("On May 2, 2025 the talks took place.", "The talks happened on 2 May 2025."),
        ("Ada said that it rained.", "According to Ada, it rained."),
        ("Ada is mayor as of May 2, 2025.", "As of 2 May 2025, Ada is mayor."),
        ("It rained.", "It rained."),
    ],
)
def test_rules_change_the_words_and_keep_days_and_names(claim: str, other: str) -> None:
    assert reworded(claim) == other


def test_pairs_say_whether_they_are_the_same(tmp_path: Path) -> None:
    made = [
        Made("Ada said that it rained.", None, "as_said"),
        Made("Bob said that it rained.", None, "person", "Ada said that it rained."),
        Made("It rained.", None, "as_said"),
    ]
    assert [(two.first[:3], two.second[13:16], two.same) for two in made_pairs(made)] == [
        ("Ada", "Ada", True),
        ("Ada", "Bob", False),
    ]
    rows = [("It rained on Ada.", "supported"), ("On Ada it rained.", "supported"), ("It snowed.", "refuted")]
    path = tmp_path / "pairs.jsonl.gz"
    with gzip.open(path, "wt") as lines:
        lines.writelines(json.dumps({"evidence": "e", "claim": claim, "label": label}) + "\n" for claim, label in rows)
    assert [two.same for two in public_pairs(path, "x")] == [True, False, False]


@pytest.mark.slow
def test_seen_measures(documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert seen.main([f"--documents={documents}", f"--pairs={tmp_path}", "--each=5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert all(0 <= value <= 1 for value in told["searched"].values())
    assert told["pairs"]


@pytest.mark.slow
def test_touched_measures(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = touched.main([f"--documents={documents}", "--claims=30", "--pool=30", "--new=1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == (0 if told["share_of_time"] <= touched.MOST else 1)
    assert (told["verdicts"], told["documents"]) == (30, 1)
    assert told["with_receipts"] == told["flips"]
    assert 0 < told["judged"] <= 30
