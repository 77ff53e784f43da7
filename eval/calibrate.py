"""Fits the thresholds and the confidence of verdicts on labelled claims, and shows how well confidence holds.

Grounds: the develop half and a file of labelled claims over a store of its own. Thresholds are of the best score,
where a right label counts 1 and a wrong SUPPORTED or REFUTED costs 1.5: misleading is worse than abstaining. The
develop half is what rules were written after, so what passes must also be right 19 times in 20 on public pairs that
none was written after (``--pairs``). Confidence is fitted anew for each fifth of the claims on the other four, so
that the calibration error told is of claims that were not fitted on; what is written is fitted on all.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from eval.grounds.measure import FOLDER, rows_of
from factcheck.build import build_checker
from factcheck.errors import FactcheckError
from factcheck.measure.claims import ClaimRow, judge_rows
from factcheck.measure.labels import binned_error
from factcheck.measure.pairs import PairRow
from factcheck.measure.rows import read_rows
from factcheck.models import score
from factcheck.settings import load_settings
from factcheck.types import Claim, Label, Span, Tier, Verdict
from factcheck.verdict import calibration as fitted
from factcheck.verdict.borne import borne_out
from factcheck.verdict.calibration import Calibration, Curve, Thresholds
from factcheck.verdict.local import NEVER, Reading, is_denial, settle_readings, strength
from factcheck.verdict.told import numbers_told
from vectorstore import Document, VectorStoreError, load

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "istanbul"
PAIRS = SHARED.parent / "dev"
PUBLIC = ("vitaminc_real", "vitaminc_synthetic", "fm2", "wice_goldsents")
PLOT = Path(__file__).resolve().parents[1] / "docs" / "reliability.svg"
GRID = tuple(round(float(x), 2) for x in np.arange(0.3, 0.99, 0.04))
FOLDS = 5
STEPS, RATE, RIDGE = 3000, 0.2, 0.05
READINGS = TypeAdapter(list[tuple[str, float, float]])
"""How a receipt has them: document, probability of support, of refutation."""
COST = 1.5
"""What a wrong SUPPORTED or REFUTED costs, in right labels."""
SURE = 0.95
"""Share of what passes on public pairs that must be right."""
MOST_PAIRS = 800
"""Rows of each file of pairs, evenly spread."""
PRIOR = 2.0
"""Claims' worth of belief in one half, for labels of the exact tier that were given seldom."""


@dataclass(frozen=True)
class Judged:
    """One labelled claim after judging."""

    gold: Label
    said: Label
    """By the exact tier; what the local model reads comes on top."""
    readings: tuple[Reading, ...] | None
    """None when the exact tier settled it."""


