"""Several texts checked as a linter does: formats of continuous integration, the baseline, what fails."""

import sys
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from factcheck.cli import messages, output
from factcheck.cli.draft import Draft
from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.checker import Checker
    from factcheck.reports.findings import Standing
    from factcheck.reports.problems import Ignore, Text

_TOGETHER = ("text", "jsonl")
"""Formats in which one text can stand after another."""


class ToCheck(NamedTuple):
    """A text that was read, its ignore comments blanked out."""

    name: str
    draft: Draft
    day: date | None
    ignores: "tuple[Ignore, ...]"


def is_lint(form: str) -> bool:
    """Whether this is a format of continuous integration."""
    from factcheck.reports.lint import lint_of

    return lint_of(form) is not None


def check_options(
    files: Sequence[str], form: str, *, out: Path | None, baseline: Path | None, update: bool
) -> None:  # fmt: skip
    """Raise UsageError for options that contradict each other, before any work."""
    from factcheck.reports import format_of, format_of_file

    if update and baseline is None:
        raise UsageError("--update-baseline needs to know which: give --baseline FILE")
    if is_lint(form):
        return
    if out is not None:
        format_of_file(str(out))
    elif form != "text" and format_of(form).binary:
        raise UsageError(f"{form} is no text; name a file for it: --out report.{form}")
    if len(files) > 1 and (out is not None or form not in _TOGETHER):
        raise UsageError(f"{len(files)} texts cannot be one {out or form} report; give one text, or --format text")


def known_problems(baseline: Path | None, *, update: bool) -> frozenset[str]:
    """Return the fingerprints of the baseline; none when it is made now."""
    from factcheck.cli.baseline import read_baseline

    return frozenset() if baseline is None or update else read_baseline(baseline)


def read_text(file: str, as_of: str | None) -> ToCheck:
    """Read a text; raises UsageError or InputError that names it."""
    from factcheck.cli.dating import day_of
    from factcheck.cli.draft import read_draft
    from factcheck.reports.problems import without_ignores

    draft = read_draft(file)
    day = day_of(draft, as_of)
    text, ignores = without_ignores(draft.text)
    for ignore in ignores:
        if not ignore.reason:
            messages.warn(f"{draft.name}, line {ignore.line}: an ignore comment without a reason counts for nothing")
    name = draft.name if file == "-" else PurePath(file).as_posix()
    return ToCheck(name, draft._replace(text=text), day, ignores)


def checked(checker: "Checker", text: ToCheck) -> "Text":
    """Check a text."""
    from factcheck.reports.problems import Text

    report = checker.check(text.draft.text, as_of=text.day, title=text.draft.title)
    return Text(name=text.name, report=report, ignores=text.ignores, placed=text.draft.placed)


def conclude(
    texts: "Sequence[Text]", form: str, conditions: "Collection[Standing]", known: Collection[str], *,
    out: Path | None, baseline: Path | None,
) -> bool:  # fmt: skip
    """Write the format of continuous integration and the baseline, where asked for; returns whether the run fails."""
    from factcheck.cli.baseline import baseline_of, summary
    from factcheck.reports.lint import lint_of
    from factcheck.reports.problems import counts_against, problems, told

    found = problems(texts, known)
    lint = lint_of(form)
    if lint is not None:
        if out is not None:
            output.write_file(out, lint.write(found))
            messages.say(f"wrote {out}")
        else:
            sys.stdout.write(lint.write(found))
    if lint is not None or known:
        messages.say(summary(told(found)))
    if baseline is not None:
        output.write_file(baseline, baseline_of(told(found)))
        messages.say(f"wrote {baseline}: {len(told(found))} problems are known from now on")
        return False
    return counts_against(texts, conditions, known)
