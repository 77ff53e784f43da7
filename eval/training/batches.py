"""Decides which pairs are seen at which step: the curriculum, the draw from each pile, batches of like length.

Everything follows from the seed, so a run continues after a crash by knowing only its step.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["CURRICULUM", "Stage", "bucket_batches", "draw", "resized", "stage_at", "total_steps"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of training with one mixture of piles."""

    name: str
    """For logs and milestone checkpoints."""
    steps: int
    """Optimizer steps in this stage."""
    mixture: tuple[tuple[str, float], ...]
    """Pile name and its share of the pairs; shares add up to 1."""


CURRICULUM: tuple[Stage, ...] = (
    Stage("nli", 2000, (("nli", 1.0),)),
    Stage("facts", 1281, (("facts", 0.85), ("nli", 0.15))),
    Stage("all", 3219, (("contrast", 0.30), ("facts", 0.42), ("nli", 0.28))),
)


def resized(stages: Sequence[Stage], steps: Sequence[int]) -> tuple[Stage, ...]:
    """Return ``stages`` with other numbers of steps, one for each; a stage of 0 steps is passed over."""
    return tuple(replace(stage, steps=count) for stage, count in zip(stages, steps, strict=True))


def total_steps(stages: Sequence[Stage]) -> int:
    """Return the number of optimizer steps of the whole curriculum."""
    return sum(stage.steps for stage in stages)


def stage_at(stages: Sequence[Stage], step: int) -> tuple[int, int]:
    """Return the index of the stage that ``step`` (from 0) falls in, and the step's place inside that stage."""
    for index, stage in enumerate(stages):
        if step < stage.steps:
            return index, step
        step -= stage.steps
    raise ValueError(f"the curriculum has no step {step} after its end")


def draw(sizes: dict[str, int], stage: Stage, *, pairs: int, seed: int) -> list[tuple[str, int]]:
    """Return ``pairs`` entries (pile, row) in the stage's mixture; a pile is used up before any row of it returns.

    ``sizes`` gives the number of rows of each pile. The order is not yet shuffled across piles.
    """
    chosen: list[tuple[str, int]] = []
    for pile, share in stage.mixture:
        wanted = round(share * pairs)
        order: list[int] = []
        random_state = random.Random(f"{seed}:{stage.name}:{pile}")
        while len(order) < wanted:
            rows = list(range(sizes[pile]))
            random_state.shuffle(rows)
            order.extend(rows)
        chosen.extend((pile, row) for row in order[:wanted])
    return (chosen + chosen)[:pairs]


def bucket_batches(lengths: Sequence[int], *, batch: int, seed: str, pool: int = 60) -> list[list[int]]:
    """Return batches of indices into ``lengths`` (tokens), each batch of nearly equal lengths, in random order.

    Indices are shuffled, cut into pools of ``pool`` batches, sorted by length inside a pool, then the batches of the
    pool are shuffled. A last batch that is not full is dropped.
    """
    random_state = random.Random(seed)
    order = list(range(len(lengths)))
    random_state.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), batch * pool):
        near = sorted(order[start : start + batch * pool], key=lambda index: lengths[index])
        cut = [near[at : at + batch] for at in range(0, len(near), batch)]
        random_state.shuffle(cut)
        batches.extend(part for part in cut if len(part) == batch)
    return batches
