"""The Ray engine on a real cluster of two workers: the same file as without it, also when a worker is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from factcheck.batch.engine import Work
from factcheck.batch.job import Job, run
from factcheck.batch.on_ray import AHEAD, OnRay
from factcheck.batch.rows import row_of
from factcheck.errors import StoreFailed
from factcheck.settings import Settings
from factcheck.types import Claim
from tests.batch.conftest import CLAIMS

Write = Callable[..., Path]
ROWS = [f"{claim[:-1]}, {n} people said." for n in range(80) for claim in CLAIMS]
pytest.importorskip("ray")
# Ray leaves sockets and its own subprocess handles to the collector
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def claims_of(texts: list[str]) -> list[Claim]:
    return [row_of(n, "", {"claim": text}).claim for n, text in enumerate(texts, 1)]  # type: ignore[misc]


def test_ray_gives_the_same_file_and_goes_on_where_another_engine_stopped(
    claims_file: Write, settings: Settings, tmp_path: Path
) -> None:
    claims = str(claims_file(ROWS))
    run(Job(claims, settings, cache=False), tmp_path / "local.jsonl")
    stopped = tmp_path / "ray.jsonl"

    def stop(tally: object) -> None:
        if tally.rows >= 128:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Job(claims, settings, cache=False), stopped, watch=stop)
    tally = run(Job(claims, settings, cache=False, on="ray", workers=2), stopped, resume=True)
    assert tally is not None
    assert (tally.kept, tally.judged) == (128, len(ROWS) - 128)
    assert stopped.read_bytes() == (tmp_path / "local.jsonl").read_bytes()


def test_a_killed_worker_costs_no_row_and_chunks_are_asked_for_only_as_they_are_needed(settings: Settings) -> None:
    chunks = [claims_of(ROWS[start : start + 20]) for start in range(0, len(ROWS), 20)]
    asked = 0

    def coming() -> Iterator[Work[int]]:
        nonlocal asked
        for number, chunk in enumerate(chunks):
            asked += 1
            yield Work(chunk, number)

    engine = OnRay(settings, 2)
    try:
        victim, other = engine.processes()
        done = []
        for one in engine.judge(coming()):
            done.append(one)
            assert asked <= len(done) + 2 * AHEAD
            if one.about == 4:
                os.kill(victim, signal.SIGKILL)
        assert engine.processes()[1] == other
        assert engine.processes()[0] != victim
    finally:
        engine.close()
    assert [one.about for one in done] == list(range(len(chunks)))
    assert [verdict.claim for one in done for verdict in one.verdicts] == ROWS
    assert all(verdict.error is None for one in done for verdict in one.verdicts)


def test_what_a_worker_lacks_is_told_as_what_it_is(tmp_path: Path) -> None:
    engine = OnRay(Settings(store=str(tmp_path / "nothing")), 1)
    try:
        with pytest.raises(StoreFailed, match="there is no store"):
            list(engine.judge([Work(claims_of(ROWS[:2]), 0)]))
    finally:
        engine.close()


def test_the_command_takes_the_engine(
    claims_file: Write, stocked: Path, run: Callable[..., object], tmp_path: Path
) -> None:
    out = tmp_path / "v.jsonl"
    ran = run("batch", str(claims_file(ROWS[:10])), "--out", str(out), "--store", str(stocked), "--engine", "ray")
    assert ran.code == 0  # type: ignore[attr-defined]
    assert len([json.loads(line) for line in out.read_text().splitlines()]) == 10


def test_actors_end_with_a_run_that_was_killed_and_another_goes_on(
    claims_file: Write, settings: Settings, tmp_path: Path
) -> None:
    claims, out = claims_file(ROWS), tmp_path / "v.jsonl"
    command = [sys.executable, "-m", "factcheck", "batch", str(claims), "--out", str(out), "--store", settings.store]
    command += ["--engine", "ray", "--workers", "2", "--no-cache", "--resume"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        journal = out.with_name("v.jsonl.journal")
        deadline = time.monotonic() + 120
        while (not journal.exists() or b'{"end"' not in journal.read_bytes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        judges = [one for one in psutil.Process(process.pid).children(recursive=True) if is_judge(one)]
        os.kill(process.pid, signal.SIGKILL)
    assert judges
    _, alive = psutil.wait_procs(judges, timeout=30)
    assert not alive
    noted = journal.read_bytes().count(b'"key"')
    assert noted >= 64
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert ran.stderr.splitlines()[0].startswith("factcheck:")
    assert [json.loads(line)["claim"] for line in out.read_text().splitlines()] == ROWS


def is_judge(process: psutil.Process) -> bool:
    return "ray::Judge" in " ".join(process.cmdline())
