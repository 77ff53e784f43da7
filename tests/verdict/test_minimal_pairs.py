"""Claims beside sources that differ from them in the one thing that matters, and beside ones that only look different.

They stand in ``minimal_pairs.txt``. A wrong verdict is worse than none, so exact comparison alone may leave open what
all tiers together settle.
"""

from datetime import date
from pathlib import Path

import pytest

from factcheck.build import build_checker
from factcheck.settings import Settings
from factcheck.types import Label
from vectorstore import Document, open_store

DAY = date(2025, 3, 12)
OPEN = Label.NOT_ENOUGH_EVIDENCE
LABELS = {label.value[0]: label for label in (Label.SUPPORTED, Label.REFUTED, OPEN)}
LINES = Path(__file__).with_name("minimal_pairs.txt").read_text("utf-8").splitlines()
CASES = [
    (claim, source, LABELS[label])
    for label, claim, source in (line.split(" | ") for line in LINES if line and not line.startswith("#"))
]


@pytest.mark.parametrize(("claim", "source", "label"), CASES)
def test_exact_comparison_is_right_or_leaves_it_open(judge, claim, source, label):
    assert judge(claim, source, as_of=DAY, published=DAY).label in {label, OPEN}


@pytest.mark.slow
@pytest.mark.parametrize(("claim", "source", "label"), CASES)
def test_all_tiers_together_are_right(tmp_path, claim, source, label):
    with open_store(tmp_path / "store") as store:
        store.add([Document(doc_id="d", text=source, title="News", published_at=DAY.isoformat())])
    (verdict,) = build_checker(Settings(store=str(tmp_path / "store"))).verify([claim], as_of=DAY)
    assert verdict.label is label
