"""Asks a real language model about labelled claims and pairs, and sets four ways of judging side by side.

- tiers: exact comparison and the model that ships, no language model;
- model alone: the label that the language model gives, whatever its quotes;
- model, quotes checked: that label only where its quotes hold, else not enough evidence;
- cascade: what users get with ``--llm``: the language model only for what the tiers leave open.

Answers are kept (``factcheck/llm/cache.py``), so that all ways rest on the same answers and a second run costs nothing.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.language import extraction
from factcheck.build import build_checker
from factcheck.checker import Checker
from factcheck.errors import FactcheckError
from factcheck.measure.claims import ClaimRow, as_claims
from factcheck.measure.labels import accuracy, macro_f1, wrongly
from factcheck.measure.pairs import PairRow
from factcheck.measure.rows import read_rows
from factcheck.settings import Settings, load_settings
from factcheck.types import Claim, Label, Span, Tier, Verdict
from vectorstore import Document, VectorStoreError, load

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SETS = ("vitaminc_real", "healthver", "fm2", "scitail")
LABELS = {"supported": Label.SUPPORTED, "refuted": Label.REFUTED, "nei": Label.NOT_ENOUGH_EVIDENCE}
LONGEST = 700
"""Characters of a pair's evidence: a small model on a small machine reads slowly."""


@dataclass(frozen=True)
class Row:
    """One claim with its label and what each way of judging made of it; None: no answer."""

    gold: Label
    tiers: Label | None
    alone: Label | None
    checked: Label | None
    cascade: Label | None
    asked: bool
    """Whether the cascade asked the language model."""


WAYS = {
    "tiers": "exact and local tiers, no language model",
    "alone": "language model alone",
    "checked": "language model alone, quotes checked",
    "cascade": "cascade",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each set asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval language", description=__doc__)
    parser.add_argument("sets", nargs="+", choices=("claims", "pairs", "extraction"))
    parser.add_argument("--data", type=Path, default=SHARED, help="folder with istanbul/ and dev/")
    parser.add_argument("--pairs", type=int, default=100, help="how many pairs are drawn")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    try:
        settings = load_settings()
        if settings.llm is None:
            parser.error("set FACTCHECK_LLM, OPENAI_BASE_URL and OPENAI_API_KEY")
        if "claims" in given.sets:
            _print("Istanbul, development claims", list(_claims(settings, given.data / "istanbul")))
        if "pairs" in given.sets:
            rows = _drawn(given.data / "dev", given.pairs, given.seed)
            _print(f"pairs of {', '.join(SETS)}", list(_pairs(settings, rows)))
        if "extraction" in given.sets:
            extraction.measure(settings, given.data / "istanbul")
    except (FactcheckError, VectorStoreError) as exc:
        print(f"language: {exc}", file=sys.stderr)
        return 3
    return 0


def _claims(settings: Settings, folder: Path) -> Iterator[Row]:
    rows = read_rows(str(folder / "claims.dev.jsonl"), ClaimRow)
    with tempfile.TemporaryDirectory(prefix="factcheck-language-") as store:
        here = settings.model_copy(update={"store": store})
        with build_checker(here) as checker:
            checker.ingest(one for one in load([str(folder / "documents.jsonl")]) if isinstance(one, Document))
        yield from _judged(here, as_claims(rows), [row.label for row in rows])


def _drawn(folder: Path, count: int, seed: int) -> list[PairRow]:
    """Pairs of every set and label in equal shares, as far as there are any; the same for the same seed."""
    draw = random.Random(seed)
    by_kind: dict[tuple[str, str], list[PairRow]] = {}
    for name in SETS:
        for row in read_rows(str(folder / f"{name}.jsonl.gz"), PairRow):
            if len(row.evidence) <= LONGEST and row.label in LABELS:
                by_kind.setdefault((name, row.label), []).append(row)
    share = -(-count // len(by_kind))
    found = [row for rows in by_kind.values() for row in draw.sample(rows, share)]
    draw.shuffle(found)
    return found[:count]


def _pairs(settings: Settings, rows: Sequence[PairRow]) -> Iterator[Row]:
    """Each pair judged in a store that holds its evidence and nothing else."""
    for number, row in enumerate(rows, 1):
        with tempfile.TemporaryDirectory(prefix="factcheck-language-") as store:
            here = settings.model_copy(update={"store": store})
            with build_checker(here) as checker:
                checker.ingest([Document(doc_id="evidence", title=row.page, text=row.evidence)])
            text = row.claim.strip()
            whole = Span(start=0, end=len(text))
            claim = Claim.cut(text, whole, claim_id=row.id, claim=text, type="statement")
            yield from _judged(here, [claim], [LABELS[row.label]])
        if number % 10 == 0:
            print(f"{number} of {len(rows)} pairs", file=sys.stderr)


def _judged(settings: Settings, claims: Sequence[Claim], gold: Sequence[Label]) -> Iterator[Row]:
    found: dict[str, list[Verdict]] = {}
    changes: dict[str, dict[str, object]] = {"tiers": {"llm": None}, "every": {"llm_every": True}}
    changes["cascade"] = {"llm_every": False}
    for way, changed in changes.items():
        with build_checker(settings.model_copy(update=changed), create=False) as checker:
            found[way] = _all(checker, claims)
    for label, tiers, every, cascade in zip(gold, found["tiers"], found["every"], found["cascade"], strict=True):
        said, refused = _answer(every)
        yield Row(
            gold=label, tiers=tiers.label, alone=said, cascade=cascade.label,
            checked=Label.NOT_ENOUGH_EVIDENCE if refused else said,
            asked=cascade.receipt is not None and Tier.LLM.value in cascade.receipt.tiers,
        )  # fmt: skip


def _all(checker: Checker, claims: Sequence[Claim]) -> list[Verdict]:
    return checker.verify(claims)


def _answer(verdict: Verdict) -> tuple[Label | None, bool]:
    """The label in the language model's own answer, and whether it was refused."""
    said = verdict.receipt.details.get("language_answer") if verdict.receipt else None
    if not isinstance(said, dict):
        return Label.NOT_ENOUGH_EVIDENCE, False  # nothing was found, nobody was asked
    labels = {"supported": Label.SUPPORTED, "refuted": Label.REFUTED, "not_enough": Label.NOT_ENOUGH_EVIDENCE}
    return labels.get(str(said.get("verdict"))), said.get("refused") is not None


def _print(title: str, rows: Sequence[Row]) -> None:
    print(f"\n{title}: {len(rows)} rows\n")
    print("| way of judging | accuracy | macro-F1 | wrong SUPPORTED | wrong REFUTED | no answer | asks the model for |")
    print("|---|---|---|---|---|---|---|")
    asked = sum(row.asked for row in rows)
    shares = {"tiers": "0 %", "alone": "100 %", "checked": "100 %", "cascade": f"{asked / len(rows):.1%}"}
    for way, words in WAYS.items():
        said = [(row.gold, label) for row in rows if (label := getattr(row, way)) is not None]
        right, f1 = accuracy(said), macro_f1(said)
        print(
            f"| {words} | {right or 0:.3f} | {f1 or 0:.3f} | {wrongly(said, Label.SUPPORTED)} "
            f"| {wrongly(said, Label.REFUTED)} | {len(rows) - len(said)} | {shares[way]} |"
        )
