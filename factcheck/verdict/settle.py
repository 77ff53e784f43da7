"""Stances to a verdict. Pure: it depends on the set of findings, never on their order.

Support is a union over sources, refutation is judged source by source, both at once is CONFLICTING, unless time
settles it: of a post or a membership the report nearest to the claim's day speaks for that day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from factcheck.kinds import CLAUSE_KINDS
from factcheck.kinds.clause import WAS
from factcheck.language.dates import find_dates
from factcheck.language.tenure import Window
from factcheck.language.words import stem
from factcheck.names import fold
from factcheck.types import Claim, Label, Stance
from factcheck.verdict.exact import SAME_VALUE, Finding

WORD = re.compile(r"[^\W_]+", re.UNICODE)
STALE_DAYS = 120
"""A report further than this from the claim's day says nothing of that day."""
REFUTE_DAYS = 60
"""The same for a contradiction, which needs to be nearer."""
NEARER_BY = 14
"""Days by which one report must be nearer than another to prevail over it."""


NEAR_DAY = timedelta(days=7)
"""How far from a claim's day that it does not name itself a source may put a delegation."""
NEAR_REPORT = timedelta(days=21)
"""How far from the days that a claim names a source may be that gives none: it speaks of its own time."""


@dataclass(frozen=True)
class Settled:
    """One part of a claim: its label and the findings that bear on it."""

    label: Label
    supports: tuple[Finding, ...] = ()
    refutes: tuple[Finding, ...] = ()
    neutral: tuple[Finding, ...] = ()
    superseded: tuple[Finding, ...] = ()
    """Findings that held at another time than the claim's, or that their publisher has withdrawn."""


def settle_part(part: Claim, findings: Sequence[Finding], withdrawn: Sequence[Finding] = ()) -> Settled:
    """The verdict on one typed statement from everything found about it; what was withdrawn is only shown."""
    supports = [f for f in findings if f.comparison.stance is Stance.SUPPORTS]
    refutes = [f for f in findings if f.comparison.stance is Stance.REFUTES]
    neutral = tuple(f for f in findings if f.comparison.stance is Stance.NEUTRAL)
    if part.type in CLAUSE_KINDS or part.type == "quote":
        supports, refutes, old = _by_fit(supports, refutes)
    else:
        named = time_named(part)
        other = [f for f in (*supports, *refutes) if part.type == "membership" and _another_time(part.as_of, f, named)]
        supports, refutes = ([f for f in side if f not in other] for side in (supports, refutes))
        supports, refutes, old = _by_time(part.as_of, supports, refutes, named)
        old = [*old, *other]
    label = _label(bool(supports), bool(refutes))
    return Settled(label, tuple(supports), tuple(refutes), neutral, (*old, *withdrawn))


def joined(label: Label, parts: Sequence[Settled]) -> Settled:
    """Several parts as one, with the label that they come to."""
    supports, refutes, neutral, superseded = (
        tuple(f for part in parts for f in getattr(part, side))
        for side in ("supports", "refutes", "neutral", "superseded")
    )
    return Settled(label, supports, refutes, neutral, superseded)


def _label(supported: bool, refuted: bool) -> Label:  # noqa: FBT001 - two facts, not options
    if supported and refuted:
        return Label.CONFLICTING
    if refuted:
        return Label.REFUTED
    return Label.SUPPORTED if supported else Label.NOT_ENOUGH_EVIDENCE


