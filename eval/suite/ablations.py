"""``python -m eval ablations``: what each part buys, by leaving it out.

Every variant judges the same claims in a process of its own, so that none finds what another has remembered. Of a
ground only numbers are told.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from eval.measured import measured
from eval.suite.grounds import NAMES, Ground, checker_on, ground
from eval.suite.peers import local_labels
from factcheck.build import language_of
from factcheck.checker import Checker
from factcheck.errors import FactcheckError
from factcheck.facts import FactIndex
from factcheck.measure.claims import as_claims, measure_claims
from factcheck.measure.labels import accuracy, macro_f1
from factcheck.settings import load_settings
from factcheck.types import Fact, Label, Verdict
from vectorstore.types import By, Document, Filters, Hit, Passage, Store

RECALL_AT = 5
WHOLE = "all parts, as shipped"
LANGUAGE = "and a language model"


@dataclass(frozen=True)
class Ablation:
    """What one variant did on one ground."""

    variant: str
    ground: str
    rows: int
    accuracy: float | None
    macro_f1: float | None
    wrong_supported: float
    """Share of all rows that were called SUPPORTED and are not."""
    recall: float | None
    """Gold documents among the first passages; None where the variant gives labels alone."""
    seconds: float
    """Judging, with the start of the models and without taking in the documents."""
    megabytes: float | None = None
    """The most that its process held."""


class Searching:
    """A store that is asked in one way only; all else is the store's own."""

    def __init__(self, store: Store, *, by: By = "both", by_day: bool = True) -> None:
        """``by_day``: whether it also answers the second search, among what was published around a day."""
        self._store, self._by, self._by_day = store, by, by_day

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)

    def search(
        self, queries: Sequence[str], *, k: int = 10, filters: Filters | None = None, by: By = "both"
    ) -> list[list[Hit]]:
        """Search as the variant does, whatever is asked for."""
        if filters is not None and not self._by_day:
            return [[] for _ in queries]
        return self._store.search(queries, k=k, filters=filters, by=by if self._by == "both" else self._by)


class Unremembered(FactIndex):
    """A fact index that keeps nothing: every document is read anew for every claim."""

    def read(self, document: Document, passages: Sequence[Passage] = ()) -> tuple[Fact, ...]:
        """Read the facts of a document and forget them."""
        found = super().read(document, passages)
        self._memory.clear()
        return found


@contextmanager
def _with(
    one: Ground, *, local: bool = True, by: By = "both", by_day: bool = True, facts: str = "kept"
) -> Iterator[Checker]:
    with checker_on(one.documents, local_model=local) as checker:
        checker.store = cast("Store", Searching(checker.store, by=by, by_day=by_day))
        if facts == "none":
            checker.facts.close()
            checker.facts = Unremembered()
        if facts == "read before":
            checker.read_facts()
        yield checker


def _language(one: Ground) -> Iterator[Checker]:
    with checker_on(one.documents) as checker:
        checker.language = language_of(load_settings())
        yield checker


VARIANTS: dict[str, Callable[[Ground], Any]] = {
    WHOLE: _with,
    "exact tier alone": lambda one: _with(one, local=False),
    "local model alone": _with,
    "search by words alone": lambda one: _with(one, by="words"),
    "search by vectors alone": lambda one: _with(one, by="vectors"),
    "no second search around the claim's day": lambda one: _with(one, by_day=False),
    "fact index filled before": lambda one: _with(one, facts="read before"),
    "no fact index": lambda one: _with(one, facts="none"),
    LANGUAGE: contextmanager(_language),
}
"""Name to what opens the checker. There is no reranker: ranks are the fused scores, and the claim's day."""
_LABELS_ALONE = "local model alone"


def main(arguments: Sequence[str]) -> int:
    """Measure and print a table; returns 2 for files of no use, 3 when a variant does not end well."""
    parser = argparse.ArgumentParser(prog="python -m eval ablations", description=__doc__)
    parser.add_argument("--grounds", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    parser.add_argument("--one", nargs=2, metavar=("VARIANT", "GROUND"), help="measure that alone, here; prints JSON")
    options = parser.parse_args(arguments)
    try:
        if options.one is not None:
            print(json.dumps(asdict(measure(options.one[0], ground(options.one[1])))))
            return 0
        rows = ablations(options.grounds)
    except FactcheckError as exc:
        print(f"ablations: {exc}", file=sys.stderr)
        return 2
    except RuntimeError as exc:
        print(f"ablations: {exc}", file=sys.stderr)
        return 3
    print(table(rows))
    if options.out is not None:
        options.out.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")
    return 0


def ablations(names: Sequence[str]) -> list[Ablation]:
    """Every variant on every ground, each in a process of its own; RuntimeError when one does not end well.

    The language model is asked when one is configured.
    """
    rows = []
    for name in names:
        ground(name)  # what is missing is said before anything runs
        for variant in VARIANTS:
            if variant == LANGUAGE and load_settings().llm is None:
                continue
            ran = measured([sys.executable, "-m", "eval", "ablations", "--one", variant, name])
            rows.append(Ablation(**{**json.loads(ran.out), "megabytes": ran.megabytes}))
    return rows


def measure(variant: str, one: Ground) -> Ablation:
    """Judge a ground as a variant does."""
    claims = as_claims(one.rows)
    with VARIANTS[variant](one) as checker:
        began = time.monotonic()
        if variant == _LABELS_ALONE:
            labels, verdicts = local_labels(checker, claims), None
        else:
            verdicts = checker.verify(claims)
            labels = [verdict.label for verdict in verdicts]
        seconds = time.monotonic() - began
    pairs = [(row.label, label) for row, label in zip(one.rows, labels, strict=True) if label is not None]
    wrong = sum(label is Label.SUPPORTED and gold is not label for gold, label in pairs)
    recall = None if verdicts is None else _recall(one, verdicts)
    return Ablation(
        variant, one.name, len(one.rows), accuracy(pairs), macro_f1(pairs), wrong / len(one.rows), recall, seconds
    )


def table(rows: Sequence[Ablation]) -> str:
    """The numbers as a Markdown table, a row a variant and ground."""
    lines = [
        f"| ground | variant | accuracy | macro-F1 | wrong SUPPORTED | recall@{RECALL_AT} | seconds | MB |",
        "|---" * 8 + "|",
    ]
    for one in rows:
        numbers = [one.accuracy, one.macro_f1, one.wrong_supported, one.recall]
        shown = " | ".join("n/a" if value is None else f"{value:.3f}" for value in numbers)
        memory = "" if one.megabytes is None else f"{one.megabytes:.0f}"
        lines.append(f"| {one.ground} | {one.variant} | {shown} | {one.seconds:.1f} | {memory} |")
    return "\n".join(lines)


def _recall(one: Ground, verdicts: Sequence[Verdict]) -> float | None:
    texts = {document.doc_id: document.text for document in one.documents}
    return measure_claims(one.rows, verdicts, texts.get, k=RECALL_AT).document_recall
