"""A claim in other words is known again, one that looks like it is not; who, when and changed sources are told."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.batch.job import Job
from factcheck.batch.job import run as run_job
from factcheck.batch.seen import LIKE, Earlier, Known, Memory, alike
from factcheck.settings import Settings
from factcheck.types import Label, Verdict
from tests.batch.conftest import CLAIMS, SOURCES
from vectorstore import open_store

BRIDGE = "The harbour bridge reopened on 4 March 2024."


def known(claim: str, **fields: Any) -> Known:
    earlier = Earlier.model_validate({"claim": claim, "label": Label.REFUTED, "by": "Ada", "decided": True} | fields)
    return Known(claim, decided=earlier.decided, recall=lambda: earlier)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (BRIDGE, "On 4 March 2024 the harbour bridge was reopened.", True),
        ("Tom Okafor heads the transport board.", "The transport board is headed by Tom Okafor.", True),
        (BRIDGE, "The harbour bridge reopened on 5 March 2024.", False),
        (BRIDGE, "The harbour bridge did not reopen on 4 March 2024.", False),
        ("Tom Okafor heads the transport board.", "Ines Calder heads the transport board.", False),
        ("The council paid 31 million euros.", "The council paid 1,310 euros.", False),
    ],
)
def test_two_claims_are_the_same_when_each_supports_the_other(first: str, second: str, *, same: bool) -> None:
    for pair in ((first, second), (second, first)):
        assert (alike([pair])[0] >= LIKE) is same


def test_what_a_person_decided_goes_before_what_the_program_said() -> None:
    program = known(BRIDGE, decided=False, by="factcheck batch")
    memory = Memory([program, known("On 4 March 2024 the harbour bridge reopened.")])
    (found, none) = memory.find([BRIDGE, "A comet was seen over the harbour."])
    assert found is not None
    assert (found.earlier.by, found.earlier.decided) == ("Ada", True)
    assert none is None


def test_nothing_is_seen_in_an_empty_memory() -> None:
    assert Memory([]).find([BRIDGE]) == [None]


def test_the_command_tells_batch_verdicts_and_whether_sources_changed(
    tmp_path: Path, claims_file: Callable[..., Path], run: Callable[..., Any]
) -> None:
    place = str(tmp_path / "store")
    with open_store(place) as store:
        store.add(SOURCES)
    run_job(Job(str(claims_file(CLAIMS)), Settings(store=place)), tmp_path / "v.jsonl")
    verdicts = [Verdict.model_validate_json(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    asked = "On 4 March 2024 the harbour bridge was reopened."
    ran = run("seen", asked, "--store", place, "--json")
    assert ran.code == 0
    (row,) = ran.rows
    assert (row["earlier"]["claim"], row["earlier"]["label"]) == (CLAIMS[0], verdicts[0].label)
    assert row["earlier"]["by"] == "factcheck batch"
    assert datetime.fromisoformat(row["earlier"]["at"]).tzinfo is not None
    assert row["changed"] == []
    with open_store(place) as store:
        store.add([SOURCES[0].model_copy(update={"text": "The harbour bridge reopened on 4 March 2024."})])
    (row,) = run("seen", asked, "--store", place, "--json").rows
    assert row["changed"] == ["gazette"]
    assert row["earlier"]["stale"] is True
    assert run("seen", "A comet fell into the sea.", "--store", place, "--json").rows == []
    assert run("seen", " ", "--store", place).code == 2
