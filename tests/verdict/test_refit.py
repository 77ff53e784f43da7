"""Confidence fitted again on what a desk decided: a few rows move it little, many move it to their share."""

import json
import random

import pytest

from factcheck.errors import ModelFailed
from factcheck.types import Label, Tier
from factcheck.verdict import calibration as fitted
from factcheck.verdict.refit import Decided, changed, changes, refitted


@pytest.fixture(autouse=True)
def _the_shipped_one_again():
    yield
    fitted.use(None)


def rows(count, *, right, said=0.9, label=Label.REFUTED, tier=Tier.EXACT):
    return [Decided(judged=label, tier=tier, confidence=said, right=n < right * count) for n in range(count)]


def test_few_rows_move_it_little_and_many_to_their_share():
    before = fitted.calibration().model_copy(update={"exact": {Label.REFUTED: 0.9}})
    few, many = refitted(before, rows(2, right=0)), refitted(before, rows(2000, right=0.6))
    assert 0.6 < few.exact[Label.REFUTED] < 0.9
    assert many.exact[Label.REFUTED] == pytest.approx(0.6, abs=0.01)
    assert many.local == before.local
    assert many.thresholds == before.thresholds


def test_a_curve_of_the_local_model_follows_and_never_turns_round():
    before = fitted.calibration()
    dice = random.Random(7)
    given = [
        Decided(judged=Label.SUPPORTED, tier=Tier.LOCAL, confidence=p, right=dice.random() < p / 2)
        for p in (dice.uniform(0.5, 0.95) for _ in range(3000))
    ]
    by = changes(given)
    for said in (0.6, 0.9):
        row = Decided(judged=Label.SUPPORTED, tier=Tier.LOCAL, confidence=said, right=True)
        assert changed(row, by) == pytest.approx(said / 2, abs=0.06)
    after = refitted(before, given)
    old, new = before.local[Label.SUPPORTED], after.local[Label.SUPPORTED]
    assert new.at(0.9) < old.at(0.9)
    assert after.local[Label.REFUTED] == before.local[Label.REFUTED]
    turned = [
        Decided(judged=Label.SUPPORTED, tier=Tier.LOCAL, confidence=p, right=p < 0.6)
        for p in (0.5, 0.55, 0.9, 0.95) * 200
    ]
    assert refitted(before, turned).local[Label.SUPPORTED].slope >= 0


def test_the_command_fits_writes_and_the_file_is_in_force(run, tmp_path, monkeypatch):
    export = tmp_path / "decisions.jsonl"
    lines = [
        {
            "claim": "x",
            "label": "SUPPORTED" if n % 2 else "REFUTED",
            "judged": "REFUTED",
            "tier": "exact",
            "confidence": 0.95,
        }
        for n in range(200)
    ]
    lines.append({"claim": "y", "label": "SUPPORTED", "judged": None})
    export.write_text("".join(json.dumps(one) + "\n" for one in lines))
    out = tmp_path / "calibration.json"
    ran = run("eval", "calibration", export, "--out", out, "--json")
    assert ran.code == 0, ran.err
    (told,) = ran.rows
    assert (told["rows"], told["right"]) == (200, 0.5)
    assert told["error_before"] == pytest.approx(0.45)
    assert told["error_held_out"] < 0.1
    monkeypatch.setenv("FACTCHECK_CALIBRATION", str(out))
    document = tmp_path / "a.txt"
    document.write_text("The talks were held in Bergen on 3 May 2024.")
    assert run("ingest", document, "--store", tmp_path / "store").code == 0
    claim = "The talks were held in Bergen on 4 May 2024."
    (verdict,) = run("verify", claim, "--store", tmp_path / "store", "--json").rows
    assert verdict["label"] == "REFUTED"
    assert verdict["confidence"] == json.loads(out.read_text())["exact"]["REFUTED"] < 0.65


def test_a_file_of_no_use_is_told_in_one_line(run, tmp_path, monkeypatch):
    with pytest.raises(ModelFailed, match="factcheck eval calibration"):
        fitted.use(tmp_path / "nothing.json")
    export = tmp_path / "rows.jsonl"
    export.write_text('{"label": "SUPPORTED"}\n')
    ran = run("eval", "calibration", export)
    assert ran.code == 2
    assert "nothing to fit on" in ran.err
