"""A whole batch over a real store, and its command."""

import csv
import gzip
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from factcheck.batch.job import Job, run
from factcheck.batch.progress import duration
from factcheck.errors import StoreFailed
from factcheck.settings import Settings
from factcheck.types import Verdict
from tests.batch.conftest import CLAIMS

Write = Callable[..., Path]
Run = Callable[..., Any]


def verdicts(path: Path) -> list[Verdict]:
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [Verdict.model_validate_json(line) for line in lines]


def test_verdicts_are_those_of_the_checker(settings: Settings, claims_file: Write, tmp_path: Path) -> None:
    from factcheck.build import build_checker

    run(Job(str(claims_file(CLAIMS)), settings), tmp_path / "v.jsonl")
    found = verdicts(tmp_path / "v.jsonl")
    with build_checker(settings, create=False) as checker:
        expected = checker.verify(CLAIMS)
    assert [one.model_copy(update={"claim_id": ""}) for one in found] == [
        one.model_copy(update={"claim_id": ""}) for one in expected
    ]
    assert [one.claim_id for one in found] == [f"row-{n}" for n in range(1, 6)]
    assert found[1].label == "SUPPORTED"


def test_workers_give_the_same_file(settings: Settings, claims_file: Write, tmp_path: Path) -> None:
    path = claims_file([f"{claim[:-1]}, {n} people said." for n in range(40) for claim in CLAIMS] + list(CLAIMS))
    run(Job(str(path), settings, cache=False), tmp_path / "one.jsonl")
    run(Job(str(path), settings, workers=2, cache=False), tmp_path / "two.jsonl")
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_the_command_writes_rows_tells_the_tally_and_says_how_to_go_on(
    run: Run, claims_file: Write, stocked: Path, tmp_path: Path
) -> None:
    rows: Sequence[object] = [*CLAIMS, CLAIMS[0], {"claim": ""}]
    ran = run("batch", claims_file(rows), "--out", tmp_path / "v.jsonl", "--store", stocked)
    assert (ran.code, ran.out) == (0, "")
    assert "7 rows, " in ran.err
    assert "1 not judged" in ran.err
    assert "1 repeat an earlier claim" in ran.err
    assert [one.label is None for one in verdicts(tmp_path / "v.jsonl")] == [False] * 6 + [True]
    again = run("batch", claims_file(rows), "--out", tmp_path / "v.jsonl", "--store", stocked, "--resume")
    assert "is complete; nothing to do" in again.err


def test_a_csv_comes_out_for_a_csv_that_went_in(run: Run, stocked: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "claim_id,claim,desk\n=1+1,Mayor Ines Calder cut the ribbon.,news\nb,It rained.,sport\n"
    )
    ran = run("batch", tmp_path / "c.csv", "--out", tmp_path / "v.csv", "--store", stocked, "--where", "desk=News")
    assert ran.code == 0
    with (tmp_path / "v.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["claim_id"] == "'=1+1"
    assert row["source_doc_id"] == "gazette"


def test_output_packed_by_its_name_is_the_same_each_time(
    settings: Settings, claims_file: Write, tmp_path: Path
) -> None:
    path = claims_file(CLAIMS[:2])
    run(Job(str(path), settings, cache=False), tmp_path / "a.jsonl.gz")
    first = (tmp_path / "a.jsonl.gz").read_bytes()
    run(Job(str(path), settings, cache=False), tmp_path / "a.jsonl.gz")
    assert (tmp_path / "a.jsonl.gz").read_bytes() == first
    assert len(verdicts(tmp_path / "a.jsonl.gz")) == 2


def test_standard_input_limit_and_dry_run(run: Run, stocked: Path, tmp_path: Path) -> None:
    claims = "\n".join(CLAIMS).encode()
    ran = run("batch", "-", "--out", tmp_path / "v.jsonl", "--store", stocked, "--limit", "2", stdin=claims)
    assert ran.code == 0
    assert [one.claim for one in verdicts(tmp_path / "v.jsonl")] == list(CLAIMS[:2])
    (tmp_path / "c.txt").write_text("\n".join([*CLAIMS, CLAIMS[0]]))
    dry = run("batch", tmp_path / "c.txt", "--store", stocked, "--dry-run")
    assert "6 rows, 5 different claims to judge, 0 that cannot be read" in dry.out
    assert "a second" in dry.out
    assert not list(tmp_path.glob("*.journal.*"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["{claims}"], "--out", id="no output"),
        pytest.param(["{claims}", "--out", "v.pdf"], ".jsonl", id="an unknown ending"),
        pytest.param(["{claims}", "--out", "gone/v.jsonl"], "make it first", id="no folder"),
        pytest.param(["gone.jsonl", "--out", "v.jsonl"], "no such file", id="no input"),
        pytest.param(["{claims}", "--out", "v.jsonl", "--where", "desk"], "--where", id="no condition"),
        pytest.param(["{claims}", "--out", "v.jsonl", "--resume", "--restart"], "contradict", id="both"),
        pytest.param(["{claims}", "--out", "v.jsonl", "--as-of", "soon"], "--as-of", id="no date"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], says: str, run: Run, claims_file: Write, stocked: Path, elsewhere: Path
) -> None:
    path = claims_file(CLAIMS)
    ran = run("batch", *(one.format(claims=path) for one in arguments), "--store", stocked)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert says in ran.err


def test_a_store_that_is_not_there_is_a_failed_service(claims_file: Write, tmp_path: Path) -> None:
    with pytest.raises(StoreFailed):
        run(Job(str(claims_file(CLAIMS)), Settings(store=str(tmp_path / "none"))), tmp_path / "v.jsonl")
    assert not (tmp_path / "v.jsonl").exists()


def test_an_interrupt_ends_with_130_and_the_run_goes_on(claims_file: Write, stocked: Path, tmp_path: Path) -> None:
    path = claims_file([f"{claim[:-1]}, {n} people said." for n in range(400) for claim in CLAIMS])
    command = [
        sys.executable,
        "-m",
        "factcheck",
        "batch",
        str(path),
        "--out",
        "v.jsonl",
        "--store",
        str(stocked),
        "--no-cache",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        wait_for_rows(tmp_path / "v.jsonl.journal")
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert process.returncode == 130
    assert "--resume" in said
    assert not (tmp_path / "v.jsonl").exists()
    done = json.loads((tmp_path / "v.jsonl.journal").read_text().splitlines()[0])["done"]
    assert done is None


def wait_for_rows(journal: Path) -> None:
    for _ in range(600):
        if journal.exists() and journal.read_bytes().count(b'{"end"') > 0:
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing was noted in {journal} for 30 seconds")


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")]
)
def test_durations_read_well(seconds: float, said: str) -> None:
    assert duration(seconds) == said
