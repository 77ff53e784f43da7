"""Reads the public training sets and gives their rows one shape and three labels.

Reads ``train/`` for rows; ``dev/`` only for the claims that must not be trained on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .pairs import LABELS, Pair, normal, read_rows

__all__ = ["SETS", "PublicSet", "claims_kept_out", "clean", "read_public"]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """How one public set is used."""

    name: str
    """The file's name without ``.jsonl.gz``."""
    part: str
    """``nli`` or ``facts``: the pile it goes to."""
    max_words: int
    """Rows whose evidence has more words are cut to whole sentences, or left out where that may lose the proof."""


SETS: tuple[PublicSet, ...] = (
    PublicSet("lingnli", "nli", 120),
    PublicSet("semiauto_nli_wiki", "nli", 120),
    PublicSet("snli_cad", "nli", 120),
    PublicSet("vitaminc_real", "facts", 120),
    PublicSet("vitaminc_synthetic", "facts", 120),
    PublicSet("fever_sr", "facts", 140),
    PublicSet("scifact_rationale", "facts", 140),
    PublicSet("covidfact", "facts", 140),
)

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-COLON-": ":"}
_BRACKET = re.compile("|".join(_BRACKETS))
_BLANKS = re.compile(r"\s+")
_TIGHT = re.compile(r"\s+([,.;:!?%)\]])(?=\s|$)")
_OPEN = re.compile(r"([(\[])\s+")


def clean(text: str) -> str:
    """Return ``text`` with bracket codes replaced, one blank between words and none before punctuation."""
    text = _BRACKET.sub(lambda found: _BRACKETS[found.group()], text).replace("\ufffd", " ")
    text = _TIGHT.sub(r"\1", _BLANKS.sub(" ", text))
    return _OPEN.sub(r"\1", text).strip()


def _group(row: dict[str, str]) -> str:
    """Name the page a row comes from, or else its evidence: rows that share either never part."""
    page = row.get("page")
    if page:
        return f"page:{clean(page)}"
    return f"text:{hashlib.sha256(normal(row['evidence']).encode()).hexdigest()[:16]}"


def claims_kept_out(folder: Path) -> frozenset[str]:
    """Return the normal forms of every claim in the measuring sets in ``folder``, so that none is trained on."""
    return frozenset(normal(row["claim"]) for path in sorted(folder.glob("*.jsonl.gz")) for row in read_rows(path))


def _readable(rows: Iterable[dict[str, str]], allowed: PublicSet, kept_out: frozenset[str]) -> Iterator[Pair]:
    for row in rows:
        if row["label"] not in LABELS or normal(row["claim"]) in kept_out:
            continue
        evidence = clean(row["evidence"])
        if len(evidence.split()) > allowed.max_words or not evidence or not row["claim"].strip():
            continue
        yield Pair(row["id"], clean(row["claim"]), evidence, row["label"], allowed.name, _group(row))


def read_public(folder: Path, *, part: str, kept_out: frozenset[str]) -> list[Pair]:
    """Return the rows of every set of one ``part`` in ``folder``, without claims in ``kept_out`` and overlong rows."""
    pairs: list[Pair] = []
    for entry in SETS:
        if entry.part == part:
            pairs.extend(_readable(read_rows(folder / f"{entry.name}.jsonl.gz"), entry, kept_out))
    return pairs
