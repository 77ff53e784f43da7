"""The benchmark suite: what counts as worse, and that it says so when a rule is broken."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eval.suite import numbers, run
from eval.suite.ablations import WHOLE, Ablation, Searching, measure
from eval.suite.ablations import table as ablation_table
from eval.suite.grounds import ground
from eval.suite.numbers import Number, Part, compared
from eval.suite.peers import Column, sampled, standing, table
from factcheck.errors import InputError
from factcheck.verdict import turned
from vectorstore import Document, Filters, open_store

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
    column = Column("<b>peer</b>", "develop", 4, 4, 0.5, 0.4, 0.75, 0.25, 2, 0.5, 0.5, 3.0, None)
    left_out = Ablation("no <i>", "develop", 4, 0.5, 0.4, 0.25, None, 3.0)
    page = run.page([PART], [column], [left_out])
    assert "no &lt;i&gt;" in page
    assert "A &lt;title&gt;" in page
    assert "&lt;b&gt;peer" in page
    assert "reached" in page
    assert "0.250" in page
    assert "| develop | <b>peer</b> | 4 | 0.250 |" in table([column])


def column(system: str, wrong: float, **more: object) -> Column:
    one = Column(system, "develop", 10, 10, 0.5, 0.4, 0.75, wrong, 0, None, 0.5, 3.0, 40.0)
    return replace(one, **more)


def test_who_misleads_less_is_said_plainly() -> None:
    told = standing([column("factcheck", 0.04, passed=5, wrong_of_passed=0.2),
                     column("factcheck, exact tier alone", 0.01), column("newsrag", 0.3, passed=6, wrong_of_passed=0.5),
                     column("word overlap", 0.0), column("plain judge", 0.0, answered=0)])  # fmt: skip
    assert told == [
        "develop: wrong SUPPORTED of all claims: factcheck 0.040 (settles 0.500 right); lower than newsrag 0.300 "
        "(settles 0.500 right); NOT lower than word overlap 0.000 (settles 0.500 right)",
        "develop: wrong of what was passed: factcheck 0.200 (settles 0.500 right); lower than newsrag 0.500 "
        "(settles 0.500 right)",
    ]


def test_tokens_cost_what_is_asked_for_them_and_nothing_else_costs() -> None:
    asked = {"tokens_in": 9000, "tokens_out": 1000}
    told = table([column("a", 0.1), column("b", 0.1, **asked, usd=None), column("c", 0.1, **asked, usd=0.05)])
    assert [line.split(" | ")[-2:] for line in told.splitlines()[2:]] == [
        ["0", "0.00 |"], ["1000", "no prices given |"], ["1000", "5.00 |"],
    ]  # fmt: skip


def test_a_sample_is_spread_over_the_ground() -> None:
    whole = ground("develop")
    some = sampled(whole, 5)
    assert [whole.rows.index(row) for row in some.rows] == [0, 25, 50, 75, 100]
    assert sampled(whole, None) is whole


def test_a_variant_searches_in_its_own_way_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.add([Document(doc_id="a", text="The mayor opened the bridge.", published_at="2024-05-14")])
        around = Filters(published_from=date(2024, 5, 1))
        assert Searching(store).search(["bridge"], filters=around)[0]
        assert Searching(store, by_day=False).search(["bridge"], filters=around) == [[]]
        assert Searching(store, by_day=False).search(["bridge"])[0]
        assert Searching(store, by="words").search(["a crossing over water"]) == [[]]
        assert Searching(store, by="vectors").search(["a crossing over water"])[0]
        assert Searching(store).count() == 1


@pytest.mark.slow
def test_a_part_left_out_is_measured() -> None:
    whole, exact = (measure(name, sampled(ground("develop"), 12)) for name in (WHOLE, "exact tier alone"))
    assert whole.recall == exact.recall == 1.0
    assert whole.rows == 12
    assert "| develop | exact tier alone |" in ablation_table([whole, exact])


@pytest.mark.slow
def test_a_broken_rule_fails_the_comparison_with_the_baseline(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.regress(["--only", "mirrored"]) == 0
    monkeypatch.setattr(turned, "_TURNED", {})
    assert run.regress(["--only", "mirrored"]) == 1
    assert "WORSE mirrored: claims with the same verdict as their denial" in capsys.readouterr().out
