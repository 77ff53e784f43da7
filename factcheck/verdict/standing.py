"""Which findings still stand: a correction withdraws what its publisher printed before; copies of a report are one.

A correction is known by its own words. It reaches earlier documents of its publisher and copies of them, and there
only sentences that say what it takes back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from factcheck.kinds.base import Comparison
from factcheck.language.words import stem
from factcheck.names import fold
from factcheck.types import Claim, Fact, SlotStatus, Span, Stance
from factcheck.verdict.exact import Finding
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

OPENS_CORRECTION = re.compile(
    r"\b(?:corrections?\b|corrected\b|clarifications?\b|errat(?:um|a)\b|the error was ours"
    r"|regrets? the (?:error|mistake)|(?:an|our) earlier (?:version|report)|we (?:wrongly|incorrectly|mistakenly))",
    re.IGNORECASE,
)
TAKES_BACK = re.compile(
    r"(?:\bnot:|\bnot (?=[\w ,]{1,40},? as (?:stated|reported|written))|\binstead of\b|\brather than\b"
    r"|\bwe (?:wrote|said|reported|stated)\b|\b(?:wrongly|incorrectly|mistakenly|erroneously)\b)"
    r"(?P<what>[^.;)]{2,160})",
    re.IGNORECASE,
)
"""What follows is withdrawn."""
OWN_WORDS = re.compile(r"\bwe (?:wrote|said|reported|stated)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
SHARED_WORDS = 3
"""Content words a sentence must share with what is withdrawn, when no number tells."""
SHINGLE = 5
"""Words in a row by which copies are known."""
COPIED = 0.5
"""Share of the shorter text's word runs that a copy has."""


@dataclass(frozen=True)
class Standing:
    """Findings sorted by whether their source still holds to them."""

    stands: tuple[Finding, ...]
    withdrawn: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _TakenBack:
    document: Document
    sentence: Span
    what: str


def standing(findings: Sequence[Finding], documents: Iterable[Document]) -> Standing:
    """Findings without those withdrawn by a correction among ``documents``; a claim only those bore is refuted."""
    taken = [one for document in documents for one in _taken_back(document)]
    if not taken:
        return Standing(tuple(findings))
    stands: list[Finding] = []
    gone: list[Finding] = []
    for finding in findings:
        by = next((one for one in taken if _reaches(one, finding)), None)
        if by is None:
            stands.append(finding)
            continue
        gone.append(replace(finding, withdrawn_by=by.document))
        if finding.comparison.stance is Stance.SUPPORTS:
            stands.append(_refuting(finding, by))
    return Standing(tuple(stands), tuple(gone))


def takes_back(document: Document) -> bool:
    """Whether the document corrects what its publisher printed before."""
    return bool(_taken_back(document))


def withdrawn(claim: Claim, source: Document, others: Sequence[Document]) -> bool:
    """Whether a correction among ``others`` takes back a number of ``claim`` that ``source`` has."""
    for one in (one for document in others for one in _taken_back(document)):
        days = source.published_date, one.document.published_date
        if days[0] is None or days[1] is None or days[0] > days[1] or not _same_desk(source, one.document):
            continue
        if set(NUMBER.findall(one.what)) & set(NUMBER.findall(claim.claim)):
            return True
    return False


def _taken_back(document: Document) -> list[_TakenBack]:
    opening = f"{document.title or ''}\n{document.text[:400]}\n{document.text[-200:]}"
    if OPENS_CORRECTION.search(opening) is None:
        return []
    found = []
    for span in split_sentences(document.text):
        sentence = Span(start=span.start, end=span.end)
        found += [_TakenBack(document, sentence, m["what"]) for m in TAKES_BACK.finditer(sentence.of(document.text))]
    return found


def _reaches(one: _TakenBack, finding: Finding) -> bool:
    """Whether the correction withdraws what this sentence says."""
    source, said = finding.fact.document, finding.fact.sentence.of(finding.fact.document.text)
    if source.doc_id == one.document.doc_id:
        return OWN_WORDS.search(said) is not None and one.what.strip() in said
    if source.published_date is None or one.document.published_date is None:
        return False
    if source.published_date > one.document.published_date or not _same_desk(source, one.document):
        return False
    numbers = set(NUMBER.findall(one.what))
    if numbers:
        compared = " ".join(f"{slot.claimed} {slot.found or ''}" for slot in finding.comparison.slots)
        return bool(numbers & set(NUMBER.findall(said)) & set(NUMBER.findall(compared)))
    return len(_stems(one.what) & _stems(said)) >= SHARED_WORDS


def _same_desk(source: Document, correction: Document) -> bool:
    """One publisher, or a copy that names it: "(AGENCY)" in the text."""
    publisher = correction.publisher or ""
    if not publisher:
        return False
    if fold(source.publisher or "") == fold(publisher):
        return True
    initials = "".join(word[0] for word in publisher.split() if word[:1].isupper())
    return publisher in source.text or (len(initials) > 2 and f"({initials})" in source.text)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in fold(text).split() if len(word) > 3}


def _refuting(finding: Finding, by: _TakenBack) -> Finding:
    """The correction itself as evidence against a claim that only the withdrawn report bears."""
    day = by.document.published_at or "undated"
    note = f"{by.document.publisher or 'The source'} has withdrawn this in a correction ({day})."
    slots = tuple(
        slot.model_copy(update={"status": SlotStatus.MISMATCH, "found": "withdrawn by a correction"})
        for slot in finding.comparison.slots[-1:]
    )
    said = by.sentence.of(by.document.text)
    fact = Fact(finding.fact.claim, by.document, by.sentence)
    comparison = Comparison(Stance.REFUTES, slots, 1.0, note, " ".join(said.split()), (), finding.comparison.when)
    return Finding(fact, comparison)


def origins(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings by independent report: copies of one text, and sentences of one document, are together."""
    groups: list[list[Finding]] = []
    for finding in findings:
        home = next((g for g in groups if any(_copies(finding.fact.document, f.fact.document) for f in g)), None)
        if home is None:
            groups.append([finding])
        else:
            home.append(finding)
    return groups


def _copies(a: Document, b: Document) -> bool:
    if a.doc_id == b.doc_id:
        return True
    ours, theirs = _runs(a.text), _runs(b.text)
    return bool(ours) and bool(theirs) and len(ours & theirs) >= COPIED * min(len(ours), len(theirs))


@lru_cache(maxsize=200)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = fold(text[:20_000]).split()
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
