"""The training loop: bf16 on CPU or GPU, layer-wise rates, warm-up and linear decay, checkpoints that survive a kill.

A checkpoint holds weights, optimizer, step and random state, and the digests of the piles of its stage; the order of
the data follows from the seed, so a resumed run is the run that was stopped.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .batches import CURRICULUM, Stage, bucket_batches, draw, stage_at, total_steps
from .model import Tokens, Verifier, collate, load_tokenizer, tokenize
from .pairs import LABELS, Pair, file_sha256, read_pairs

__all__ = ["RunOptions", "parameter_groups", "rate_factor", "train"]

log = logging.getLogger(__name__)

LAST = "last.pt"
REPORT_EVERY = 50


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What one run is made of."""

    base: Path
    """Folder of the pretrained encoder."""
    data: Path
    """Folder of the piles, ``<pile>.jsonl.gz``."""
    out: Path
    """Folder for checkpoints and the log."""
    stages: tuple[Stage, ...] = CURRICULUM
    """The curriculum; its steps are the length of the run."""
    start: Path | None = None
    """A checkpoint, or a shipped ``.onnx``, whose weights a new run starts from; ``None`` starts from ``base``. Ignored
    when resuming."""
    seed: int = 1
    """Seeds data order, dropout and the head."""
    batch: int = 32
    """Pairs per step."""
    max_tokens: int = 192
    """Longer pairs lose the end of their longer side."""
    rate: float = 1.5e-4
    """Peak learning rate of the encoder's last layer."""
    head_rate: float = 5e-4
    """Peak learning rate of the head."""
    layer_decay: float = 0.9
    """Each layer further down learns at this fraction of the one above."""
    warmup: int = 400
    """Steps of linear warm-up."""
    save_seconds: float = 240.0
    """Time between checkpoints."""


@dataclass(slots=True)
class _StageData:
    """The batches of one stage, ready to be run."""

    index: int
    tokens: list[Tokens]
    labels: list[int]
    sources: list[str]
    batches: list[list[int]]
    digests: dict[str, str]


def rate_factor(step: int, *, warmup: int, total: int) -> float:
    """Return the share of the peak rate at ``step``: linear up over ``warmup`` steps, then linear down to 0."""
    if step < warmup:
        return (step + 1) / warmup
    return max(0.0, (total - step) / max(1, total - warmup))


def parameter_groups(model: Verifier, options: RunOptions) -> list[dict[str, Any]]:
    """Return optimizer groups with layer-wise peak rates; the word embeddings are frozen and left out.

    Freezing them saves a tenth of a CPU step and half of the optimizer's memory.
    """
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
    layers = list(model.encoder.encoder.layer)
    rates: list[tuple[float, nn.Module]] = [(options.head_rate, nn.ModuleList([model.mix, model.out]))]
    for depth, layer in enumerate(reversed(layers)):
        rates.append((options.rate * options.layer_decay**depth, layer))
    rates.append((options.rate * options.layer_decay ** len(layers), model.encoder.embeddings))
    groups = []
    for rate, module in rates:
        for decays in (True, False):
            chosen = [p for p in module.parameters() if p.requires_grad and (p.ndim > 1) == decays]
            if chosen:
                groups.append({"params": chosen, "peak": rate, "lr": 0.0, "weight_decay": 0.01 if decays else 0.0})
    return groups


def _load_stage(options: RunOptions, index: int) -> _StageData:
    stage = options.stages[index]
    tokenizer = load_tokenizer(options.base, max_tokens=options.max_tokens)
    piles = {}
    digests = {}
    for pile, _ in stage.mixture:
        path = options.data / f"{pile}.jsonl.gz"
        piles[pile] = read_pairs(path)
        digests[pile] = file_sha256(path)
    sizes = {pile: len(rows) for pile, rows in piles.items()}
    start: dict[str, int] = {}
    rows: list[Pair] = []
    for pile, found in piles.items():
        start[pile] = len(rows)
        rows.extend(found)
    tokens = tokenize(tokenizer, [(row.claim, row.evidence) for row in rows])
    chosen = [
        start[pile] + row for pile, row in draw(sizes, stage, pairs=stage.steps * options.batch, seed=options.seed)
    ]
    cut = bucket_batches([len(tokens[i].ids) for i in chosen], batch=options.batch, seed=f"{options.seed}:{index}")
    batches = [[chosen[i] for i in batch] for batch in cut]
    labels = [LABELS.index(row.label) for row in rows]
    log.info("stage %s: piles %s, %d batches", stage.name, sizes, len(batches))
    return _StageData(index, tokens, labels, [row.source for row in rows], batches, digests)


