"""Texts to unit vectors, by the int8 model that ships in ``weights/``.

Knows nothing of passages or stores. A text's vector does not depend on the texts it is embedded with: the model
quantises row by row (``scripts/make_embedding.py`` says how), so batches are only for speed.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import StoreError
from vectorstore.sums import altered

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 256
"""Longest text the model sees, with its two end marks; more is cut off, so passages are split to stay below."""
END_MARKS = 2

_BATCH_TOKENS = 512
"""Tokens in one run of the model, padding included: larger is no faster on a few cores."""
_COUNTED_CHARACTERS = 4096
"""A text is tokenised no further than this when it is embedded: 256 tokens never need more ordinary text."""
_WEIGHTS = Path(__file__).parent / "weights"

Vectors = NDArray[np.float32]


def embed(texts: Sequence[str]) -> Vectors:
    """Unit vectors of ``texts``, shape ``(len(texts), 384)``; equal texts are computed once.

    Reads at most ``MAX_TOKENS`` tokens of a text. Raises StoreError when the model files are missing or damaged.
    """
    unique = list(dict.fromkeys(texts))
    rows = {text: row for row, text in enumerate(unique)}
    token_ids = _token_ids(unique)
    vectors = np.zeros((len(unique), DIMENSIONS), dtype=np.float32)
    for batch in _batches([len(ids) for ids in token_ids]):
        vectors[batch] = _run([token_ids[row] for row in batch])
    return vectors[[rows[text] for text in texts]] if len(unique) < len(texts) else vectors


def count_tokens(texts: Sequence[str]) -> list[int]:
    """How many tokens the model sees in each text, end marks not counted."""
    return [len(encoded.ids) for encoded in _tokenizer().encode_batch_fast(list(texts), add_special_tokens=False)]


def cut_to_tokens(text: str, limit: int) -> str:
    """The beginning of ``text`` that has at most ``limit`` tokens."""
    offsets = _tokenizer().encode(text[:_COUNTED_CHARACTERS], add_special_tokens=False).offsets
    return text if len(offsets) <= limit else text[: offsets[limit - 1][1]]


@cache
def model_digest() -> str:
    """Name of the model that vectors were made with, unlike that of any other; StoreError when it is missing."""
    try:
        parts = [(_WEIGHTS / name).read_bytes() for name in ("model.onnx", "tokenizer.json")]
    except OSError as exc:
        raise StoreError(f"cannot read {exc.filename}: install the package again ({exc.strerror})") from exc
    return hashlib.blake2b(b"".join(parts), digest_size=8).hexdigest()


def _token_ids(texts: Sequence[str]) -> list[list[int]]:
    found = _tokenizer().encode_batch_fast([text[:_COUNTED_CHARACTERS] for text in texts])
    # the end mark is put back after cutting, so that a cut text looks like any other to the model
    return [[*ids[: MAX_TOKENS - 1], ids[-1]] if len(ids) > MAX_TOKENS else ids for ids in (one.ids for one in found)]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in groups of about equal length, each group at most ``_BATCH_TOKENS`` wide and high."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[row] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _run(token_ids: Sequence[Sequence[int]]) -> Vectors:
    ids = np.zeros((len(token_ids), max(map(len, token_ids))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, one in enumerate(token_ids):
        ids[row, : len(one)] = one
        mask[row, : len(one)] = 1
    vectors: Vectors = _session().run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return vectors


@cache
def _session() -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    asked = os.environ.get("OMP_NUM_THREADS", "")
    options.intra_op_num_threads = min(4, os.cpu_count() or 1, int(asked) if asked.isdecimal() and int(asked) else 4)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave shared cores to others
    try:
        changed = altered(_WEIGHTS)
    except (OSError, ValueError) as exc:
        raise StoreError(f"cannot load {_WEIGHTS}: install the package again ({_line(exc)})") from exc
    if changed is not None:  # a model with other numbers would find other passages
        raise StoreError(f"{_WEIGHTS / changed} is not as it was shipped: install the package again")
    try:
        return onnxruntime.InferenceSession(str(_WEIGHTS / "model.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as exc:
        raise StoreError(f"cannot load {_WEIGHTS / 'model.onnx'}: install the package again ({_line(exc)})") from exc


@cache
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(_WEIGHTS / "tokenizer.json"))
    except Exception as exc:
        raise StoreError(
            f"cannot load {_WEIGHTS / 'tokenizer.json'}: install the package again ({_line(exc)})"
        ) from exc


def _line(exc: Exception) -> str:
    return str(exc).splitlines()[0][:200] if str(exc) else type(exc).__name__
