"""A batch as it was asked for, and its run from reading to the finished file. This is what doors call."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factcheck.batch.articles import Read, Tell
from factcheck.batch.cache import open_cache
from factcheck.batch.choose import chosen, conditions
from factcheck.batch.engine import Engine, Here
from factcheck.batch.journal import Journal, RunFacts, journal_of
from factcheck.batch.output import check_place, output_of, write_rows
from factcheck.batch.remembered import OnFlip, Remembered
from factcheck.batch.rows import Row
from factcheck.batch.run import Tally, judge_rows
from factcheck.batch.sources import rows_in, rows_of
from factcheck.batch.touched import renew
from factcheck.batch.versions import settings_text, store_digest
from factcheck.batch.workers import Workers
from factcheck.build import build_checker, open_documents
from factcheck.errors import UsageError
from factcheck.settings import Settings
from factcheck.version import __version__

LOCAL, RAY = "local", "ray"


@dataclass(frozen=True)
class Job:
    """What is to be judged, and how."""

    source: str
    """A file of claims, ``-``, or articles: a folder, a glob, a page, a file of documents."""
    settings: Settings
    as_of: date | None = None
    """The day of rows that give none."""
    where: tuple[str, ...] = ()
    """Conditions that rows must meet, as ``desk=politics``."""
    limit: int | None = None
    """How many rows at most."""
    workers: int = 1
    """Processes that judge."""
    cache: bool = True
    """Whether verdicts given before, on documents that say the same, are taken again."""
    on: str = LOCAL
    """``local`` or ``ray``: where the processes are."""
    address: str | None = None
    """Of a Ray cluster; None: one is begun on this machine."""
    without: Tell = lambda _: None
    """Is told the names of articles in which there is nothing to check."""
    read: Read = lambda _sentences, _seconds: None
    """Is told how many sentences of an article were read for claims, and how many seconds that took."""

    def rows(self, noted: Journal | None = None) -> Iterator[Row]:
        """The rows that take part; raises UsageError or InputError that names what cannot be read.

        Articles that ``noted``, the journal of an interrupted run, has whole are not read again.
        """
        rows = rows_of(self.source, as_of=self.as_of, noted=noted, without=self.without, read=self.read)
        return chosen(rows, conditions(self.where), limit=self.limit)

    def total(self) -> int | None:
        """How many rows take part; None where that cannot be known without reading them."""
        if self.where:
            return None
        known = rows_in(self.source)
        return known if known is None or self.limit is None else min(known, self.limit)

    def facts(self) -> RunFacts:
        """What makes a run the same run; raises StoreFailed when there is no store."""
        with open_documents(self.settings, create=False) as documents:
            state = store_digest(documents)
        options = {"as_of": str(self.as_of or ""), "where": " and ".join(self.where), "limit": str(self.limit or "")}
        return RunFacts(
            version=__version__, input=self.source, settings=settings_text(self.settings), store=state, options=options
        )

    def engine(self, on_flip: OnFlip = lambda _: None) -> Engine:
        """What judges; raises StoreFailed or ModelFailed when it cannot be had.

        ``on_flip`` is told every verdict that is another one than the cache had.
        """
        cache = open_cache(self.settings) if self.cache else None
        if cache is None:
            return self.judging()
        try:
            with open_documents(self.settings, create=False) as documents:
                renew(cache, documents)
            return Remembered(self.judging(), cache, on_flip=on_flip)
        except BaseException:
            cache.close()
            raise

    def judging(self) -> Engine:
        """What judges without looking at what was judged before."""
        if self.on == RAY:
            from factcheck.batch.on_ray import OnRay

            return OnRay(self.settings, self.workers, address=self.address)
        if self.workers > 1:
            return Workers(self.settings, self.workers)
        checker = build_checker(self.settings, create=False)
        return Here(checker.verify, checker.close)


class Interrupted(KeyboardInterrupt):
    """A run was interrupted; what it has done is noted."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"interrupted; {rows:,} rows are done and noted")
        self.rows = rows


def run(
    job: Job, out: Path, *, resume: bool = False, restart: bool = False,
    watch: Callable[[Tally], None] = lambda _: None, on_flip: OnFlip = lambda _: None,
    write: Callable[[Journal, Path], None] = write_rows,
) -> Tally | None:  # fmt: skip
    """Judge the rows of ``job`` into the file ``out``; returns what came out, None when that was done before.

    ``resume`` goes on with an interrupted run of the same output, ``restart`` forgets it; with neither, one that is
    there is a UsageError; so does a run that came to its end with rows to which a language model gave no answer: these
    are asked again. ``watch`` is told the tally after every chunk, ``on_flip`` as in ``Job.engine``; ``write`` makes
    the file of what was noted. Raises
    Interrupted on a keyboard interrupt, UsageError and InputError for what cannot be read or written, StoreFailed and
    ModelFailed when something is lost on the way: all that was judged is kept.
    """
    if resume and restart:
        raise UsageError("--resume and --restart contradict each other; give one")
    output_of(out)
    check_place(out)
    with Journal(journal_of(out), job.facts(), resume=resume, restart=restart) as journal:
        if journal.facts.done is not None and out.exists():
            return None
        try:
            with closing(job.engine(on_flip)) as engine:
                tally = judge_rows(job.rows(journal), engine, journal, watch=watch)
            write(journal, out)
        except KeyboardInterrupt:
            raise Interrupted(len(journal)) from None
        if not tally.unanswered:
            journal.close_as_done(tally.rows)
    return tally
