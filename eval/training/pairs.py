"""The unit of training, a claim beside a passage with a label, and how it is read and written.

Knows nothing of where rows come from or how they are made.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

__all__ = ["LABELS", "Pair", "file_sha256", "normal", "read_pairs", "read_rows", "write_pairs"]

LABELS: tuple[str, ...] = ("supported", "refuted", "nei")
"""Label names in the order of the model's three outputs."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim, one passage, and what the passage says about the claim."""

    id: str
    """Unique within its file."""
    claim: str
    """The sentence to be judged."""
    evidence: str
    """The passage it is judged against: one or more sentences, perhaps with a title and a date in front."""
    label: str
    """One of ``LABELS``."""
    source: str
    """The data set or generator it comes from."""
    group: str
    """Pairs with the same group share text, so they stay on one side of a split."""
    kind: str = ""
    """For generated pairs: which part was exchanged, and how (``date``, ``keep:date`` ...); empty otherwise."""

    def with_label(self, label: str) -> Pair:
        """Return the same pair under another label."""
        return replace(self, label=label)


def normal(text: str) -> str:
    """Return the words of ``text`` in lower case joined by single blanks: for comparing, never for showing."""
    return " ".join(_WORD.findall(text.lower()))


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a JSON Lines file, gzipped or plain."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs that ``write_pairs`` wrote to ``path``."""
    return [Pair(**row) for row in read_rows(path)]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs as gzipped JSON Lines, whole or not at all; return how many. Equal pairs give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    count = 0
    with unfinished.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        for pair in pairs:
            file.write((json.dumps(asdict(pair), ensure_ascii=False) + "\n").encode())
            count += 1
    unfinished.replace(path)
    return count


def file_sha256(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
