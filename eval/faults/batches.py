"""Faults of a run of ``factcheck batch``: killed, out of disk, its store gone or changed, its clock moved."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eval.faults.tools import (
    SOURCES,
    Fault,
    NotHere,
    Outcome,
    Ran,
    command,
    environment,
    factcheck,
    many,
    plain,
    small_disk,
    stocked,
    supported_in,
    write_documents,
    write_wrong_claims,
)

CLAIMS = 640
FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
)


def begun(folder: Path, store: Path, out: Path, *, env: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    """A batch of wrong claims that has noted its first chunk, and is at the others."""
    claims = write_wrong_claims(folder / "claims.jsonl", CLAIMS)
    process = subprocess.Popen(
        command("batch", claims, "--out", out, "--store", store, "--no-cache"), cwd=folder,
        env=environment(**(env or {})), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    journal, until = out.with_name(out.name + ".journal"), time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if journal.exists() and b'{"end"' in journal.read_bytes():
            return process
        time.sleep(0.02)
    raise TimeoutError("the batch noted nothing for a minute")


def ended(process: "subprocess.Popen[str]") -> Ran:
    """The batch when it has come to its end."""
    said = process.communicate(timeout=300)[1]
    return Ran(process.returncode, "", said)


def _resumed(folder: Path, store: Path, out: Path, *, restart: bool = False) -> Ran:
    how = "--restart" if restart else "--resume"
    return factcheck(
        "batch", folder / "claims.jsonl", "--out", out, "--store", store, "--no-cache", how, cwd=folder
    )  # fmt: skip


def _undisturbed(folder: Path, store: Path) -> bytes:
    out = folder / "undisturbed.jsonl"
    claims = write_wrong_claims(folder / "claims.jsonl", CLAIMS)
    ran = factcheck("batch", claims, "--out", out, "--store", store, "--no-cache", cwd=folder)
    if ran.code:
        raise RuntimeError(ran.said)
    return out.read_bytes()


def _compared(found: Outcome, out: Path, expected: bytes) -> Outcome:
    """With what the finished file lacks, or has that should not have passed."""
    if not out.exists():
        found.lost.append("the output")
        return found
    found.passed += supported_in(out)
    rows, wanted = out.read_bytes().splitlines(), expected.splitlines()
    if rows != wanted:
        found.lost += [f"{sum(a != b for a, b in zip(rows, wanted, strict=False)) + abs(len(rows) - len(wanted))} rows"]
    return found


def deleted_in_the_middle(folder: Path) -> Outcome:
    """The store's folder deleted while a batch judges: a line at the end, or the verdicts that were due."""
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    expected = _undisturbed(folder, store)
    shutil.copytree(store, folder / "copy")
    process = begun(folder, store, out)
    shutil.rmtree(store)
    ran = ended(process)
    found = Outcome(ran.last, ran.code, wrong=plain(ran, code=3 if ran.code else 0))
    if ran.code:
        shutil.move(folder / "copy", store)
        found.wrong += plain(_resumed(folder, store, out), code=0)
    return _compared(found, out, expected)


def _killed(folder: Path) -> Outcome:
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    expected = _undisturbed(folder, store)
    process = begun(folder, store, out)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    ran = _resumed(folder, store, out)
    return _compared(Outcome(ran.last, None, wrong=plain(ran, code=0)), out, expected)


def _store_changed(folder: Path) -> Outcome:
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    process = begun(folder, store, out)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    more = write_documents(folder / "more.jsonl", many(1))
    factcheck("ingest", more, "--store", store, "--quiet", cwd=folder)
    ran = _resumed(folder, store, out)
    found = Outcome(ran.last, ran.code, wrong=plain(ran, code=2))
    found.wrong += plain(_resumed(folder, store, out, restart=True), code=0)
    return _compared(found, out, _undisturbed(folder, store))


def _journal_damaged(folder: Path) -> Outcome:
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    expected = _undisturbed(folder, store)
    process = begun(folder, store, out)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    journal = out.with_name("v.jsonl.journal")
    data = bytearray(journal.read_bytes())
    place = data.index(b'"label"') + len(b'"label":"')
    data[place : place + 7] = b"SUPPORT"
    journal.write_bytes(data)
    ran = _resumed(folder, store, out)
    return _compared(Outcome(ran.last, ran.code, wrong=plain(ran, code=0)), out, expected)


