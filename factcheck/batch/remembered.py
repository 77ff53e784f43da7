"""An engine that judges nothing twice: what the cache holds is taken from there, the rest goes on and is kept."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar

from factcheck.batch.cache import VerdictCache
from factcheck.batch.engine import Done, Engine, Work
from factcheck.batch.rows import key_of
from factcheck.evidence import query_of
from factcheck.types import Claim, Frozen, Label, Verdict
from vectorstore.search import query_vectors

T = TypeVar("T")


class Flip(Frozen):
    """A verdict that is another one now."""

    claim: str
    before: Verdict
    after: Verdict
    because: tuple[str, ...]
    """Documents that were found for the one and not for the other, or with another text."""

    @property
    def word(self) -> str:
        """From what to what."""
        return f"{_word(self.before.label)} -> {_word(self.after.label)}"

    @property
    def line(self) -> str:
        """Say it in one line."""
        names = ", ".join(self.because[:3]) + (", ..." if len(self.because) > 3 else "")
        return f"{self.word}: {self.claim} (by {names or 'nothing new'})"


OnFlip = Callable[[Flip], None]


class _Open(NamedTuple, Generic[T]):
    """A chunk of which only some claims go on."""

    verdicts: list[Verdict | None]
    claims: list[Claim]
    about: T


class Remembered:
    """Asks ``inner`` only for what ``cache`` does not hold."""

    def __init__(
        self, inner: Engine, cache: VerdictCache, *, on_flip: OnFlip = lambda _: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        """Wrap an engine; ``on_flip`` is told every verdict that is another one than the cache had.

        ``clock`` says when verdicts were given.
        """
        self._clock = clock
        self._inner = inner
        self._cache = cache
        self._on_flip = on_flip

    def judge(self, work: Iterable[Work[T]]) -> Iterator[Done[T]]:
        """The verdicts of each chunk, in order."""
        for done in self._inner.judge(map(self._open, work)):
            opened = done.about
            self._keep(opened.claims, done.verdicts)
            new = iter(done.verdicts)
            verdicts = [verdict if verdict is not None else next(new) for verdict in opened.verdicts]
            yield Done(verdicts, opened.about, taken=len(verdicts) - len(opened.claims))

    def close(self) -> None:
        """Let go of the engine and the cache."""
        self._inner.close()
        self._cache.close()

    def _open(self, work: Work[T]) -> Work[_Open[T]]:
        verdicts: list[Verdict | None] = []
        for claim in work.claims:
            kept = self._cache.get(key_of(claim))
            fresh = None if kept is None or kept.stale else kept.verdict
            verdicts.append(None if fresh is None else fresh.model_copy(update={"claim_id": claim.claim_id}))
        claims = [claim for claim, verdict in zip(work.claims, verdicts, strict=True) if verdict is None]
        return Work(claims, _Open(verdicts, claims, work.about))

    def _keep(self, claims: list[Claim], verdicts: Iterable[Verdict]) -> None:
        rows = [(key_of(claim), claim, verdict) for claim, verdict in zip(claims, verdicts, strict=True)]
        for key, _, verdict in rows:
            kept = self._cache.get(key)
            if kept is not None and verdict.label is not None and kept.verdict.label is not verdict.label:
                self._on_flip(flip_of(kept.verdict, verdict))
        # those that a search in this process has just made are not made again
        self._cache.put(rows, query_vectors([query_of(claim) for claim in claims]), at=self._clock())


def flip_of(before: Verdict, after: Verdict) -> Flip:
    """The flip from one verdict to another on the same claim."""
    old = before.receipt.documents if before.receipt else {}
    new = after.receipt.documents if after.receipt else {}
    changed = [doc_id for doc_id in {**new, **old} if old.get(doc_id) != new.get(doc_id)]
    cited = {piece.doc_id for piece in (*after.evidence, *before.evidence)}
    return Flip(
        claim=after.claim,
        before=before,
        after=after,
        because=tuple(sorted(changed, key=lambda doc_id: doc_id not in cited)),
    )


def _word(label: Label | None) -> str:
    return label.value if label else "not judged"
