"""The benchmark suite: what counts as worse, and that it says so when a rule is broken."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.suite import numbers, run
from eval.suite.numbers import Number, Part, compared
from eval.suite.peers import Column, table
from factcheck.errors import InputError
from factcheck.verdict import turned

PART = Part("a", "A <title>", "How.", (Number("right", 0.8, "more", 0.05, 0.7), Number("seconds", 2.0, "less", 1.0)), 1)


def with_values(*values: float | None) -> Part:
    return replace(PART, numbers=tuple(replace(one, value=v) for one, v in zip(PART.numbers, values, strict=True)))


@pytest.mark.parametrize(
    ("values", "worse"),
    [
        ((0.8, 2.0), []),
        ((0.76, 2.9), []),
        ((0.74, 2.0), ["right"]),
        ((0.9, 3.1), ["seconds"]),
        ((None, 2.0), ["right"]),
        ((1.0, 0.1), []),
    ],
)
def test_worse_is_what_falls_behind_by_more_than_noise(values: tuple[float, float], worse: list[str]) -> None:
    assert [one.name for one in compared([with_values(*values)], [PART])] == worse


def test_a_number_that_is_no_longer_measured_is_worse_and_a_part_not_run_is_not() -> None:
    lacking = replace(PART, numbers=PART.numbers[:1])
    assert [one.name for one in compared([lacking], [PART])] == ["seconds"]
    assert compared([], [PART]) == []


def test_numbers_come_back_from_their_file_and_others_are_refused(tmp_path: Path) -> None:
    numbers.write(tmp_path / "a.json", [PART], {"version": "1"})
    assert numbers.read(tmp_path / "a.json") == [PART]
    (tmp_path / "b.json").write_text('{"parts": [{"name": 1}]}')
    for name in ("b.json", "none.json"):
        with pytest.raises(InputError, match=name):
            numbers.read(tmp_path / name)


def test_the_page_shows_every_number_and_escapes_names() -> None:
    column = Column("<b>peer</b>", "develop", 4, 4, 0.5, 0.4, 0.75, 0.25, 0.5, 3.0, None)
    page = run.page([PART], [column])
    assert "A &lt;title&gt;" in page
    assert "&lt;b&gt;peer" in page
    assert "reached" in page
    assert "0.250" in page
    assert "| develop | <b>peer</b> | 0.250 |" in table([column])


@pytest.mark.slow
def test_a_broken_rule_fails_the_comparison_with_the_baseline(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.regress(["--only", "mirrored"]) == 0
    monkeypatch.setattr(turned, "_TURNED", {})
    assert run.regress(["--only", "mirrored"]) == 1
    assert "WORSE mirrored: claims with the same verdict as their denial" in capsys.readouterr().out
