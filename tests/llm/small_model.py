"""A small real model behind a real server on loopback, where ``FACTCHECK_TEST_MODELS`` names a folder that has one.

``scripts/small-model FOLDER`` makes such a folder. Tests that need it are skipped without.
"""

import os
import signal
import subprocess
from pathlib import Path
from typing import Self

import pytest

FOLDER = Path(os.environ.get("FACTCHECK_TEST_MODELS", "/nowhere"))
MODEL = FOLDER / "cache" / "smollm2-135m-instruct-q4_1.gguf"
SERVER = Path(__file__).with_name("small_server.py")
KEY = "test"
CONTEXT = 4096
needs_small_model = pytest.mark.skipif(
    not MODEL.exists(), reason="no small model: FACTCHECK_TEST_MODELS names no folder that has it (scripts/small-model)"
)


class SmallModel:
    """The server's process and address."""

    def __init__(self, port: int = 0, *, remember: bool = False) -> None:
        command = [str(FOLDER / ".llm" / "bin" / "python"), str(SERVER), str(MODEL), "--port", str(port)]
        command += ["--context", str(CONTEXT), "--key", KEY, *(["--remember"] if remember else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        line = next((line for line in self.process.stdout if line.startswith("listening")), None)
        assert line is not None, "the server of the small model did not start"
        self.url = line.split()[1] + "/v1"
        self.port = int(line.split()[1].rsplit(":", 1)[1])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
