"""A batch that is killed at any moment goes on, judges nothing twice that was noted, and ends with the same file."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from factcheck.batch.journal import Entry
from tests.batch.conftest import CLAIMS

KILLS = 20
# the real run, with a note of every claim before it is judged
RUN = """
    import sys
    from pathlib import Path
    from factcheck.batch.engine import Here
    from factcheck.batch.job import Job, run
    from factcheck.settings import Settings

    class Noted(Job):
        def engine(self, on_flip=lambda _: None):
            inner = super().engine(on_flip)
            if self.workers > 1:
                return inner
            log = open(sys.argv[4], "a")

            def verify(claims):
                log.writelines(claim.claim + "\\n" for claim in claims)
                log.flush()
                return inner._verify(claims)

            return Here(verify, inner.close)

    job = Noted(sys.argv[1], Settings(store=sys.argv[2]), workers=int(sys.argv[5]), cache=False)
    print("begun", flush=True)
    run(job, Path(sys.argv[3]), resume=True)
"""


def begun(claims: Path, store: Path, out: Path, log: Path, workers: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", textwrap.dedent(RUN), str(claims), str(store), str(out), str(log), str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def noted(journal: Path) -> Iterator[Entry]:
    """What counts as noted: the rows of chunks that are closed."""
    lines = journal.read_bytes().splitlines(keepends=True)[1:] if journal.exists() else []
    chunk: list[bytes] = []
    for line in lines:
        if line.startswith(b'{"end"'):
            yield from map(Entry.model_validate_json, chunk)
            chunk = []
        else:
            chunk.append(line)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_random_moments_it_goes_on_and_ends_the_same(workers: int, stocked: Path, tmp_path: Path) -> None:
    rows = [{"claim": f"{claim[:-1]}, {n} people said."} for n in range(130) for claim in CLAIMS]
    rows += [rows[n] for n in range(0, 600, 3)] + [{"claim": ""}]
    claims, log = tmp_path / "claims.jsonl", tmp_path / "judged.log"
    claims.write_text("".join(json.dumps(row) + "\n" for row in rows))
    began = time.monotonic()
    with begun(claims, stocked, tmp_path / "whole.jsonl", tmp_path / "whole.log", workers) as process:
        assert process.wait() == 0
    undisturbed = time.monotonic() - began

    chance, journal, kills = random.Random(workers), tmp_path / "v.jsonl.journal", 0
    while kills < KILLS:
        done, asked = list(noted(journal)), log.stat().st_size if log.exists() else 0
        with begun(claims, stocked, tmp_path / "v.jsonl", log, workers) as process:
            # now while it starts, now while it judges; near the end there is less and less to disturb
            time.sleep(chance.uniform(0.0, undisturbed * 0.6))
            os.kill(process.pid, signal.SIGKILL)
        kills += 1
        judged_now = set(log.read_text()[asked:].splitlines()) if log.exists() else set()
        assert not judged_now & {entry.verdict.claim for entry in done if entry.verdict}
        assert list(noted(journal))[: len(done)] == done or (tmp_path / "v.jsonl").exists()
        if (tmp_path / "v.jsonl").exists():  # it ended before it was killed: once more from the start
            assert (tmp_path / "v.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
            for name in ("v.jsonl", "v.jsonl.journal", "judged.log"):
                (tmp_path / name).unlink(missing_ok=True)
    with begun(claims, stocked, tmp_path / "v.jsonl", log, workers) as process:
        assert process.wait() == 0
    assert (tmp_path / "v.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.slow
def test_processes_that_judge_end_with_the_one_that_was_killed(stocked: Path, tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text("".join(json.dumps({"claim": f"Claim {n} holds."}) + "\n" for n in range(2000)))
    with begun(claims, stocked, tmp_path / "v.jsonl", tmp_path / "log", 2) as process:
        deadline = time.monotonic() + 60
        while not list(noted(tmp_path / "v.jsonl.journal")) and time.monotonic() < deadline:
            time.sleep(0.1)
        children = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, signal.SIGKILL)
    assert children
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_no_row(stocked: Path, tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text("".join(json.dumps({"claim": f"{CLAIMS[n % 5][:-1]} {n} times."}) + "\n" for n in range(600)))
    with begun(claims, stocked, tmp_path / "v.jsonl", tmp_path / "log", 2) as process:
        while not list(noted(tmp_path / "v.jsonl.journal")):
            time.sleep(0.1)
        workers = [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]
        os.kill(workers[0].pid, signal.SIGKILL)
        assert process.wait() == 0
    verdicts = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert [one["claim_id"] for one in verdicts] == [f"row-{n}" for n in range(1, 601)]
    assert all(one["error"] is None for one in verdicts)
