"""Claim and passage in, probabilities of supported, refuted and not enough information out.

A pair is seen whole up to ``MAX_TOKENS`` tokens. Longer evidence is read in overlapping windows: support is a union
(the window that supports most), refutation is judged apart (the window that refutes most). A claim too long to
leave room for evidence is read in pieces: the whole is as supported as its least supported piece, as refuted as
its most refuted one. Nothing is cut off in silence.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelFailed
from factcheck.models import runtime

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LABELS = ("supported", "refuted", "nei")
"""The columns of all scores."""
MAX_TOKENS = 256
"""Tokens of claim and passage together in one window, their marks included."""
MAX_CLAIM = 96
"""Tokens of a claim that are judged at once."""
OVERLAP = 32
"""Tokens that neighbouring windows share, so that a short statement is whole in one of them."""
BATCH_TOKENS = 2048
"""Tokens in one run of the network, padding included."""
CHUNK = 4096
"""Pairs tokenised at a time: bounds the memory of a long run."""
MARKS = 3
"""The tokens around the two sides: one in front, one between, one at the end."""

Scores = NDArray[np.float64]


class Pair(NamedTuple):
    """What is judged."""

    claim: str
    evidence: str


class _Window(NamedTuple):
    """One run of the network: a piece of a claim beside a piece of its evidence."""

    pair: int
    piece: int
    tokens: list[int]
    claim_tokens: int


def score(pairs: Sequence[Pair | tuple[str, str]], *, kinds: Sequence[str | None] | None = None) -> Scores:
    """Calibrated probabilities of shape ``(len(pairs), 3)``, columns as in ``LABELS``; rows add up to 1.

    ``kinds`` are the claim types, where they are known: each has a calibration of its own. Equal pairs are computed
    once. Raises ModelFailed when the model files are missing or damaged.
    """
    found = np.zeros((len(pairs), len(LABELS)))
    for start in range(0, len(pairs), CHUNK):
        chunk = [Pair(*pair) for pair in pairs[start : start + CHUNK]]
        wanted = kinds[start : start + CHUNK] if kinds is not None else [None] * len(chunk)
        keys = list(dict.fromkeys(zip(chunk, wanted, strict=True)))
        place = {key: row for row, key in enumerate(keys)}
        scored = _score([pair for pair, _ in keys], [kind for _, kind in keys])
        found[start : start + len(chunk)] = scored[[place[key] for key in zip(chunk, wanted, strict=True)]]
    return found


def logits_of(pairs: Sequence[Pair]) -> tuple[runtime.Logits, list[tuple[int, int]]]:
    """The raw logits of every window of ``pairs``, and for each the pair and the piece of its claim it belongs to."""
    windows = list(_windows(pairs))
    order = sorted(range(len(windows)), key=lambda at: len(windows[at].tokens))
    logits = np.zeros((len(windows), len(LABELS)))
    for batch in _batches([len(windows[at].tokens) for at in order]):
        rows = [order[at] for at in batch]
        logits[rows] = runtime.run([windows[at].tokens for at in rows], [windows[at].claim_tokens for at in rows])
    return logits, [(window.pair, window.piece) for window in windows]


@cache
def verifier_digest() -> str:
    """Name of the model and its calibration, unlike that of any other; ModelFailed when a file is missing."""
    names = (runtime.MODEL, runtime.TOKENIZER, runtime.CALIBRATION)
    try:
        parts = [(runtime.WEIGHTS / name).read_bytes() for name in names]
    except OSError as exc:
        raise ModelFailed(f"cannot read {exc.filename}: install the package again ({exc.strerror})") from exc
    return hashlib.blake2b(b"".join(parts), digest_size=8).hexdigest()


def join(probabilities: Scores, owners: Sequence[tuple[int, int]], pairs: int) -> Scores:
    """One row a pair out of the rows of its windows; ``owners`` has the pair and the piece of each row.

    >>> join(np.array([[0.1, 0.1, 0.8], [0.9, 0.0, 0.1]]), [(0, 0), (0, 0)], 1).round(2).tolist()
    [[0.9, 0.1, 0.0]]
    """
    pieces: dict[tuple[int, int], tuple[float, float]] = {}
    for owner, (supported, refuted, _) in zip(owners, probabilities, strict=True):
        best = pieces.get(owner, (0.0, 0.0))
        pieces[owner] = (max(best[0], supported), max(best[1], refuted))
    joined: dict[int, tuple[float, float]] = {}
    for (pair, _), (supported, refuted) in pieces.items():
        so_far = joined.get(pair, (1.0, 0.0))
        joined[pair] = (min(so_far[0], supported), max(so_far[1], refuted))
    rows: Scores = np.array([[*joined[pair], 0.0] for pair in range(pairs)], dtype=np.float64)
    rows = rows.reshape(pairs, len(LABELS))
    rows[:, 2] = np.maximum(0.0, 1.0 - rows[:, 0] - rows[:, 1])
    rows /= rows.sum(axis=1, keepdims=True)
    return rows


def calibrated(logits: runtime.Logits, kinds: Sequence[str | None]) -> Scores:
    """Probabilities out of logits by the calibration of each row's kind, or else by that of all kinds."""
    table = _calibration()
    scales = np.array([table.get(kind or "", table["all"]) for kind in kinds]).reshape(len(kinds), 1 + len(LABELS))
    shifted = logits * scales[:, :1] + scales[:, 1:]
    powers = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _score(pairs: Sequence[Pair], kinds: Sequence[str | None]) -> Scores:
    logits, owners = logits_of(pairs)
    return join(calibrated(logits, [kinds[pair] for pair, _ in owners]), owners, len(pairs))


def _windows(pairs: Sequence[Pair]) -> Iterator[_Window]:
    tokenizer = _tokenizer()
    first, between = (tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]"))
    claims = tokenizer.encode_batch([pair.claim for pair in pairs], add_special_tokens=False)
    passages = tokenizer.encode_batch([pair.evidence for pair in pairs], add_special_tokens=False)
    for number, (claim, passage) in enumerate(zip(claims, passages, strict=True)):
        for piece, said in enumerate(_pieces(claim.ids, MAX_CLAIM)):
            front = [first, *said, between]
            for part in _pieces(passage.ids, MAX_TOKENS - len(said) - MARKS):
                yield _Window(number, piece, [*front, *part, between], len(front))


def _pieces(ids: list[int], longest: int) -> Iterator[list[int]]:
    """``ids`` whole, or in overlapping pieces of at most ``longest``."""
    start = 0
    while True:
        yield ids[start : start + longest]
        if start + longest >= len(ids):
            return
        start += longest - OVERLAP


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places in groups of about equal length; ``lengths`` ascend, padded groups stay within ``BATCH_TOKENS``."""
    batch: list[int] = []
    for place, length in enumerate(lengths):
        padded = -(-length // runtime.STRIDE) * runtime.STRIDE
        if batch and padded * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


@cache
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    path = runtime.WEIGHTS / runtime.TOKENIZER
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:
        raise ModelFailed(f"cannot load {path}: install the package again ({exc})") from exc
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def _calibration() -> dict[str, tuple[float, ...]]:
    """For each kind of claim, and ``all``: the factor of the logits, and what is added to each of the three."""
    path = runtime.WEIGHTS / runtime.CALIBRATION
    try:
        table = json.loads(path.read_text("utf-8"))["kinds"]
        return {kind: (float(row["scale"]), *map(float, row["shift"])) for kind, row in table.items()}
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ModelFailed(f"cannot read {path}: install the package again ({exc})") from exc