def _cache_damaged(folder: Path) -> Outcome:
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    claims = write_wrong_claims(folder / "claims.jsonl", 64)
    factcheck("batch", claims, "--out", folder / "first.jsonl", "--store", store, cwd=folder)
    (store / "verdicts.sqlite3").write_bytes(b"garbage" * 1000)
    for name in ("verdicts.sqlite3-wal", "verdicts.sqlite3-shm"):
        (store / name).unlink(missing_ok=True)
    ran = factcheck("batch", claims, "--out", out, "--store", store, cwd=folder)
    said = next((line for line in ran.said.splitlines() if "damaged" in line), ran.last)
    return _compared(Outcome(said, ran.code, wrong=plain(ran, code=0)), out, (folder / "first.jsonl").read_bytes())


def _full_disk(folder: Path) -> Outcome:
    store, out = stocked(folder / "store"), folder / "disk" / "v.jsonl"
    expected = _undisturbed(folder, store)
    arguments = f'batch "{folder / "claims.jsonl"}" --out "{out}" --store "{store}" --no-cache'
    own = f'"{sys.executable}" -m factcheck {arguments}'
    script = (
        f'{own}; echo code $?; mount -o remount,size=100m "{folder / "disk"}"; {own} --resume; cp "{out}" "{folder}"'
    )
    done = subprocess.run(
        small_disk(folder, 1, script), cwd=folder, env=environment(), capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    code = next((int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("code ")), -1)
    said = next((line for line in done.stderr.splitlines() if "cannot be written" in line), done.stderr[-200:])
    found = Outcome(said, code, wrong=plain(Ran(code, "", said), code=3))
    return _compared(found, folder / "v.jsonl", expected)


def _full_output(folder: Path) -> Outcome:
    store = stocked(folder / "store")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("verify", "Mayor Ines Calder cut the ribbon.", "--store", store, "--json"), cwd=folder,
            env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, timeout=180, check=False,
        )  # fmt: skip
    ran = Ran(done.returncode, "", done.stderr)
    return Outcome(ran.last, ran.code, wrong=plain(ran, code=2))


def moved_clock(folder: Path) -> tuple[dict[str, str], Path]:
    """The environment of a process whose clock is moved by what a file says; raises NotHere without libfaketime."""
    library = next((one for one in FAKETIME if Path(one).exists()), None)
    if library is None:
        raise NotHere("needs libfaketime (Debian's package faketime)")
    offset = folder / "offset"
    offset.write_text("+0\n")
    return {
        "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
    }, offset  # fmt: skip


def _clock_in_batch(folder: Path) -> Outcome:
    env, offset = moved_clock(folder)
    store, out = stocked(folder / "store"), folder / "v.jsonl"
    expected = _undisturbed(folder, store)
    process = begun(folder, store, out, env=env)
    offset.write_text("-400d\n")
    time.sleep(1)
    offset.write_text("+400d\n")
    ran = ended(process)
    return _compared(Outcome(ran.last, ran.code, wrong=plain(ran, code=0)), out, expected)


def _clock_back_between(folder: Path) -> Outcome:
    env, offset = moved_clock(folder)
    path, store = folder / "one.jsonl", folder / "store"
    write_documents(path, SOURCES)
    offset.write_text("+400d\n")
    factcheck("ingest", path, "--store", store, "--quiet", cwd=folder, env=env)
    write_documents(path, [SOURCES[0].model_copy(update={"text": SOURCES[0].text + " It rained."}), *SOURCES[1:]])
    offset.write_text("-400d\n")
    ran = factcheck("ingest", path, "--store", store, cwd=folder, env=env)
    found = Outcome(ran.last, ran.code, wrong=plain(ran, code=0))
    shown = factcheck("sources", "history", "gazette", "--store", store, "--json", cwd=folder)
    versions = [json.loads(line) for line in shown.out.splitlines()]
    if [one["number"] for one in versions] != [1, 2]:
        found.lost.append("a version of the document")
    ahead = datetime.now(UTC) + timedelta(days=300)
    if versions and datetime.fromisoformat(versions[0]["stored_at"]) < ahead:
        found.wrong.append("the clock was not moved")
    return found


FAULTS = (
    Fault("batch killed", "`kill -9` in the middle, then `--resume`", _killed),
    Fault("journal damaged", "a label in the journal of a killed run changed, then `--resume`", _journal_damaged),
    Fault("batch on a full disk", "the output on a disk of 1 MB, then `--resume` with room", _full_disk),
    Fault("store changed in between", "killed, a document added, `--resume`, then `--restart`", _store_changed),
    Fault("kept verdicts damaged", "`verdicts.sqlite3` overwritten", _cache_damaged),
    Fault("output cannot be written", "`factcheck verify` into `/dev/full`", _full_output),
    Fault("clock moves in a batch", "400 days back, then 400 days ahead", _clock_in_batch),
    Fault("clock moves between two ingests", "800 days back", _clock_back_between),
)
