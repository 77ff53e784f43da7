"""How well a ranked list holds what is relevant. Pure."""

from collections.abc import Collection, Mapping, Sequence
from math import log2


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Return the share of the relevant among the first ``k``; None when nothing is relevant."""
    wanted = set(relevant)
    return len(wanted & set(ranked[:k])) / len(wanted) if wanted else None


def ndcg_at(ranked: Sequence[str], gains: Mapping[str, float], k: int) -> float | None:
    """Return the normalised discounted cumulative gain of the first ``k``; None when nothing has a gain.

    Linear gains over log2(rank + 1), as trec_eval has it (Järvelin and Kekäläinen 2002). An id that comes
    again counts once, at its first rank.
    """
    best = sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k]
    ideal = sum(gain / log2(rank + 1) for rank, gain in enumerate(best, 1))
    if not ideal:
        return None
    unique = list(dict.fromkeys(ranked))[:k]
    return sum(max(gains.get(one, 0.0), 0.0) / log2(rank + 1) for rank, one in enumerate(unique, 1)) / ideal
