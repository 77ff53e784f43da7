"""Whether a claim that was dealt with before is known again in other words, and one that only looks like it is not.

First pairs alone: of each set (``eval/reworded.py``) the share that is called the same. Then the whole way: all claims
of the documents are the earlier ones, and others, reworded or changed besides, are looked for among them.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from eval.bench import DOCUMENTS
from eval.grounds.measure import FOLDER
from eval.made_claims import AS_SAID, documents_in, made_claims
from eval.reworded import Two, made_pairs, public_pairs
from factcheck.batch.seen import LIKE, Earlier, Known, Memory, alike
from factcheck.types import Label

POOL = 6000
"""Made claims that pairs are drawn from."""
PUBLIC = {"vitaminc_real": "VitaminC", "fever_sr": "FEVER"}


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 2 when there is nothing to measure on."""
    options = _parser().parse_args(arguments)
    if not options.documents.is_file():
        print(f"seen: {options.documents}: no such file; give one with --documents", file=sys.stderr)
        return 2
    chance = random.Random(options.seed)
    made = made_claims(documents_in(options.documents), FOLDER / "develop" / "claims.jsonl", most=POOL)
    ours = list(made_pairs(made))
    public = [two for name, where in PUBLIC.items() if (path := options.pairs / f"{name}.jsonl.gz").is_file()
              for two in public_pairs(path, where)]  # fmt: skip
    pairs = _sample([*ours, *public], options.each, chance)
    rows = _by_set(pairs)
    said = sorted({one.claim for one in made if one.made == AS_SAID})
    memory = Memory(map(_known, said))
    looked = _sample([two for two in ours if two.first in set(said)], options.each, chance)
    searched = _searched(memory, looked)
    if options.json:
        print(json.dumps({"like": LIKE, "pairs": rows, "searched": searched}, indent=2))
        return 0
    print(f"called the same from {LIKE} on")
    print(f"{'pairs':<36} {'are the same':<13} {'number':>6} {'called the same':>16}")
    for row in rows:
        print(f"{row['set']:<36} {'yes' if row['same'] else 'no':<13} {row['pairs']:>6} {row['share']:>16.3f}")
    print(f"\nlooked for among {len(said):,} earlier claims")
    for name, value in searched.items():
        print(f"{name:<52} {value:>8.3f}")
    return 0


def _known(text: str) -> Known:
    earlier = Earlier(claim=text, label=Label.SUPPORTED, by="eval", decided=False)
    return Known(text, decided=False, recall=lambda: earlier)


def _sample(pairs: Sequence[Two], each: int, chance: random.Random) -> list[Two]:
    """At most ``each`` of every set."""
    sets: dict[str, list[Two]] = defaultdict(list)
    for two in pairs:
        sets[two.where].append(two)
    return [two for where in sorted(sets) for two in chance.sample(sets[where], min(each, len(sets[where])))]


def _by_set(pairs: Sequence[Two]) -> list[dict[str, object]]:
    called: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for two, likeness in zip(pairs, alike([(two.first, two.second) for two in pairs]), strict=True):
        called[two.where, two.same].append(likeness >= LIKE)
    yes = {same: sum(sum(values) for key, values in called.items() if key[1] is same) for same in (True, False)}
    rows: list[dict[str, object]] = [
        {"set": where, "same": same, "pairs": len(values), "share": sum(values) / len(values)}
        for (where, same), values in sorted(called.items())
    ]
    told = yes[True] + yes[False]
    rows.append({"set": "all: precision", "same": True, "pairs": told, "share": yes[True] / max(told, 1)})
    return rows


def _searched(memory: Memory, pairs: Sequence[Two]) -> dict[str, float]:
    found = memory.find([two.second for two in pairs])
    same = [(two, one) for two, one in zip(pairs, found, strict=True) if two.same]
    other = [(two, one) for two, one in zip(pairs, found, strict=True) if not two.same]
    right = sum(one is not None and one.earlier.claim == two.first for two, one in same)
    return {
        "reworded: the claim itself is found": right / max(len(same), 1),
        "reworded: some claim is found": sum(one is not None for _, one in same) / max(len(same), 1),
        "changed in one part: taken for what it was made from": sum(
            one is not None and one.earlier.claim == two.first for two, one in other
        ) / max(len(other), 1),
        "changed in one part: some claim is found": sum(one is not None for _, one in other) / max(len(other), 1),
    }  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval seen", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="JSON Lines of documents")
    parser.add_argument("--pairs", type=Path, default=DOCUMENTS.parents[1] / "dev", help="folder of public pairs")
    parser.add_argument("--each", type=int, default=250, help="pairs of each set at most")
    parser.add_argument("--seed", type=int, default=2, help="of the lot that is drawn")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
