"""A verdict given before, made again from its own row: the same, or what has changed since.

The row is a verdict as ``verify --json`` or ``batch`` write it, whose receipt says what it was made from. A row of
``check`` is judged as a statement given alone, and may be read otherwise than inside its text.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import UsageError
from factcheck.types import Claim, Frozen, Span, Verdict

if TYPE_CHECKING:
    from factcheck.checker import Checker


class Replay(Frozen):
    """What came of judging a claim again."""

    claim_id: str
    claim: str
    same: bool
    """Whether label, tier and evidence are what they were."""
    changed: tuple[str, ...] = ()
    """What differs now, in words: of the verdict, and of what it was made from. Empty when nothing does."""
    before: Verdict
    now: Verdict


def read_verdicts(path: Path) -> list[Verdict]:
    """The verdicts of a file of JSON Lines (or one JSON object); raises UsageError for what is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: cannot be read: {exc}") from exc
    found = []
    for number, line in enumerate(_rows(text), 1):
        try:
            verdict = Verdict.model_validate_json(line)
        except ValueError as exc:
            raise UsageError(
                f"{path}: row {number} is no verdict; give a line as factcheck verify --json prints it"
            ) from exc
        if verdict.receipt is None:
            raise UsageError(f"{path}: row {number} has no receipt, so it cannot be made again")
        found.append(verdict)
    if not found:
        raise UsageError(f"{path}: has no verdicts")
    return found


def _rows(text: str) -> list[str]:
    """One row a line, or the whole text when it is a single object over several lines."""
    try:
        whole = json.loads(text)
    except ValueError:
        return [line for line in text.splitlines() if line.strip()]
    return [json.dumps(whole)] if isinstance(whole, dict) else [text]


def replay(checker: "Checker", verdicts: list[Verdict]) -> list[Replay]:
    """Judge each claim again with ``checker``; raises StoreFailed when the store cannot be searched."""
    claims = [_claim(verdict) for verdict in verdicts]
    return [_compared(before, now) for before, now in zip(verdicts, checker.verify(claims), strict=True)]


def _claim(verdict: Verdict) -> Claim:
    text = verdict.claim
    return Claim.cut(
        text, Span(start=0, end=len(text)), claim_id=verdict.claim_id, claim=text, type="statement",
        as_of=verdict.as_of,
    )  # fmt: skip


def _compared(before: Verdict, now: Verdict) -> Replay:
    changed = [*_of_verdict(before, now), *_of_sources(before, now)]
    same = not _of_verdict(before, now)
    return Replay(
        claim_id=before.claim_id, claim=before.claim, same=same, changed=tuple(changed), before=before, now=now
    )


def _of_verdict(before: Verdict, now: Verdict) -> list[str]:
    found = []
    if before.label != now.label:
        found.append(f"verdict: {before.label or 'none'} before, {now.label or 'none'} now")
    if before.tier != now.tier:
        found.append(f"tier: {before.tier or 'none'} before, {now.tier or 'none'} now")
    quoted, quotes = ({(e.doc_id, e.start, e.end, e.quote) for e in v.evidence} for v in (before, now))
    gone, come = len(quoted - quotes), len(quotes - quoted)
    if gone or come:
        found.append(f"evidence: {gone} quotes gone, {come} new")
    return found


def _of_sources(before: Verdict, now: Verdict) -> list[str]:
    old, new = before.receipt, now.receipt
    if old is None or new is None:
        return ["no receipt to compare with"]
    found = []
    if old.version != new.version:
        found.append(f"program: {old.version} before, {new.version} now")
    if old.settings != new.settings:
        found.append("settings that bear on verdicts differ")
    found += [f"document {doc_id}: changed" for doc_id in sorted(old.documents.keys() & new.documents.keys())
              if old.documents[doc_id] != new.documents[doc_id]]  # fmt: skip
    found += [f"document {doc_id}: no longer read" for doc_id in sorted(old.documents.keys() - new.documents.keys())]
    found += [f"document {doc_id}: not read before" for doc_id in sorted(new.documents.keys() - old.documents.keys())]
    models = {key for key in {*old.details, *new.details} & {"verifier", "prompt", "precision", "rules", "claim"}
              if old.details.get(key) != new.details.get(key)}  # fmt: skip
    return found + [f"{key}: not the same as before" for key in sorted(models)]
