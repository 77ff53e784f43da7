"""Puts the piles together: what the curriculum draws from, and the held-out contrastive sets.

Reads the shared data folder, writes ``<pile>.jsonl.gz`` files; the same seed gives the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from .compose import compose
from .contrast import contrast
from .frames import FRAMES
from .frames_held import DEV_FRAMES, HELD_SCENES, TEST_FRAMES
from .neighbours import hard_nei
from .pairs import Pair, write_pairs
from .passages import surround
from .public import claims_kept_out, read_public
from .scenes import stage_scenes
from .split import of_side

__all__ = ["contrast_pile", "facts_pile", "held_out", "make_data"]

log = logging.getLogger(__name__)

NEI_SHARE = 0.22
"""Hard nei pairs made, as a share of the public fact rows: brings nei to about a third."""
AROUND_SHARE = 0.25
"""Share of rows that come back once more among other sentences."""
EXCHANGED_SETS = frozenset({"vitaminc_real", "vitaminc_synthetic", "fever_sr"})
"""Sets whose claims are plain enough for exchanges."""
SCENES_MADE = 9000
"""Generated passages of the training pile; about four pairs each."""


def facts_pile(rows: Sequence[Pair], *, seed: int) -> list[Pair]:
    """Return public fact rows, hard nei pairs made from them, and a share of both among other sentences."""
    decided = [row for row in rows if row.label != "nei" and row.source != "covidfact"]
    nei = hard_nei(decided, count=round(NEI_SHARE * len(rows)), seed=seed)
    plain = [*rows, *nei]
    return [*plain, *surround(plain, share=AROUND_SHARE, seed=seed)]


def _exchangeable(rows: Sequence[Pair]) -> list[Pair]:
    return [row for row in rows if row.source in EXCHANGED_SETS]


def contrast_pile(rows: Sequence[Pair], *, seed: int, scenes: int = SCENES_MADE) -> list[Pair]:
    """Return contrastive training pairs: exchanges in the public ``rows`` and generated passages."""
    real = contrast(_exchangeable(rows), seed=seed)
    made = compose(FRAMES, scenes=scenes, side="train", seed=seed)
    return [
        *real,
        *surround(real, share=AROUND_SHARE, seed=seed),
        *made,
        *stage_scenes(scenes=scenes // 3, side="train", seed=seed),
    ]


def held_out(rows: Sequence[Pair], side: str, *, seed: int) -> list[Pair]:
    """Return the contrastive set of ``side`` (``dev`` or ``test``): its own pages, names and sentence frames."""
    frames = DEV_FRAMES if side == "dev" else TEST_FRAMES
    scenes = HELD_SCENES[:1] if side == "dev" else HELD_SCENES[1:]
    made = compose(frames, scenes=250, side=side, seed=seed)
    return [
        *contrast(_exchangeable(rows), seed=seed),
        *made,
        *stage_scenes(scenes=80, side=side, seed=seed, kinds=scenes, claims=9),
    ]


def make_data(shared: Path, out: Path, *, seed: int, only: str | None = None) -> None:
    """Write the piles made from ``shared``/train to ``out``; ``only`` names one pile to write alone."""
    kept_out = claims_kept_out(shared / "dev")
    if only in (None, "nli"):
        pairs = of_side(read_public(shared / "train", part="nli", kept_out=kept_out), "train")
        log.info("nli: %d pairs", write_pairs(out / "nli.jsonl.gz", pairs))
    facts = read_public(shared / "train", part="facts", kept_out=kept_out)
    if only in (None, "facts"):
        pile = facts_pile(of_side(facts, "train"), seed=seed)
        log.info("facts: %d pairs", write_pairs(out / "facts.jsonl.gz", pile))
    if only in (None, "contrast"):
        pile = contrast_pile(of_side(facts, "train"), seed=seed)
        log.info("contrast: %d pairs", write_pairs(out / "contrast.jsonl.gz", pile))
        for side in ("dev", "test"):
            pile = held_out(of_side(facts, side), side, seed=seed)
            log.info("contrast_%s: %d pairs", side, write_pairs(out / f"contrast_{side}.jsonl.gz", pile))
