"""The benchmark measures the process it starts, and says when a limit is broken."""

import json
import sys
from pathlib import Path

import pytest

from eval import bench


def test_time_and_memory_are_those_of_the_process() -> None:
    hungry = bench.run([sys.executable, "-c", "import time; block = bytearray(200_000_000); time.sleep(0.3)"])
    assert hungry.code == 0
    assert 0.3 <= hungry.seconds < 30
    assert 200 < hungry.megabytes < 1000


def test_a_failing_process_is_told_with_its_errors() -> None:
    ran = bench.run([sys.executable, "-c", "import sys; sys.exit('no')"])
    assert (ran.code, ran.errors.strip()) == (1, "no")


@pytest.mark.parametrize(("value", "code"), [(0.1, 0), (0.9, 1)])
def test_a_broken_limit_is_exit_code_1(
    value: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measures = [bench.Measure("help", value, 0.5, "s"), bench.Measure("memory", 5000.0, None, "MB")]
    monkeypatch.setattr(bench, "measure", lambda documents, claim: measures)
    documents = tmp_path / "documents.jsonl"
    documents.touch()
    assert bench.main(["--documents", str(documents), "--json"]) == code
    assert [row["kept"] for row in json.loads(capsys.readouterr().out)] == [code == 0, True]


def test_documents_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--documents", str(tmp_path / "nowhere.jsonl")]) == 2
    assert "nowhere.jsonl" in capsys.readouterr().err
