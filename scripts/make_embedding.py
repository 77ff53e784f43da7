"""Make the embedding model that ships in ``vectorstore/weights`` from the float weights of all-MiniLM-L6-v2.

usage: python scripts/make_embedding.py BASE_DIR OUT_DIR --sentences FILE [--compare]

BASE_DIR holds ``model.safetensors``, ``config.json`` and ``tokenizer.json``; OUT_DIR receives ``model.onnx``,
``tokenizer.json`` and ``MODEL_CARD.md``. FILE has one sentence a line, at least a few hundred of the kind of
text the model will meet. Needs torch, transformers, onnx and onnxruntime (the training environment).

The network and the mean pooling go into one graph. Its matrices become int8 with one scale per block of 64
weights, and the runtime quantises activations to int8 row by row in the same blocks. That makes a sentence's
vector independent of the batch it is embedded in; the usual dynamic quantisation has one scale for a whole
batch, so that a neighbour changes the vector (``--compare`` shows how much). The word table is int8 with one
scale a row. Exits with 1 when the mean cosine against the float model is below 0.99.
"""

import argparse
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from tokenizers import Tokenizer
from transformers import BertModel

from vectorstore.sums import record

MAX_TOKENS = 256
BLOCK = 64
LEAST_COSINE = 0.99
MODEL_NAME, TOKENIZER_NAME, CARD_NAME = "model.onnx", "tokenizer.json", "MODEL_CARD.md"
INT8_ACTIVATIONS = 4  # the runtime's name for this accuracy level

CARD = """# all-MiniLM-L6-v2, int8

Sentence embeddings of 384 numbers, unit length; texts of up to {tokens} tokens, English best.

- **Source**: sentence-transformers/all-MiniLM-L6-v2 (22.7 M parameters), itself trained from
  nreimers/MiniLM-L6-H384-uncased (Microsoft MiniLM). Licence of both: Apache-2.0.
- **Changed**: mean pooling and normalisation are in the graph; positions beyond {tokens} are cut off;
  matrices are int8 in blocks of {block} weights, activations are quantised row by row at run time, the word
  table is int8 with a scale a row, layer norms and biases stay float32. No training.
- **Made by**: `scripts/make_embedding.py`
- **Measured** against the float model on {count} sentences: cosine mean {mean:.5f}, least {least:.5f}; the
  same sentence alone and in a batch of 16 differs by at most {drift:.1e} in any of the 384 numbers.
- **Size**: {size:.1f} MB with the tokenizer.
"""


class PooledEncoder(torch.nn.Module):
    """Token ids and mask in, one unit vector a row out."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
        embeddings = self.bert.embeddings
        kept = embeddings.position_embeddings.weight[:MAX_TOKENS].detach().clone()
        embeddings.position_embeddings = torch.nn.Embedding.from_pretrained(kept)
        embeddings.position_ids = embeddings.position_ids[:, :MAX_TOKENS]

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Mean of the token vectors that are not padding, normalised."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


@dataclass(frozen=True)
class Measure:
    """How close a quantised model is to the float one."""

    mean: float
    least: float
    drift: float
    """Largest difference of any component between a sentence alone and in a batch."""


def export_float(base: Path, target: Path) -> None:
    """Write the float graph with free batch and length."""
    example = torch.ones(2, 9, dtype=torch.long)
    free = {"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of every shape it reads
        torch.onnx.export(
            PooledEncoder(base).eval(), (example, example), str(target), opset_version=17, dynamo=False,
            input_names=list(free), output_names=["embedding"],
            dynamic_axes={**free, "embedding": {0: "batch"}},
        )  # fmt: skip


def quantise_in_blocks(source: Path, target: Path, *, block: int = BLOCK) -> None:
    """Make matrices int8 with a scale per block of weights, activations int8 per row, the word table int8."""
    config = DefaultWeightOnlyQuantConfig(
        block_size=block,
        is_symmetric=True,
        accuracy_level=INT8_ACTIVATIONS,
        bits=8,
        op_types_to_quantize=("MatMul",),
    )
    quantiser = MatMulNBitsQuantizer(
        onnx.load(source), bits=8, block_size=block, is_symmetric=True,
        accuracy_level=INT8_ACTIVATIONS, algo_config=config,
    )  # fmt: skip
    quantiser.process()
    model = quantiser.model.model
    quantise_word_table(model.graph)
    onnx.save(model, target)


def quantise_word_table(graph: onnx.GraphProto) -> None:
    """Replace the largest lookup table by int8 rows and a scale for each."""
    table = max(graph.initializer, key=lambda item: item.dims[0] if len(item.dims) == 2 else 0)
    values = numpy_helper.to_array(table)
    scales = (np.abs(values).max(axis=1, keepdims=True) / 127).astype(np.float32)
    at, lookup = next((i, n) for i, n in enumerate(graph.node) if n.op_type == "Gather" and n.input[0] == table.name)
    ids, out = lookup.input[1], lookup.output[0]
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(np.round(values / scales).astype(np.int8), "words_int8"))
    graph.initializer.append(numpy_helper.from_array(scales, "words_scale"))
    graph.node.remove(lookup)
    replacement = [
        helper.make_node("Gather", ["words_int8", ids], ["words_found"]),
        helper.make_node("Cast", ["words_found"], ["words_float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", ["words_scale", ids], ["words_found_scale"]),
        helper.make_node("Mul", ["words_float", "words_found_scale"], [out]),
    ]
    for offset, node in enumerate(replacement):
        graph.node.insert(at + offset, node)


def quantise_whole(source: Path, target: Path, *, per_channel: bool, reduce_range: bool) -> None:
    """Quantise in the usual dynamic way, for comparison: one activation scale for a whole batch."""
    quantize_dynamic(
        source, target, per_channel=per_channel, reduce_range=reduce_range, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


RIVALS: dict[str, Callable[[Path, Path], None]] = {
    "blocks of 32": partial(quantise_in_blocks, block=32),
    "blocks of 128": partial(quantise_in_blocks, block=128),
    "dynamic, per tensor": partial(quantise_whole, per_channel=False, reduce_range=False),
    "dynamic, per tensor, 7 bit": partial(quantise_whole, per_channel=False, reduce_range=True),
    "dynamic, per channel": partial(quantise_whole, per_channel=True, reduce_range=False),
    "dynamic, per channel, 7 bit": partial(quantise_whole, per_channel=True, reduce_range=True),
}


def embed(model: Path, token_ids: Sequence[Sequence[int]], *, batch: int) -> np.ndarray:
    """Vectors of token rows, in their order, run in batches of about equal length."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    order = sorted(range(len(token_ids)), key=lambda row: len(token_ids[row]))
    vectors = np.zeros((len(token_ids), 384), dtype=np.float32)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        width = max(len(token_ids[row]) for row in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(token_ids[row])] = token_ids[row]
            mask[at, : len(token_ids[row])] = 1
        vectors[rows] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return vectors


