"""``factcheck verify``: one verdict."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from rich.console import Group

    from factcheck.settings import Settings
    from factcheck.types import Verdict

EXAMPLES = """
factcheck verify "The talks were held in Istanbul on 23 July 2025."
factcheck verify "She has been mayor since 2019." --as-of 2024-05-01 --json
factcheck verify --replay verdict.json
"""


def verify(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="One statement that stands alone.")] = "",
    as_of: options.AsOf = None,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    again: Annotated[
        Path | None,
        typer.Option("--replay", metavar="RECEIPT", help="Judge the rows of this file again and say what has changed."),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Say what the sources in the store say of one claim."""
    from factcheck.build import build_checker
    from factcheck.cli import messages, output
    from factcheck.cli.dating import parse_day
    from factcheck.errors import UsageError
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    day = parse_day(as_of) if as_of is not None else None
    if again is not None:
        if claim.strip() or as_of is not None:
            raise UsageError("--replay judges the claims of its file; give no claim and no --as-of beside it")
        _replay(again, load_settings(store=store, llm=llm, llm_budget=budget), as_json=as_json)
        return
    if not claim.strip():
        raise UsageError("the claim is empty; give a statement in quotes")
    with build_checker(load_settings(store=store, llm=llm, llm_budget=budget), create=False) as checker:
        if not checker.store.count():
            messages.warn("the store has no documents; add some with: factcheck ingest PATH")
        verdict = checker.verify([claim], as_of=day)[0]
    if output.wants_json(as_json):
        output.print_rows([verdict])
    else:
        output.show(_view(verdict))
    if verdict.error is not None:
        messages.error(f"the claim could not be judged: {verdict.error.stage}: {verdict.error.message}")
        raise typer.Exit(3)


def _replay(path: Path, settings: "Settings", *, as_json: bool) -> None:
    """Judge the verdicts of a file again; each is the same, or it is said what differs."""
    from factcheck.batch.replay import read_verdicts, replay
    from factcheck.build import build_checker
    from factcheck.cli import output

    before = read_verdicts(path)
    with build_checker(settings, create=False) as checker:
        rows = replay(checker, before)
    if output.wants_json(as_json):
        output.print_rows(rows)
        return
    for row in rows:
        said = "the same verdict" if row.same else "another verdict"
        output.show(f"{row.claim}\n  {said}: {row.now.label or 'not judged'}", *(f"  {line}" for line in row.changed))


def _view(verdict: "Verdict") -> "Group":
    """Return the verdict as the readable report shows it, with the claim as its own text."""
    from factcheck.reports.findings import findings
    from factcheck.reports.terminal import finding_view
    from factcheck.types import CheckedClaim, Claim, Report, Span
    from factcheck.version import __version__

    text = verdict.claim
    claim = Claim.cut(
        text,
        Span(start=0, end=len(text)),
        claim_id=verdict.claim_id,
        claim=text,
        type="claim",
        as_of=verdict.as_of,
    )
    report = Report(text=text, claims=(CheckedClaim(claim=claim, verdict=verdict),), version=__version__)
    return finding_view(findings(report)[0], numbered=False)
