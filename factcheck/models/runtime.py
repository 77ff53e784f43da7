"""The verifier's network under OpenVINO: token batches in, logits out. Knows nothing of texts.

OpenVINO, because on two cores it scored several times as many pairs a second as onnxruntime did with any form of
these weights (``python -m eval bench-verifier`` measures it). Where the processor multiplies bfloat16 by itself it
does so, else it computes in float32.
"""

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelFailed
from vectorstore.sums import altered

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = Path(__file__).parent / "weights"
MODEL, TOKENIZER, CALIBRATION = "verifier.onnx", "tokenizer.json", "calibration.json"
STRIDE = 16
"""Batches are padded to multiples of this many tokens: the runtime compiles code for every new length."""
SHAPES_KEPT = 64
"""Pieces of code the runtime keeps for lengths it has seen; its own 5000 grow to 60 MB and gain no speed."""
KERNELS = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
"""Variable that says how many kernels oneDNN, below the runtime, keeps for the whole process: 1024 when it is not set.
New lengths fill them for hours, about 5 MB in 120 batches (``tests/test_caches.py``)."""

Logits = NDArray[np.float64]


def run(rows: "Sequence[Sequence[int]]", claim_tokens: "Sequence[int]") -> Logits:
    """Logits of shape (rows, 3) for rows of token numbers, the first ``claim_tokens`` of each being the claim's side.

    Raises ModelFailed when the weights are missing or damaged.
    """
    width = -(-max(map(len, rows)) // STRIDE) * STRIDE
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for row, tokens in enumerate(rows):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
        types[row, claim_tokens[row] : len(tokens)] = 1
    found = _request().infer({"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
    return np.asarray(next(iter(found.values())), dtype=np.float64)


def _openvino() -> Any:  # noqa: ANN401 - the runtime has no types
    """The runtime without its telemetry, which reports to its makers unless the package that does so is missing."""
    os.environ.setdefault(KERNELS, str(SHAPES_KEPT))  # read when it computes for the first time
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


@cache
def precision() -> str:
    """``bf16`` or ``f32``: what this machine computes in."""
    capabilities = _openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in capabilities else "f32"


def _threads() -> int:
    """As many as there are cores for this process, but no more than OMP_NUM_THREADS says."""
    cores = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 4)
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(asked)) if asked.isdecimal() and int(asked) > 0 else cores


@cache
def _request() -> Any:  # noqa: ANN401 - the runtime has no types
    path = WEIGHTS / MODEL
    settings = {
        "INFERENCE_NUM_THREADS": _threads(),
        "ENABLE_CPU_PINNING": False,  # or the workers of a batch, a thread each, all sit on the first core
        "INFERENCE_PRECISION_HINT": precision(),
        "PERFORMANCE_HINT": "LATENCY",
        "CPU_RUNTIME_CACHE_CAPACITY": SHAPES_KEPT,
    }
    try:
        changed = altered(WEIGHTS)
    except (OSError, ValueError) as exc:
        raise ModelFailed(f"cannot load {path}: install the package again ({exc})") from exc
    if changed is not None:  # a model with other numbers would judge all the same, and wrongly
        raise ModelFailed(f"{WEIGHTS / changed} is not as it was shipped: install the package again")
    try:
        return _openvino().Core().compile_model(str(path), "CPU", settings).create_infer_request()
    except Exception as exc:
        reason = (str(exc).strip().splitlines() or [type(exc).__name__])[-1][:200]
        raise ModelFailed(f"cannot load {path}: install the package again ({reason})") from exc
