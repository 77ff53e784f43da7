"""``factcheck batch``: verdicts for many claims."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from factcheck.batch.job import Job
    from factcheck.batch.progress import Pace
    from factcheck.batch.remembered import Flip
    from factcheck.batch.run import Tally

EXAMPLES = """
factcheck batch claims.jsonl --out verdicts.jsonl
factcheck batch claims.csv --out verdicts.csv --where desk=politics --limit 500
factcheck batch claims.jsonl --out verdicts.jsonl --resume
factcheck batch 'articles/*.html' --out verdicts.jsonl
factcheck batch claims.jsonl --out verdicts.jsonl --engine ray --workers 2
factcheck batch claims.txt --dry-run
"""
INTERRUPTED, SERVICE = 130, 3
SAY_EVERY = 10.0
"""Seconds between lines of progress where there is no terminal to write over one."""
MOST_FLIPS = 20
MOST_NAMES = 5
"""Names of articles said in one line."""
SAMPLE = 32
"""Claims that a dry run judges to tell how long the run would take."""

Claims = Annotated[
    str,
    typer.Argument(
        metavar="CLAIMS|-",
        help="Claims (.jsonl, .csv, .tsv, .txt, .xlsx, also .gz) or articles: a folder, a glob, a page; - reads stdin.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Where the verdicts go: .jsonl, .csv, .xlsx or .html, also .gz."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run; nothing is done twice.")]
Restart = Annotated[bool, typer.Option("--restart", help="Begin anew although an interrupted run is noted.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done and how long it takes; write nothing.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="Only the first N rows.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="COND", help="Only rows with, say, desk=sport; also != ~ < <= > >=; repeatable."),
]
Cache = Annotated[
    bool, typer.Option(help="Take verdicts given before where no document has come that could change them.")
]
WorkersOption = Annotated[int, typer.Option("--workers", metavar="N", min=1, max=64, help="Processes that judge.")]
EngineOption = Annotated[Literal["local", "ray"], typer.Option("--engine", help="Where they run; ray is an extra.")]
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="ADDRESS", help="Of a Ray cluster; default: one begun here for this run."),
]


def batch(
    claims: Claims,
    out: Out = None,
    resume: Resume = False,
    restart: Restart = False,
    dry_run: DryRun = False,
    limit: Limit = None,
    where: Where = None,
    as_of: options.AsOf = None,
    workers: WorkersOption = 1,
    engine: EngineOption = "local",
    address: Address = None,
    cache: Cache = True,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge many claims: one verdict a row, in order, whatever happens to a row.

    What is done is noted beside the output; the output appears when it is whole.
    """
    from factcheck.batch.job import RAY, Interrupted, Job, run
    from factcheck.batch.progress import Pace
    from factcheck.cli import messages
    from factcheck.cli.dating import parse_day
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    day = None if as_of is None else parse_day(as_of)
    empty: list[str] = []
    if address is not None and engine != RAY:
        raise UsageError("--address is that of a Ray cluster; give --engine ray with it")
    job = Job(
        claims, load_settings(store=store, llm=llm, llm_budget=budget), as_of=day, where=tuple(where or ()),
        limit=limit, workers=workers, cache=cache, on=engine, address=address, without=empty.append,
    )  # fmt: skip
    if dry_run:
        _say_what_would_be_done(job)
        return
    if out is None:
        raise UsageError("where should the verdicts go? give --out FILE")
    pace, flips = Pace(time.monotonic, job.total()), _Flips()
    try:
        with told(pace) as watch:
            tally = run(job, out, resume=resume, restart=restart, watch=watch, on_flip=flips.add)
    except Interrupted as exc:
        messages.error(f"{exc}; go on with: --resume")
        raise typer.Exit(INTERRUPTED) from None
    if tally is None:
        messages.say(f"{out} is complete; nothing to do")
        return
    if empty:
        names = ", ".join(empty[:MOST_NAMES]) + (", ..." if len(empty) > MOST_NAMES else "")
        messages.warn(f"{len(empty):,} articles have nothing that can be checked: {names}")
    if not tally.rows:
        messages.warn(f"{claims}: no row takes part; {out} is empty")
    messages.say(f"wrote {out}: {pace.summary(tally)}")
    flips.say()
    if tally.unanswered:
        messages.error(f"{tally.unanswered:,} rows got no answer from the language model; ask again with: --resume")
        raise typer.Exit(SERVICE)


class _Flips:
    """Counts verdicts that are others than they were, and holds the first few."""

    def __init__(self) -> None:
        self._count = 0
        self._lines: list[str] = []

    def add(self, flip: "Flip") -> None:
        """Take note of one."""
        self._count += 1
        if self._count <= MOST_FLIPS:
            self._lines.append(flip.line)

    def say(self) -> None:
        """Say what there were."""
        from factcheck.cli import messages

        for line in self._lines:
            messages.say(f"flipped since it was last judged: {line}")
        if self._count > MOST_FLIPS:
            messages.say(f"and {self._count - MOST_FLIPS:,} more have flipped")


@contextmanager
def told(pace: "Pace") -> "Iterator[Callable[[Tally], None]]":
    """Tell how it goes on standard error: one line written over on a terminal, else a line now and then."""
    import sys

    from factcheck.cli import messages

    last = pace.began

    def line_now_and_then(tally: "Tally") -> None:
        nonlocal last
        line = pace.line(tally)
        if time.monotonic() - last >= SAY_EVERY:
            last = time.monotonic()
            messages.say(line)

    if not (sys.stderr.isatty() and messages.is_talking()):
        yield line_now_and_then
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda tally: status.update(pace.line(tally))


def _say_what_would_be_done(job: "Job") -> None:
    from itertools import islice

    from factcheck.batch.engine import judged
    from factcheck.batch.progress import duration
    from factcheck.build import build_checker
    from factcheck.cli import messages

    job.facts()  # the store is there, the settings are sound
    rows = unreadable = 0
    keys: set[str] = set()
    for row in job.rows():
        rows += 1
        unreadable += row.claim is None
        keys.add(row.key)
    different = len(keys - {""})
    typer.echo(f"{rows:,} rows, {different:,} different claims to judge, {unreadable:,} that cannot be read")
    if not different or job.settings.llm is not None:
        return
    # a sample is judged for the time it takes: nothing is paid for and nothing is written
    with build_checker(job.settings, create=False) as checker:
        sample = [row.claim for row in islice((row for row in job.rows() if row.claim), SAMPLE) if row.claim]
        judged(sample[:1], checker.verify)  # loads what has to be loaded
        began = time.monotonic()
        judged(sample, checker.verify)
        rate = len(sample) / (time.monotonic() - began)
    typer.echo(f"about {duration(different / rate)} at {rate:.1f} claims a second with one process; costs nothing")
    messages.say("nothing was written")
