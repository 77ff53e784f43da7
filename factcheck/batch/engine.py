"""Engines: chunks of claims in, their verdicts out in the same order. An engine may work ahead, never out of order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from factcheck.errors import FactcheckError, ModelFailed, StoreFailed
from factcheck.types import Claim, Failure, Verdict

T = TypeVar("T", covariant=True)
Verify = Callable[[Sequence[Claim]], list[Verdict]]
LOST: dict[str, type[FactcheckError]] = {
    "ModelFailed": ModelFailed, "StoreFailed": StoreFailed,
    "BudgetSpent": ModelFailed, "WrongKey": ModelFailed, "NoModel": ModelFailed,
}  # fmt: skip
"""Failures of a verdict that are not the claim's: the run stops, and can go on when they are mended."""


class Work(NamedTuple, Generic[T]):
    """A chunk to be judged, with what the caller wants back beside the verdicts."""

    claims: Sequence[Claim]
    about: T


class Done(NamedTuple, Generic[T]):
    """A judged chunk."""

    verdicts: Sequence[Verdict]
    about: T
    taken: int = 0
    """How many of the verdicts were given before and only looked up."""


class Engine(Protocol):
    """Judges chunks. A context manager."""

    def judge(self, work: Iterable[Work[T]]) -> Iterator[Done[T]]:
        """The verdicts of each chunk, in order; raises StoreFailed or ModelFailed when what it needs is lost."""
        ...

    def close(self) -> None:
        """Let go of processes and stores."""
        ...


class Here:
    """Judges in this process."""

    def __init__(self, verify: Verify, close: Callable[[], None] = lambda: None) -> None:
        self._verify = verify
        self._close = close

    def judge(self, work: Iterable[Work[T]]) -> Iterator[Done[T]]:
        """The verdicts of each chunk, when it is asked for."""
        for one in work:
            yield Done(judged(one.claims, self._verify), one.about)

    def close(self) -> None:
        """Let go of the checker."""
        self._close()


def lost(claim: Claim) -> Verdict:
    """The verdict of a claim that ends the process that judges it."""
    failure = Failure(stage="judge", error="WorkerLost", message="the process that judged it was ended")
    return Verdict.failed(claim, failure)


def judged(claims: Sequence[Claim], verify: Verify) -> list[Verdict]:
    """One verdict for each claim, whatever happens to one of them; raises StoreFailed, ModelFailed and MemoryError.

    When a chunk fails for a reason nobody foresaw, its claims are judged one by one, and the one it fails on is told
    as a failure.
    """
    if not claims:
        return []
    try:
        return _checked(claims, verify(claims))
    except (StoreFailed, ModelFailed, MemoryError):
        raise
    except Exception as exc:  # noqa: BLE001 - a row must come out whatever goes wrong with it
        if len(claims) == 1:
            failure = Failure(stage="judge", error=type(exc).__name__, message=_line(exc))
            return [Verdict.failed(claims[0], failure)]
    return [verdict for claim in claims for verdict in judged([claim], verify)]


def _checked(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> list[Verdict]:
    if len(verdicts) != len(claims):
        raise FactcheckError(f"{len(claims)} claims came back as {len(verdicts)} verdicts")
    for verdict in verdicts:
        if verdict.error is not None and verdict.error.error in LOST:
            raise LOST[verdict.error.error](verdict.error.message)
    return list(verdicts)


def _line(exc: Exception) -> str:
    return " ".join(str(exc).split())[:500] or type(exc).__name__
