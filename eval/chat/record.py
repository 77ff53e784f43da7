"""A chat as a terminal shows it: ``factcheck chat`` run on a terminal of its own, typed into, and written down.

Prints the session to standard output; no language model takes part.
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "examples" / "istanbul" / "sources.jsonl"
TYPED = (
    "Who headed the Ukrainian delegation on 23 July?",
    "and the Russian one?",
    "/why",
    "When was the third round of talks held?",
    "Is it true that Shmyhal is foreign minister?",
    "/asof 2025-07-24",
    "Who is Ukraine's defence minister?",
    "What did Umerov say about a ceasefire?",
    "Who is the mayor of Vienna?",
    "/sources",
    "/quit",
)
_PROMPT = b"> "
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def main(arguments: Sequence[str]) -> int:
    """Record the session; returns the exit code of the chat."""
    if arguments:
        print("usage: python -m eval chat-session > docs/chat-session.txt", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="factcheck-session-") as folder:
        program = [sys.executable, "-m", "factcheck"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FACTCHECK_")}
        environment |= {"FACTCHECK_STORE": folder, "NO_COLOR": "1", "COLUMNS": "100", "TERM": "dumb"}
        subprocess.run([*program, "ingest", "-q", str(SOURCES)], env=environment, check=True)
        ours, theirs = pty.openpty()
        chat = subprocess.Popen([*program, "chat"], env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        said = b""
        for line in TYPED:
            said += _until_prompt(ours)
            os.write(ours, line.encode() + b"\n")
        said += _rest(ours)
        code = chat.wait()
    text = _CONTROL.sub("", said.decode("utf-8"))
    print("$ factcheck chat\n" + "\n".join(line.rstrip() for line in text.splitlines()))
    return code


def _until_prompt(terminal: int) -> bytes:
    said = b""
    while not said.endswith(_PROMPT):
        said += os.read(terminal, 1)
    return said


def _rest(terminal: int) -> bytes:
    said = b""
    try:
        while piece := os.read(terminal, 4096):
            said += piece
    except OSError:  # how a terminal ends on Linux
        pass
    return said
