"""The benchmark of the store measures a real one, and leaves the program as it was."""

import gzip
import json
from pathlib import Path

import pytest

from eval.bench_store import main
from vectorstore import embedding, indexing


def test_a_small_store_is_filled_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentences = [f"Report {n} tells of tide and time in port {n}." for n in range(40)]
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": 1, "sentences": sentences}) + "\n")
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps({"text": one}) for one in sentences[:4]))
    options = ["--passages", "30", "--sample", "3", "--asked", "3", "--folder", str(tmp_path)]
    assert (
        main([*options, "--corpus", str(tmp_path / "corpus.jsonl.gz"), "--queries", str(tmp_path / "queries.jsonl")])
        == 0
    )
    said = capsys.readouterr().out
    assert "embedding not included: 27 in" in said
    assert "3 queries one at a time" in said
    assert indexing.embed is embedding.embed
