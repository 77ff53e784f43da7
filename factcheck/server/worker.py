"""Checks the texts in the queue, one at a time; what it has judged is kept, so a restart goes on where it was."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread

from factcheck.errors import FactcheckError
from factcheck.server.db import Database, checking, citations
from factcheck.server.db.models import Version
from factcheck.server.intake import Intake
from factcheck.server.judge import Judge
from factcheck.server.judging import digests, judged
from factcheck.server.memory import give_back
from factcheck.server.times import utc_now
from factcheck.types import Claim
from factcheck.version import __version__

logger = logging.getLogger(__name__)

CHUNK = 8
"""Claims judged between two steps of the progress bar."""
LOOK_AT_SOURCES = timedelta(minutes=1)
"""How often the sources of verdicts are compared with the store, and memory is given back; between two texts."""
PAUSE = 0.5
"""Seconds between two looks at an empty queue."""
AFTER_TROUBLE = 5.0
"""Seconds until a database that could not be used is tried again."""


class Worker:
    """A thread that checks what is queued until it is stopped."""

    def __init__(
        self, database: Database, judge: Judge, now: Callable[[], datetime] = utc_now, intake: Intake | None = None
    ) -> None:
        self._intake = intake or Intake(())
        self._database, self._judge, self._now = database, judge, now
        self._stop, self._wake = Event(), Event()
        self._looked: datetime | None = None
        self._thread = Thread(target=self._run, name="checks", daemon=True)

    def start(self) -> None:
        """Begin; texts whose check was interrupted come first."""
        self._thread.start()

    def sources_changed(self) -> None:
        """Say that documents were changed or removed, so that verdicts that rest on them are marked at once."""
        self._looked = None
        self._wake.set()

    def wake(self) -> None:
        """Say that something was queued."""
        self._wake.set()

    def stop(self) -> None:
        """Stop after the chunk at hand."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=60)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._turn()
            except FactcheckError as exc:  # the database itself: a full disk, another program that keeps it busy
                logger.warning("checks wait: %s", exc)
                self._stop.wait(AFTER_TROUBLE)
            except Exception:  # a thread that ended would leave texts in the queue for ever
                logger.exception("checks wait")
                self._stop.wait(AFTER_TROUBLE)

    def _turn(self) -> None:
        """Look at the sources when it is time, then check one text, or take new ones in, or wait a little."""
        self._look_at_sources()
        with self._database.reading() as session:
            version = checking.next_to_check(session)
        if version is None:
            if self._take_in():
                return
            self._wake.wait(PAUSE)
            self._wake.clear()
            return
        try:
            self._check(version)
        except FactcheckError as exc:
            self._failed(version.id, str(exc))
        except Exception:  # whatever it is, the queue must go on, and the text must say that it failed
            logger.exception("the check of version %d failed", version.id)
            self._failed(version.id, "an unexpected error; the server's log has it")

    def _take_in(self) -> int:
        try:
            return self._intake.look(self._database, now=self._now())
        except Exception:  # whatever stands in a folder or a feed, the queue must go on
            logger.exception("taking in new texts failed")
            return 0

    def _look_at_sources(self) -> None:
        """Mark verdicts whose sources have changed and give memory back, every now and then, however long the queue."""
        now = self._now()
        if self._looked is not None and abs(now - self._looked) < LOOK_AT_SOURCES:  # a clock put back too
            return
        self._looked = now
        give_back()
        try:
            with self._database.reading() as session:
                cited = citations.cited_documents(session)
            stored = digests(self._judge, cited)
            with self._database.writing() as session:
                citations.compare(session, lambda doc_id: stored.get(doc_id), now=now)
        except FactcheckError as exc:
            logger.warning("sources of verdicts could not be compared: %s", exc)

    def _failed(self, version_id: int, message: str) -> None:
        with self._database.writing() as session:
            checking.fail(session, version_id, message, now=self._now())

    def _check(self, version: Version) -> None:
        if version.state == "queued":
            text, day = version.body, version.text.as_of
            found = self._judge.call(lambda checker: checker.extraction(text, as_of=day))
            with self._database.writing() as session:
                checking.begin(session, version.id, found, program=__version__, now=self._now())
        with self._database.reading() as session:
            waiting = checking.to_judge(session, version.id)
        for chunk in _chunks(waiting):
            if self._stop.is_set():
                return
            verdicts, documents = judged(self._judge, [claim for _, claim in chunk])
            with self._database.writing() as session:
                rows = [(row_id, verdict) for (row_id, _), verdict in zip(chunk, verdicts, strict=True)]
                checking.keep_verdicts(session, version.id, rows, documents)
        with self._database.writing() as session:
            checking.finish(session, version.id, now=self._now())


def _chunks(waiting: Sequence[tuple[int, Claim]]) -> Iterator[Sequence[tuple[int, Claim]]]:
    for start in range(0, len(waiting), CHUNK):
        yield waiting[start : start + CHUNK]
