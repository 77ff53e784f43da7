"""``factcheck triage``: what of a day's articles people should read first."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import batch, options

if TYPE_CHECKING:
    from factcheck.batch.triage import Ranked

EXAMPLES = """
factcheck triage articles/ --out ranked.jsonl
factcheck triage https://example.org/feed.xml --out ranked.jsonl --top 20
factcheck triage 'wire/*.html' --out ranked.jsonl --workers 2 --resume
"""
DAY = 24 * 60 * 60

Source = Annotated[str, typer.Argument(metavar="ARTICLES|-", help="A folder, a glob, a feed, a page, or documents.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE.jsonl", help="Where the whole ranked list goes.")]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, max=1000, help="How many are printed.")]


def triage(
    source: Source,
    out: Out,
    top: Top = 10,
    resume: batch.Resume = False,
    restart: batch.Restart = False,
    limit: batch.Limit = None,
    where: batch.Where = None,
    as_of: options.AsOf = None,
    workers: batch.WorkersOption = 1,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Rank the claims of articles: contradicted, surely, often repeated; and say what was checked before.

    The list is written when it is whole; it can be stopped and goes on as a batch does.
    """
    from factcheck.batch.job import Interrupted, Job
    from factcheck.batch.progress import Pace
    from factcheck.batch.triage import triage as rank
    from factcheck.build import open_documents
    from factcheck.cli import messages, output
    from factcheck.cli.dating import parse_day
    from factcheck.cli.seen import remembered
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    if out.suffix != ".jsonl":
        raise UsageError(f"{out}: the list is JSON Lines; end the name in .jsonl")
    settings, read = load_settings(store=store), _Read()
    job = Job(
        source, settings, as_of=None if as_of is None else parse_day(as_of), where=tuple(where or ()), limit=limit,
        workers=workers, read=read.add,
    )  # fmt: skip
    pace = Pace(time.monotonic, job.total())
    try:
        with (
            open_documents(settings, create=False) as documents,
            remembered(settings, documents) as memory,  # as it is before this run adds its own
            batch.told(pace) as watch,
        ):
            first = rank(job, out, top=top, memory=memory, resume=resume, restart=restart, watch=watch)
    except Interrupted as exc:
        messages.error(f"{exc}; go on with: --resume")
        raise typer.Exit(batch.INTERRUPTED) from None
    if output.wants_json(as_json):
        output.print_rows(first)
    else:
        _show(first)
    messages.say(f"wrote {out}{read.told()}")


class _Read:
    """Adds up what was read of articles, and how long that took."""

    def __init__(self) -> None:
        self._sentences = 0
        self._seconds = 0.0

    def add(self, sentences: int, seconds: float) -> None:
        """Count an article."""
        self._sentences += sentences
        self._seconds += seconds

    def told(self) -> str:
        """Say how quick it was; nothing when nothing was read."""
        if not self._seconds:
            return ""
        rate = self._sentences / self._seconds
        return f"; read {self._sentences:,} sentences for claims, {rate:,.0f} a second, {rate * DAY:,.0f} a day"


def _show(first: "list[Ranked]") -> None:
    from rich.text import Text

    from factcheck.cli import output
    from factcheck.reports.safe_text import one_line

    for one in first:
        lines = [f"{one.rank:>3} {one.claim}", f"    {one.why}: {', '.join(one.named)}"]
        if one.verdict.correction:
            lines.append(f"    sources say: {one.verdict.correction}")
        if one.seen is not None:
            lines.append(f"    seen before: {one.seen.line}")
        output.show(*(Text("    " * line.startswith("    ") + one_line(line)) for line in lines))