def _by_fit(supports: list[Finding], refutes: list[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Against full support only a contradiction that speaks of all the claim speaks of counts."""
    supports, refutes, old = _by_change(supports, refutes)
    if old or all(f.comparison.note == SAME_VALUE for f in supports):
        return supports, refutes, old
    supporting = {f.fact.document.doc_id for f in supports}
    strong = [f for f in refutes if f.comparison.fit >= 1.0 and f.fact.document.doc_id not in supporting]
    return supports, strong, []


def _by_change(supports: list[Finding], refutes: list[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """What a source says that something was changed to stands against every report before that change."""
    for side, other in ((supports, refutes), (refutes, supports)):
        changed = [f for f in side if f.fact.claim.slot(WAS) is not None and f.fact.claim.as_of is not None]
        latest = max((f.fact.claim.as_of for f in changed if f.fact.claim.as_of is not None), default=None)
        days = [f.fact.claim.as_of for f in other]
        if latest is not None and days and all(day is not None and day < latest for day in days):
            return (side, [], other) if side is supports else ([], side, other)
    return supports, refutes, []


def _by_time(
    day: date | None, supports: list[Finding], refutes: list[Finding], named: Window | None = None
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Keep what speaks of the claim's day; of two that contradict, the one of the days named, or clearly nearer."""
    if day is None:
        return supports, refutes, []
    old = [f for f in supports if _distance(day, f) > STALE_DAYS] + [
        f for f in refutes if _distance(day, f) > REFUTE_DAYS
    ]
    supports = [f for f in supports if f not in old]
    refutes = [f for f in refutes if f not in old]
    if supports and refutes and named is not None:
        of_then, others = [[f for f in side if _inside(f, named)] for side in (supports, refutes)]
        if bool(of_then) != bool(others):
            aside = [f for f in (*supports, *refutes) if not _inside(f, named)]
            return of_then, others, [*old, *aside]
    if supports and refutes:
        near, far = min(_distance(day, f) for f in supports), min(_distance(day, f) for f in refutes)
        if far + NEARER_BY < near:
            return [], refutes, [*old, *supports]
        if near + NEARER_BY < far or all(_is_other_post(f) for f in refutes):
            return supports, [], [*old, *refutes]
    return supports, refutes, old


def time_named(part: Claim) -> Window | None:
    """The days that a statement about a post or membership itself names: "in January 2026"; None for none."""
    mentions = find_dates(part.context or part.quote, base=part.as_of)
    spans = [m for m in mentions if m.precision in {"day", "month"}]
    return Window(spans[0].earliest, spans[0].latest) if len(spans) == 1 else None


def _inside(finding: Finding, named: Window) -> bool:
    when = finding.comparison.when
    if when is None or named.first is None or named.last is None:
        return False
    return named.first <= when <= named.last


def _another_time(day: date | None, finding: Finding, named: Window | None) -> bool:
    """Whether a source says itself when a delegation was so made up, and it was not when the claim speaks of."""
    if day is None:
        return False
    first, last = (day - NEAR_DAY, day + NEAR_DAY) if named is None else (named.first or day, named.last or day)
    sentence = (finding.fact.claim.context or finding.fact.claim.quote).rsplit("\n", 1)[-1]
    told = find_dates(sentence, base=finding.fact.document.published_date)
    if any(first <= m.latest and m.earliest <= last for m in told):
        return False
    if any(m.precision != "year" for m in told):
        return True
    when = finding.comparison.when
    return named is not None and when is not None and not first - NEAR_REPORT <= when <= last + NEAR_REPORT


def _is_other_post(finding: Finding) -> bool:
    """A contradiction that only rests on one person not holding two posts: a source that gives both weakens it."""
    return finding.fact.claim.type == "title_role" and finding.fact.claim.slot("state") is None


def _distance(day: date, finding: Finding) -> int:
    """Days between the claim's day and the day the source speaks of; an undated source counts as just within reach."""
    when = finding.comparison.when
    return REFUTE_DAYS if when is None else abs((when - day).days)


def unaccounted(setting: Sequence[str], parts: Sequence[Settled]) -> tuple[str, ...]:
    """Words of the occasion ("when the decree made him a negotiator") that no source of support has anywhere."""
    sources = {f.fact.document.doc_id: f.fact.document for part in parts for f in part.supports}
    have = {stem(fold(w)) for d in sources.values() for w in WORD.findall(f"{d.title or ''} {d.text}")}
    return tuple(word for word in setting if not sources or not {stem(w) for w in fold(word).split()} <= have)


def settle(parts: Sequence[Settled], left_over: Sequence[str]) -> Label:
    """The verdict on a claim: refuted if any part is, supported only if every part is and nothing is left over."""
    labels = {part.label for part in parts}
    if Label.REFUTED in labels:
        return Label.REFUTED
    if Label.CONFLICTING in labels:
        return Label.CONFLICTING
    if labels == {Label.SUPPORTED} and not left_over:
        return Label.SUPPORTED
    return Label.NOT_ENOUGH_EVIDENCE
