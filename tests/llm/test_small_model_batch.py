"""A batch that asks a small real model, stopped in the middle, or its server: nothing is lost or paid for twice."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from factcheck.build import build_checker
from factcheck.llm.cache import FILE_NAME
from factcheck.settings import load_settings
from factcheck.types import Document
from tests.llm.small_model import KEY, SmallModel, needs_small_model

pytestmark = [pytest.mark.slow, needs_small_model]
ROOT = Path(__file__).parents[2]
CLAIMS = [f"Volunteer {n} was given the old mill by the Norrby council." for n in range(4)]
SOURCE = Document(
    doc_id="notes", title="Norrby notes", publisher="City Ledger", published_at="2024-03-07",
    text="The Norrby council has handed the old mill over to a group of volunteers. They want to bake there.",
)  # fmt: skip


class Batch:
    """The command, run in a process of its own, and what it leaves."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.out = folder / "verdicts.jsonl"
        with build_checker(load_settings(store=str(folder / "store"))) as checker:
            checker.ingest([SOURCE])
        rows = "".join(json.dumps({"claim": claim}) + "\n" for claim in CLAIMS)
        (folder / "claims.jsonl").write_text(rows, "utf-8")
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache"), "FACTCHECK_STORE": str(folder / "store"),
            "FACTCHECK_LOCAL_MODEL": "false", "FACTCHECK_LLM": "openai:local", "FACTCHECK_LLM_AT_ONCE": "1",
            "FACTCHECK_LLM_SECONDS": "300", "OPENAI_BASE_URL": url, "OPENAI_API_KEY": KEY,
        }  # fmt: skip

    def start(self, *more: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "factcheck", "batch", str(self.folder / "claims.jsonl"), "--out"]
        return subprocess.Popen(
            [*command, str(self.out), *more], env=self.environment, cwd=self.folder, stderr=subprocess.PIPE, text=True
        )

    def answers(self) -> dict[str, int]:
        """The answers of the model that have been kept; one that is asked for again gets another number."""
        path = self.folder / "cache" / "factcheck" / "llm" / FILE_NAME
        if not path.exists():
            return {}
        with closing(sqlite3.connect(path, timeout=30)) as kept:
            made = kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'replies'").fetchone()[0]
            return dict(kept.execute("SELECT key, rowid FROM replies").fetchall()) if made else {}

    def wait_for_an_answer(self) -> None:
        until = time.monotonic() + 240
        while not self.answers():
            assert time.monotonic() < until, "no answer came"
            time.sleep(0.1)

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.read_text("utf-8").splitlines()]


def ended(process: "subprocess.Popen[str]", seconds: float = 500) -> tuple[int, str]:
    _, told = process.communicate(timeout=seconds)
    return process.returncode, told


@pytest.fixture
def own() -> Iterator[SmallModel]:
    with SmallModel(remember=True) as one:
        yield one


def test_a_batch_that_is_stopped_ends_at_once_and_goes_on_without_asking_again(own: SmallModel, tmp_path: Path):
    batch = Batch(tmp_path, own.url)
    running = batch.start()
    batch.wait_for_an_answer()
    running.send_signal(signal.SIGINT)
    code, told = ended(running, 60)
    assert code == 130, told
    assert "Traceback" not in told
    before = batch.answers()
    assert 0 < len(before) < len(CLAIMS)
    code, told = ended(batch.start("--resume"))
    assert code == 0, told
    assert [row["claim"] for row in batch.rows()] == CLAIMS
    assert not [row for row in batch.rows() if row["error"]]
    after = batch.answers()
    assert len(after) == len(CLAIMS)
    assert before.items() <= after.items()


def test_a_server_that_goes_away_in_the_middle_makes_rows_with_errors_that_a_later_run_answers(
    own: SmallModel, tmp_path: Path
):
    batch = Batch(tmp_path, own.url)
    running = batch.start()
    batch.wait_for_an_answer()
    own.stop()
    code, told = ended(running)
    assert code == 3, told
    assert "ask again with: --resume" in told
    rows = batch.rows()
    assert [row["claim"] for row in rows] == CLAIMS
    failed = [row for row in rows if row["error"]]
    assert len(failed) == len(CLAIMS) - len(batch.answers())
    assert {(row["label"], row["error"]["stage"], row["error"]["error"]) for row in failed} == {
        (None, "llm", "Connection")
    }
    before = batch.answers()
    with SmallModel(own.port, remember=True):
        code, told = ended(batch.start("--resume"))
    assert code == 0, told
    assert not [row for row in batch.rows() if row["error"]]
    assert len(batch.answers()) == len(CLAIMS)
    assert before.items() <= batch.answers().items()
