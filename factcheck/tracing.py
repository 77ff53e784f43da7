"""Spans for OpenTelemetry: what was searched for, judged and asked, how long it took, and tokens.

Nothing is imported or made unless ``turn_on`` was called, which ``factcheck.build`` does when the user's settings say
so. Texts are in spans only when that was asked for too.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from factcheck.errors import LanguageModelFailed, UsageError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

logger = logging.getLogger(__name__)
NAME = "factcheck"
LONGEST = 4000
"""Characters of one text in a span."""
In = TypeVar("In")
Out = TypeVar("Out")
Value = str | int | float | bool


class Tracing:
    """Whether spans are made, and by whom; one for the process."""

    tracer: "Tracer | None" = None
    texts: bool = False


class Mark:
    """A span that is being made, or nothing."""

    def __init__(self, span: "Span | None" = None) -> None:
        self._span = span

    def note(self, **values: Value) -> None:
        """Add numbers and names; ``__`` in a name is a dot."""
        if self._span is not None:
            self._span.set_attributes({name.replace("__", "."): value for name, value in values.items()})

    def text(self, **values: str) -> None:
        """Add texts, where the user asked for texts."""
        if Tracing.texts:
            self.note(**{name: value[:LONGEST] for name, value in values.items()})


def turn_on(*, texts: bool = False) -> None:
    """Make spans from now on, with the texts in them or without.

    They go to the tracer provider that this process has; where it has none, by OTLP over HTTP to where OpenTelemetry's
    own variables say. Raises UsageError when OpenTelemetry is not installed.
    """
    Tracing.texts = texts
    if Tracing.tracer is not None:
        return
    try:
        from opentelemetry import trace

        if isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
            _send()
    except ImportError as exc:
        raise UsageError("FACTCHECK_TRACE needs OpenTelemetry: pip install 'factcheck-assistant[otel]'") from exc
    Tracing.tracer = trace.get_tracer(NAME)


def turn_off() -> None:
    """Make no more spans."""
    Tracing.tracer, Tracing.texts = None, False


def _send() -> None:
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


@contextmanager
def span(name: str, *, around: bool = True, **values: Value) -> Iterator[Mark]:
    """A span of what is done inside; of an error only its kind is kept, for its words may be a text.

    ``around``: whether spans that are made inside belong to it; not in a generator, where others work in between.
    """
    if Tracing.tracer is None:
        yield Mark()
        return
    from opentelemetry.trace import Status, StatusCode, use_span

    made = Tracing.tracer.start_span(name)
    mark = Mark(made)
    mark.note(**values)
    inside = use_span(made, record_exception=False, set_status_on_exception=False) if around else nullcontext()
    try:
        with inside:
            yield mark
    except Exception as exc:
        mark.note(error__type=exc.kind if isinstance(exc, LanguageModelFailed) else type(exc).__name__)
        made.set_status(Status(StatusCode.ERROR))
        raise
    finally:
        made.end()


def carried(work: Callable[[In], Out]) -> Callable[[In], Out]:
    """``work`` for another thread, whose spans belong to the one that is being made here."""
    if Tracing.tracer is None:
        return work
    from opentelemetry import context

    here = context.get_current()

    def run(given: In) -> Out:
        token = context.attach(here)
        try:
            return work(given)
        finally:
            context.detach(token)

    return run
