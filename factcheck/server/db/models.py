"""The tables. Times are UTC without a zone; JSON columns hold the core's own types as they write themselves."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, validates

Json = dict[str, Any]


class Base(DeclarativeBase):
    """All tables of the review tool."""

    type_annotation_map: ClassVar = {Json: JSON, list[Json]: JSON}


class User(Base):
    """A person with an account."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    """The name without case, so that no two people look alike."""
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(default=True)


class SignIn(Base):
    """A session of a browser; only the hash of its token is kept."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    csrf: Mapped[str] = mapped_column(String(64))
    """What every form of this session must send back."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User] = relationship(lazy="joined")


class ApiToken(Base):
    """A token for programs, acting as its owner; only its hash is kept."""

    __tablename__ = "api_tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(lazy="joined")


class Invitation(Base):
    """A one-time token that makes an account of a role; only its hash is kept."""

    __tablename__ = "invitations"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """A failed sign-in, kept to slow down guessing."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), index=True)
    at: Mapped[datetime]


class TextRow(Base):
    """A text under review; its words are in its versions."""

    __tablename__ = "texts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date | None]
    deadline: Mapped[datetime | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    """Grows with every change of this row; a write that names an older one is refused."""
    current: Mapped[int] = mapped_column(default=1)
    """Number of the version under review."""
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    owner: Mapped[User] = relationship(foreign_keys=[owner_id], lazy="joined")
    approver: Mapped[User | None] = relationship(foreign_keys=[approved_by], lazy="joined")


class Version(Base):
    """The words of a text at one time, and how far their check is."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("text_id", "number"),
        CheckConstraint("state IN ('queued', 'checking', 'checked', 'failed')", name="known_state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    ledger: Mapped[list[Json]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    to_judge: Mapped[int] = mapped_column(default=0)
    judged: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(500))
    program: Mapped[str] = mapped_column(String(40), default="")
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    text: Mapped[TextRow] = relationship(lazy="joined")


class ClaimRow(Base):
    """A claim of a version, its verdict, and what people decided of it last."""

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("version_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    number: Mapped[int]
    """From 1, in the order of the text."""
    claim: Mapped[Json]
    verdict: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    worthy: Mapped[bool] = mapped_column(default=False)
    """Whether the claim is worth checking, so that lists need not open it."""
    said: Mapped[str | None] = mapped_column(String(24))
    """The verdict's label, ``FAILED`` for one that could not be made, None without a verdict; for the same reason."""
    folded_into: Mapped[int | None]
    """Number of the claim that is shown for this one, when both say the same."""
    version: Mapped[int] = mapped_column(default=1)
    """Grows with every decision; a decision that names an older one is refused."""
    state: Mapped[str] = mapped_column(String(16), default="open")
    """``open``, ``second`` (waits for a second person) or ``decided``."""
    action: Mapped[str | None] = mapped_column(String(24))
    label: Mapped[str | None] = mapped_column(String(24))
    replacement: Mapped[str | None] = mapped_column(Text)
    """What the claim's words should be instead, when a correction was applied."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    not_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who may not decide while a second person must: who decided before, else who asked."""
    origin: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    """The first row of the same claim, when an edit of the text moved it into a newer version; None for that first."""
    extracted: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    """The claim as the check had read it, when a person read it otherwise."""
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who added it, when the check had missed it."""
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who is to decide it."""
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by], lazy="joined")
    adder: Mapped[User | None] = relationship(foreign_keys=[added_by], lazy="joined")
    assignee: Mapped[User | None] = relationship(foreign_keys=[assigned_to], lazy="joined")

    @validates("claim", "verdict")
    def _outline(self, key: str, value: Json | None) -> Json | None:
        """Keep what lists need beside what they need not open."""
        if key == "claim":
            self.worthy = bool((value or {}).get("check_worthy"))
        else:
            self.said = None if value is None else value["label"] or "FAILED"
        return value

    @property
    def thread(self) -> int:
        """What decisions, remarks and evidence of the same claim in all versions of a text have in common."""
        return self.origin or self.id


class Decision(Base):
    """One decision on one claim; rows are only ever added."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("claim_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    version: Mapped[int]
    """The claim's version that this decision made: no two decisions can make the same."""
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(24))
    label: Mapped[str | None] = mapped_column(String(24))
    replacement: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(2000))
    user: Mapped[User] = relationship(lazy="joined")


class Attachment(Base):
    """Evidence that a person gave for a claim; rows are only ever added."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    evidence: Mapped[Json]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the document's text that is quoted."""
    user: Mapped[User] = relationship(lazy="joined")


class Citation(Base):
    """That a verdict rests on a document, and whether that is still as it was."""

    __tablename__ = "citations"
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    doc_id: Mapped[str] = mapped_column(String(512), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the text that was read."""
    changed: Mapped[str | None] = mapped_column(String(16))
    """``changed`` or ``removed`` once the store has it otherwise; None while it is the same."""
    changed_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_citations_doc", "doc_id"),)


class Event(Base):
    """What happened, who did it, and when; the database refuses to change or delete a row."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_text", "text_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("texts.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[Json]
    user: Mapped[User | None] = relationship(lazy="joined")


class Talk(Base):
    """A conversation about the sources, of one person, for as long as that person keeps it."""

    __tablename__ = "talks"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    as_of: Mapped[date | None]
    """The day it is about."""
    turns: Mapped[list[Json]] = mapped_column(default=list)
    """Questions as they were put, with their answers, in order."""
    created_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    """When the last question was put."""


class Arrival(Base):
    """A text that came by itself from a folder or a feed, so that it comes once."""

    __tablename__ = "arrivals"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of its id and its words."""
    doc_id: Mapped[str] = mapped_column(String(512))
    at: Mapped[datetime]


class Snapshot(Base):
    """The text of a cited document as it was when a verdict rested on it."""

    __tablename__ = "snapshots"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    doc_id: Mapped[str] = mapped_column(String(512))
    text: Mapped[str] = mapped_column(Text)
    source_rank: Mapped[float | None] = mapped_column(Float)
    """How much the desk trusted the source then, 0 to 1."""
