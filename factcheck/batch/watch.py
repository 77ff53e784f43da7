"""Kept verdicts judged again when documents arrive, change or go; what flipped is told with both verdicts."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from factcheck.batch.cache import open_cache
from factcheck.batch.engine import Work
from factcheck.batch.job import Job
from factcheck.batch.remembered import OnFlip, Remembered
from factcheck.batch.run import CHUNK
from factcheck.batch.touched import renew
from factcheck.build import open_documents
from factcheck.errors import StoreFailed
from factcheck.settings import Settings
from factcheck.types import Claim, Frozen

WORTH_A_PROCESS = 4 * CHUNK
"""Verdicts to judge again for which another process is begun."""


class Watched(Frozen):
    """What became of the kept verdicts."""

    new: int
    """Documents that were added or have another text since the last time."""
    gone: int
    """Documents that were removed or have another text."""
    kept: int
    """Verdicts there are."""
    judged: int
    """Of them, those that the change could reach, judged again."""


def judge_again(settings: Settings, *, workers: int = 1, on_flip: OnFlip) -> Watched:
    """Judge the kept verdicts again that documents can have changed since; ``on_flip`` is told those that did.

    Stopped in the middle, the next call goes on. Raises StoreFailed when there is no store or nothing can be kept.
    """
    cache = open_cache(settings)
    if cache is None:
        raise StoreFailed(f"{settings.store}: verdicts cannot be kept there; see that the folder can be written to")
    with closing(cache):
        with open_documents(settings, create=False) as documents:
            changes = renew(cache, documents)
        claims = (kept.claim for _, kept in cache.stale())
        first = next(claims, None)
        judged = 0
        if first is not None:
            # a process more is only worth what it takes to begin it when there is enough for all
            enough = min(workers, 1 + cache.stale_count() // WORTH_A_PROCESS)
            with closing(Job("", settings, workers=enough).judging()) as engine:
                for done in Remembered(engine, cache, on_flip=on_flip).judge(_chunks(first, claims)):
                    judged += len(done.verdicts)
        return Watched(new=len(changes.new), gone=len(changes.gone), kept=len(cache), judged=judged)


def _chunks(first: Claim, others: Iterator[Claim]) -> Iterator[Work[None]]:
    chunk = [first, *islice(others, CHUNK - 1)]
    while chunk:
        yield Work(chunk, None)
        chunk = list(islice(others, CHUNK))
