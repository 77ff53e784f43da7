"""Judges on a Ray cluster: actors that load the models once, on this machine or on many.

Ray is an extra (``pip install 'factcheck-assistant[ray]'``). Without an address a cluster is begun on this machine and
ended with the run; with one, every machine of it needs this package, and the store at the same path (a copy that
nobody writes will do) or on a server. An actor that is lost is replaced, and what it was at is given out again.
"""

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from factcheck.batch.engine import Done, Work, judged, lost
from factcheck.errors import FactcheckError, ModelFailed, UsageError
from factcheck.settings import Settings
from factcheck.types import Claim, Verdict

if TYPE_CHECKING:
    from factcheck.checker import Checker

T = TypeVar("T")
AHEAD = 2
"""Chunks given out for each actor: one at work, one waiting."""
TRIES = 2
"""How often a chunk is given out before its claims are judged one by one."""


class Judge:
    """What an actor is: a checker, loaded once."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; the store is opened with the first chunk, whose answer can say what is wrong with it."""
        self._settings = settings
        self._checker: Checker | None = None

    def judge(self, claims: Sequence[Claim]) -> list[Verdict]:
        """The verdicts of a chunk, as ``judged`` gives them."""
        if self._checker is None:
            from factcheck.build import build_checker

            self._checker = build_checker(self._settings, create=False)
        return judged(claims, self._checker.verify)

    def process(self) -> int:
        """Number of the actor's process."""
        return os.getpid()


@dataclass
class _Out(Generic[T]):
    """A chunk that was given out."""

    work: Work[T]
    place: int
    """Which actor has it."""
    coming: Any
    """Ray's reference to the verdicts."""
    tries: int = 1


class OnRay:
    """Judges in ``count`` actors, which open the store by ``settings``."""

    def __init__(self, settings: Settings, count: int, *, address: str | None = None) -> None:
        """Begin the actors, on the cluster at ``address`` or on one of their own.

        Raises UsageError when Ray is not installed, ModelFailed when the cluster cannot be reached.
        """
        self._ray = _ray()
        self._settings = settings
        self._own = not self._ray.is_initialized()
        if self._own:
            _begin(self._ray, count, address)
        self._class = self._ray.remote(num_cpus=1, max_restarts=0)(Judge)
        self._actors = [self._class.remote(settings) for _ in range(count)]

    def judge(self, work: Iterable[Work[T]]) -> Iterator[Done[T]]:
        """The verdicts of each chunk, in order, a few chunks ahead of what is asked for."""
        out: deque[_Out[T]] = deque()
        coming = iter(work)
        while True:
            while len(out) < AHEAD * len(self._actors) and (one := next(coming, None)) is not None:
                place = min(range(len(self._actors)), key=lambda actor: sum(given.place == actor for given in out))
                out.append(_Out(one, place, self._give(place, one.claims)))
            if not out:
                return
            verdicts = self._result(out)
            yield Done(verdicts, out.popleft().work.about)

    def processes(self) -> list[int]:
        """Numbers of the actors' processes, once they have begun."""
        numbers: list[int] = self._ray.get([actor.process.remote() for actor in self._actors])
        return numbers

    def close(self) -> None:
        """End the actors, and the cluster if it was begun here."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._actors = []
        if self._own:
            self._ray.shutdown()

    def _give(self, place: int, claims: Sequence[Claim]) -> Any:  # noqa: ANN401 - Ray's reference is untyped
        return self._actors[place].judge.remote(claims)

    def _result(self, out: "deque[_Out[T]]") -> list[Verdict]:
        """The verdicts of the first chunk, given out again when its actor was lost."""
        first = out[0]
        while True:
            try:
                return self._got(first.coming)
            except self._ray.exceptions.RayActorError:
                first.tries += 1
                self._replace(first.place, out)
                if first.tries > TRIES:
                    return self._one_by_one(first, out)

    def _got(self, coming: Any) -> list[Verdict]:  # noqa: ANN401
        try:
            verdicts: list[Verdict] = self._ray.get(coming)
        except self._ray.exceptions.RayTaskError as exc:
            if isinstance(exc.cause, FactcheckError | MemoryError):
                raise exc.cause from None
            raise ModelFailed(f"a Ray worker failed: {str(exc.cause).splitlines()[0][:300]}") from exc
        return verdicts

    def _replace(self, place: int, out: "Iterable[_Out[T]]") -> None:
        """Begin another actor in place of a lost one, and give it what that one was to do."""
        self._actors[place] = self._class.remote(self._settings)
        for one in out:
            if one.place == place and not self._is_done(one.coming):
                one.coming = self._give(place, one.work.claims)

    def _is_done(self, coming: Any) -> bool:  # noqa: ANN401
        ready, _ = self._ray.wait([coming], timeout=0)
        try:
            return bool(ready) and self._ray.get(coming) is not None
        except self._ray.exceptions.RayActorError:
            return False
        except self._ray.exceptions.RayTaskError:
            return True  # told when it is this chunk's turn

    def _one_by_one(self, first: _Out[T], out: "deque[_Out[T]]") -> list[Verdict]:
        """The verdicts of a chunk that ends its actor: the claim that does it is told as a failure.

        Raises ModelFailed when every claim does: then it is not the claims.
        """
        others = [one for one in out if one is not first]
        verdicts, reason = [], ""
        for claim in first.work.claims:
            try:
                verdicts += self._got(self._give(first.place, [claim]))
            except self._ray.exceptions.RayActorError as exc:
                reason = " ".join(str(exc).split())[:300]
                verdicts.append(lost(claim))
                self._replace(first.place, others)
        if all(verdict.error is not None and verdict.error.error == "WorkerLost" for verdict in verdicts):
            raise ModelFailed(f"Ray workers end as soon as they begin to judge; look for free memory there: {reason}")
        return verdicts


def _ray() -> Any:  # noqa: ANN401 - untyped at the edge
    # read when Ray is imported: nothing is reported to its makers, and it is not said how to have that
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as exc:
        raise UsageError("--engine ray needs Ray: pip install 'factcheck-assistant[ray]'") from exc
    logging.getLogger("ray").setLevel(logging.ERROR)  # it tells at length how it is set up
    return ray


def _begin(ray: Any, count: int, address: str | None) -> None:  # noqa: ANN401
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error", "configure_logging": False}
    if address is None:
        # the workers are to run this code, wherever it was begun from
        here = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        options |= {"num_cpus": count, "include_dashboard": False, "runtime_env": {"env_vars": {"PYTHONPATH": here}}}
        options["address"] = "local"
    else:
        options["address"] = address
    try:
        ray.init(**options)
    except Exception as exc:  # Ray lets errors of grpc, of its own and plain ones through
        reason = (str(exc).strip().splitlines() or [type(exc).__name__])[0][:200]
        raise ModelFailed(f"no Ray cluster at {address or 'this machine'}: {reason}") from exc
