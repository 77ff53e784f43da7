"""A text judged and written out: what ``check`` and ``example`` share."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.cli import messages, output
from factcheck.errors import InputError, UsageError

if TYPE_CHECKING:
    from factcheck.checker import Checker
    from factcheck.reports.claim_review import Publication
    from factcheck.reports.findings import Standing
    from factcheck.settings import Settings
    from factcheck.types import Report

READABLE = "text"


@contextmanager
def checker_on(settings: "Settings", sources: Sequence[str]) -> "Iterator[Checker]":
    """Give a checker on the store of the settings, or on a store for now that holds ``sources`` alone.

    Raises InputError when none of the sources holds a document.
    """
    from factcheck.build import build_checker

    if not sources:
        with build_checker(settings, create=False) as checker:
            if not checker.store.count():
                messages.warn("the store has no documents; add some with: factcheck ingest PATH")
            yield checker
        return
    from factcheck.cli.stocking import stock

    with (
        TemporaryDirectory(prefix="factcheck-") as folder,
        build_checker(settings.model_copy(update={"store": folder})) as checker,
    ):
        stock(checker.store, sources)
        if not checker.store.count():
            raise InputError(f"{', '.join(sources)}: no document in it; nothing to check against")
        yield checker


def write_out(
    checker: "Checker", report: "Report", *, out: Path | None, form: str, publication: "Publication | None" = None
) -> None:
    """Write the report to ``out`` if given, else print it as ``form``; the tally goes to standard error.

    ``form`` is ``text`` for reading, or the name of a report format; ``publication`` is for those that are published.
    """
    from factcheck.reports import format_of_file, render, render_bytes
    from factcheck.reports.findings import tally_line

    if out is not None:
        name = format_of_file(str(out)).name
        output.write_file(out, render_bytes(name, report, cited_texts(checker, report), publication=publication))
        messages.say(f"wrote {out}")
    elif form == READABLE:
        from factcheck.reports.terminal import report_view

        output.show(report_view(report))
        return
    else:
        sys.stdout.write(render(form, report, cited_texts(checker, report), publication=publication))
    messages.say(tally_line(report))


def publication_of(settings: "Settings", day: date) -> "Publication | None":
    """Return who publishes, by the settings, on ``day``; None when that is not set. UsageError: it is no address."""
    from pydantic import ValidationError

    from factcheck.reports.claim_review import Publication

    if not (settings.publisher and settings.publisher_url):
        return None
    try:
        return Publication(publisher=settings.publisher, url=settings.publisher_url, day=day)
    except ValidationError as exc:
        raise UsageError(f"publisher_url {settings.publisher_url!r} is no web address; begin it with https://") from exc


def cited_texts(checker: "Checker", report: "Report") -> dict[str, str]:
    """Return the stored text of every document the report cites."""
    cited = {piece.doc_id for one in report.claims if one.verdict for piece in one.verdict.evidence}
    found = {doc_id: checker.store.get(doc_id) for doc_id in sorted(cited)}
    return {doc_id: document.text for doc_id, document in found.items() if document is not None}


def chosen_form(asked: str | None, *, as_json: bool) -> str:
    """Return the format for standard output; raises UsageError for one there is not."""
    from factcheck.reports import format_of
    from factcheck.reports.lint import lint_of

    if asked is None:
        return "jsonl" if output.wants_json(as_json) else READABLE
    if as_json and asked != "jsonl":
        raise UsageError(f"--json and --format {asked} contradict each other; give one")
    return asked if asked == READABLE or lint_of(asked) else format_of(asked).name


def fail_conditions(asked: str | None) -> "frozenset[Standing]":
    """Return the standings of ``--fail-on``, a list with commas; raises UsageError for an unknown one."""
    from factcheck.reports.findings import Standing

    names = [name.strip().lower().replace("-", "_") for name in (asked or "").split(",") if name.strip()]
    known = {standing.value: standing for standing in Standing}
    for name in names:
        if name not in known:
            raise UsageError(f"--fail-on {name!r} is not one of {', '.join(known)}")
    return frozenset(known[name] for name in names)
