"""``factcheck extract``: the claims of a text."""

from typing import TYPE_CHECKING

from factcheck.cli import options

if TYPE_CHECKING:
    from datetime import date

    from rich.text import Text

    from factcheck.settings import Settings
    from factcheck.types import Extraction

EXAMPLES = """
factcheck extract draft.md --as-of 2025-07-24
cat draft.txt | factcheck extract - --json
"""


def extract(
    file: options.Text,
    as_of: options.AsOf = None,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Print the claims of a text, and why some are not checked."""
    from factcheck.cli import messages, output
    from factcheck.cli.dating import day_of
    from factcheck.cli.draft import read_draft
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    draft = read_draft(file)
    day = day_of(draft, as_of)
    from factcheck.claims import extract as extract_claims  # heavy: not before the input is known to be good

    found = extract_claims(draft.text, as_of=day)
    settings = load_settings(store=store, llm=llm, llm_budget=budget)
    if settings.llm is not None:
        found = _with_model(draft.text, found, settings, day)
    if output.wants_json(as_json):
        output.print_rows(found.claims)
    else:
        output.show(*_lines(found))
    worth = sum(claim.check_worthy for claim in found.claims)
    messages.say(f"{len(found.claims)} claims, {worth} worth checking, in {len(found.ledger)} sentences")


def _with_model(text: str, found: "Extraction", settings: "Settings", day: "date | None") -> "Extraction":
    """Return the claims with those that the language model of the settings finds beside them."""
    from factcheck.build import extractor_of, language_of
    from factcheck.claims.by_model import with_model
    from factcheck.cli import messages

    language = language_of(settings)
    if language is None:
        return found
    both = with_model(text, found, extractor_of(settings, language), as_of=day)
    for failure in both.failures:
        messages.warn(f"a part of the text was read by the rules alone: {failure.message}")
    messages.say(f"{both.by_model} claims by the language model alone, {both.dropped} of its claims dropped")
    messages.say(f"language model: {language.provider.budget.spent.line}")
    return both


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
