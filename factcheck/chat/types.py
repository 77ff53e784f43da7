"""What is asked and what is answered."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from factcheck.types import Evidence, Frozen, Label

Asks = Literal["person", "day", "place", "number", "members", "post", "words", "truth", "open"]
"""What a question wants: who, when, where, how many, who all, what post, what was said, whether, anything else."""
Happens = Literal["status", "sources", "sentence", "answer"]
"""What happens while a question is answered, in this order; there may be several of the first and the third."""
Way = Literal["facts", "verdict", "quotes", "declined"]
"""How it was answered: by facts of one type that sources assert, by judging a statement, by quoting, or not at all."""


class Question(Frozen):
    """A question, taken apart."""

    text: str = Field(min_length=1)
    """As it was understood: what was left out is put in from the conversation."""
    asks: Asks
    statement: str | None = None
    """The question as a statement, a placeholder where the answer belongs; None where it has no such form."""
    present: bool = False
    """Whether it asks how things are, not how they were."""
    day: date | None = None
    """The day it speaks of."""
    period: tuple[date, date] | None = None
    """First and last day of the time it speaks of: that day, a month, a year."""


class Citation(Frozen):
    """Words of a stored document, exactly."""

    doc_id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    quote: str = Field(min_length=1)
    """The stored document's ``text[start:end]``."""
    start: int = Field(ge=0)
    end: int = Field(gt=0)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"a quote of {len(self.quote)} characters cannot stand at {self.start}..{self.end}")
        return self

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The words of an evidence card, which were cut out of their document."""
        return cls(**{name: getattr(evidence, name) for name in cls.model_fields})


class Answer(Frozen):
    """What the documents say, or that they do not."""

    question: str
    """The question as it was understood."""
    text: str
    """The answer in plain words."""
    way: Way
    values: tuple[str, ...] = ()
    """The names, days, places or numbers it gives, the best supported first."""
    citations: tuple[Citation, ...] = ()
    """What it rests on; empty only when it was declined."""
    label: Label | None = None
    """The verdict, where a statement was judged."""
    worded: bool = False
    """Whether a language model put it into words; each sentence was found supported by the verifier."""
    left_out: int = 0
    """Sentences of a language model that are not shown, because the sources do not bear them."""

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.way != "declined" and not self.citations:
            raise ValueError("an answer without a source must be declined")
        return self


class Happening(Frozen):
    """One step on the way to an answer, told as it comes."""

    kind: Happens
    text: str = ""
    """Of ``status`` what is being done, of ``sentence`` a sentence that may be shown."""
    citations: tuple[Citation, ...] = ()
    """Of ``sources``: what was found."""
    answer: Answer | None = None
    """Of ``answer``, the last: the whole, which is right where the steps before it are not enough."""
