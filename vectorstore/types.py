"""The words of the store: documents in, passages out. Nothing here knows what a claim is.

All offsets are character offsets (Python ``str`` indices, end exclusive) into ``Document.text`` as stored.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticSerializationError, to_json

from vectorstore.lines import paragraph_starts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Written = str | tuple[str, ...] | dict[str, JsonValue] | None


By = Literal["both", "vectors", "words"]
"""What a search goes by."""


class Frozen(BaseModel):
    """Immutable, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Parts(Frozen):
    """Where the pages of a document begin, or its paragraphs where nobody knows its pages."""

    name: str = "page"
    """What one of them is called: ``page``, ``paragraph``."""
    starts: tuple[int, ...]
    """Offset of the first character of each in the document's text, rising; the first part is number 1."""

    def at(self, offset: int) -> str:
        """Name the part that holds a character: ``page 3``."""
        return f"{self.name} {max(1, bisect_right(self.starts, offset))}"


class Source(Frozen):
    """What is known about a document, without its text."""

    doc_id: str = Field(min_length=1, max_length=512)
    """Unique in the store; chosen by the caller, or made from the file's path or address."""
    title: str | None = None
    """Headline, if the document has one."""
    url: str | None = None
    """Where a reader can open it."""
    publisher: str | None = None
    """Who published it."""
    published_at: str | None = None
    """ISO 8601 date or date-time of publication; None when unknown."""
    language: str | None = None
    """ISO 639-1 code such as ``en``; None when unknown."""
    source_rank: float | None = Field(default=None, ge=0.0, le=1.0)
    """How much the desk trusts the source, 0 to 1; None when nobody has said."""
    author: str | None = None
    """Who wrote it."""
    retrieved_at: str | None = None
    """When it was fetched from its address, ISO 8601; None when it was not. No new version for a new time alone."""
    tags: tuple[str, ...] = ()
    """Words of the desk's own to find it by."""
    locator: str | None = None
    """Where in its file the document stands: ``row 7``; None when it is the whole file."""
    parts: Parts | None = None
    """Its pages or paragraphs, where the format has them."""
    edited: tuple[str, ...] = ()
    """Names of the fields that a person has set by hand: a newer version of the file does not change those."""
    metadata: dict[str, JsonValue] = Field(default_factory=dict)
    """Anything else that came with the document."""

    @field_validator("published_at", "retrieved_at")
    @classmethod
    def _iso(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            try:
                datetime.fromisoformat(value)
            except ValueError:
                raise ValueError(f"{info.field_name} is not an ISO 8601 date: {value[:40]!r}") from None
        return value

    @field_validator("doc_id", "title", "url", "publisher", "language", "author", "tags", "metadata")
    @classmethod
    def _can_be_written(cls, value: Written) -> Written:
        try:
            to_json(value)
        except PydanticSerializationError:
            raise ValueError("holds half a surrogate pair, which is not a character") from None
        return value

    @property
    def published_date(self) -> date | None:
        """The day of publication, None when unknown."""
        return None if self.published_at is None else datetime.fromisoformat(self.published_at).date()

    def locator_at(self, offset: int) -> str | None:
        """Say for a reader where in the file a character stands: ``page 3``, ``row 7``; None when it has no parts."""
        part = None if self.parts is None else self.parts.at(offset)
        return ", ".join(filter(None, (self.locator, part))) or None


class Document(Source):
    """A source document with its text, exactly as it will be stored and quoted."""

    text: str = Field(min_length=1, repr=False)
    """The whole text; every offset anywhere refers to it."""

    def locator_at(self, offset: int) -> str | None:
        """As for any source; where the format has no parts, the paragraph of the text, if it has more than one."""
        known = super().locator_at(offset)
        if known is not None:
            return known
        starts = paragraph_starts(self.text)
        return f"paragraph {max(1, bisect_right(starts, offset))}" if len(starts) > 1 else None

    @field_validator("text")
    @classmethod
    def _has_text(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("the text is empty")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError("the text holds half a surrogate pair, which is not a character") from None
        return value

    @property
    def source(self) -> Source:
        """The same document without its text."""
        return Source.model_construct(**{name: getattr(self, name) for name in Source.model_fields})


class Version(Frozen):
    """Which state of a document is stored."""

    doc_id: str
    digest: str
    """Of everything that was stored and how it was split."""


class Revision(Frozen):
    """One state of a document, present or past."""

    doc_id: str
    number: int = Field(ge=1)
    """1 for the first that was stored; goes on after a removal."""
    stored_at: str | None
    """When it was stored, ISO 8601 in UTC; None when that was not noted."""
    ended_at: str | None = None
    """When another replaced it or it was removed; None for the present one."""
    ended_by: Literal["changed", "removed"] | None = None
    """None for the present one."""
    reason: str | None = None
    """What was given as the reason of a removal."""
    text_sha256: str
    """SHA-256 of its text, as the receipts of verdicts have it."""
    source: Source
    characters: int = Field(gt=0)
    """Length of its text."""


class Passage(Frozen):
    """A stretch of a document that is searched for and judged as one piece."""

    passage_id: str
    """``doc_id#start-end``."""
    doc_id: str
    start: int = Field(ge=0)
    """First character of the passage in the document's text."""
    end: int = Field(gt=0)
    """One past its last character."""
    text: str = Field(repr=False)
    """Exactly ``document.text[start:end]``."""

    @model_validator(mode="after")
    def _length(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"passage {self.passage_id}: text and offsets differ in length")
        return self

    @classmethod
    def cut(cls, document: Document, start: int, end: int) -> Self:
        """The passage ``[start:end]`` of ``document``, exact by construction."""
        return cls(
            passage_id=f"{document.doc_id}#{start}-{end}",
            doc_id=document.doc_id, start=start, end=end, text=document.text[start:end],
        )  # fmt: skip


class Hit(Frozen):
    """One search result."""

    passage: Passage
    source: Source
    """The document the passage is from, without its text."""
    score: float
    """Fused retrieval score; comparable within one query only, higher is better."""


class Filters(Frozen):
    """Which documents a search may return; empty means all."""

    published_from: date | None = None
    """First day of publication, inclusive."""
    published_to: date | None = None
    """Last day of publication, inclusive."""
    publishers: tuple[str, ...] = ()
    """Any of these publishers, compared without case."""
    include_undated: bool = True
    """Whether documents without a date pass a date filter."""
    languages: tuple[str, ...] = ()
    """Any of these language codes."""
    tags: tuple[str, ...] = ()
    """At least one of these tags."""

    @property
    def of_vectors(self) -> "Filters | None":
        """The part that is kept beside vectors (days and publishers); None when that lets all pass."""
        part = self.model_copy(update={"languages": (), "tags": ()})
        return part if part != Filters(include_undated=part.include_undated) else None


class Problem(Frozen):
    """Something that could not be read or was changed on the way in. Never silent."""

    source: str
    """File, address or doc_id."""
    line: int | None = None
    """Line number in the file, from 1; None when the whole file is meant."""
    message: str
    """One line: what is wrong and what to do."""
    kept: bool = False
    """True when the document was stored all the same (an unknown date, say)."""


class IngestResult(Frozen):
    """What an ingest did; ``added + replaced + unchanged`` documents are in the store now."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    passages: int = 0
    """Passages written for the added and replaced documents."""
    problems: tuple[Problem, ...] = ()


class Store(Protocol):
    """What every store does. Opened by ``vectorstore.open_store``; a context manager."""

    def add(self, documents: Iterable[Document]) -> IngestResult:
        """Store documents: new ones are added, equal ones left alone, changed ones replaced. Streams in batches."""
        ...

    def remove(self, doc_ids: Sequence[str], *, reason: str | None = None) -> int:
        """Take documents out of every answer; returns how many were there. Their history stays, with the reason."""
        ...

    def rebuild(self, report: Callable[[int, int], None] | None = None) -> int:
        """Make the word index and all vectors anew from the documents; returns how many passages there are.

        ``report`` is told how many are done, and of how many.
        """
        ...

    def get(self, doc_id: str, *, version: int | None = None) -> Document | None:
        """The stored document, or one of its earlier versions; None when there is none."""
        ...

    def history(self, doc_id: str) -> tuple[Revision, ...]:
        """Every version, oldest first; the last one is the present one unless the document was removed."""
        ...

    def version_numbers(self, doc_ids: Sequence[str]) -> dict[str, int]:
        """The number of the present version of each of the documents that are stored."""
        ...

    def sources(self) -> Iterator[Source]:
        """All documents without their texts, by doc_id."""
        ...

    def versions(self) -> Iterator[Version]:
        """The digest of every document, by doc_id: it differs when anything of the document did."""
        ...

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        """The passages of one document in order; empty when it is unknown."""
        ...

    def count(self) -> int:
        """How many documents are stored."""
        ...

    def search(
        self, queries: Sequence[str], *, k: int = 10, filters: Filters | None = None, by: By = "both"
    ) -> list[list[Hit]]:
        """For each query the best ``k`` passages, best first: dense and lexical search, fused, or one of them alone."""
        ...

    def vectors(self, passage_ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """The unit vectors of those of the passages that are stored."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...
