"""The batch benchmark at a size that a test can wait for: real runs, real numbers."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.bench_batch import main
from eval.made_claims import AS_SAID, ELSEWHERE, RIGHT, documents_in, made_claims
from tests.batch.conftest import SOURCES


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(one.model_dump_json() + "\n" for one in SOURCES))
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere.jsonl"
    path.write_text(json.dumps({"claim": "A whale swam up the Elbe.", "as_of": "2024-03-01"}) + "\n")
    return path


def test_claims_are_different_and_changed_in_one_part(documents: Path, elsewhere: Path) -> None:
    made = made_claims(documents_in(documents), elsewhere, most=40)
    assert made == made_claims(documents_in(documents), elsewhere, most=40)
    assert len({one.claim for one in made}) == len(made) == 40
    ways = Counter(one.made for one in made)
    assert set(ways) <= set(RIGHT)
    assert ways[AS_SAID] >= 4
    assert ways[ELSEWHERE] == 1
    said = [one.claim for one in made if one.made == AS_SAID]
    for one in made:
        if one.made == "number":
            assert min(sum(a != b for a, b in zip(one.claim.split(), claim.split(), strict=False))
                       for claim in said if len(claim.split()) == len(one.claim.split())) == 1  # fmt: skip


@pytest.mark.slow
def test_it_measures_and_tells_what_is_right(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([f"--documents={documents}", "--claims=40", "--first=20", "--sample=20", "--workers=1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == (0 if told["kept"] else 1)
    values = {one["name"].strip(): one["value"] for one in told["measures"]}
    assert all(value > 0 for value in values.values())
    assert sum(row["claims"] for row in told["right"].values()) == 40
    assert told["stages"]["claims"] == 20
