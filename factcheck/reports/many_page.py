"""One self-contained HTML page for any number of verdicts: pictures of the whole, and a table to choose from.

The claims are gone through twice, once to add up and once to write, so that no more than one of them is held.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from factcheck.reports.findings import LOOKS, Finding, Standing, finding_of
from factcheck.reports.html_page import TableRow, environment, policy, read, table_row
from factcheck.reports.pictures import Sums, pictures
from factcheck.types import CheckedClaim, Label, SlotStatus
from factcheck.version import __version__


class Judged(NamedTuple):
    """A claim with its verdict and what is known beside."""

    checked: CheckedClaim
    where: str | None = None
    """The article it stands in."""
    expected: Label | None = None
    """The label it was known to have."""


def page(title: str, claims: Callable[[], Iterable[Judged]]) -> Iterator[str]:
    """The page in pieces; ``claims`` is called twice and gives the same both times."""
    sums, kinds = Sums(), set()
    for number, one in enumerate(claims(), 1):
        finding = finding_of(number, one.checked)
        kinds.add(kind_of(finding))
        sums.add(finding, kind=kind_of(finding), expected=one.expected)
    style, script = read("report.css", "summary.css"), read("table.js")
    tally = [(standing, sums.standings[standing]) for standing in Standing if sums.standings[standing]]
    yield from environment().get_template("many.html.jinja").generate(
        title=title, tally=tally, pictures=pictures(sums), rows=_rows(claims), looks=LOOKS, version=__version__,
        standings=[standing for standing, _ in tally], kinds=sorted(kinds),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
    )  # fmt: skip


def _rows(claims: Callable[[], Iterable[Judged]]) -> Iterator[TableRow]:
    for number, one in enumerate(claims(), 1):
        finding = finding_of(number, one.checked)
        yield table_row(finding, kind_of(finding), where=one.where)


def kind_of(finding: Finding) -> str:
    """The type of a claim; of one that was given alone, the part of it that decided, or the first that was compared."""
    claim, verdict = finding.checked.claim, finding.checked.verdict
    slots = verdict.slots if verdict else ()
    if claim.type != "statement" or not slots:
        return claim.type.replace("_", " ")
    decided = next((slot for slot in slots if slot.status is SlotStatus.MISMATCH), slots[0])
    return decided.type.replace("_", " ")
