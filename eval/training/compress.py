"""Stores the big matrices of an ONNX model as int8 with one scale per column, and leaves the arithmetic in floats.

A quarter of the size at a hundredth of the noise of dynamic int8, whose activations lose more than the weights do;
a runtime that can (OpenVINO) keeps the small form, another unpacks it. Every stored number keeps the name of its
parameter, so that the file can be taken up again for more training (``shipped``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto, TensorProto

__all__ = ["INT8", "SCALE", "TURNED", "read_small_weights", "write_small_weights"]

SMALLEST = 10_000
"""Matrices with fewer numbers stay as they are."""
INT8, SCALE, TURNED = ".int8", ".scale", ".turned"
"""Ends of names: whole numbers, the scales they are multiplied by, a matrix stored with its axes exchanged."""


def _axis(model: ModelProto, name: str) -> int:
    """Return the axis along which a matrix gets its scales: rows of a table, columns of a product."""
    user = next(node for node in model.graph.node if name in node.input)
    by_row = user.op_type == "Gather" or any(a.name == "transB" and a.i == 1 for a in user.attribute)
    return 0 if by_row else 1


def _rename(model: ModelProto, parameters: Mapping[str, NDArray[np.float32]]) -> None:
    """Give every stored tensor the name of the parameter that has its numbers; the exporter makes up some names."""
    from onnx import numpy_helper

    known = {}
    for name, values in parameters.items():
        known[(values.shape, values.tobytes())] = name
        if values.ndim == 2:
            turned = np.ascontiguousarray(values.T)
            known.setdefault((turned.shape, turned.tobytes()), name + TURNED)
    for tensor in model.graph.initializer:
        values = np.ascontiguousarray(numpy_helper.to_array(tensor))
        name = known.get((values.shape, values.tobytes()), "") if values.dtype == np.float32 else ""
        if name in ("", tensor.name):
            continue
        for node in model.graph.node:
            for at, used in enumerate(node.input):
                if used == tensor.name:
                    node.input[at] = name
        tensor.name = name


def write_small_weights(plain: Path, path: Path, parameters: Mapping[str, NDArray[np.float32]]) -> None:
    """Write the model in ``plain`` to ``path`` with every large matrix as int8 and a step that unpacks it.

    ``parameters`` are the network's own, by name; those that share all their numbers may take each other's name.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(plain))
    _rename(model, parameters)
    kept: list[TensorProto] = []
    unpacking = []
    for tensor in model.graph.initializer:
        matrix = numpy_helper.to_array(tensor)
        if matrix.ndim != 2 or matrix.size < SMALLEST or matrix.dtype != np.float32:
            kept.append(tensor)
            continue
        axis = _axis(model, tensor.name)
        scale = np.maximum(np.abs(matrix).max(axis=1 - axis, keepdims=True) / 127.0, 1e-12).astype(np.float32)
        small = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        names = [tensor.name + INT8, tensor.name + SCALE]
        kept.append(numpy_helper.from_array(small, names[0]))
        kept.append(numpy_helper.from_array(scale.reshape(-1), names[1]))
        unpacking.append(helper.make_node("DequantizeLinear", names, [tensor.name], axis=axis))
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = [*unpacking, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def read_small_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return the parameters in a file that ``write_small_weights`` wrote, unpacked and turned back."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(path))
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    axes = {node.input[0]: node.attribute[0].i for node in model.graph.node if node.op_type == "DequantizeLinear"}
    found = {}
    for name, values in stored.items():
        if name.endswith(SCALE) or values.dtype not in (np.int8, np.float32):
            continue
        whole = name.removesuffix(INT8)
        if name.endswith(INT8):
            scale = stored[whole + SCALE]
            values = values.astype(np.float32) * (scale[:, None] if axes[name] == 0 else scale[None, :])
        found[whole.removesuffix(TURNED)] = values.T if whole.endswith(TURNED) else values
    return found
