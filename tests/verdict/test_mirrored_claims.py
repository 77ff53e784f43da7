"""A claim and its denial never get the same verdict, unless that verdict is that nothing is known."""

import json
from pathlib import Path

import pytest

from factcheck.checker import Checker
from factcheck.language.parse import parse
from factcheck.types import Label
from vectorstore.types import Document

EXAMPLE = Path(__file__).parents[2] / "examples" / "istanbul" / "sources.jsonl"
LEAST = 200


def denied(text: str) -> str | None:
    """The sentence with its main verb denied, or the denial taken out; None when it cannot be said simply."""
    doc = parse([text])[0]
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in {"VERB", "AUX"}:
        return None
    no = next((t for t in root.children if t.dep_ == "neg"), None)
    if no is not None:
        return text[: no.idx].rstrip() + text[no.idx + len(no.text) :]
    helper = next((t for t in root.children if t.dep_ in {"aux", "auxpass"}), root if root.lemma_ == "be" else None)
    if helper is not None:
        end = helper.idx + len(helper.text)
        return f"{text[:end]} not{text[end:]}"
    if root.tag_ == "VBD":
        return f"{text[: root.idx]}did not {root.lemma_}{text[root.idx + len(root.text) :]}"
    return None


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    rows = map(json.loads, EXAMPLE.read_text(encoding="utf-8").splitlines())
    documents = [Document(**{name: row[name] for name in row if name in Document.model_fields}) for row in rows]
    with Checker(tmp_path_factory.mktemp("store") / "s") as checker:
        checker.ingest(documents)
        yield checker, documents


def test_a_claim_and_its_denial_are_never_both_true_or_both_false(checker):
    judge, documents = checker
    pairs = []
    for document in documents:
        day = document.published_date
        for claim in judge.extract(document.text, as_of=day):
            other = denied(claim.claim) if claim.check_worthy else None
            if other is not None and other != claim.claim:
                pairs.append((claim, claim.claim, other, day))
    assert len(pairs) >= LEAST
    pairs = pairs[: LEAST + 60]
    decided, same = 0, []
    verdicts = {}
    for day in {pair[3] for pair in pairs}:
        texts = list(dict.fromkeys(t for _, one, other, d in pairs if d == day for t in (one, other)))
        verdicts |= {(day, text): v for text, v in zip(texts, judge.verify(texts, as_of=day), strict=True)}
    for _, one, other, day in pairs:
        labels = {verdicts[day, one].label, verdicts[day, other].label}
        decided += labels != {Label.NOT_ENOUGH_EVIDENCE}
        if len(labels) == 1 and labels <= {Label.SUPPORTED, Label.REFUTED}:
            same.append((labels, one, other))
    assert decided >= LEAST // 3, "too few pairs were decided to show anything"
    assert not same, "\n".join(f"{labels}: {one} | {other}" for labels, one, other in same)
