"""Faults of a language model's server: it lies, drops, stalls, and talks nonsense."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from eval.faults.tools import Fault, Outcome, Ran, factcheck, stocked

CLAIM = "A comet was seen over the harbour."
"""No source speaks of it."""
SECONDS = 3
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def _model(answer: Answer) -> Iterator[str]:
    """A server that answers every question like this; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            try:
                answer(self)
            except OSError:
                self.close_connection = True  # who asked has had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _asked(folder: Path, answer: Answer) -> Ran:
    store = stocked(folder / "store")
    with _model(answer) as address:
        env = {
            "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "FACTCHECK_LLM_SECONDS": str(SECONDS),
            "XDG_CACHE_HOME": str(folder / "cache"), "FACTCHECK_LOCAL_MODEL": "false",
        }  # fmt: skip
        return factcheck("verify", CLAIM, "--store", store, "--llm", "openai:m", "--json", cwd=folder, env=env)


def _says(found: object) -> Answer:
    text = found if isinstance(found, str) else json.dumps(found)
    body = {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }  # fmt: skip

    def answer(handler: BaseHTTPRequestHandler) -> None:
        content = json.dumps(body).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def _verdict(quote: str) -> Answer:
    cited = [{"passage": "P1", "quote": quote, "says": "supports"}]
    return _says({"citations": cited, "reason": "The source says so.", "verdict": "supported"})


def _no_label(ran: Ran) -> Outcome:
    """It gave no answer: the claim has no verdict, and that is said."""
    wrong = [] if ran.label is None else [f"the verdict is {ran.label}"]
    wrong += [] if ran.code == 3 else [f"ended with {ran.code}, not 3"]
    return Outcome(ran.last, ran.code, passed=[CLAIM] if ran.label == "SUPPORTED" else [], wrong=wrong)


def _no_evidence(ran: Ran) -> Outcome:
    """It lied: the claim is left open, and why is said in the verdict."""
    wrong = [] if ran.label == "NOT_ENOUGH_EVIDENCE" else [f"the verdict is {ran.label}"]
    wrong += [] if ran.code == 0 else [f"ended with {ran.code}, not 0"]
    rows = [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]
    said = rows[0]["explanation"] if rows else ran.last
    return Outcome(said, ran.code, passed=[CLAIM] if ran.label == "SUPPORTED" else [], wrong=wrong)


def _invents(folder: Path) -> Outcome:
    return _no_evidence(_asked(folder, _verdict("A comet was seen over the harbour by many people.")))


def _quotes_beside_the_point(folder: Path) -> Outcome:
    return _no_evidence(_asked(folder, _verdict("Repairs took two years.")))


def _drops(folder: Path) -> Outcome:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.connection.close()

    return _no_label(_asked(folder, answer))


def _stalls(folder: Path) -> Outcome:
    return _no_label(_asked(folder, lambda _handler: time.sleep(60)))


def _babbles(folder: Path) -> Outcome:
    return _no_label(_asked(folder, _says("SUPPORTED! Trust me.")))


def _fails(folder: Path) -> Outcome:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(500)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return _no_label(_asked(folder, answer))


FAULTS = (
    Fault("language model invents a quote", "it answers “supported” with words no source has", _invents),
    Fault("language model quotes beside the point", "it answers “supported” with true words about something else",
          _quotes_beside_the_point),
    Fault("language model drops the line", "every connection closed without an answer", _drops),
    Fault("language model stalls", f"no answer within the {SECONDS} s allowed", _stalls),
    Fault("language model talks nonsense", "an answer that has not the form asked for", _babbles),
    Fault("language model's server fails", "status 500 to everything", _fails),
)  # fmt: skip
