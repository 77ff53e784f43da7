"""What the server tells machines: Prometheus metrics, and one line of log for each request, as text or JSON."""

import json
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factcheck.server.db.models import Citation, ClaimRow, TextRow, Version

access = logging.getLogger("factcheck.access")
FIELDS = ("method", "route", "status", "ms")
"""What a request's line holds beside its message; never an address as it came: it may be an invitation."""


class Watch:
    """The metrics of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "factcheck_requests_total", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "factcheck_request_seconds", "Time until the answer began.", ["method", "route"], registry=self.registry
        )
        self._texts = Gauge("factcheck_texts", "Texts, by the state of their check.", ["state"], registry=self.registry)
        self._claims = Gauge("factcheck_claims", "Claims under review, by state.", ["state"], registry=self.registry)
        self._changed = Gauge(
            "factcheck_changed_sources", "Citations whose document is not as it was.", registry=self.registry
        )

    async def follow(self, request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer a request, count it, and log it."""
        began = time.perf_counter()
        status = 500
        try:
            response = await call(request)
            status = response.status_code
        finally:
            seconds = time.perf_counter() - began
            route = getattr(request.scope.get("route"), "path", None) or "none"
            method = request.method if request.method in _METHODS else "other"
            self._requests.labels(method, route, str(status)).inc()
            self._seconds.labels(method, route).observe(seconds)
            told = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            access.info("%s %s %d %.0f ms", method, route, status, seconds * 1000, extra=told)
        return response

    def page(self, session: Session) -> bytes:
        """All metrics, as Prometheus reads them."""
        current = (TextRow.id == Version.text_id) & (TextRow.current == Version.number)
        self._texts.clear()
        by_state = select(Version.state, func.count()).join(TextRow, current).group_by(Version.state)
        for state, count in session.execute(by_state):
            self._texts.labels(state).set(count)
        self._claims.clear()
        under_review = select(ClaimRow.state, func.count()).join(Version).join(TextRow, current)
        for state, count in session.execute(under_review.group_by(ClaimRow.state)):
            self._claims.labels(state).set(count)
        changed = select(func.count()).select_from(Citation).where(Citation.changed.is_not(None))
        self._changed.set(session.scalar(changed) or 0)
        return generate_latest(self.registry)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class JsonLines(logging.Formatter):
    """A log record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger and message; of a request also what it was; of an error where it happened."""
        made: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        made |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            made["trace"] = self.formatException(record.exc_info)
        return json.dumps(made, ensure_ascii=False)


def log_to_stderr(level: str, *, as_json: bool) -> None:
    """Send the server's log to standard error, as text or as JSON Lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else logging.Formatter("%(levelname)s: %(message)s"))
    for name in ("factcheck", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level.upper())
