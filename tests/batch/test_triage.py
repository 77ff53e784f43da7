"""Triage: what is contradicted and often repeated comes first, the same in other words is one line, and it resumes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.batch.job import Interrupted, Job
from factcheck.batch.triage import triage
from factcheck.settings import Settings
from factcheck.types import Label

ARTICLES = {
    "a.txt": "The council paid 34 million euros for the works. Mayor Ines Calder cut the ribbon.",
    "b.txt": "For the works the council paid 34 million euros. A comet was seen over the harbour in May 2024.",
    "c.txt": "Tom Okafor heads the transport board. It is the finest bridge in the country.",
}


@pytest.fixture
def day(tmp_path: Path) -> Path:
    folder = tmp_path / "day"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    return folder


def test_what_matters_comes_first_and_says_why(day: Path, settings: Settings, tmp_path: Path) -> None:
    read: list[int] = []
    job = Job(str(day), settings, cache=False, read=lambda sentences, _: read.append(sentences))
    out = tmp_path / "ranked.jsonl"
    first = triage(job, out, top=2)
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert first[0].label is Label.REFUTED
    assert first[0].articles == 2
    assert len(first[0].also) == 1
    assert "refuted" in first[0].why
    assert "in 2 articles" in first[0].why
    assert [one.claim for one in first] == [row["claim"] for row in rows[:2]]
    assert rows[-1]["label"] in ("SUPPORTED", "NOT_ENOUGH_EVIDENCE")
    assert not any("finest" in row["claim"] for row in rows)
    assert sum(read) == 6


def test_it_goes_on_where_it_was_stopped(day: Path, settings: Settings, tmp_path: Path) -> None:
    whole, stopped = tmp_path / "whole.jsonl", tmp_path / "stopped.jsonl"
    triage(Job(str(day), settings, cache=False), whole, top=3)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        triage(Job(str(day), settings, cache=False), stopped, top=3, watch=stop)
    assert not stopped.exists()
    again = triage(Job(str(day), settings, cache=False), stopped, top=3, resume=True)
    assert stopped.read_bytes() == whole.read_bytes()
    assert triage(Job(str(day), settings, cache=False), stopped, top=3, resume=True) == again


def test_the_command_prints_the_first_and_the_rate(
    day: Path, stocked: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    out = tmp_path / "ranked.jsonl"
    ran = run("triage", str(day), "--out", str(out), "--store", str(stocked), "--top", "1")
    assert ran.code == 0
    assert len(ran.rows) == 1
    assert ran.rows[0]["articles"] == 2
    assert "read 6 sentences for claims" in ran.err
    assert "a day" in ran.err
    assert run("triage", str(day), "--out", "ranked.csv", "--store", str(stocked)).code == 2


def test_the_next_day_says_what_was_seen(day: Path, stocked: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    assert run("triage", str(day), "--out", str(tmp_path / "one.jsonl"), "--store", str(stocked)).code == 0
    for path in day.iterdir():
        path.unlink()
    (day / "d.txt").write_text("The council has paid 34 million euros for the works.")
    ran = run("triage", str(day), "--out", str(tmp_path / "two.jsonl"), "--store", str(stocked))
    assert ran.rows[0]["seen"]["earlier"]["by"] == "factcheck batch"
    assert "34 million" in ran.rows[0]["seen"]["earlier"]["claim"]