class _Progress:
    """Running loss and accuracy per source, written as one JSON line now and then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.start = time.monotonic()
        self.loss = 0.0
        self.steps = 0
        self.pairs = 0
        self.tokens = 0
        self.right: dict[str, list[int]] = {}

    def add(self, loss: float, sources: list[str], right: list[bool], tokens: int) -> None:
        self.loss += loss
        self.steps += 1
        self.pairs += len(sources)
        self.tokens += tokens
        for source, hit in zip(sources, right, strict=True):
            counts = self.right.setdefault(source, [0, 0])
            counts[0] += hit
            counts[1] += 1

    def write(self, step: int, total: int, stage: str) -> None:
        seconds = time.monotonic() - self.start
        rate = self.pairs / seconds
        line = {
            "step": step,
            "stage": stage,
            "loss": round(self.loss / self.steps, 4),
            "pairs_per_s": round(rate, 1),
            "tokens_per_pair": round(self.tokens / self.pairs, 1),
            "eta_min": round((total - step) * (self.pairs / self.steps) / rate / 60, 1),
            "accuracy": {name: round(hit / seen, 3) for name, (hit, seen) in sorted(self.right.items())},
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self.__init__(self.path)  # type: ignore[misc]


def _save(path: Path, state: dict[str, Any]) -> None:
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _weights(path: Path, base: Path) -> dict[str, Any]:
    """Return the parameters in a checkpoint, or in a file that ships (``.onnx``)."""
    if path.suffix == ".onnx":
        from .shipped import load_shipped

        return dict(load_shipped(base, path).state_dict())
    return dict(torch.load(path, map_location="cpu", weights_only=True)["model"])


class _Run:
    """One model under training, with all that a checkpoint must hold."""

    def __init__(self, options: RunOptions) -> None:
        self.options = options
        self.step = 0
        self.digests: dict[str, str] = {}
        self.total = total_steps(options.stages)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(options.seed)
        self.model = Verifier(options.base).to(self.device).train()
        self.optimizer = torch.optim.AdamW(parameter_groups(self.model, options), betas=(0.9, 0.98), fused=True)

    def state(self) -> dict[str, Any]:
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "random": torch.get_rng_state(),
            "digests": self.digests,
            "plan": [[stage.name, stage.steps, list(map(list, stage.mixture))] for stage in self.options.stages],
            "seed": self.options.seed,
            "batch": self.options.batch,
        }

    def save(self, name: str) -> None:
        _save(self.options.out / name, self.state())

    def resume(self) -> None:
        path = self.options.out / LAST
        if not path.exists():
            if self.options.start is not None:
                self.model.load_state_dict(_weights(self.options.start, self.options.base))
            return
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.step = state["step"]
        self.digests = state["digests"]
        log.info("resumed at step %d", self.step)

    def load_stage(self, index: int, place: int) -> _StageData:
        data = _load_stage(self.options, index)
        if place and data.digests != self.digests:
            raise RuntimeError(f"the piles of stage {index} have changed since this stage began; the order is lost")
        self.digests = data.digests
        return data

    def one_step(self, data: _StageData, batch: list[int]) -> tuple[float, list[bool]]:
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate_factor(self.step, warmup=self.options.warmup, total=self.total)
        inputs = collate([data.tokens[i] for i in batch])
        wanted = torch.tensor([data.labels[i] for i in batch], device=self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            logits = self.model(*(t.to(self.device) for t in (inputs.ids, inputs.mask, inputs.types)))
        loss = nn.functional.cross_entropy(logits.float(), wanted)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        return loss.item(), (logits.argmax(-1) == wanted).tolist()


def train(options: RunOptions, *, until: int | None = None) -> Path:
    """Train from the last checkpoint in ``options.out``, or from the base, to the end or to step ``until``.

    Returns the path of the last checkpoint. SIGTERM saves and stops; a killed run loses at most ``save_seconds``.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    run = _Run(options)
    run.resume()
    stopping: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    end = run.total if until is None else min(until, run.total)
    progress = _Progress(options.out / "log.jsonl")
    data: _StageData | None = None
    saved = time.monotonic()
    while run.step < end and not stopping:
        index, place = stage_at(options.stages, run.step)
        if data is None or data.index != index:
            if data is not None:
                run.save(f"after-{options.stages[data.index].name}.pt")
            data = run.load_stage(index, place)
        batch = data.batches[place]
        loss, right = run.one_step(data, batch)
        progress.add(loss, [data.sources[i] for i in batch], right, sum(len(data.tokens[i].ids) for i in batch))
        if run.step % REPORT_EVERY == 0:
            progress.write(run.step, run.total, options.stages[index].name)
        if time.monotonic() - saved > options.save_seconds:
            run.save(LAST)
            saved = time.monotonic()
    run.save(LAST)
    signal.signal(signal.SIGTERM, before)
    return options.out / LAST
