"""Errors of LangChain, openai and the network as one of ours, mapped in this one place, and when to ask again."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from factcheck.errors import LanguageModelFailed

if TYPE_CHECKING:
    from tenacity import RetryCallState, Retrying

logger = logging.getLogger(__name__)

RETRIED = frozenset({"RateLimited", "ServerError", "Timeout", "Connection"})
"""Kinds of failure that another try may mend."""
_STATUS = {
    400: ("BadRequest", "refused the request (the text may be too long for it, or it knows no JSON schema)"),
    401: ("WrongKey", "refused the key: check OPENAI_API_KEY"),
    403: ("WrongKey", "does not let this key use the model"),
    404: ("NoModel", "knows no such model or address: check the model's name and OPENAI_BASE_URL"),
    408: ("Timeout", "gave up waiting"),
    413: ("BadRequest", "says the text is too long"),
    422: ("BadRequest", "refused the request"),
    429: ("RateLimited", "asks for fewer requests"),
}
_SERVER_WORDS = 120
FIRST_WAIT = 0.5
"""Seconds before the second try; doubled for each further one."""


class ServerFailed(LanguageModelFailed):
    """A failed try; knows how long the server asked to wait."""

    wait: float | None = None
    """Seconds of a Retry-After header; None when there was none."""


def failure_of(exc: Exception, *, host: str, secret: str) -> ServerFailed:
    """What went wrong in one question to ``host``, in words for a person; ``secret`` is never among them."""
    import openai

    if isinstance(exc, openai.LengthFinishReasonError):
        return ServerFailed(f"{host}: the answer was cut off at the limit of its length", kind="Truncated")
    if isinstance(exc, openai.ContentFilterFinishReasonError):
        return ServerFailed(f"{host}: the server's filter withheld the answer", kind="Refused")
    if isinstance(exc, openai.APITimeoutError):
        return ServerFailed(
            f"{host}: no answer in time; raise FACTCHECK_LLM_SECONDS or use another server", kind="Timeout"
        )
    if isinstance(exc, openai.APIConnectionError):
        return _connection(exc, host)
    if isinstance(exc, openai.APIStatusError):
        return _status(exc, host, secret)
    if isinstance(exc, RuntimeError):
        return ServerFailed(f"{host} could not be asked: {_short(str(exc))}", kind="NotAsked")
    return ServerFailed(f"{host}: what came back is not an answer of the OpenAI API", kind="NotAnAnswer")


def _connection(exc: Exception, host: str) -> ServerFailed:
    from factcheck.llm.guard import PACKED, TOO_LARGE

    first: BaseException = exc
    while first.__cause__ is not None:
        first = first.__cause__
    cause = str(first)
    if TOO_LARGE in cause or PACKED in cause:
        return ServerFailed(f"{host}: {cause}", kind="TooLarge")
    return ServerFailed(f"{host} cannot be reached or broke off: {_short(cause)}", kind="Connection")


def _status(exc: Exception, host: str, secret: str) -> ServerFailed:
    status = int(getattr(exc, "status_code", 0))
    kind, words = _STATUS.get(status, ("ServerError", "failed") if status >= 500 else ("BadRequest", "refused"))
    said = _short(str(getattr(exc, "message", "")).replace(secret, "***"))
    failed = ServerFailed(f"{host} {words} (HTTP {status}{f': {said}' if said else ''})", kind=kind)
    failed.wait = retry_after(exc.response.headers.get("retry-after")) if hasattr(exc, "response") else None
    return failed


def _short(text: str) -> str:
    """The start of a foreign message in one line without control characters."""
    line = " ".join(re.sub(r"[^\w\s.,:;'\"()/%=@#+-]", " ", text).split())
    return line if len(line) <= _SERVER_WORDS else line[:_SERVER_WORDS] + "…"


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds of a Retry-After header, given as seconds or as a date; None when there is none that can be read."""
    if not header:
        return None
    text = header.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def retrying(*, attempts: int, longest_wait: float, sleep: Callable[[float], None]) -> "Retrying":
    """Tries again after failures that may pass, waiting longer each time, and as long as the server asks.

    A server that asks for more than ``longest_wait`` seconds is not asked again.
    """
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    growing = wait_random_exponential(multiplier=FIRST_WAIT, max=longest_wait)

    def worth_it(exc: BaseException) -> bool:
        asked = exc.wait if isinstance(exc, ServerFailed) else None
        return isinstance(exc, ServerFailed) and exc.kind in RETRIED and (asked is None or asked <= longest_wait)

    def pause(state: "RetryCallState") -> float:
        exc = state.outcome.exception() if state.outcome is not None else None
        asked = exc.wait if isinstance(exc, ServerFailed) else None
        seconds = asked if asked is not None else float(growing(state))
        logger.debug("trying again in %.1f s: %s", seconds, exc)
        return seconds

    return Retrying(
        stop=stop_after_attempt(attempts), wait=pause, retry=retry_if_exception(worth_it), sleep=sleep, reraise=True
    )
