"""A server that speaks HTTP on loopback and answers as its script says: well, badly, or with malice."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from factcheck.llm.budget import Budget
from factcheck.llm.cache import ReplyCache
from factcheck.llm.endpoint import Endpoint
from factcheck.llm.provider import Limits, Provider
from tests.llm.small_model import SmallModel

Act = Callable[["Handler"], None]
Script = Callable[[int, dict[str, Any]], Act]
"""The number of the request, from 0, and its body, to what is to be done."""


class Handler(BaseHTTPRequestHandler):
    """One request to the scripted server."""

    protocol_version = "HTTP/1.1"
    server: "Adversary"

    def do_POST(self) -> None:
        self.server.visits += 1
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            number = len(self.server.requests)
            self.server.requests.append(body)
            self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.server.now += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.now)
        try:
            self.server.script(number, body)(self)
        except OSError:
            self.close_connection = True  # the client has had enough
        finally:
            with self.server.lock:
                self.server.now -= 1

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def send(self, content: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class Adversary(ThreadingHTTPServer):
    """The server; what it was asked is in ``requests``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.visits = self.now = self.most_at_once = 0
        self.script: Script = lambda number, body: status(500)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def plays(self, *acts: Act) -> None:
        """Do these one after the other, the last one for ever."""
        self.script = lambda number, body: acts[min(number, len(acts) - 1)]


def completion(text: object, *, finish: str = "stop", tokens: tuple[int, int] | None = (100, 20), **message: object):
    """The body of a well-formed answer."""
    body: dict[str, Any] = {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{
            "index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message},
        }],
    }  # fmt: skip
    if tokens:
        body["usage"] = {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        }
    return body


def say(text: object, *, delay: float = 0.0, **options: Any) -> Act:
    """Answer with this text; an object is sent as JSON."""
    said = text if isinstance(text, str) or text is None else json.dumps(text)
    return raw(json.dumps(completion(said, **options)).encode(), delay=delay)


def raw(content: bytes, *, delay: float = 0.0, **options: Any) -> Act:
    """Answer with these bytes."""

    def act(handler: Handler) -> None:
        time.sleep(delay)
        handler.send(content, **options)

    return act


def status(code: int, body: object = None, **headers: str) -> Act:
    """Answer with an error."""
    content = json.dumps(body if body is not None else {"error": {"message": f"status {code}"}}).encode()
    return lambda handler: handler.send(content, status=code, **headers)


def drop(content: bytes = b"") -> Act:
    """Close the connection after promising more than is sent; without content before anything is said."""

    def act(handler: Handler) -> None:
        if content:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(content) + 1000))
            handler.end_headers()
            handler.wfile.write(content)
        handler.close_connection = True
        handler.connection.close()

    return act


def endless(*, pause: float = 0.0, chunk: bytes = b" " * 65536) -> Act:
    """Answer without end: fast until the reader has had enough, or slowly for ever."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            time.sleep(pause)

    return act


@pytest.fixture
def acts() -> Any:
    """The things a server can do."""

    class Acts:
        pass

    found = Acts()
    for act in (say, raw, status, drop, endless, completion):
        setattr(found, act.__name__, act)
    return found


@pytest.fixture
def start() -> Iterator[Callable[[], Adversary]]:
    """Start scripted servers that are stopped when the test ends."""
    running: list[Adversary] = []

    def begin() -> Adversary:
        server = Adversary()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return server

    yield begin
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(start: Callable[[], Adversary]) -> Adversary:
    """One scripted server."""
    return start()


@pytest.fixture(scope="session")
def served() -> Iterator[SmallModel]:
    """The small real model, served; beginnings of questions are remembered, which is quicker."""
    one = SmallModel(remember=True)
    yield one
    one.stop()


@pytest.fixture
def waits() -> list[float]:
    """How long the providers of ``provider`` would have slept, in seconds."""
    return []


@pytest.fixture
def provider(server: Adversary, tmp_path: Any, waits: list[float]) -> Iterator[Callable[..., Provider]]:
    """Make providers that ask the scripted server; they note their waits and do not sleep."""
    made: list[Provider] = []

    def make(*, budget: Budget | None = None, cached: bool = False, **limits: Any) -> Provider:
        endpoint = Endpoint(model="m", base_url=server.url, api_key=SecretStr("secret-key"))
        cache = ReplyCache(tmp_path / "cache") if cached else None
        one = Provider(
            endpoint, budget=budget, cache=cache, sleep=waits.append, limits=Limits(**{"seconds": 5.0, **limits})
        )
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()
