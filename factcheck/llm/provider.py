"""Asks a language model: the only module that talks to one. Any server that speaks the OpenAI API.

A question is a rendered prompt, an answer a checked object of the type asked for, or a LanguageModelFailed that says
why there is none. What a model says is text: nothing of it is run, and a request of its to use tools is an error.
"""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.errors import LanguageModelFailed
from factcheck.llm.budget import Budget
from factcheck.llm.cache import Reply, ReplyCache
from factcheck.llm.endpoint import Endpoint
from factcheck.llm.failures import ServerFailed, failure_of, retrying
from factcheck.llm.prompting import Rendered
from factcheck.tracing import Mark, span

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

T = TypeVar("T", bound=BaseModel)
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*\Z", re.DOTALL)
_ODD = (ValueError, TypeError, LookupError, AttributeError, RuntimeError)
"""What the libraries raise beside their own errors for answers that are none."""
SAMPLE_TEMPERATURE = 0.7
"""Of answers after the first, where several are wanted."""
CHARACTERS_PER_TOKEN = 2
"""Fewer than in real text, so that the guess of a question's size, made before it is paid, is not too small."""


@dataclass(frozen=True)
class Limits:
    """How far one question may go."""

    seconds: float = 120.0
    """For one try, until the last byte."""
    answer_bytes: int = 1_000_000
    answer_tokens: int = 800
    attempts: int = 4
    longest_wait: float = 60.0
    """Seconds; a server that asks for a longer pause is not asked again."""
    at_once: int = 4
    """Questions on the way at the same time."""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A checked answer."""

    value: T
    cached: bool


class Provider:
    """One model, with its cache and budget. May be used from several threads."""

    def __init__(
        self, endpoint: Endpoint, *, budget: Budget | None = None, cache: ReplyCache | None = None,
        limits: Limits | None = None, trace: bool = False, sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        """``trace`` lets LangSmith's own variables take effect; without it nothing is traced, whatever they say."""
        self.endpoint = endpoint
        self.budget = budget or Budget()
        self.limits = limits or Limits()
        self._cache = cache
        self._trace = trace
        self._sleep = sleep
        self._turns = threading.BoundedSemaphore(self.limits.at_once)
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}
        self._chat: ChatOpenAI | None = None

    def ask(self, question: Rendered, reply: type[T], *, sample: int = 0) -> Answer[T]:
        """The model's answer as a ``reply``; raises LanguageModelFailed when there is none that can be used.

        ``sample`` is the number of the answer where several are wanted: those after the first are drawn at random.
        """
        key = self._key(question, sample)
        with self._alone(key):
            kept = self._from_cache(key, question, reply)
            if kept is not None:
                return kept
            try:
                with self._turns:
                    got = self._paid(question, sample)
                value = read_reply(got.text, question, reply)
            except LanguageModelFailed as exc:
                self.budget.note(failed=0 if exc.kind == "BudgetSpent" else 1)
                raise
            if self._cache is not None:
                self._cache.put(key, got)
            return Answer(value, cached=False)

    def stream(self, question: Rendered) -> Iterator[str]:
        """The answer's text piece by piece as it is written; it is nobody's answer until its end has been checked.

        An answer in the cache comes at once. Left before its end, the question counts as failed. Raises
        LanguageModelFailed; a stream that breaks off is not begun again, for its pieces may have been shown.
        """
        key = self._key(question, 0)
        kept = self._cache.get(key) if self._cache is not None else None
        if kept is not None:
            self.budget.note(cached=1)
            yield kept.text
            return
        size = sum(len(message.text) for message in question.messages) // CHARACTERS_PER_TOKEN
        held = (size, self.limits.answer_tokens)
        self.budget.hold(*held)
        done = False
        try:
            with self._turns, self._span(question, around=False) as mark:
                got = yield from self._pieces(question, size)
                _note(mark, got)
            done = True
            if self._cache is not None:
                self._cache.put(key, got)
        finally:
            self.budget.release(*held)
            if not done:
                self.budget.note(failed=1)

    def _pieces(self, question: Rendered, size: int) -> "Generator[str, None, Reply]":
        import openai
        from langchain_core.messages import AIMessageChunk

        whole: AIMessageChunk | None = None
        try:
            chunks = self._bound(question, 0).stream(self._messages(question), stream_usage=True)
            while (chunk := self._next(chunks)) is not None:
                if not isinstance(chunk, AIMessageChunk):
                    continue
                whole = chunk if whole is None else whole + chunk
                if isinstance(chunk.content, str) and chunk.content:
                    yield chunk.content
        except (openai.OpenAIError, *_ODD, AssertionError) as exc:  # the last of openai, for what is no stream
            raise self._failure(exc) from exc
        if whole is None:
            raise ServerFailed(f"{self.endpoint.host}: what came back is not an answer", kind="NotAnAnswer")
        return self._received(whole, size)

    def _from_cache(self, key: str, question: Rendered, reply: type[T]) -> Answer[T] | None:
        kept = self._cache.get(key) if self._cache is not None else None
        if kept is None:
            return None
        try:
            value = read_reply(kept.text, question, reply)
        except LanguageModelFailed:
            return None  # somebody else's bytes, or of an older version: ask again
        self.budget.note(cached=1)
        return Answer(value, cached=True)

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Hold back a question while the same one is on its way, so that it is not paid for twice."""
        with self._lock:
            mine = self._asking.setdefault(key, threading.Lock())
        try:
            with mine:
                yield
        finally:
            with self._lock:
                self._asking.pop(key, None)

    def _key(self, question: Rendered, sample: int) -> str:
        parts = [question.sha256, self.endpoint.model, self.endpoint.base_url, self.limits.answer_tokens]
        parts += [sample] if sample else []
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _paid(self, question: Rendered, sample: int) -> Reply:
        """One answer from the server, after as many tries as the limits allow."""
        size = sum(len(message.text) for message in question.messages) // CHARACTERS_PER_TOKEN
        tries = retrying(attempts=self.limits.attempts, longest_wait=self.limits.longest_wait, sleep=self._sleep)
        held = (size, self.limits.answer_tokens)
        self.budget.hold(*held)
        try:
            with self._span(question) as mark:
                got: Reply = tries(self._try, question, size, sample)
                _note(mark, got)
                return got
        finally:
            self.budget.release(*held)

    def _try(self, question: Rendered, size: int, sample: int) -> Reply:
        import openai
        from langchain_core.messages import AIMessage

        try:
            message = self._invoke(question, sample)
        except openai.LengthFinishReasonError as exc:
            usage = exc.completion.usage
            self.budget.pay(usage.prompt_tokens if usage else size, usage.completion_tokens if usage else 0)
            raise self._failure(exc) from exc
        except (openai.OpenAIError, *_ODD) as exc:
            raise self._failure(exc) from exc
        if not isinstance(message, AIMessage):
            raise ServerFailed(f"{self.endpoint.host}: what came back is not an answer", kind="NotAnAnswer")
        return self._received(message, size)

    def _failure(self, exc: Exception) -> ServerFailed:
        return failure_of(exc, host=self.endpoint.host, secret=self.endpoint.api_key.get_secret_value())

    def _received(self, message: "AIMessage", size: int) -> Reply:
        """The text of an answer, paid for; raises ServerFailed when it is something else than text."""
        host, usage = self.endpoint.host, message.usage_metadata
        text = message.content if isinstance(message.content, str) else ""
        tokens_in = max(0, usage["input_tokens"]) if usage else size
        tokens_out = max(0, usage["output_tokens"]) if usage else len(text) // CHARACTERS_PER_TOKEN
        self.budget.pay(tokens_in, tokens_out)
        if message.tool_calls or message.invalid_tool_calls:
            raise ServerFailed(
                f"{host}: the model asked to use a tool; there are none, nothing was done", kind="ToolCall"
            )
        if message.response_metadata.get("finish_reason") == "length":
            raise ServerFailed(f"{host}: the answer was cut off at the limit of its length", kind="Truncated")
        if message.additional_kwargs.get("refusal"):
            raise ServerFailed(f"{host}: the model refused to answer", kind="Refused")
        return Reply(text, tokens_in, tokens_out)

    def _invoke(self, question: Rendered, sample: int) -> object:
        with self._langsmith():
            return self._bound(question, sample).invoke(self._messages(question))

    def _next(self, chunks: "Iterator[AIMessage]") -> "AIMessage | None":
        with self._langsmith():  # not around the whole stream: what stands in between is not ours
            return next(chunks, None)

    def _langsmith(self) -> AbstractContextManager[None]:
        """Where its variables have no effect, unless the user lets them."""
        from langsmith.run_helpers import tracing_context

        return tracing_context(enabled=None if self._trace else False)

    def _span(self, question: Rendered, *, around: bool = True) -> AbstractContextManager[Mark]:
        prompt = question.prompt
        return span(
            "chat", around=around, gen_ai__operation__name="chat", gen_ai__request__model=self.endpoint.model,
            server__address=self.endpoint.host, factcheck__prompt=prompt.label,
        )  # fmt: skip

    @staticmethod
    def _messages(question: Rendered) -> list[tuple[str, str]]:
        return [(message.role, message.text) for message in question.messages]

    def _bound(self, question: Rendered, sample: int) -> "Runnable[Any, AIMessage]":
        """The model, asked to answer in the prompt's form."""
        schema = question.prompt.head.output
        form = {"type": "json_schema", "json_schema": {"name": str(schema["title"]), "schema": schema}}
        drawn = {"temperature": SAMPLE_TEMPERATURE, "seed": sample} if sample else {}
        return self._model().bind(response_format=form, **drawn)

    def _model(self) -> "ChatOpenAI":
        with self._lock:
            if self._chat is None:
                from langchain_openai import ChatOpenAI

                from factcheck.llm.guard import guarded_client

                client = guarded_client(seconds=self.limits.seconds, most_bytes=self.limits.answer_bytes)
                self._chat = ChatOpenAI(
                    model=self.endpoint.model, base_url=self.endpoint.base_url, api_key=self.endpoint.api_key,
                    temperature=0, max_completion_tokens=self.limits.answer_tokens, max_retries=0, http_client=client,
                    timeout=self.limits.seconds, use_responses_api=False, cache=False,
                )  # fmt: skip
            return self._chat

    def close(self) -> None:
        """Let go of connections; a later question opens new ones."""
        with self._lock:
            chat, self._chat = self._chat, None
        if chat is not None:
            chat.http_client.close()  # type: ignore[union-attr]


def _note(mark: Mark, got: Reply) -> None:
    mark.note(gen_ai__usage__input_tokens=got.tokens_in, gen_ai__usage__output_tokens=got.tokens_out)
    mark.text(factcheck__reply=got.text)


def read_reply(text: str, question: Rendered, reply: type[T]) -> T:
    """The answer in a reply's text; raises LanguageModelFailed when it is not what was asked for."""
    if question.canary in text:
        raise LanguageModelFailed("the answer repeats what it was told to keep to itself; it is not used", kind="Leak")
    fenced = _FENCE.match(text)
    try:
        return reply.model_validate_json(fenced["inside"] if fenced else text)
    except ValidationError as exc:
        first = exc.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))[:60]
        raise LanguageModelFailed(
            f"the answer is not in the form asked for: {f'{where}: ' if where else ''}{first['msg'][:120]}",
            kind="WrongSchema",
        ) from exc
