"""``factcheck extract``: the claims of a text."""

from typing import TYPE_CHECKING

from factcheck.cli import options

if TYPE_CHECKING:
    from rich.text import Text

    from factcheck.types import Extraction

EXAMPLES = """
factcheck extract draft.md --as-of 2025-07-24
cat draft.txt | factcheck extract - --json
"""


def extract(
    file: options.Text,
    as_of: options.AsOf = None,
    store: options.Store = None,  # noqa: ARG001 - every command takes it; this one needs none
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Print the claims of a text, and why some are not checked."""
    from factcheck.cli import messages, output
    from factcheck.cli.dating import day_of
    from factcheck.cli.draft import read_draft

    messages.speak(quiet=quiet, verbose=verbose)
    draft = read_draft(file)
    day = day_of(draft, as_of)
    from factcheck.claims import extract as extract_claims  # heavy: not before the input is known to be good

    found = extract_claims(draft.text, as_of=day)
    if output.wants_json(as_json):
        output.print_rows(found.claims)
    else:
        output.show(*_lines(found))
    worth = sum(claim.check_worthy for claim in found.claims)
    messages.say(f"{len(found.claims)} claims, {worth} worth checking, in {len(found.ledger)} sentences")


def _lines(found: "Extraction") -> "list[Text]":
    from rich.text import Text

    from factcheck.reports.safe_text import one_line

    lines = []
    for number, claim in enumerate(found.claims, 1):
        line = Text(f"{number:>3} {claim.type.replace('_', ' '):<11} ", style="dim" if claim.reason else "")
        line.append(one_line(claim.claim))
        if claim.reason:
            line.append(f"  not checked: {one_line(claim.reason)}", style="dim")
        lines.append(line)
    return lines