def main(arguments: Sequence[str]) -> int:
    """Fit, print, and write with ``--write``; returns 2 for files of no use, 3 when judging failed."""
    parser = argparse.ArgumentParser(prog="python -m eval calibrate", description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED / "documents.jsonl")
    parser.add_argument("--claims", type=Path, default=SHARED / "claims.dev.jsonl")
    parser.add_argument("--write", action="store_true", help="write the calibration that ships, and the plot in docs/")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[PAIRS / f"{name}.jsonl.gz" for name in PUBLIC])
    options = parser.parse_args(arguments)
    try:
        passing = careful_support(options.pairs)
        rows = [
            *_judged(rows_of("develop"), FOLDER / "develop" / "documents.jsonl"),
            *_judged(read_rows(str(options.claims), ClaimRow), options.documents),
        ]
    except (FactcheckError, VectorStoreError) as exc:
        print(f"calibrate: {exc}", file=sys.stderr)
        return exc.exit_code if isinstance(exc, FactcheckError) else 3
    least = best_thresholds(rows, passing)
    held = list(_held_out(rows, least))
    error = binned_error([p for p, _ in held], [right for _, right in held])
    made = fit(rows, least)
    right = sum(_said(row, least) is row.gold for row in rows)
    print(f"{len(rows)} claims, {right / len(rows):.3f} right; thresholds {least.model_dump()}")
    print(f"calibration error on claims not fitted on: {error:.4f}")
    if options.write:
        fitted.PATH.write_text(json.dumps(made.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
        PLOT.write_text(plot(held), encoding="utf-8")
    return 0


def _judged(rows: Sequence[ClaimRow], documents: Path) -> Iterator[Judged]:
    with (
        tempfile.TemporaryDirectory(prefix="factcheck-calibrate-") as folder,
        build_checker(load_settings(store=folder, local_model=True)) as checker,
    ):
        checker.ingest(item for item in load([str(documents)]) if isinstance(item, Document))
        for row, verdict in zip(rows, judge_rows(rows, checker.verify), strict=True):
            if verdict.label is not None:
                yield _row(row.label, verdict)


def _row(gold: Label, verdict: Verdict) -> Judged:
    if verdict.receipt is None or Tier.LOCAL.value not in verdict.receipt.tiers:
        return Judged(gold, verdict.label or Label.NOT_ENOUGH_EVIDENCE, None)
    nowhere = Span(start=0, end=1)
    found = READINGS.validate_python(verdict.receipt.details["readings"])
    readings = [Reading(Document(doc_id=doc_id, text="x"), nowhere, s, r) for doc_id, s, r in found]
    return Judged(gold, Label.NOT_ENOUGH_EVIDENCE, tuple(readings))


def _said(row: Judged, least: Thresholds) -> Label:
    return row.said if row.readings is None else settle_readings(row.readings, least)


def careful_support(files: Sequence[Path]) -> float:
    """The lowest threshold of the grid from which what the model passes of labelled pairs is right ``SURE`` often.

    As in the product, what words do not bear out does not pass. 0 without files.
    """
    passed: list[tuple[float, bool]] = []
    for path in files:
        rows = read_rows(str(path), PairRow)
        rows = [rows[n * len(rows) // MOST_PAIRS] for n in range(MOST_PAIRS)] if len(rows) > MOST_PAIRS else rows
        scores = score([(row.claim, row.evidence) for row in rows])[:, 0].tolist()
        passed += [
            (p, row.label == "supported") for row, p in zip(rows, scores, strict=True)
            if p >= GRID[0] and _passes(row.claim, row.evidence)
        ]  # fmt: skip
    for least in GRID:
        right = [is_right for p, is_right in passed if p >= least]
        print(f"public pairs: from {least:.2f} on {len(right)} pass, {sum(right) / max(1, len(right)):.3f} right")
        if sum(right) >= SURE * len(right):
            return least
    return NEVER


def _passes(text: str, evidence: str) -> bool:
    span = Span(start=0, end=len(text))
    claim = Claim.cut(text, span, claim_id="c", claim=text, type="statement")
    told = numbers_told(text, evidence, as_of=None, published=None)
    return not is_denial(text) and told and borne_out(claim, Document(doc_id="d", text=evidence), evidence)


def best_thresholds(rows: Sequence[Judged], passing: float) -> Thresholds:
    """The thresholds of the grid with the best score, support from ``passing`` on; of several, the most careful."""

    def gain(least: Thresholds) -> tuple[float, float]:
        said = [(_said(row, least), row.gold) for row in rows]
        wrong = sum(a is not b and a in (Label.SUPPORTED, Label.REFUTED) for a, b in said)
        return sum(a is b for a, b in said) - COST * wrong, least.supported + least.refuted + least.both

    return max(
        (
            Thresholds(supported=s, refuted=r, both=b)
            for s, r, b in product([s for s in (*GRID, NEVER) if s >= passing], (*GRID, NEVER), GRID[::3])
        ),
        key=gain,
    )


def fit(rows: Sequence[Judged], least: Thresholds) -> Calibration:
    """How often the exact tier's labels are right, and a curve for each label of the local model."""
    exact: dict[Label, float] = {}
    local: dict[Label, Curve] = {}
    for label in Label:
        settled = [row.gold is label for row in rows if row.readings is None and row.said is label]
        exact[label] = round((sum(settled) + PRIOR / 2) / (len(settled) + PRIOR), 4)
        read = [row for row in rows if row.readings is not None and _said(row, least) is label]
        strengths = [strength(label, row.readings or ()) for row in read]
        local[label] = _curve(strengths, [row.gold is label for row in read])
    return Calibration(thresholds=least, exact=exact, local=local, fitted_on=len(rows))


def _curve(strengths: Sequence[float], right: Sequence[bool]) -> Curve:
    """A logistic curve over log odds by ridge regression towards a flat one half."""
    if not right:
        return Curve(slope=0.0, offset=0.0)
    p = np.clip(np.array(strengths), fitted.LEAST, fitted.MOST)
    odds, truth = np.log(p / (1 - p)), np.array(right, dtype=float)
    slope = offset = 0.0
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-(slope * odds + offset))) - truth
        slope -= RATE * (float((error * odds).mean()) + RIDGE * slope) / max(1.0, float((odds**2).mean()))
        slope = max(0.0, slope)  # a stronger reading is never less sure
        offset -= RATE * (float(error.mean()) + RIDGE * offset / len(truth))
    return Curve(slope=round(slope, 4), offset=round(offset, 4))


def _held_out(rows: Sequence[Judged], least: Thresholds) -> Iterator[tuple[float, bool]]:
    """Confidence and rightness of each claim, by a calibration fitted on the claims of the other folds."""
    for fold in range(FOLDS):
        made = fit([row for n, row in enumerate(rows) if n % FOLDS != fold], least)
        for row in rows[fold::FOLDS]:
            said = _said(row, least)
            if row.readings is None:
                yield made.exact[said], said is row.gold
            else:
                yield made.local[said].at(strength(said, row.readings)), said is row.gold


def plot(held: Sequence[tuple[float, bool]]) -> str:
    """An SVG of confidence (across) against the share that was right (up), a circle a bin, its area by rows."""
    side, bins = 320, 10
    marks = []
    for number in range(bins):
        inside = [(p, right) for p, right in held if min(int(p * bins), bins - 1) == number]
        if inside:
            x = 40 + side * sum(p for p, _ in inside) / len(inside)
            y = 20 + side * (1 - sum(right for _, right in inside) / len(inside))
            radius = 3 + 18 * (len(inside) / len(held)) ** 0.5
            marks.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{len(inside)} claims</title></circle>'
            )
    ticks = "".join(
        f'<text x="{40 + side * t / 5:.0f}" y="{side + 38}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="32" y="{24 + side * (1 - t / 5):.0f}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 60} {side + 66}" font-family="sans-serif" '
        f'font-size="11" role="img" aria-label="Confidence against the share of right verdicts">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="M40 20V{side + 20}H{side + 40}" fill="none" stroke="#555"/>'
        f'<path d="M40 {side + 20}L{side + 40} 20" stroke="#999" stroke-dasharray="4 4"/>'
        f'<g fill="#2a6f97" fill-opacity=".6" stroke="#1b4965">{"".join(marks)}</g>{ticks}'
        f'<text x="{40 + side / 2:.0f}" y="{side + 58}" text-anchor="middle">confidence (across), share right (up), '
        f"{len(held)} claims, each judged by a fit on others</text></svg>\n"
    )
