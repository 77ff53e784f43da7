"""What a run has done so far, on disk beside its output: append-only, a chunk at a time.

The first line says what the run is. A chunk is its rows and a closing line with their digest, written at once and
flushed to the disk; only a chunk with its closing line counts, so that a torn end is cut off and judged again. A row
that shares the judgement of an earlier one has that one's number instead of a verdict. A run that goes on does so with
the first chunk in which a language model gave no answer: the others after it are in the caches.
"""

import json
import os
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError

from factcheck.batch.rows import Origin
from factcheck.errors import InputError, StoreFailed, UsageError
from factcheck.types import Frozen, Label, Verdict

SUFFIX = ".journal"
_END = b'{"end"'
_UNANSWERED = b'"error":{"stage":"llm"'
"""In the line of a row to which the language model gave no answer; texts cannot have it, their quotes are escaped."""
FORMAT = 1


class RunFacts(Frozen):
    """What a run is: one that goes on must be the same."""

    journal: int = FORMAT
    version: str
    """Of this program."""
    input: str
    """What was given to read."""
    settings: str
    """Digest of the settings that bear on verdicts."""
    store: str
    """Digest of the documents in the store."""
    options: dict[str, str] = Field(default_factory=dict)
    """What else decides which rows there are."""
    done: int | None = None
    """Rows of the finished run; None while it runs."""


class Entry(Frozen):
    """One row of the journal: with a verdict, or pointing at the row that has it."""

    digest: str
    """Of the row as it was read."""
    claim_id: str
    key: str = ""
    """Of the judgement; empty for a row without a claim."""
    verdict: Verdict | None = None
    like: int | None = None
    """Place among the entries, from 0, of the one with the same judgement."""
    origin: Origin | None = None
    expected: Label | None = None
    """The label that the row was known to have, when it came with one."""


def journal_of(out: Path) -> Path:
    """Where the journal of an output is."""
    return out.with_name(out.name + SUFFIX)


class Journal:
    """An open journal, locked against a second run. A context manager."""

    def __init__(self, path: Path, facts: RunFacts, *, resume: bool, restart: bool = False) -> None:
        """Open the journal at ``path``, or begin one.

        Raises UsageError when an unfinished one is there and neither ``resume`` nor ``restart`` is asked for, when
        it belongs to another run, or when another process is at it; InputError when it is no journal.
        """
        self.path = path
        fresh = not path.exists()
        try:
            # unbuffered: what the disk did not take must not be written later, when the file is closed
            self._end: FileIO = path.open("ab", buffering=0)
            self._file: BufferedReader = path.open("rb")
        except OSError as exc:
            raise UsageError(f"{path}: cannot be written: {exc.strerror or exc}") from exc
        try:
            _lock(self._end, path)
            if fresh:
                self._begin(facts)
            else:
                self._reopen(facts, resume=resume, restart=restart)
        except BaseException:
            self.close()
            raise

    def _reopen(self, facts: RunFacts, *, resume: bool, restart: bool) -> None:
        head = self._file.readline()
        try:
            known = RunFacts.model_validate_json(head)
        except ValidationError as exc:
            if not head.endswith(b"\n") or restart:  # killed before its first line was whole
                self._begin(facts)
                return
            raise InputError(f"{self.path}: is not a journal of factcheck batch; move it away") from exc
        if restart or (known.done is not None and not resume):
            self._begin(facts)
            return
        if not resume:
            raise UsageError(
                f"{self.path}: an unfinished run is noted here; go on with --resume, or begin anew with --restart"
            )
        _same(self.path, known, facts)
        self.facts = known
        self._places = array("Q")  # 8 bytes a row are all that is held
        self._start = len(head)
        self._end.truncate(self._whole_until())
        self._file.close()  # it has read ahead, and would give what was just cut off for what comes in its place
        self._file = self.path.open("rb")

    def _begin(self, facts: RunFacts) -> None:
        self.facts = facts
        self._places = array("Q")
        self._end.truncate(0)
        self._file.close()  # its buffer still has the beginning of what was there, and would give it out
        self._file = self.path.open("rb")
        line = facts.model_dump_json().encode() + b"\n"
        self._start = len(line)
        self._put(line)

    def _whole_until(self) -> int:
        """The byte after the last chunk that is whole."""
        self._file.seek(self._start)
        good, state, read = self._start, blake2b(digest_size=8), self._start
        starts = array("Q")
        for line in self._file:
            if _UNANSWERED in line:
                break
            if not line.startswith(_END):
                state.update(line)
                starts.append(read)
                read += len(line)
                continue
            if line != _closing(state.hexdigest()):
                break
            read += len(line)
            self._places.extend(starts)
            good, state, starts = read, blake2b(digest_size=8), array("Q")
        return good

    def append(self, entries: Sequence[Entry]) -> None:
        """Write a chunk so that it lasts; raises StoreFailed when the disk does not take it."""
        start = self._end.seek(0, os.SEEK_END)
        lines = [entry.model_dump_json(exclude_defaults=True).encode() + b"\n" for entry in entries]
        body = b"".join(lines)
        self._put(body + _closing(blake2b(body, digest_size=8).hexdigest()))
        for line in lines:
            self._places.append(start)
            start += len(line)

    def _put(self, data: bytes) -> None:
        try:
            left = memoryview(data)
            while left:
                left = left[self._end.write(left) :]
            os.fsync(self._end.fileno())
        except OSError as exc:
            raise StoreFailed(
                f"{self.path}: cannot be written: {exc.strerror or exc}; make room, then go on with --resume"
            ) from exc

    def __len__(self) -> int:
        """How many rows are noted."""
        return len(self._places)

    def __getitem__(self, number: int) -> Entry:
        """The entry at a place, from 0."""
        self._file.seek(self._places[number])
        return Entry.model_validate_json(self._file.readline())

    def entries(self) -> Iterator[Entry]:
        """Every row so far, in order."""
        return (self[number] for number in range(len(self)))

    def close_as_done(self, rows: int) -> None:
        """Replace what was noted by one line that says the run is finished."""
        self._begin(self.facts.model_copy(update={"done": rows}))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _closing(digest: str) -> bytes:
    return json.dumps({"end": digest}).encode() + b"\n"


def _same(path: Path, known: RunFacts, asked: RunFacts) -> None:
    """Raise UsageError when a run is not the one that was noted."""
    names: dict[str, str] = {
        "version": "this version of factcheck", "input": "the input", "settings": "the settings",
        "store": "the documents in the store", "options": "the options",
    }  # fmt: skip
    for name, what in names.items():
        before, now = _shown(getattr(known, name)), _shown(getattr(asked, name))
        if before != now:
            raise UsageError(
                f"{path}: {what} changed since the run was interrupted ({before} then, {now} now); "
                "put it back, or begin anew with --restart"
            )


def _shown(value: Any) -> str:  # noqa: ANN401 - a text or a table of texts
    text = value if isinstance(value, str) else json.dumps(value)
    return text[:60] or "nothing"


def _lock(file: FileIO, path: Path) -> None:
    """Keep a second run away; the system drops the lock when this process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        raise UsageError(f"{path}: another process is at this run; wait for it to end") from exc
