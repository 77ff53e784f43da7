"""``factcheck example``: the main job on the bundled draft and sources."""

from pathlib import Path
from typing import Annotated

import typer

from factcheck.cli import options

EXAMPLES = """
factcheck example
factcheck example --out report.html
"""


def example(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a report: .html, .md, .json, .jsonl or .csv."),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check the bundled draft against its bundled sources.

    The store it needs for that is gone afterwards.
    """
    from factcheck.cli import checking, messages
    from factcheck.cli.draft import read_draft
    from factcheck.reports import format_of_file
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    if out is not None:
        format_of_file(str(out))
    folder = example_folder("istanbul")
    draft = read_draft(str(folder / "draft.md"))
    with checking.checker_on(load_settings(), [str(folder / "sources.jsonl")]) as checker:
        report = checker.check(draft.text, as_of=draft.as_of, title=draft.title)
        checking.write_out(checker, report, out=out, form="jsonl" if as_json else checking.READABLE)
    messages.say(f"the draft and its sources are in {folder}")


def example_folder(name: str) -> Path:
    """Return the folder of a bundled example: inside the installed package, or beside it in a checkout.

    Raises UsageError when this installation has none.
    """
    from factcheck.errors import UsageError

    package = Path(__file__).resolve().parents[1]
    for folder in (package / "examples" / name, package.parent / "examples" / name):
        if folder.is_dir():
            return folder
    raise UsageError(f"the example {name!r} is not part of this installation; reinstall factcheck-assistant")
