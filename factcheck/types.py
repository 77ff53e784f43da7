"""The words of the product: claim, slot, evidence, verdict, failure, report.

All offsets are character offsets (Python ``str`` indices, end exclusive). A claim's span lies in the text that
was checked, an evidence's in the stored document. Quotes are cut out of those texts by ``Claim.cut`` and
``Evidence.cite``, and looked at again when the object is made, so that none can be anything but an exact substring.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationInfo, model_validator

from factcheck.errors import QuoteMismatch
from vectorstore.types import Document, Hit


class Frozen(BaseModel):
    """Immutable, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(StrEnum):
    """What a verdict says of a claim."""

    SUPPORTED = "SUPPORTED"
    REFUTED = "REFUTED"
    CONFLICTING = "CONFLICTING"
    NOT_ENOUGH_EVIDENCE = "NOT_ENOUGH_EVIDENCE"


class Stance(StrEnum):
    """What one piece of evidence says of a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


class Tier(StrEnum):
    """Which judge settled a claim, in the order they are asked."""

    EXACT = "exact"
    LOCAL = "local"
    LLM = "llm"


class SlotStatus(StrEnum):
    """How a claimed part compares with the evidence."""

    MATCH = "match"
    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"


class Span(Frozen):
    """A half-open range of characters."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"empty or backward span {self.start}..{self.end}")
        return self

    def of(self, text: str) -> str:
        """The characters of ``text`` in this range; raises QuoteMismatch when it reaches past the end."""
        if self.end > len(text):
            raise QuoteMismatch(
                f"span {self.start}..{self.end} reaches past the end of a text of {len(text)} characters"
            )
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """The range so many characters further on."""
        return Span(start=self.start + by, end=self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end


class Slot(Frozen):
    """One typed part of a claim or of a source sentence."""

    type: str
    """What it is: ``person``, ``role``, ``organisation``, ``body``, ``date``, ``number``, ``unit``, ``place``,
    ``speaker``, ``words``, ``event`` or ``content``."""
    text: str
    """As the text has it."""
    value: str = ""
    """Normal form, for comparing and for reading: an ISO date, a number, a resolved name. Empty: same as ``text``."""
    span: Span | None = None
    """Where it stands in the text it was found in; None when it was resolved from elsewhere."""

    @property
    def resolved(self) -> str:
        """The normal form, or the text when there is none."""
        return self.value or self.text


class Claim(Frozen):
    """One checkable statement (or one that says why it is not worth checking)."""

    claim_id: str = Field(min_length=1)
    claim: str = Field(min_length=1)
    """The statement so that it stands alone: pronouns and relative dates resolved."""
    type: str
    """A name in ``factcheck.kinds.KINDS``."""
    check_worthy: bool = True
    reason: str | None = None
    """Why it is not check-worthy; None when it is."""
    span: Span
    """Where ``quote`` stands in the checked text."""
    quote: str
    """Exact substring of the checked text."""
    attribution: str | None = None
    """Who said it according to the text, or None."""
    as_of: date | None = None
    """The day the claim speaks of, or the text's own day; None when unknown."""
    slots: tuple[Slot, ...] = ()
    sentence_index: int = Field(default=0, ge=0)
    """Which sentence of the text it is from, from 0."""
    context: str | None = None
    """Text around the claim that helps to read it, when the caller gave some."""

    @model_validator(mode="after")
    def _quote_fits(self, info: ValidationInfo) -> Self:
        _check_quote(self.quote, self.span.start, self.span.end, info)
        return self

    @classmethod
    def cut(cls, text: str, span: Span, **fields: Any) -> Self:  # noqa: ANN401 - the fields of the model
        """A claim whose quote is ``text`` at ``span``; raises QuoteMismatch when the span is not inside the text."""
        return cls.model_validate({"quote": span.of(text), "span": span, **fields}, context={"text": text})

    def slot(self, *types: str) -> Slot | None:
        """The first slot of one of these types, or None."""
        return next((slot for slot in self.slots if slot.type in types), None)


class Evidence(Frozen):
    """A quote of a stored document and what it says of a claim."""

    doc_id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    quote: str = Field(min_length=1)
    """Exactly the stored document's ``text[start:end]``."""
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    stance: Stance
    score: float = 0.0
    """How strongly the tier holds the stance, 0 to 1; for neutral evidence, its retrieval score."""
    marks: tuple[Span, ...] = ()
    """The decisive words, as spans of the stored document inside ``[start:end]``."""
    note: str | None = None
    """One sentence on what was compared here."""
    locator: str | None = None
    """Where in its file the quote begins: ``page 3``, ``row 7``; None when the format has no such places."""

    @model_validator(mode="after")
    def _quote_fits(self, info: ValidationInfo) -> Self:
        _check_quote(self.quote, self.start, self.end, info)
        if any(mark.start < self.start or mark.end > self.end for mark in self.marks):
            raise ValueError(f"a mark lies outside the quote of {self.doc_id}")
        return self

    @classmethod
    def cite(
        cls, document: Document, span: Span, *, stance: Stance, score: float = 0.0,
        marks: tuple[Span, ...] = (), note: str | None = None,
    ) -> Self:  # fmt: skip
        """Quote ``document`` at ``span``; raises QuoteMismatch when the span is not inside its text."""
        fields = {name: getattr(document, name) for name in ("doc_id", "title", "url", "publisher", "published_at")}
        fields |= {"quote": span.of(document.text), "start": span.start, "end": span.end}
        fields |= {"stance": stance, "score": score, "marks": marks, "note": note}
        fields["locator"] = document.locator_at(span.start)
        return cls.model_validate(fields, context={"text": document.text})


def _check_quote(quote: str, start: int, end: int, info: ValidationInfo) -> None:
    """Raise QuoteMismatch unless the quote fits its offsets (and the text, where the validation context has it)."""
    if len(quote) != end - start:
        raise QuoteMismatch(f"a quote of {len(quote)} characters cannot stand at {start}..{end}")
    if info.context and "text" in info.context and info.context["text"][start:end] != quote:
        raise QuoteMismatch(f"the text at {start}..{end} is not {quote[:60]!r}")


@dataclass(frozen=True)
class Gathered:
    """What a search found for one claim."""

    hits: tuple[Hit, ...]
    """Passages, best first."""
    documents: tuple[Document, ...]
    """The documents they are from, in order of their best passage."""
    versions: Mapping[str, int] = field(default_factory=dict)
    """doc_id to the number of the version that was read."""

    def with_more(self, other: "Gathered") -> "Gathered":
        """Return it with what another search found behind, each passage and document once."""
        known = {hit.passage.passage_id for hit in self.hits}
        have = {document.doc_id for document in self.documents}
        return Gathered(
            (*self.hits, *(hit for hit in other.hits if hit.passage.passage_id not in known)),
            (*self.documents, *(document for document in other.documents if document.doc_id not in have)),
            {**other.versions, **self.versions},
        )


@dataclass(frozen=True)
class Fact:
    """One thing a source says."""

    claim: Claim
    """What it says; spans lie in the document's text."""
    document: Document
    sentence: Span
    """The words that say it: the sentence, with the line that names the speaker if there is one."""


class SlotVerdict(Frozen):
    """One claimed part held against the evidence."""

    type: str
    claimed: str
    found: str | None = None
    """What the source has instead or as well; None when it has nothing to compare."""
    status: SlotStatus
    span: Span | None = None
    """Where the claimed part stands in the checked text (in the claim itself for a claim given alone)."""


class Failure(Frozen):
    """Something that went wrong on the way to a verdict: a value, counted apart, never a label."""

    stage: str
    """Where: ``extract``, ``gather``, or a tier's name."""
    error: str
    """Short name of the kind of failure."""
    message: str
    """One line for a person."""


class Receipt(Frozen):
    """What a verdict was made from, so that it can be made again and compared."""

    version: str
    """Version of this program."""
    settings: str
    """SHA-256 of the settings that bear on verdicts."""
    passages: tuple[str, ...] = ()
    """Ids of the passages that were judged, in order."""
    documents: dict[str, str] = Field(default_factory=dict)
    """doc_id to SHA-256 of the stored text."""
    versions: dict[str, int] = Field(default_factory=dict)
    """doc_id to the number of the version that was read: ``factcheck sources show DOC_ID --version N``."""
    tiers: tuple[str, ...] = ()
    """The tiers that were asked, in order."""
    details: dict[str, JsonValue] = Field(default_factory=dict)


class Verdict(Frozen):
    """What the evidence says of one claim, or why it could not be judged."""

    claim_id: str
    claim: str
    as_of: date | None = None
    label: Label | None
    """None when the claim could not be judged: then ``error`` says why."""
    confidence: float | None = Field(default=None, ge=0.0, le=1.0)
    """Calibrated probability that the label is right; None while no calibration is fitted for the tier."""
    tier: Tier | None = None
    """Which tier settled it; None when none did."""
    evidence: tuple[Evidence, ...] = ()
    slots: tuple[SlotVerdict, ...] = ()
    correction: str | None = None
    """What the text should say, by the source that refutes it."""
    explanation: str = ""
    error: Failure | None = None
    receipt: Receipt | None = None

    @model_validator(mode="after")
    def _label_or_error(self) -> Self:
        if (self.label is None) == (self.error is None):
            raise ValueError("a verdict has either a label or an error")
        return self

    @classmethod
    def failed(cls, claim: Claim, failure: Failure) -> Self:
        """The row of a claim that could not be judged."""
        return cls(claim_id=claim.claim_id, claim=claim.claim, as_of=claim.as_of, label=None, error=failure)


class CheckedClaim(Frozen):
    """A claim and its verdict; claims not worth checking have none."""

    claim: Claim
    verdict: Verdict | None = None


class SentenceState(StrEnum):
    """What became of a sentence of the checked text."""

    CLAIMS = "claims"
    NOT_CHECK_WORTHY = "not_check_worthy"
    CLUTTER = "clutter"


class LedgerEntry(Frozen):
    """One sentence of the checked text and what became of it, so that nothing is dropped in silence."""

    sentence_index: int
    span: Span
    state: SentenceState
    reason: str | None = None
    """Why nothing of it is checked; None for sentences with claims."""


class Extraction(Frozen):
    """The claims of a text and the account of all its sentences."""

    claims: tuple[Claim, ...]
    ledger: tuple[LedgerEntry, ...]
    by_model: int = 0
    """How many of the claims a language model found and the rules did not."""
    dropped: int = 0
    """Claims of a language model that are in no words of the text, or say more than they do."""
    repaired: int = 0
    """Quotes of a language model that were not exact and were put right by searching the text."""
    failures: tuple[Failure, ...] = ()
    """Stretches of the text to which a language model gave no usable answer."""


class Report(Frozen):
    """A checked text: its claims, their verdicts, and the account of every sentence."""

    text: str = Field(repr=False)
    title: str | None = None
    as_of: date | None = None
    claims: tuple[CheckedClaim, ...]
    ledger: tuple[LedgerEntry, ...] = ()
    version: str

    @model_validator(mode="after")
    def _spans_fit(self) -> Self:
        for checked in self.claims:
            if checked.claim.span.of(self.text) != checked.claim.quote:
                raise QuoteMismatch(f"claim {checked.claim.claim_id} does not quote the text of its report")
        return self

    def tally(self) -> dict[str, int]:
        """How many verdicts have which label; rows without one under ``FAILED`` or ``NOT_CHECKED``."""
        counts = Counter(
            "NOT_CHECKED" if checked.verdict is None else (checked.verdict.label or "FAILED") for checked in self.claims
        )
        return {name: counts.get(name, 0) for name in (*Label, "FAILED", "NOT_CHECKED")}
