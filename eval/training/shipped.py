"""Takes the shipped file up again as a network: to go on training, or to run it beside what ships."""

from __future__ import annotations

from pathlib import Path

import torch

from .compress import read_small_weights
from .model import Verifier

__all__ = ["SHIPPED", "load_shipped"]

SHIPPED = Path(__file__).resolve().parents[2] / "factcheck" / "models" / "weights" / "verifier.onnx"


def load_shipped(base: Path, path: Path = SHIPPED) -> Verifier:
    """Return the network with the weights in ``path``; ``base`` gives its shape (``config.json``).

    Raises ValueError when the file lacks a parameter of the network.
    """
    model = Verifier(base)
    found = {name: torch.from_numpy(values.copy()) for name, values in read_small_weights(path).items()}
    wanted = dict(model.named_parameters())
    if lacking := sorted(set(wanted) - set(found)):
        raise ValueError(f"{path} lacks {len(lacking)} parameters, the first is {lacking[0]}")
    with torch.no_grad():
        for name, parameter in wanted.items():
            parameter.copy_(found[name])
    model.eval()
    return model
