"""Writes a checkpoint as ONNX, in float32, dynamic int8 and int8 weights alone, and says how far outputs lie apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from .compress import write_small_weights
from .evaluate import load
from .model import Batch, collate, load_tokenizer, tokenize
from .pairs import LABELS, Pair, file_sha256

if TYPE_CHECKING:
    from .model import Verifier

__all__ = ["export"]

NAMES = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 17
LONGEST = 512


def _write_onnx(model: Verifier, path: Path, example: Batch) -> None:
    axes = {name: {0: "pairs", 1: "tokens"} for name in NAMES}
    torch.onnx.export(
        model,
        (example.ids, example.mask, example.types),
        str(path),
        input_names=list(NAMES),
        output_names=["logits"],
        dynamic_axes={**axes, "logits": {0: "pairs"}},
        opset_version=OPSET,
        dynamo=False,
    )


def _write_int8(plain: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = path.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    prepared.unlink()


def _onnx_logits(path: Path, batches: Sequence[Batch]) -> NDArray[np.float64]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    found = []
    for batch in batches:
        tensors = (batch.ids, batch.mask, batch.types)
        found.append(session.run(["logits"], {name: t.numpy() for name, t in zip(NAMES, tensors, strict=True)})[0])
    return np.concatenate(found).astype(np.float64)


def _torch_logits(model: Verifier, batches: Sequence[Batch]) -> NDArray[np.float64]:
    with torch.inference_mode():
        return np.concatenate([model(b.ids, b.mask, b.types).double().numpy() for b in batches])


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(1, keepdims=True)
    return shares


def export(checkpoint: Path, base: Path, out: Path, pairs: Sequence[Pair], *, batch: int = 16) -> Iterator[str]:
    """Write ``model.onnx``, ``model.int8.onnx``, ``model.w8.onnx``, the tokenizer and ``model.json`` to ``out``.

    Yields one line per file: size, and over ``pairs`` the largest difference of a probability from torch's float32,
    the share of equal winners, and the accuracy.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = load(checkpoint, base)
    tokens = tokenize(load_tokenizer(base, max_tokens=LONGEST), [(pair.claim, pair.evidence) for pair in pairs])
    batches = [collate(tokens[start : start + batch]) for start in range(0, len(tokens), batch)]
    plain, small, weights = out / "model.onnx", out / "model.int8.onnx", out / "model.w8.onnx"
    _write_onnx(model, plain, batches[0])
    _write_int8(plain, small)
    write_small_weights(plain, weights)
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    wanted = np.array([LABELS.index(pair.label) for pair in pairs])
    truth = _softmax(_torch_logits(model, batches))
    yield f"torch float32    accuracy {(truth.argmax(1) == wanted).mean():.4f} on {len(pairs)} pairs"
    for path in (plain, small, weights):
        found = _softmax(_onnx_logits(path, batches))
        yield (
            f"{path.name:16s} {path.stat().st_size / 1e6:6.1f} MB  "
            f"largest difference {np.abs(found - truth).max():.5f}  "
            f"same winner {(found.argmax(1) == truth.argmax(1)).mean():.4f}  "
            f"accuracy {(found.argmax(1) == wanted).mean():.4f}"
        )
    facts = {
        "labels": LABELS,
        "inputs": NAMES,
        "max_tokens": LONGEST,
        "sha256": {p.name: file_sha256(p) for p in (plain, small, weights)},
    }
    (out / "model.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
