"""Writes a checkpoint as the ONNX file that ships, big matrices in int8, and says how far its scores lie off."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from vectorstore.sums import record

from .compress import write_small_weights
from .evaluate import load
from .model import Batch, collate, load_tokenizer, tokenize
from .pairs import LABELS, Pair

if TYPE_CHECKING:
    from .model import Verifier

__all__ = ["export"]

NAMES = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 17
LONGEST = 256
PLAIN, SMALL, TOKENIZER, CALIBRATION = "plain.onnx", "verifier.onnx", "tokenizer.json", "calibration.json"


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


def _logits(path: Path, batches: Sequence[Batch], precision: str) -> NDArray[np.float64]:
    import openvino

    model = openvino.Core().compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": precision})
    found = []
    for batch in batches:
        tensors = (batch.ids, batch.mask, batch.types)
        found.append(model({name: t.numpy() for name, t in zip(NAMES, tensors, strict=True)})[0])
    return np.concatenate(found).astype(np.float64)


def _torch_logits(model: Verifier, batches: Sequence[Batch]) -> NDArray[np.float64]:
    with torch.inference_mode():
        return np.concatenate([model(b.ids, b.mask, b.types).double().numpy() for b in batches])


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(1, keepdims=True)
    return shares


def export(checkpoint: Path, base: Path, out: Path, pairs: Sequence[Pair], *, batch: int = 16) -> Iterator[str]:
    """Write ``verifier.onnx``, its tokenizer and a calibration that changes nothing yet to ``out``.

    Yields a line for each way to run it: size, and over ``pairs`` the largest difference of a probability from torch's
    float32, the share of equal winners, and the accuracy.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = load(checkpoint, base)
    tokens = tokenize(load_tokenizer(base, max_tokens=LONGEST), [(pair.claim, pair.evidence) for pair in pairs])
    batches = [collate(tokens[start : start + batch]) for start in range(0, len(tokens), batch)]
    wanted = np.array([LABELS.index(pair.label) for pair in pairs])
    truth = _softmax(_torch_logits(model, batches))
    yield f"{'torch, float32':24s} accuracy {(truth.argmax(1) == wanted).mean():.4f} on {len(pairs)} pairs"
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / PLAIN, out / SMALL
        _write_onnx(model, plain, batches[0])
        write_small_weights(plain, small, {name: p.detach().numpy() for name, p in model.named_parameters()})
        for path, precision in ((plain, "f32"), (small, "f32"), (small, "bf16")):
            found = _softmax(_logits(path, batches, precision))
            yield (
                f"{f'{path.name}, {precision}':24s} {path.stat().st_size / 1e6:6.1f} MB  "
                f"largest difference {np.abs(found - truth).max():.5f}  "
                f"same winner {(found.argmax(1) == truth.argmax(1)).mean():.4f}  "
                f"accuracy {(found.argmax(1) == wanted).mean():.4f}"
            )
    shutil.copyfile(base / TOKENIZER, out / TOKENIZER)
    if not (out / CALIBRATION).exists():
        plainly = {"all": {"scale": 1.0, "shift": [0.0, 0.0, 0.0]}}
        (out / CALIBRATION).write_text(json.dumps({"kinds": plainly}, indent=1) + "\n", encoding="utf-8")
    record(out)
