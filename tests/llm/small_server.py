"""Serves a GGUF file on loopback with llama.cpp, as an OpenAI-compatible server: python small_server.py --help.

Run by a Python that has xllamacpp (``scripts/small-model`` makes one); it needs nothing of this repository. Prints
``listening ADDRESS`` when it can be asked, and ends with SIGTERM, SIGINT, or the process that started it.
"""

import argparse
import os
import signal
import sys
import threading
from typing import Any

LOOK = 1.0
"""Seconds between two looks whether the process that started this one is still there."""


def main() -> None:
    given, parent = read_arguments(), os.getppid()
    # OpenMP reads these when llama.cpp is loaded: waiting threads must not take the cores that others work on.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    import xllamacpp

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    server = xllamacpp.Server(parameters(xllamacpp, given))
    sys.stdout.write(f"listening {server.listening_address}\n")
    sys.stdout.flush()
    while not stopped.wait(LOOK) and os.getppid() == parent:
        pass


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="the GGUF file")
    parser.add_argument("--port", type=int, default=0, help="0: one that is free")
    parser.add_argument("--context", type=int, default=4096, help="tokens of a question with its answer")
    parser.add_argument("--key", help="API key that clients must send")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--remember", action="store_true",
        help="keep what was computed for the beginnings of questions: quicker, but the same question no longer gets "
        "the same answer each time, also at temperature 0",
    )  # fmt: skip
    return parser.parse_args()


def parameters(llama: Any, given: argparse.Namespace) -> Any:
    wanted = llama.CommonParams()
    wanted.model.path = given.model
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = given.port
    wanted.n_ctx = given.context
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = given.threads
    wanted.cache_prompt = given.remember
    if not given.remember:
        wanted.cache_ram_mib = 0
    if given.key:
        wanted.api_keys = [given.key]
    return wanted


if __name__ == "__main__":
    main()
