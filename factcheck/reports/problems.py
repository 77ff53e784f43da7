"""Findings as a linter tells them: file, line and column, a code, and whether it is new, known or ignored.

Lines and columns count from 1, columns in characters. A fingerprint survives edits elsewhere in the file: it is made
from the file's name, the statement as it was read and how it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from enum import StrEnum
from hashlib import blake2b

from factcheck.reports.findings import Finding, Standing, findings, folded
from factcheck.reports.safe_text import one_line
from factcheck.types import Frozen, Report

TOLD = (Standing.REFUTED, Standing.CONFLICTING, Standing.FAILED, Standing.NOT_ENOUGH_EVIDENCE)
"""Standings that are told; a statement that is supported is no problem."""
_IGNORE = re.compile(r"<!--\s*factcheck:\s*ignore\b\s*(?:[-:–—](?!->))?\s*(?P<reason>.*?)\s*-->", re.DOTALL)


class State(StrEnum):
    """Whether a problem counts."""

    NEW = "new"
    KNOWN = "known"
    """It is in the baseline."""
    IGNORED = "ignored"
    """The text says why it is to be passed over."""


class Ignore(Frozen):
    """A comment in a text that passes over what is found on its line and the next."""

    line: int
    """Where it ends, from 1."""
    reason: str
    """Empty when none is given: then it counts for nothing."""


class Text(Frozen):
    """A checked text under its name."""

    name: str
    """As a reader of the repository has it, with ``/``."""
    report: Report
    ignores: tuple[Ignore, ...] = ()
    placed: bool = True
    """Whether offsets count in the file as it is; not so for the article of a web page."""


class Place(Frozen):
    """Where a statement stands in a file, from 1; the end is the character after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


class Problem(Frozen):
    """A statement with its standing and place."""

    name: str
    finding: Finding
    place: Place | None
    """None where offsets do not count in the file as it is."""
    fingerprint: str
    state: State
    reason: str | None = None
    """Why it is ignored."""

    @property
    def code(self) -> str:
        """The standing, as the command line has it."""
        return self.finding.standing.value

    @property
    def message(self) -> str:
        """What is wrong and what the sources have, in one line."""
        finding = self.finding
        parts = [f"{finding.look.word}: {finding.checked.claim.claim}"]
        if finding.correction:
            parts.append(f"Correction: {finding.correction}")
        parts.append(finding.note)
        parts += [f"“{piece.quote}” ({piece.publisher or piece.doc_id})" for piece in finding.evidence[:1]]
        return one_line(" ".join(part for part in parts if part), 900)


def problems(texts: Sequence[Text], known: Collection[str] = ()) -> tuple[Problem, ...]:
    """Every statement that was judged, in the order of the texts; ``known`` are fingerprints of a baseline."""
    return tuple(_problem(text, finding, known) for text in texts for finding in _judged(text.report))


def told(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those of them that a linter tells."""
    return tuple(one for one in found if one.finding.standing in TOLD)


def counts_against(texts: Sequence[Text], standings: Collection[Standing], known: Collection[str] = ()) -> bool:
    """Whether a statement stands in one of these ways that is neither in the baseline nor ignored."""
    return any(
        _problem(text, finding, known).state is State.NEW
        for text in texts for finding in findings(text.report) if finding.standing in standings
    )  # fmt: skip


def without_ignores(text: str) -> tuple[str, tuple[Ignore, ...]]:
    """The text with its ``<!-- factcheck: ignore REASON -->`` comments blanked out, and what they say.

    Offsets stay as they are, and so do line ends.
    """
    found = tuple(
        Ignore(line=text.count("\n", 0, match.end()) + 1, reason=one_line(match["reason"]))
        for match in _IGNORE.finditer(text)
    )
    return _IGNORE.sub(lambda match: re.sub(r"[^\r\n]", " ", match.group()), text), found


def _judged(report: Report) -> list[Finding]:
    return [one for one in folded(findings(report)) if one.standing is not Standing.NOT_CHECKED]


def _problem(text: Text, finding: Finding, known: Collection[str]) -> Problem:
    place = _place(text.report.text, finding)
    fingerprint = _fingerprint(text.name, finding)
    ignore = next((one for one in text.ignores if one.reason and place.line in (one.line, one.line + 1)), None)
    state = State.IGNORED if ignore else State.KNOWN if fingerprint in known else State.NEW
    return Problem(
        name=text.name, finding=finding, place=place if text.placed else None, fingerprint=fingerprint, state=state,
        reason=ignore.reason if ignore else None,
    )  # fmt: skip


def _fingerprint(name: str, finding: Finding) -> str:
    claim = " ".join(finding.checked.claim.claim.casefold().split())
    return blake2b(
        "\0".join((name, claim, finding.standing.value)).encode(errors="replace"), digest_size=12
    ).hexdigest()


def _place(text: str, finding: Finding) -> Place:
    """The place of the words a source contradicts, or of the whole statement."""
    spans = [slot.span for slot in finding.wrong if slot.span is not None and slot.span.end <= len(text)]
    span = spans[0] if spans else finding.checked.claim.span
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    line, end_line = bisect_right(starts, span.start), bisect_right(starts, span.end)
    return Place(
        line=line, column=span.start - starts[line - 1] + 1, end_line=end_line,
        end_column=span.end - starts[end_line - 1] + 1,
    )  # fmt: skip