def measure(model: Path, reference: np.ndarray, token_ids: Sequence[Sequence[int]]) -> Measure:
    """Cosine of the model's vectors with ``reference`` (both unit length), and how a batch changes them."""
    alone, together = embed(model, token_ids, batch=1), embed(model, token_ids, batch=16)
    cosines = np.minimum((alone * reference).sum(axis=1), (together * reference).sum(axis=1))
    return Measure(float(cosines.mean()), float(cosines.min()), float(np.abs(alone - together).max()))


def report(name: str, path: Path, result: Measure) -> None:
    """One line on standard output."""
    size = path.stat().st_size / 1e6
    sys.stdout.write(
        f"{name:28} {size:5.1f} MB  cosine mean {result.mean:.5f} least {result.least:.5f}"
        f"  alone against in a batch {result.drift:.1e}\n"
    )


def write_tokenizer(base: Path, out: Path) -> Tokenizer:
    """Write the tokenizer without its fixed padding and cutting: that is for the program to decide."""
    tokenizer = Tokenizer.from_file(str(base / TOKENIZER_NAME))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(out / TOKENIZER_NAME), pretty=False)
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def main() -> int:
    """Make the files, measure them, and say so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sentences", type=Path, required=True, help="text file, one sentence a line")
    parser.add_argument("--compare", action="store_true", help="also measure other ways to quantise")
    given = parser.parse_args()
    logging.disable(logging.WARNING)  # the quantiser logs every node
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = write_tokenizer(given.base, given.out)
    sentences = [line for line in given.sentences.read_text(encoding="utf-8").splitlines() if line.strip()]
    token_ids = [encoded.ids for encoded in tokenizer.encode_batch(sentences)]
    model = given.out / MODEL_NAME
    with tempfile.TemporaryDirectory() as folder:
        float_model = Path(folder) / "float.onnx"
        export_float(given.base, float_model)
        reference = embed(float_model, token_ids, batch=16)
        quantise_in_blocks(float_model, model)
        result = measure(model, reference, token_ids)
        report(f"blocks of {BLOCK} (written)", model, result)
        for name, quantise in RIVALS.items() if given.compare else ():
            rival = Path(folder) / "rival.onnx"
            quantise(float_model, rival)
            report(name, rival, measure(rival, reference, token_ids))
    size = sum((given.out / name).stat().st_size for name in (MODEL_NAME, TOKENIZER_NAME)) / 1e6
    card = CARD.format(
        tokens=MAX_TOKENS, block=BLOCK, count=len(sentences), size=size,
        mean=result.mean, least=result.least, drift=result.drift,
    )  # fmt: skip
    (given.out / CARD_NAME).write_text(card, encoding="utf-8")
    record(given.out)
    return 0 if result.mean >= LEAST_COSINE else 1


if __name__ == "__main__":
    sys.exit(main())
