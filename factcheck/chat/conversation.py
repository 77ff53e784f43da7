"""A conversation: what was asked before fills what a follow-up leaves out. It can be kept in a file."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from factcheck.chat.answering import answer
from factcheck.chat.questions import understand
from factcheck.chat.types import Answer, Happening
from factcheck.checker import Checker
from factcheck.errors import InputError
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.types import Frozen
from vectorstore.sentences import split_sentences

if TYPE_CHECKING:
    from factcheck.chat.wording import Wording

LONGEST = 2000
"""Characters of a question; longer text is for ``factcheck check``."""
_FOLLOW_UP = re.compile(
    r"^(?:and|what about|how about|but what about|and what about)\b[\s,]*(.*?)[\s?.!]*$", re.IGNORECASE
)
_ELSE = re.compile(r"^(?:and )?who else\b[\s?.!]*$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(he|she|him|her|they|them)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|this|that)(?=[\s?.!]*$)|\bit\b", re.IGNORECASE)
_ONE = re.compile(r"\bone\b(?=[\s?.!]*$|\s+(?:in|on|at)\b)", re.IGNORECASE)
_BARE = re.compile(r"^(?:and )?(since when|when|where|why)[\s?.!]*$", re.IGNORECASE)
_OPENS = re.compile(r"^(?:since when|when|where|why)\b", re.IGNORECASE)


class Turn(Frozen):
    """One question as it was put, and its answer."""

    asked: str
    answer: Answer


class _Kept(Frozen):
    as_of: date | None = None
    turns: tuple[Turn, ...] = Field(default=())


class Conversation:
    """Asks a checker and remembers. Not for several threads at once."""

    def __init__(self, checker: Checker, *, as_of: date | None = None, wording: "Wording | None" = None) -> None:
        """``as_of`` is the day it is about: what "now" means, and which year an incomplete date is in.

        With ``wording`` a language model puts answers into sentences.
        """
        self.checker = checker
        self.wording = wording
        self.as_of = as_of
        self.turns: list[Turn] = []

    def ask(self, text: str) -> Answer:
        """Answer a question or a follow-up; raises InputError for an empty or a very long one."""
        asked = _checked(text)
        found = self._found(asked)
        if self.wording is not None:
            found = self.wording.worded(found, self.checker, as_of=self.as_of)
        self.turns.append(Turn(asked=asked, answer=found))
        return found

    def stream(self, text: str) -> Iterator[Happening]:
        """Like ``ask``, told step by step: what is done, the sources, each sentence that holds, and the answer.

        A language model's sentence comes as soon as the verifier has found it supported, while the next is written.
        Left before its end, the question is not among ``turns``.
        """
        asked = _checked(text)
        yield Happening(kind="status", text="reading the documents")
        found = self._found(asked)
        yield Happening(kind="sources", citations=found.citations)
        if self.wording is not None and found.way != "declined":
            yield Happening(kind="status", text="wording the answer, and checking each sentence")
            for made in self.wording.stream(found, self.checker, as_of=self.as_of):
                if isinstance(made, Answer):
                    found = made
                else:
                    yield Happening(kind="sentence", text=made)
        if not found.worded:
            for start, end in split_sentences(found.text):
                yield Happening(kind="sentence", text=found.text[start:end])
        self.turns.append(Turn(asked=asked, answer=found))
        yield Happening(kind="answer", answer=found)

    def _found(self, asked: str) -> Answer:
        """What the documents say, without a language model."""
        today = self.as_of or self._newest()
        return answer(understand(self._whole(asked), today=today), self.checker, as_of=self.as_of)

    def save(self, path: Path) -> None:
        """Write the conversation, whole or not at all."""
        kept = _Kept(as_of=self.as_of, turns=tuple(self.turns))
        unfinished = path.with_name(path.name + ".part")
        unfinished.write_text(json.dumps(kept.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", "utf-8")
        unfinished.replace(path)

    def load(self, path: Path) -> None:
        """Take up a conversation that was saved; raises InputError when the file is none."""
        try:
            kept = _Kept.model_validate_json(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError) as exc:
            raise InputError(f"{path}: is not a saved conversation ({str(exc).splitlines()[0]})") from exc
        self.as_of, self.turns = kept.as_of, list(kept.turns)

    def _newest(self) -> date | None:
        """The latest day of publication in the store: incomplete dates are of the year before it."""
        return max((day for source in self.checker.store.sources() if (day := source.published_date)), default=None)

    def _whole(self, asked: str) -> str:
        """The question with what it leaves out put in from the last one."""
        if not self.turns:
            return asked
        last = self.turns[-1].answer
        if _ELSE.match(asked):
            return _everybody(last.question)
        if (bare := _BARE.match(asked)) and _OPENS.match(last.question):
            return _OPENS.sub(bare[1].capitalize(), last.question)
        follow_up = _FOLLOW_UP.match(asked)
        if follow_up and follow_up[1] and not _is_question(follow_up[1]):
            return _exchanged(last.question, follow_up[1])
        named = (value for value in last.values if value[:1].isupper() and not any(c.isdigit() for c in value))
        person = next(named, None) or _person_in(last.question)
        whole = _PRONOUN.sub(person, asked) if person else asked
        return _with_thing(whole, last.question)


def _checked(text: str) -> str:
    asked = " ".join(text.split())
    if not asked:
        raise InputError("the question is empty")
    if len(asked) > LONGEST:
        raise InputError(f"a question may have {LONGEST} characters; check longer text with: factcheck check FILE")
    return asked


def _is_question(text: str) -> bool:
    doc = parse([text])[0]
    return doc[0].tag_ in ("WP", "WRB", "WDT", "MD") or doc[0].lower_ in (
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
    )


def _everybody(question: str) -> str:
    """ "Who headed the delegation?" as "Who was in the delegation?"."""
    doc = parse([question])[0]
    bodies = [chunk for chunk in doc.noun_chunks if chunk.root.pos_ == "NOUN"]
    rest = question[bodies[0].start_char :] if bodies else question
    return f"Who was in {rest}" if bodies else question


def _with_thing(asked: str, question: str) -> str:
    """ "it" and "the Russian one" with the thing that the last question was about, and its time."""
    if not (_IT.search(asked) or _ONE.search(asked)):
        return asked
    doc = parse([question])[0]
    days = find_dates(question, base=date.max.replace(year=2100))
    chunk = next((c for c in doc.noun_chunks if c.root.pos_ == "NOUN" and not _is_wh(c[0].tag_)), None)
    if chunk is None:
        return asked
    last = chunk.end
    while last + 1 < len(doc) and doc[last].lower_ == "of":
        following = next((c for c in doc.noun_chunks if c.start == last + 1), None)
        last = following.end if following is not None else len(doc)
    whole = _ONE.sub(chunk.root.text, asked) if _ONE.search(asked) else _IT.sub(doc[chunk.start : last].text, asked)
    if days and not find_dates(whole, base=date.max.replace(year=2100)):
        start = next((t.i for t in doc if t.idx >= days[0].span.start), 0)
        link = f"{doc[start - 1].text} " if start and doc[start - 1].pos_ == "ADP" else ""
        whole = f"{whole.rstrip('?. ')} {link}{days[0].text}?"
    return whole


def _is_wh(tag: str) -> bool:
    return tag in ("WDT", "WP", "WRB")


def _exchanged(question: str, new: str) -> str:
    """The last question with the part of the same kind exchanged: a date for a date, a nation for a nation, a name."""
    if days := find_dates(new, base=date.max.replace(year=2100)):
        old = find_dates(question, base=date.max.replace(year=2100))
        if old:
            return question[: old[0].span.start] + days[0].text + question[old[0].span.end :]
        return f"{question.rstrip('?. ')} {new}?"
    fresh = list(parse([f"And {new}?"])[0].ents)
    for entity in parse([question])[0].ents:
        same = next((one for one in fresh if _alike(one.label_, entity.label_)), None)
        if same is not None:
            return f"{question[: entity.start_char]}{same.text}{question[entity.end_char :]}"
    return f"{question.rstrip('?. ')} {new}?"


def _alike(a: str, b: str) -> bool:
    places = {"NORP", "GPE", "LOC"}
    return a == b or {a, b} <= places


def _person_in(question: str) -> str | None:
    return next((entity.text for entity in parse([question])[0].ents if entity.label_ == "PERSON"), None)
