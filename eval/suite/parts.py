"""The areas that are measured, ``PARTS`` is the table: each gives named numbers and says how they came about.

Numbers that only depend on the program have no noise. Times have: another program on the machine moves them by a half.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eval import bench
from eval.chat.measure import DOCUMENTS, QUESTIONS, QuestionRow, ask, is_right
from eval.suite.grounds import ISTANBUL, SHARED, checker_on, ground
from eval.suite.numbers import Number, Part
from eval.verifier_scores import DEV, scored
from factcheck.claims import extract
from factcheck.cli import eval_retrieval
from factcheck.errors import InputError
from factcheck.measure.claims import ClaimsResult, as_claims, measure_claims
from factcheck.measure.extraction import ExtractionRow, TextRow, measure_extraction
from factcheck.measure.rows import read_rows
from factcheck.types import Label

PAIRS = ("vitaminc_real", "vitaminc_synthetic", "fever_sr", "mnli_matched", "fm2", "healthver", "wice_goldsents")
PAIRS_A_SET = 300
MEMORY_NOISE = 0.15
TIME_NOISE = 0.5
"""Share of a value by which two runs differ."""
FEW = 0.011
"""Noise of scores of the model: it computes in bfloat16 or float32, as the processor has it."""

Measure = Callable[[], Iterator[Number]]


def run(name: str) -> Part:
    """Measure one part of the table; raises FactcheckError when its data is not here."""
    title, method, measure = PARTS[name]
    began = time.monotonic()
    numbers = tuple(measure())
    return Part(name, title, method, numbers, round(time.monotonic() - began, 1))


def _verdicts(name: str, *, goals: Sequence[float | None]) -> Measure:
    def measure() -> Iterator[Number]:
        one = ground(name)
        with checker_on(one.documents) as checker:
            began = time.monotonic()
            verdicts = list(checker.verify(as_claims(one.rows)))
            rate = len(verdicts) / (time.monotonic() - began)
            found = {document.doc_id: document.text for document in one.documents}
            result = measure_claims(one.rows, verdicts, found.get, k=5)
        yield from _of_claims(result, goals)
        yield Number("claims a second, one process, start of the models included", rate, "more", TIME_NOISE * rate)

    return measure


def _of_claims(result: ClaimsResult, goals: Sequence[float | None]) -> Iterator[Number]:
    one_row = 1 / max(result.rows, 1) + 1e-3
    least_accuracy, least_f1, least_recall, most_error = goals
    yield Number("label accuracy", result.accuracy, "more", one_row, least_accuracy)
    yield Number("macro-F1", result.macro_f1, "more", 2 * one_row, least_f1)
    yield Number("wrongly SUPPORTED, share of rows", result.wrong_supported / result.rows, "less", one_row)
    yield Number("wrongly REFUTED, share of rows", result.wrong_refuted / result.rows, "less", one_row)
    yield Number("rows that failed", result.failed, "less", 0, 0)
    yield Number("evidence recall@5, documents", result.document_recall, "more", FEW, least_recall)
    yield Number("calibration error", result.calibration_error, "less", 0.03, most_error)


def _extraction() -> Iterator[Number]:
    rows = read_rows(str(ISTANBUL / "extraction.dev.jsonl"), ExtractionRow)
    texts = read_rows(str(ISTANBUL / "documents.jsonl"), TextRow)
    result = measure_extraction(rows, texts, lambda text, day: extract(text, as_of=day))
    yield Number("recall", result.recall, "more", FEW)
    yield Number("precision, an estimate", result.precision_estimate, "more", FEW)
    yield Number("quotes that are no exact substring", result.inexact, "less", 0, 0)


def _retrieval() -> Iterator[Number]:
    folder = SHARED / "retrieval"
    files = ("scifact_corpus.jsonl.gz", "scifact_queries.train.jsonl", "scifact_qrels.train.tsv")
    result = eval_retrieval.measure(*(str(folder / name) for name in files), ks=[10, 100])
    yield Number("nDCG@10", result.ndcg_at_10, "more", FEW / 2, 0.73)
    yield Number("recall@10", result.recall[10], "more", FEW / 2, 0.86)
    for name, alone in (("vectors alone", result.vectors_alone), ("words alone", result.words_alone)):
        if alone is not None:
            yield Number(f"nDCG@10, {name}", alone.ndcg_at_10, "more", FEW / 2)


def _pairs() -> Iterator[Number]:
    errors = []
    for name in PAIRS:
        result = scored(DEV / f"{name}.jsonl.gz", PAIRS_A_SET)
        yield Number(f"{name}: accuracy", result.accuracy, "more", FEW, _PAIR_AIMS.get(name))
        errors.append(result.calibration_error or 0.0)
    yield Number("calibration error, mean of the sets", sum(errors) / len(errors), "less", FEW)


_PAIR_AIMS = {
    "vitaminc_real": 0.88, "vitaminc_synthetic": 0.92, "fever_sr": 0.93, "mnli_matched": 0.82, "fm2": 0.75,
    "healthver": 0.70,
}  # fmt: skip


def _chat() -> Iterator[Number]:
    rows = read_rows(str(QUESTIONS), QuestionRow)
    answers = ask(rows, DOCUMENTS)
    for name, parts in (("all", PARTS), ("develop", ("develop",)), ("measure", ("measure",))):
        right = [is_right(row, answer) for row, answer in zip(rows, answers, strict=True)
                 if row.part in parts and not row.unanswerable]  # fmt: skip
        yield Number(f"answered right with a right source, {name}", sum(right) / len(right), "more", FEW, 0.85)
    declined = [is_right(row, answer) for row, answer in zip(rows, answers, strict=True) if row.unanswerable]
    yield Number("unanswerable, declined", sum(declined) / len(declined), "more", FEW, 0.9)


def _speed() -> Iterator[Number]:
    # in a process of its own: what a child holds is never counted as less than what its parent held at its start
    ran = subprocess.run([sys.executable, "-m", "eval", "bench", "--json"], capture_output=True, text=True, check=False)
    if ran.returncode > 1:
        raise InputError(f"bench: {ran.stderr.strip()[-300:]}")
    for row in json.loads(ran.stdout):
        one = bench.Measure(**{key: row[key] for key in ("name", "value", "limit", "unit")})
        noise = (MEMORY_NOISE if one.unit == "MB" else TIME_NOISE) * one.value
        name = f"{one.name.strip()}, {one.unit}"
        yield Number(f"{_BEFORE[one.unit, one.limit]}: {name}" if one.unit == "MB" else name, one.value, "less", noise,
                     one.limit)  # fmt: skip


_BEFORE = {("MB", None): "ingest", ("MB", 700.0): "verify", ("MB", 1000.0): "batch"}


def _mirrored() -> Iterator[Number]:
    """A claim and its denial must not both be supported, nor both refuted."""
    one = ground("develop")
    claims = [row.claim for row in one.rows]
    denied = [f"It is not true that {claim[:1].lower() if claim.split()[0] in _LOWERED else claim[:1]}{claim[1:]}"
              for claim in claims]  # fmt: skip
    with checker_on(one.documents) as checker:
        first, second = (list(checker.verify(texts)) for texts in (claims, denied))
    settled = {Label.SUPPORTED, Label.REFUTED}
    both = sum(a.label is b.label and a.label in settled for a, b in zip(first, second, strict=True))
    yield Number("claims with the same verdict as their denial", both, "less", 0, 0)
    failed = sum(verdict.label is None for verdict in (*first, *second))
    yield Number("verdicts that failed", failed, "less", 0, 0)


_LOWERED = frozenset("The A An In On At For After Until With By Of From Two Three Five Nine More".split())

PARTS: dict[str, tuple[str, str, Measure]] = {
    "istanbul": (
        "Verdicts: the Istanbul talks",
        "40 claims over 265 documents (dev claims; rules were written with these in view).",
        _verdicts("istanbul", goals=(0.85, 0.80, 0.90, 0.08)),
    ),
    "develop": (
        "Verdicts: invented news, develop half",
        "125 claims over invented documents of many kinds; rules were written with these in view.",
        _verdicts("develop", goals=(0.90, None, None, 0.08)),
    ),
    "measure": (
        "Verdicts: invented news, measure half",
        "Like the develop half, but who writes rules does not read it: what the program does with unknown news.",
        _verdicts("measure", goals=(0.90, None, None, 0.08)),
    ),
    "mirrored": (
        "A claim and its denial",
        "Every claim of the develop half, and the same behind “It is not true that”.",
        _mirrored,
    ),
    "extraction": (
        "Claims found in a text",
        "Labelled statements of two documents of the Istanbul ground; what counts as found is in eval/README.md.",
        _extraction,
    ),
    "retrieval": (
        "Search",
        "SciFact: 5,183 abstracts, 809 training queries.",
        _retrieval,
    ),
    "pairs": (
        "The local model on pairs",
        f"{PAIRS_A_SET} rows of each set, evenly spread; VitaminC's pages are apart from those trained on.",
        _pairs,
    ),
    "chat": (
        "Questions without a language model",
        "Questions over the Istanbul documents, exact facts expected; who writes rules does not read the measure part.",
        _chat,
    ),
    "speed": (
        "Start, ingest, one cold claim",
        "Each in a process of its own, on this machine as it was just then.",
        _speed,
    ),
}
"""Name to title, method, and what measures."""
QUICK = ("develop", "mirrored")
"""What needs nothing beside the checkout."""


def here() -> list[str]:
    """The parts whose data is on this machine."""
    return [name for name in PARTS if name in QUICK or name == "measure" or Path(SHARED).is_dir()]
