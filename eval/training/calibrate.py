"""Fits the calibration of the shipped verifier: a factor for its logits and a shift for each label, by kind of claim.

Vector scaling with one factor (Guo et al. 2017), fitted on one half of labelled pairs and measured on the other; a kind
gets a factor of its own, drawn towards the common one by as much as it has few rows. The halves are told apart by a
digest of page or id, so that what is measured shares no page with what was fitted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.claims import parts_of
from factcheck.measure.labels import binned_error
from factcheck.measure.pairs import THREE, PairRow
from factcheck.measure.rows import read_rows
from factcheck.models import runtime, verifier
from factcheck.types import Claim, Span
from vectorstore.sums import record

__all__ = ["calibrate"]

Array = NDArray[np.float64]
STEPS, RATE = 600, 0.5
DRAWN = 300.0
"""A kind's own factor weighs as much as the common one when it was fitted on this many rows."""


@dataclass(frozen=True)
class _Data:
    logits: Array
    labels: NDArray[np.int64]
    kinds: list[str]


def _fits(row: PairRow) -> bool:
    """Whether ``row`` is of the half that is fitted on."""
    return hashlib.sha256(f"calibrate:{row.page or row.group or row.id}".encode()).digest()[0] % 2 == 0


def _kind(text: str) -> str:
    claim = Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement")
    parts = parts_of(claim).parts
    return parts[0].type if parts else claim.type


def _read(files: Sequence[Path], most: int) -> Iterator[PairRow]:
    for path in files:
        rows = [row for row in read_rows(str(path), PairRow) if row.label in THREE]
        step = max(1, len(rows) // most)
        yield from rows[::step][:most]


def _data(rows: Sequence[PairRow]) -> _Data:
    logits, owners = verifier.logits_of([verifier.Pair(row.claim, row.evidence) for row in rows])
    windows = [pair for pair, _ in owners]
    single = [at for at, pair in enumerate(windows) if windows.count(pair) == 1] if len(windows) > len(rows) else None
    keep = range(len(windows)) if single is None else single
    kept = [rows[windows[at]] for at in keep]
    return _Data(
        logits[list(keep)], np.array([THREE.index(row.label) for row in kept]), [_kind(row.claim) for row in kept]
    )


def _probabilities(logits: Array, scale: float, shift: Array) -> Array:
    shifted = scale * logits + shift
    powers = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _fit(logits: Array, labels: NDArray[np.int64], *, shift: Array | None = None) -> tuple[float, Array]:
    """The factor and shift of least log loss; a ``shift`` that is given stays. The problem is convex."""
    scale, moved = 1.0, np.zeros(len(THREE)) if shift is None else shift
    wanted = np.eye(len(THREE))[labels]
    for _ in range(STEPS):
        error = _probabilities(logits, scale, moved) - wanted
        scale -= RATE * float((error * logits).sum(axis=1).mean()) / max(1.0, float((logits**2).mean()))
        if shift is None:
            moved = moved - RATE * error.mean(axis=0)
    return scale, moved - moved.mean()


def _error(data: _Data, table: dict[str, tuple[float, Array]]) -> float:
    found = np.concatenate(
        [_probabilities(data.logits[at : at + 1], *table.get(kind, table["all"])) for at, kind in enumerate(data.kinds)]
    )
    return binned_error(found.max(axis=1).tolist(), (found.argmax(axis=1) == data.labels).tolist())


def calibrate(files: Sequence[Path], out: Path, *, most: int = 1500) -> Iterator[str]:
    """Fit on half of at most ``most`` rows of each file and write ``calibration.json`` to ``out``.

    Yields what it found, a line at a time.
    """
    rows = list(_read(files, most))
    halves = [_data([row for row in rows if _fits(row) is half]) for half in (True, False)]
    fitting, rest = halves
    plain = (1.0, np.zeros(len(THREE)))
    scale, shift = _fit(fitting.logits, fitting.labels)
    table = {"all": (scale, shift)}
    for kind in sorted(set(fitting.kinds)):
        of_kind = np.array([one == kind for one in fitting.kinds])
        own, _ = _fit(fitting.logits[of_kind], fitting.labels[of_kind], shift=shift)
        weight = of_kind.sum() / (of_kind.sum() + DRAWN)
        table[kind] = (float(weight * own + (1 - weight) * scale), shift)
        yield f"{kind:12s} {of_kind.sum():5d} rows  factor {table[kind][0]:.3f}"
    yield f"fitted on {len(fitting.kinds)} rows, measured on {len(rest.kinds)} others"
    yield f"calibration error before {_error(rest, {'all': plain}):.4f}, after {_error(rest, table):.4f}"
    kinds = {k: {"scale": round(f, 4), "shift": [round(float(x), 4) for x in s]} for k, (f, s) in table.items()}
    (out / runtime.CALIBRATION).write_text(json.dumps({"kinds": kinds}, indent=1) + "\n", encoding="utf-8")
    record(out)
