"""The checker on a thread of its own: its databases and models belong to the thread that opened them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from factcheck.build import build_checker
from factcheck.checker import Checker
from factcheck.settings import Settings

T = TypeVar("T")


class Judge:
    """Gives work to the one checker, a piece at a time, so that a question never waits for a whole text."""

    def __init__(self, settings: Settings) -> None:
        """Open the store and the models; raises StoreFailed or ModelFailed when that cannot be done."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._checker = self._pool.submit(build_checker, settings).result()

    def call(self, work: Callable[[Checker], T]) -> T:
        """What ``work`` returns when it is handed the checker; its errors come through."""
        return self._pool.submit(work, self._checker).result()

    def close(self) -> None:
        """Finish what was begun and let go of the store."""
        self._pool.submit(self._checker.close).result()
        self._pool.shutdown()
