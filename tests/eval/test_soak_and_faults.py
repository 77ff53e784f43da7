"""The soak says when something grows; every fault is met with a plain line, nothing lost and nothing passed."""

from pathlib import Path

import pytest

from eval.faults import run
from eval.faults.tools import Fault, Outcome
from eval.soak import Sample, not_flat


def samples(last: float) -> list[Sample]:
    """An hour: warming up, 500 MB, and then ``last`` MB."""
    return [
        Sample(float(n), 300.0 if n < 20 else 500.0 if n < 40 else last, 40, 20, 10 * n)
        for n in range(60)
    ]  # fmt: skip


def test_what_grows_after_warming_up_is_said() -> None:
    assert not_flat(samples(505.0)) == []
    assert not_flat(samples(560.0)) == ["memory, MB: 500 in the middle third, 560 in the last"]


def test_a_fault_that_did_not_go_well_is_a_complaint(monkeypatch, capsys) -> None:
    fault = Fault("made", "nothing", lambda _: Outcome("a | line", 3, lost=["a row"], passed=["a claim"]))
    monkeypatch.setattr(run, "FAULTS", (fault,))
    assert run.main([]) == 1
    out = capsys.readouterr().out
    assert "| made | nothing | a \\| line | 3 | a row | a claim |" in out
    assert "NOT WELL: made: lost a row" in out
    assert run.main(["--only", "nobody"]) == 2


@pytest.mark.slow
def test_every_fault_goes_well(capsys) -> None:
    assert run.main([]) == 0, capsys.readouterr().out


def test_the_table_in_the_documentation_has_every_fault() -> None:
    page = (Path(__file__).parents[2] / "docs" / "faults.md").read_text("utf-8")
    assert [one.name for one in run.FAULTS if f"| {one.name} |" not in page] == []
