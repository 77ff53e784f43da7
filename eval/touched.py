"""What a few new documents cost a desk with many stored verdicts, and what its rule of thumb misses.

Some documents, drawn by lot, are held back; claims made from all of them are judged on the rest, and their verdicts
kept. Then the documents arrive and ``factcheck watch`` judges again what they can reach. At last everything is judged
anew, which says which verdicts would have flipped. Exits 1 when the watch takes more than a tenth of judging them all.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench import DOCUMENTS
from eval.grounds.measure import FOLDER
from eval.made_claims import documents_in, made_claims
from eval.measured import batch, factcheck, verdicts_of, write_claims
from vectorstore import open_store

MOST = 0.1
"""Share of the full time that is promised."""


@dataclass(frozen=True)
class Touched:
    """What came of it."""

    verdicts: int
    documents: int
    judged: int
    """Verdicts that were judged again."""
    seconds: float
    """Of the watch, on the wall."""
    share_of_time: float
    """Of the processors' time of judging everything, that the watch took."""
    share_of_wall: float
    flips: int
    """Told by the watch."""
    with_receipts: int
    """Of them, those with the receipts of both verdicts."""
    missed: int
    """Verdicts that are others when everything is judged anew, and were not told."""
    missed_citing: int
    """Of them, those that cite a document that came."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 1 when the limit is broken, 2 when there is nothing to measure on, 3 on failure."""
    options = _parser().parse_args(arguments)
    if not options.documents.is_file():
        print(f"touched: {options.documents}: no such file; give one with --documents", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="factcheck-touched-") as folder:
        try:
            found = measure(options, Path(folder))
        except RuntimeError as exc:
            print(f"touched: {exc}", file=sys.stderr)
            return 3
    if options.json:
        print(json.dumps(asdict(found), indent=2))
    else:
        share = found.judged / max(found.verdicts, 1)
        print(f"{found.documents} documents came to a store with {found.verdicts:,} verdicts")
        print(f"{found.judged:,} judged again ({share:.1%}) in {found.seconds:.1f} s")
        print(f"{found.share_of_time:.1%} of the processor time of judging all, limit {MOST:.0%}")
        print(f"{found.share_of_wall:.1%} of the time on the wall")
        print(f"{found.flips} flips told, {found.with_receipts} with both receipts")
        print(f"{found.missed} flips missed, {found.missed_citing} of them by a document that came")
    return 0 if found.share_of_time <= MOST else 1


def measure(options: argparse.Namespace, folder: Path) -> Touched:
    """Judge, let the documents arrive, watch, and judge all anew; raises RuntimeError when a command fails."""
    documents = documents_in(options.documents)
    made = made_claims(documents, FOLDER / "develop" / "claims.jsonl", most=options.pool)[: options.claims]
    late = {one.doc_id for one in random.Random(options.seed).sample(documents, options.new)}
    claims, store = folder / "claims.jsonl", folder / "store"
    write_claims(claims, made)
    with open_store(store) as stocked:
        stocked.add(one for one in documents if one.doc_id not in late)
    how = ("--workers", str(options.workers))
    whole = batch(claims, store, *how)
    with open_store(store) as stocked:
        stocked.add(one for one in documents if one.doc_id in late)
    watch = factcheck("watch", "--store", str(store), "--json", *how)
    flips = [json.loads(line) for line in watch.out.splitlines()]
    before = _verdicts(claims)
    batch(claims, store, "--no-cache", "--restart", *how)
    told = {flip["claim"] for flip in flips}
    missed = [
        new for old, new in zip(before, _verdicts(claims), strict=True)
        if old["label"] != new["label"] and new["claim"] not in told
    ]  # fmt: skip
    return Touched(
        verdicts=len(before), documents=len(late), judged=_judged(watch.said), seconds=watch.seconds,
        share_of_time=watch.processor_seconds / whole.processor_seconds, share_of_wall=watch.seconds / whole.seconds,
        flips=len(flips), with_receipts=sum(_has_receipts(flip) for flip in flips), missed=len(missed),
        missed_citing=sum(any(piece["doc_id"] in late for piece in new["evidence"]) for new in missed),
    )  # fmt: skip


def _verdicts(claims: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in verdicts_of(claims).read_text("utf-8").splitlines()]


def _judged(said: str) -> int:
    found = re.search(r"([\d,]+) of [\d,]+ verdicts judged again", said)
    if found is None:
        raise RuntimeError(f"the watch does not say how many it judged: {said.strip()[-200:]}")
    return int(found[1].replace(",", ""))


def _has_receipts(flip: dict[str, Any]) -> bool:
    return all((flip[side]["receipt"] or {}).get("documents") is not None for side in ("before", "after"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval touched", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents")
    parser.add_argument("--claims", type=int, default=2000, help="how many verdicts there are")
    parser.add_argument("--pool", type=int, default=20_000, help="of how many made claims these are the first")
    parser.add_argument("--new", type=int, default=10, help="how many documents come later")
    parser.add_argument("--seed", type=int, default=1, help="of the lot that is drawn")
    parser.add_argument("--workers", type=int, default=1, help="processes that judge")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
