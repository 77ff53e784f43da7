"""What a run may spend on a language model, and what it has spent.

A question is let through only when the most it can cost still fits, so that the limit is never passed, however many
are asked at once.
"""

import re
import threading
from dataclasses import dataclass, replace

from factcheck.errors import LanguageModelFailed, UsageError

PER_MILLION = 1_000_000
_AMOUNT = re.compile(r"(?P<usd>\$)?(?P<number>\d+(?:\.\d+)?)(?P<scale>[kKmM])?")
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Prices:
    """What the server asks, in US dollars for a million tokens."""

    tokens_in: float
    tokens_out: float

    def usd(self, tokens_in: int, tokens_out: int) -> float:
        """The price of one answer."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / PER_MILLION


@dataclass(frozen=True)
class Usage:
    """What was asked and what it took."""

    calls: int = 0
    """Answers received from the server, usable or not."""
    cached: int = 0
    """Answers taken from the cache; they cost nothing."""
    failed: int = 0
    """Questions that ended without a usable answer."""
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = None
    """None when no prices are set."""

    @property
    def line(self) -> str:
        """For a person, in one line."""
        cost = f", ${self.usd:.4f}" if self.usd is not None else ""
        return (
            f"{self.calls} answers, {self.cached} from the cache, {self.failed} questions failed, "
            f"{self.tokens_in} tokens in, {self.tokens_out} out{cost}"
        )


def parse_budget(text: str) -> tuple[int | None, float | None]:
    """A limit as ``200k`` (tokens) or ``$2.50``: tokens and dollars, one of them None; raises UsageError."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"budget {text[:40]!r}: write tokens as 200000 or 200k, or dollars as $2.50")
    amount = float(found["number"]) * _SCALE[(found["scale"] or "").lower()]
    return (None, amount) if found["usd"] else (int(amount), None)


def parse_prices(text: str) -> Prices:
    """Prices as ``IN,OUT`` in dollars for a million tokens; raises UsageError."""
    try:
        tokens_in, tokens_out = (float(part) for part in text.split(","))
    except ValueError:
        tokens_in = tokens_out = -1.0
    if not (0 <= tokens_in < PER_MILLION and 0 <= tokens_out < PER_MILLION):
        raise UsageError(f"prices {text[:40]!r} (FACTCHECK_LLM_PRICES): write IN,OUT in dollars for a million tokens")
    return Prices(tokens_in, tokens_out)


class Budget:
    """Counts what is spent; lets nothing through that could pass the limit. May be used from several threads."""

    def __init__(self, limit: str | None = None, prices: Prices | None = None) -> None:
        """``limit`` as for ``parse_budget``, None: no limit. Raises UsageError for dollars without prices."""
        self._tokens, self._usd = parse_budget(limit) if limit is not None else (None, None)
        if self._usd is not None and prices is None:
            raise UsageError(
                "a budget in dollars needs prices: set FACTCHECK_LLM_PRICES=IN,OUT in dollars for a million tokens"
            )
        self._limit = limit
        self._prices = prices
        self._spent = Usage(usd=0.0 if prices else None)
        self._held_tokens, self._held_usd = 0, 0.0
        self._lock = threading.Lock()

    @property
    def spent(self) -> Usage:
        """Everything up to now."""
        return self._spent

    def hold(self, tokens_in: int, tokens_out: int) -> None:
        """Set aside the most one question can take; raises LanguageModelFailed (BudgetSpent) when it does not fit."""
        usd = self._prices.usd(tokens_in, tokens_out) if self._prices else 0.0
        with self._lock:
            tokens = self._spent.tokens_in + self._spent.tokens_out + self._held_tokens + tokens_in + tokens_out
            over = self._tokens is not None and tokens > self._tokens
            over |= self._usd is not None and (self._spent.usd or 0.0) + self._held_usd + usd > self._usd
            if over:
                self._spent = replace(self._spent, failed=self._spent.failed + 1)
                raise LanguageModelFailed(
                    f"the budget of {self._limit} does not reach for another question; raise --budget",
                    kind="BudgetSpent",
                )
            self._held_tokens += tokens_in + tokens_out
            self._held_usd += usd

    def release(self, tokens_in: int, tokens_out: int) -> None:
        """Give back what ``hold`` set aside with the same numbers."""
        with self._lock:
            self._held_tokens -= tokens_in + tokens_out
            self._held_usd -= self._prices.usd(tokens_in, tokens_out) if self._prices else 0.0

    def pay(self, tokens_in: int, tokens_out: int) -> None:
        """Count one answer from the server."""
        with self._lock:
            usd = (self._spent.usd or 0.0) + self._prices.usd(tokens_in, tokens_out) if self._prices else None
            self._spent = replace(
                self._spent, calls=self._spent.calls + 1, tokens_in=self._spent.tokens_in + tokens_in,
                tokens_out=self._spent.tokens_out + tokens_out, usd=usd,
            )  # fmt: skip

    def note(self, *, cached: int = 0, failed: int = 0) -> None:
        """Count answers from the cache and questions that failed."""
        with self._lock:
            self._spent = replace(self._spent, cached=self._spent.cached + cached, failed=self._spent.failed + failed)
