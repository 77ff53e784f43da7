"""A writer that is killed at any moment leaves a store that opens, answers whole documents, and can go on."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vectorstore import Document, open_store

Look = Callable[[str], Any]
"""The ``look`` fixture: a word to what is kept where."""

WRITER = """
    import sys
    from vectorstore import Document, open_store

    version = sys.argv[2]
    text = "\\n\\n".join(f"Sentence {row} of version " + version + " tells of tide and time." for row in range(12))

    with open_store(sys.argv[1]) as store:
        print("open", flush=True)
        store.add(Document(doc_id=f"d{n}", title=f"Number {n}", text=text + f" Number {n}.") for n in range(400))
"""


def write_and_kill(folder: Path, version: str, after: float) -> None:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), version]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("after", [1.0, 2.5, 4.0, 6.5])
def test_a_kill_leaves_whole_documents_and_no_trace_of_others(folder: Path, look: Look, after: float) -> None:
    write_and_kill(folder, "one", after)
    write_and_kill(folder, "two", after)
    with open_store(folder, create=False) as store:
        stored = [store.get(source.doc_id) for source in store.sources()]
        for document in stored:
            assert document is not None
            passages = store.passages(document.doc_id)
            assert "version one" not in document.text or "version two" not in document.text
            assert all(document.text[one.start : one.end] == one.text for one in passages)
            assert "".join("".join(one.text for one in passages).split()) == "".join(document.text.split())
        for hit in store.search(["tide and time", "version two"], k=50)[0]:
            assert hit.passage in store.passages(hit.passage.doc_id)
        store.add([Document(doc_id="after", text="A document that came after the kill.")])
        assert store.search(["after the kill"], k=1)[0][0].passage.doc_id == "after"
    traces = look("tide")
    assert traces.vectors == traces.passage_ids


STEADY = """
    import sys
    from vectorstore import Document, open_store

    def documents(first):
        for n in range(first, first + 3):
            yield Document(doc_id=f"d{n}", title=f"Number {n}", text=f"Report {n} tells of tide and time in port {n}.")

    with open_store(sys.argv[1]) as store:
        print("open", flush=True)
        for first in range(0, int(sys.argv[2]), 3):
            result = store.add(documents(first))
            print(*(f"d{n}" for n in range(first, first + 3)), flush=True)
    print("done", flush=True)
"""
"""Tells of every document as soon as the store has said that it is in."""


@pytest.mark.slow
def test_kills_at_thirty_random_points_lose_nothing_that_was_reported_and_double_nothing(
    folder: Path, look: Look
) -> None:
    import random

    chance = random.Random(20)
    wanted = 150
    command = [sys.executable, "-c", textwrap.dedent(STEADY), str(folder), str(wanted)]
    reported: set[str] = set()
    for _ in range(30):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.0, 1.5))
            os.kill(process.pid, signal.SIGKILL)
            for line in process.stdout.read().splitlines():
                reported.update(name for name in line.split() if name != "done")
        with open_store(folder, create=False) as store:
            present = [source.doc_id for source in store.sources()]
            assert reported <= set(present)
            assert len(present) == len(set(present))
    subprocess.run(command, check=True, capture_output=True)
    with open_store(folder, create=False) as store:
        assert {source.doc_id for source in store.sources()} == {f"d{n}" for n in range(wanted)}
        assert all(len(store.passages(f"d{n}")) == 1 for n in range(wanted))
        assert all(len(store.history(f"d{n}")) == 1 for n in range(wanted))
        assert store.search(["Report 77 tells of port 77"], k=1)[0][0].passage.doc_id == "d77"
    traces = look("tide")
    assert traces.vectors == traces.passage_ids
    assert traces.passages == wanted
