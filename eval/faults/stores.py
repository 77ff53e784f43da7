"""Faults of the store of documents: damage, other versions, a full disk, a kill, a keeper of vectors that is gone."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eval.faults.tools import (
    OPEN,
    SOURCES,
    WRONG,
    Fault,
    Outcome,
    Ran,
    as_before,
    command,
    environment,
    factcheck,
    few_files,
    judged,
    many,
    package_with,
    plain,
    refused,
    small_disk,
    stocked,
    write_documents,
)  # fmt: skip
from vectorstore import open_store
from vectorstore.schema import _STEPS, APPLICATION_ID, _run_script

DOCUMENTS = 300


def _garbage(path: Path) -> None:
    """Overwrite all but the first page."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x55" * max(len(data) - 4096, 4096))


def _damaged_documents(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    with (
        closing(sqlite3.connect(store / "documents.sqlite3")) as source,
        closing(sqlite3.connect(folder / "kept")) as to,
    ):
        source.backup(to)
    _garbage(store / "documents.sqlite3")
    found = refused(judged(WRONG, store, cwd=folder))
    restored = folder / "restored"
    restored.mkdir()
    shutil.move(folder / "kept", restored / "documents.sqlite3")
    again = factcheck("sources", "rebuild", "--store", restored, cwd=folder)
    found.wrong += plain(again, code=0)
    found.lost += _missing(restored, {one.doc_id for one in SOURCES})
    return found


def _missing(store: Path, expected: set[str]) -> list[str]:
    """Those of the documents that are not there, or not whole."""
    with open_store(store, create=False) as opened:
        whole = {source.doc_id for source in opened.sources() if _is_whole(opened.get(source.doc_id))}
    return sorted(expected - whole)


def _is_whole(document: object) -> bool:
    text = getattr(document, "text", "")
    return text.endswith(("ends here.", "two years.", "transport board."))


def _damaged_vectors(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    for path in (store / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage" * 1000)
    return as_before(_loud(folder, store))


def _lost_vectors(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    shutil.rmtree(store / "chroma")
    return as_before(_loud(folder, store))


def _loud(folder: Path, store: Path) -> Ran:
    """The wrong claim judged, with warnings shown."""
    return factcheck("verify", WRONG, "--store", store, "--json", cwd=folder)


def _damaged_words(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    with closing(sqlite3.connect(store / "documents.sqlite3", isolation_level=None)) as file:
        file.execute("UPDATE words_data SET block = zeroblob(40) WHERE id > 10")
    return as_before(_loud(folder, store))


def _damaged_facts(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    judged(WRONG, store, cwd=folder)
    (store / "facts.sqlite3").write_bytes(b"garbage" * 1000)
    return as_before(_loud(folder, store))


def _newer_store(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    with closing(sqlite3.connect(store / "documents.sqlite3")) as file:
        file.execute("PRAGMA user_version = 99")
    found = refused(judged(WRONG, store, cwd=folder))
    with closing(sqlite3.connect(store / "documents.sqlite3")) as file:
        if file.execute("SELECT count(*) FROM documents").fetchone()[0] != len(SOURCES):
            found.lost.append("documents")
    return found


def _older_store(folder: Path) -> Outcome:
    new, store = stocked(folder / "new"), folder / "store"
    store.mkdir()
    with closing(sqlite3.connect(store / "documents.sqlite3", isolation_level=None)) as file:
        _run_script(file, _STEPS[1])
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("PRAGMA user_version = 1")
        file.execute("ATTACH ? AS new", [str(new / "documents.sqlite3")])
        columns = "id, doc_id, text_sha256, digest, title, day, publisher, source, text"
        file.execute(f"INSERT INTO documents ({columns}) SELECT {columns} FROM new.documents")
        file.execute("INSERT INTO passages SELECT * FROM new.passages")
        file.execute("INSERT INTO words (words) VALUES ('rebuild')")
        file.execute("UPDATE counters SET value = 100 WHERE name = 'next_passage'")
    found = as_before(_loud(folder, store))
    found.lost += _missing(store, {one.doc_id for one in SOURCES})
    with closing(sqlite3.connect(store / "documents.sqlite3")) as file:
        if file.execute("PRAGMA user_version").fetchone()[0] != max(_STEPS):
            found.wrong.append("the store was not brought up to date")
    return found


def _killed_ingest(folder: Path) -> Outcome:
    path, store = write_documents(folder / "many.jsonl", many(DOCUMENTS)), stocked(folder / "store")
    process = subprocess.Popen(
        command("ingest", path, "--store", store, "--no-facts", "--quiet"), cwd=folder, env=environment()
    )
    _wait_for_documents(store, len(SOURCES) + 1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = as_before(_loud(folder, store), lost=_missing(store, {one.doc_id for one in SOURCES}))
    again = factcheck("ingest", path, "--store", store, "--no-facts", cwd=folder)
    before.wrong += plain(again, code=0)
    before.lost += _missing(store, {f"d{n}" for n in range(DOCUMENTS)})
    before.said = again.last
    return before


def _wait_for_documents(store: Path, count: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with closing(sqlite3.connect(store / "documents.sqlite3", timeout=10)) as file:
            if file.execute("SELECT count(*) FROM documents").fetchone()[0] >= count:
                return
        time.sleep(0.02)
    raise TimeoutError("nothing was stored for a minute")


def _full_disk(folder: Path) -> Outcome:
    store, path = folder / "disk" / "store", write_documents(folder / "many.jsonl", many(DOCUMENTS * 5))
    small = write_documents(folder / "small.jsonl", SOURCES)
    own = f'"{sys.executable}" -m factcheck'
    script = "; ".join(
        [
            f'{own} ingest "{small}" --store "{store}" --quiet',
            f'{own} ingest "{path}" --store "{store}" --no-facts --quiet',
            "echo code $?",
            f'{own} verify "{WRONG}" --store "{store}" --json --quiet',
            f'mount -o remount,size=900m "{folder / "disk"}"',
            f'{own} ingest "{path}" --store "{store}" --no-facts --quiet || echo again $?',
            f'cp -r "{store}" "{folder / "after"}"',
        ]
    )
    done = subprocess.run(
        small_disk(folder, 6, script), cwd=folder, env=environment(), capture_output=True, text=True, timeout=600,
        check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    code = next((int(line.split()[1]) for line in lines if line.startswith("code ")), -1)
    verdict = "\n".join(line for line in lines if line.startswith("{"))
    ran = Ran(code, verdict, done.stderr)
    found = Outcome(done.stderr.splitlines()[0] if done.stderr else "", code, wrong=plain(ran, code=3))
    if ran.label == "SUPPORTED":
        found.passed.append(WRONG)
    if any(line.startswith("again") for line in lines):
        found.wrong.append("it did not go on when there was room")
    expected = {f"d{n}" for n in range(DOCUMENTS * 5)} | {one.doc_id for one in SOURCES}
    found.lost += _missing(folder / "after", expected)[:5]
    return found


def _few_files(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    return refused(judged(WRONG, store, cwd=folder, before=few_files(12)))


def _store_deleted(folder: Path) -> Outcome:
    """Deleted while the batch has it open; what is there is all that may come out."""
    from eval.faults.batches import deleted_in_the_middle  # it waits for the batch as that module does

    return deleted_in_the_middle(folder)


@contextmanager
def _chroma(data: Path, port: int) -> Iterator[None]:
    program = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [str(program), "run", "--path", str(data), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _chroma_gone(folder: Path) -> Outcome:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    address, small = f"http://127.0.0.1:{port}", write_documents(folder / "small.jsonl", SOURCES)
    env = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
    with _chroma(folder / "chroma", port):
        first = factcheck("ingest", small, "--store", address, cwd=folder, env=env)
    found = refused(judged(WRONG, address, cwd=folder, env=env))
    found.wrong += plain(first, code=0)
    with _chroma(folder / "chroma", port):
        if judged(WRONG, address, cwd=folder, env=env).label != "REFUTED":
            found.lost.append("the vectors on the server")
    return found


def _verifier_missing(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    env = package_with(folder / "program", "factcheck/models/weights/verifier.onnx", Path.unlink)
    return _open_claim(judged(OPEN, store, cwd=folder, env=env))


def _verifier_cut(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    env = package_with(folder / "program", "factcheck/models/weights/verifier.onnx", _cut_short)
    return _open_claim(judged(OPEN, store, cwd=folder, env=env))


def _verifier_flipped(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    env = package_with(folder / "program", "factcheck/models/weights/verifier.onnx", _flip)
    return _open_claim(judged(OPEN, store, cwd=folder, env=env))


def _embedding_cut(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    env = package_with(folder / "program", "vectorstore/weights/model.onnx", _cut_short)
    return refused(judged(WRONG, store, cwd=folder, env=env))


def _embedding_flipped(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    env = package_with(folder / "program", "vectorstore/weights/model.onnx", _flip)
    return refused(judged(WRONG, store, cwd=folder, env=env))


def _cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path) -> None:
    """Change a few numbers in the middle of the weights, as a bad disk or a bad copy does."""
    with path.open("r+b") as file:
        for place in range(path.stat().st_size // 2, path.stat().st_size // 2 + 4000, 100):
            file.seek(place)
            file.write(b"\x7f")


def _open_claim(ran: Ran) -> Outcome:
    passed = [OPEN] if ran.label == "SUPPORTED" else []
    return Outcome(ran.last, ran.code, passed=passed, wrong=plain(ran, code=3))


FAULTS = (
    Fault("store deleted", "the folder was deleted while `factcheck batch` judged", _store_deleted),
    Fault("disk full", "`ingest` of 1,500 documents on a disk of 6 MB, then again with room", _full_disk),
    Fault("documents damaged", "`documents.sqlite3` overwritten from its second page; restored from a copy",
          _damaged_documents),
    Fault("word index damaged", "its lists overwritten with zeros", _damaged_words),
    Fault("vectors damaged", "every file in `chroma/` overwritten", _damaged_vectors),
    Fault("vectors lost", "`chroma/` deleted", _lost_vectors),
    Fault("fact index damaged", "`facts.sqlite3` overwritten", _damaged_facts),
    Fault("newer store", "the store's format set to 99", _newer_store),
    Fault("older store", "a store made by the first schema, opened by this version", _older_store),
    Fault("ingest killed", "`kill -9` in the middle, then `ingest` again", _killed_ingest),
    Fault("no file handles", "a process that may open 12 files", _few_files),
    Fault("Chroma server gone", "stopped after `ingest`, then started again", _chroma_gone),
    Fault("verifier missing", "`verifier.onnx` deleted", _verifier_missing),
    Fault("verifier cut short", "half of `verifier.onnx`", _verifier_cut),
    Fault("verifier altered", "40 bytes changed in the middle of `verifier.onnx`", _verifier_flipped),
    Fault("embedding model cut short", "half of `model.onnx`", _embedding_cut),
    Fault("embedding model altered", "40 bytes changed in the middle of `model.onnx`", _embedding_flipped),
)  # fmt: skip
