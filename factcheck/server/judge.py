"""The checker on a thread of its own: its databases and models belong to the thread that opened them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import TypeVar

from factcheck.build import build_checker
from factcheck.chat.wording import wording_of
from factcheck.checker import Checker
from factcheck.settings import Settings

T = TypeVar("T")


class Judge:
    """Gives work to the one checker, a piece at a time, so that a question never waits for a whole text."""

    def __init__(self, settings: Settings) -> None:
        """Open the store and the models; raises StoreFailed or ModelFailed when that cannot be done."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._checker = self._pool.submit(build_checker, settings).result()
        self.wording = wording_of(settings, self._checker)
        """What puts answers into sentences; None without a language model."""

    def call(self, work: Callable[[Checker], T]) -> T:
        """What ``work`` returns when it is handed the checker; its errors come through."""
        return self._pool.submit(work, self._checker).result()

    def stream(self, work: Callable[[Checker], Iterator[T]]) -> Iterator[T]:
        """What ``work`` yields when it is handed the checker, piece by piece; its errors come through.

        When nobody takes the pieces any more, it ends at its next one.
        """
        pieces: SimpleQueue[tuple[T] | None] = SimpleQueue()
        left = Event()

        def run(checker: Checker) -> None:
            try:
                for piece in work(checker):
                    if left.is_set():
                        return
                    pieces.put((piece,))
            finally:
                pieces.put(None)

        running = self._pool.submit(run, self._checker)
        try:
            while (got := pieces.get()) is not None:
                yield got[0]
            running.result()
        finally:
            left.set()

    def close(self) -> None:
        """Finish what was begun and let go of the store."""
        self._pool.submit(self._checker.close).result()
        self._pool.shutdown()
