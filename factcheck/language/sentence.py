"""A sentence ready for the typed rules: its parse, dates, quantities and persons, with offsets into the whole text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.language.clauses import Clause, clauses, inner_clauses, written
from factcheck.language.dates import find_dates
from factcheck.language.days import DateMention
from factcheck.language.people import Person, people
from factcheck.language.quantities import Quantity, find_quantities
from factcheck.types import Slot, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text. Token indices are those of ``doc``; spans made by its methods lie in the whole text."""

    text: str
    start: int
    """Where it begins in the whole text."""
    doc: "Doc" = field(repr=False)
    base: date | None = None
    """The day its relative dates count from."""
    assumed: date | None = None
    """For a text without a date: a day in the year it speaks of, to complete "16 May" with."""
    full_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Surname to the full name used elsewhere in the text, where only one person there has it."""
    body: str | None = None
    """The delegation or team last spoken of, for "the delegation" and "it"."""
    replaced: Mapping[int, str] = field(default_factory=dict, repr=False)
    """Token index to what it stands for: pronouns to names, "today" to a date."""
    speaker: Slot | None = None
    """Who says the whole sentence, when the text names the speaker elsewhere ("- wrote X." below a paragraph)."""
    in_passing: bool = False
    """Whether what it says by the way ("the vote held in May") is a clause of its own: so in sources, not in drafts."""

    spoken_of: str | None = None
    """The person the sentence before was about, who most likely says a quotation that stands alone."""

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates, with spans inside the sentence; of an undated text only those that count from no day."""
        found: list[DateMention] = find_dates(self.text, base=self.base or self.assumed)
        return found if self.base is not None else [mention for mention in found if not mention.relative]

    @property
    def moment(self) -> date | None:
        """The day that what it says of posts and memberships holds: a day it states, else its base."""
        stated = [mention.latest for mention in self.dates if mention.precision in {"day", "month"}]
        return stated[0] if stated else self.base

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers that are not part of a date, with spans inside the sentence."""
        return find_quantities(self.text, skip=[mention.span for mention in self.dates])

    @cached_property
    def people(self) -> list[Person]:
        """Persons named in it."""
        return people(self.doc, known=self.full_names.values())

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its predicates with what belongs to each."""
        return clauses(self.doc) + (inner_clauses(self.doc) if self.in_passing else [])

    def clause_text(self, clause: Clause) -> str:
        """The clause as a sentence of its own, no full stop: shared subject put in, pronouns and dates resolved."""
        replaced = self.replaced
        if clause.gap is not None:
            after = replaced.get(clause.gap, self.doc[clause.gap].text)
            replaced = {**replaced, clause.gap: f"{clause.link} {after}"}
        own = written(self.doc, clause.tokens, replaced)
        if clause.borrowed:
            link = clause.link if clause.link.startswith("'") else f" {clause.link}".rstrip()
            own = f"{written(self.doc, clause.borrowed, self.replaced)}{link} {own}"
        return own[:1].upper() + own[1:]

    def speaker_slot(self, clause: Clause) -> Slot | None:
        """Who said the clause: named in the sentence, or around it."""
        if clause.speaker is None:
            return self.speaker
        first, last = clause.speaker
        person = next((p for p in self.people if first <= p.first and p.last <= last), None)
        if person is not None:
            return self.person_slot(person, "speaker")
        text = self.words(first, last)
        value = written(self.doc, range(first, last), self.replaced)
        return Slot(type="speaker", text=text, value=value, span=self.span(first, last))

    def span(self, first: int, last: int) -> Span:
        """Tokens ``[first:last]`` as a span of the whole text."""
        return Span(
            start=self.start + self.doc[first].idx,
            end=self.start + self.doc[last - 1].idx + len(self.doc[last - 1].text),
        )

    def words(self, first: int, last: int) -> str:
        """Tokens ``[first:last]`` as written."""
        return str(self.doc[first:last].text)

    def shift(self, span: Span) -> Span:
        """A span inside the sentence as a span of the whole text."""
        return Span(start=self.start + span.start, end=self.start + span.end)

    def full_name(self, person: Person) -> str:
        """The person's name as completely as the text gives it."""
        return self.full_names.get(person.name, person.name)

    def person_slot(self, person: Person, type_: str = "person") -> Slot:
        """The person as a slot."""
        return Slot(
            type=type_,
            text=person.name,
            value=self.full_name(person),
            span=self.span(person.first, person.last),
        )

    def date_slot(self, mention: DateMention) -> Slot:
        """The date as a slot; its value is ISO 8601."""
        return Slot(type="date", text=mention.text, value=mention.value, span=self.shift(mention.span))
