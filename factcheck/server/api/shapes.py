"""What goes into the API and comes out of it."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from factcheck.chat import Answer
from factcheck.chat.conversation import Turn
from factcheck.server.db import by_hand, inbox
from factcheck.server.db.models import ClaimRow, Event, Json, Talk, User
from factcheck.server.db.reading import checked_claim
from factcheck.types import CheckedClaim, Stance
from vectorstore.types import Source

MOST_CLAIMS = 200
LONGEST_CLAIM = 4000
LONGEST_TEXT = 200_000
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Row = Annotated[int, Field(ge=1, le=2**31 - 1)]
Words = Annotated[str, Field(max_length=by_hand.LONGEST_STATEMENT)]
Note = Annotated[str, Field(max_length=2000)]


class In(BaseModel):
    """What comes in: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid")


class TextIn(In):
    """A text to take claims from."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")
    as_of: date | None = None
    """Its day of publication."""
    title: str | None = Field(default=None, max_length=300)


class NewText(TextIn):
    """A text for people to review."""

    deadline: datetime | None = None


class ClaimsIn(In):
    """Statements to judge."""

    claims: list[Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM, pattern=r"\S")]] = Field(
        min_length=1, max_length=MOST_CLAIMS
    )
    as_of: date | None = None


class QuestionIn(In):
    """A question about the documents, after those asked before."""

    question: str = Field(min_length=1, max_length=2000, pattern=r"\S")
    before: list[Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]] = Field(
        default_factory=list, max_length=8
    )
    """Earlier questions, oldest first, that follow-ups refer to, where no conversation is kept."""
    conversation: Row | Literal["new"] | None = None
    """Number of a conversation of yours to go on with, or ``new`` to begin one that is kept."""
    as_of: date | None = None
    """The day it is about; left out, that of the conversation."""


class Answered(Answer):
    """What the documents say, or that they do not, with its sources."""

    conversation: int | None = None
    """Number of the conversation that it is kept in."""


class TalkOut(BaseModel):
    """A conversation."""

    id: int
    as_of: date | None
    asked_at: datetime
    questions: int
    first: str
    """Its first question."""


class TalkWhole(TalkOut):
    """A conversation with everything that was said."""

    turns: list[Turn]


class Sources(BaseModel):
    """A page of the documents in the store."""

    total: int
    sources: list[Source]


class TextOut(BaseModel):
    """A text under review."""

    id: int
    title: str
    as_of: date | None
    state: str
    """``queued``, ``checking``, ``failed``, ``review``, ``ready`` or ``approved``."""
    version: int
    """Number of its words under review."""
    row_version: int
    """Grows with every change; a change names the one it saw."""
    waiting: int
    """Claims that need a person."""
    refuted: int
    conflicting: int
    claims: int


class TextsOut(BaseModel):
    """A page of the inbox."""

    total: int
    texts: list[TextOut]


class ClaimOut(BaseModel):
    """A claim under review."""

    id: int
    number: int
    version: int
    """What a decision must name as ``expected``."""
    state: str
    action: str | None
    label: str | None
    replacement: str | None
    checked: CheckedClaim


class TextWhole(TextOut):
    """A text under review with its words and claims."""

    body: str
    found: list[ClaimOut]


class Edit(In):
    """New words of a text."""

    expected: Row
    """The ``row_version`` that was seen."""
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Expected(In):
    """The version of a row that was seen."""

    expected: Row


class Approval(Expected):
    """Approve a text, or withdraw its approval."""

    approved: bool


class Assignment(In):
    """Who is to do the work."""

    to: Row | None
    """Number of a person; None for nobody in particular."""


class MissedIn(In):
    """A claim that the check missed."""

    version: Row
    """Of the text's words that were seen."""
    words: Words
    """As they stand in the text."""
    near: Annotated[int, Field(ge=0, le=LONGEST_TEXT)] = 0
    """Where, for words that stand there more than once."""
    statement: Words = ""
    """How they read on their own."""


class ReadingIn(Expected):
    """How a claim reads; without a statement it is judged again as it is."""

    statement: Words | None = None
    reason: Note | None = None


class SourceIn(In):
    """A document that somebody brings along."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")
    title: Note | None = None
    publisher: Note | None = None
    published_at: date | None = None
    url: Note | None = None


class EvidenceIn(In):
    """Words of a source for or against a claim: of a document in the store, or of one that comes along."""

    quote: Words
    stance: Stance
    doc_id: Annotated[str, Field(max_length=512)] | None = None
    source: SourceIn | None = None
    note: Note | None = None


class CommentIn(In):
    """A remark on a claim."""

    words: Note


class SourceEdit(In):
    """What is known about a document; what is left out stays, an empty text takes it away."""

    title: Note | None = None
    publisher: Note | None = None
    published_at: Note | None = None
    author: Note | None = None
    language: Note | None = None
    url: Note | None = None
    source_rank: Note | None = None
    tags: list[Annotated[str, Field(max_length=100)]] | None = Field(default=None, max_length=50)


class RoleIn(In):
    """The role that an invitation gives."""

    role: str = Field(max_length=20)


class PersonIn(RoleIn):
    """A person's role, and whether they may sign in."""

    active: bool = True


class TokenIn(In):
    """What an API token is for."""

    name: str = Field(min_length=1, max_length=80)


class PersonOut(BaseModel):
    """Somebody with an account."""

    id: int
    name: str
    role: str
    active: bool


class TokenOut(BaseModel):
    """An API token, without its secret."""

    id: int
    name: str
    created_at: datetime


class Secret(BaseModel):
    """A token, shown this once."""

    token: str


class EventOut(BaseModel):
    """Something that happened."""

    event: int
    at: datetime
    kind: str
    by: str | None
    claim_id: int | None
    data: Json


class Events(BaseModel):
    """A page of a history."""

    total: int
    events: list[EventOut]


class Resting(BaseModel):
    """A claim whose verdict rests on a document."""

    text_id: int
    claim_id: int
    claim: str
    label: str | None
    changed: str | None
    """``changed`` or ``removed`` when the document is not as it was."""


class SourceWhole(BaseModel):
    """A document with its text, and the verdicts that rest on it."""

    source: Source
    text: str
    resting: list[Resting]


def text_out(row: inbox.InboxRow) -> TextOut:
    """A text of the inbox."""
    return TextOut(
        id=row.text.id, title=row.text.title, as_of=row.text.as_of, state=row.state, version=row.version.number,
        row_version=row.text.version, waiting=row.waiting, refuted=row.refuted, conflicting=row.conflicting,
        claims=row.claims,
    )  # fmt: skip


def talk_out(row: Talk) -> TalkOut:
    """A conversation in a list."""
    first = row.turns[0]["asked"] if row.turns else ""
    return TalkOut(id=row.id, as_of=row.as_of, asked_at=row.asked_at, questions=len(row.turns), first=first)


def claim_out(row: ClaimRow) -> ClaimOut:
    """A claim of a text."""
    return ClaimOut(
        id=row.id, number=row.number, version=row.version, state=row.state, action=row.action, label=row.label,
        replacement=row.replacement, checked=checked_claim(row),
    )  # fmt: skip


def event_out(row: Event) -> EventOut:
    """An event of a history."""
    by = row.user.name if row.user else None
    return EventOut(event=row.id, at=row.at, kind=row.kind, by=by, claim_id=row.claim_id, data=row.data)


def person_out(row: User) -> PersonOut:
    """A person."""
    return PersonOut(id=row.id, name=row.name, role=row.role, active=row.active)
