"""Judges in several processes, each with a checker of its own. A process that dies costs its chunk's time, no row."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from factcheck.batch.engine import Done, Work, judged, lost
from factcheck.errors import ModelFailed
from factcheck.settings import Settings
from factcheck.types import Claim, Verdict

if TYPE_CHECKING:
    from factcheck.checker import Checker

T = TypeVar("T")
AHEAD = 2
"""Chunks given out for each process: one at work, one waiting."""
TRIES = 2
"""How often a chunk is given out before its claims are judged one by one."""

_checker: "Checker | None" = None
"""The checker of this process; None in the one that gives the work out."""


@dataclass
class _Out(Generic[T]):
    """A chunk that was given out."""

    work: Work[T]
    verdicts: "Future[list[Verdict]]"
    tries: int = 1


class Workers:
    """Judges in ``count`` processes, which open the store by ``settings``."""

    def __init__(self, settings: Settings, count: int) -> None:
        self._settings = settings
        self._count = count
        self._pool = self._new_pool()

    def judge(self, work: Iterable[Work[T]]) -> Iterator[Done[T]]:
        """The verdicts of each chunk, in order, a few chunks ahead of what is asked for."""
        out: deque[_Out[T]] = deque()
        coming = iter(work)
        while True:
            while len(out) < AHEAD * self._count and (one := next(coming, None)) is not None:
                out.append(_Out(one, self._give(one.claims, out)))
            if not out:
                return
            verdicts = self._result(out)
            yield Done(verdicts, out.popleft().work.about)

    def processes(self) -> list[int]:
        """Numbers of the processes that were begun."""
        return list(self._pool._processes or {})  # noqa: SLF001 - there is no public way to know them

    def close(self) -> None:
        """End the processes; what they are at is lost."""
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - there is no public way to end them
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._count,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(self._settings, max(1, (os.cpu_count() or 1) // self._count)),
        )

    def _give(self, claims: Sequence[Claim], out: "deque[_Out[T]]") -> "Future[list[Verdict]]":
        try:
            return self._pool.submit(_judge, claims)
        except BrokenProcessPool:
            self._renew(out)
            return self._pool.submit(_judge, claims)

    def _result(self, out: "deque[_Out[T]]") -> list[Verdict]:
        """The verdicts of the first chunk, given out again when a process was lost."""
        while True:
            first = out[0]
            try:
                return first.verdicts.result()
            except BrokenProcessPool:
                first.tries += 1
                if first.tries > TRIES:
                    return self._one_by_one(out)
                self._renew(out)

    def _renew(self, out: "deque[_Out[T]]") -> None:
        """Start new processes and give out again what the old ones had not finished."""
        self.close()
        self._pool = self._new_pool()
        for one in out:
            if not one.verdicts.done() or one.verdicts.exception() is not None:
                one.verdicts = self._pool.submit(_judge, one.work.claims)

    def _one_by_one(self, out: "deque[_Out[T]]") -> list[Verdict]:
        """The verdicts of a chunk that ends its process: the claim that does it is told as a failure.

        Raises ModelFailed when every claim does: then it is not the claims.
        """
        claims = out[0].work.claims
        verdicts = []
        for claim in claims:
            self.close()
            self._pool = self._new_pool()
            try:
                verdicts += self._pool.submit(_judge, [claim]).result()
            except BrokenProcessPool:
                verdicts.append(lost(claim))
        if all(verdict.error is not None and verdict.error.error == "WorkerLost" for verdict in verdicts):
            raise ModelFailed("processes end as soon as they begin to judge; try --workers 1, or look for free memory")
        out[0].verdicts = Future()
        out[0].verdicts.set_result(verdicts)
        self._renew(out)
        return verdicts


def _begin(settings: Settings, cores: int) -> None:
    global _checker
    os.environ.setdefault("OMP_NUM_THREADS", str(cores))  # the models share the cores with those of other processes
    from factcheck.build import build_checker

    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that gives the work out ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _checker = build_checker(settings, create=False)


def _end_with_parent() -> None:
    """End this process when the one that gives the work out is gone, however it ended."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _judge(claims: Sequence[Claim]) -> list[Verdict]:
    if _checker is None:
        raise RuntimeError("this process has no checker")
    return judged(claims, _checker.verify)
