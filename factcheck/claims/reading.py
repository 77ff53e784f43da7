"""A text as sentences that stand alone: parsed, with pronouns, roles, delegations and relative dates resolved.

Resolution is by the nearest fitting mention before; what cannot be resolved is left as it is, and the extractor says
so. Knows nothing of claim types.
"""

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from factcheck.kinds.bodies import body_name, stands_for_body
from factcheck.language.lexicon import BODY_NOUNS, SAME_BODY
from factcheck.language.parse import MAX_SENTENCE, parse
from factcheck.language.people import people
from factcheck.language.roles import compare_roles, find_roles, read_role
from factcheck.language.sentence import Sentence
from factcheck.types import Slot, Span
from vectorstore.layout import Block, blocks
from vectorstore.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SIGNED = re.compile(r"^\s*[-–—]\s*(?P<verb>[^\W\d_]+)\s+(?P<name>[^\W\d_][\w.'’ -]{1,60}?)\s*[.:]?\s*$")
"""A line below a paragraph that names its speaker: "- wrote X."."""
LONGEST_QUOTATION = 600
"""Characters beyond which a quotation mark is taken to be a stray one."""
TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Piece:
    """A sentence of the text, or a stretch of it that is none."""

    span: Span
    sentence: Sentence | None
    clutter: str | None = None
    """Why it is no prose; None when it is."""
    heading: bool = False


@dataclass
class Memory:
    """What the text has spoken of so far."""

    full_names: dict[str, str] = field(default_factory=dict)
    assumed: date | None = None
    """A day in the year an undated text speaks of."""
    person: str | None = None
    """Whom "he" or "she" would mean."""
    body: str | None = None
    """Which body "the delegation" would mean."""
    posts: list[tuple[str, str]] = field(default_factory=list)
    """(post, person) pairs, for "the Secretary said"."""


def read(text: str, *, as_of: date | None, in_passing: bool = False) -> list[Piece]:
    """All of ``text`` in order: sentences ready for the typed rules, and what is no sentence with the reason.

    ``in_passing`` also takes what a sentence says by the way ("the vote held in May") for clauses of their own.
    """
    layout = blocks(text)
    spans = [(block, span) for block in layout if block.kind != "clutter" for span in _sentences(text, block)]
    docs = parse([text[span.start : span.end] for _, span in spans])
    speakers = _signed(text, layout)
    memory = Memory(full_names=full_names(docs), assumed=None if as_of else _year_spoken_of(text))
    pieces = [
        Piece(Span(start=b.start, end=b.end), None, clutter=b.reason or b.kind)
        for b in layout if b.kind == "clutter"
    ]  # fmt: skip
    for (block, span), doc in zip(spans, docs, strict=True):
        if block.kind == "attribution":
            pieces.append(Piece(span, None, clutter="names the speaker of the paragraph above"))
            continue
        speaker = _speaker_slot(speakers.get(block.start), memory)
        sentence = _resolve(text[span.start : span.end], span.start, doc, as_of, memory, speaker)
        sentence = dataclasses.replace(sentence, in_passing=in_passing, spoken_of=memory.person)
        pieces.append(Piece(span, sentence, heading=block.kind == "heading"))
        _remember(sentence, memory)
    return sorted(pieces, key=lambda piece: piece.span.start)


def _year_spoken_of(text: str) -> date | None:
    """The middle of the latest year an undated text names: its "16 May" is most likely of that year."""
    years = [int(year) for year in YEAR.findall(text)]
    return date(max(years), 7, 1) if years else None


def _sentences(text: str, block: Block) -> list[Span]:
    """The sentences of a block; one too long to be one is cut, so that parsing stays bounded."""
    found = []
    for part in _whole_quotations(text[block.start : block.end]):
        start, stop = block.start + part.start, block.start + part.end
        while start < stop:
            end = min(stop, start + MAX_SENTENCE)
            found.append(Span(start=start, end=end))
            start = end
    return found


def _whole_quotations(text: str) -> list[Span]:
    """The sentences of ``text``, those of one quotation taken together: who said the last said the first."""
    found: list[Span] = []
    open_since: int | None = None
    for part in split_sentences(text):
        first = part.start if open_since is None else open_since
        piece = text[first : part.end]
        opened = piece.count("“") > piece.count("”") or piece.count('"') % 2 == 1
        if opened and part.end - first < LONGEST_QUOTATION:
            open_since = first
            continue
        found.append(Span(start=first, end=part.end))
        open_since = None
    if open_since is not None:
        found += [Span(start=p.start, end=p.end) for p in split_sentences(text) if p.start >= open_since]
    return found


def full_names(docs: "list[Doc]") -> dict[str, str]:
    """Surname to full name, for surnames that only one person of the text has."""
    names = [person.name for doc in docs for person in people(doc)]
    long = {name for name in names if len(name.split()) > 1}
    found: dict[str, str] = {}
    shared: set[str] = set()
    for name in sorted(long):
        surname = name.split()[-1]
        if surname in found and not _same_start(found[surname], name):
            shared.add(surname)
        elif surname not in found or len(name) > len(found[surname]):
            found[surname] = name
    return {surname: name for surname, name in found.items() if surname not in shared}


def _same_start(a: str, b: str) -> bool:
    return a.split()[0] == b.split()[0]


def _signed(text: str, layout: list[Block]) -> dict[int, tuple[str, Span]]:
    """Start of each block whose speaker a line below it names, to that name and where it stands."""
    found: dict[int, tuple[str, Span]] = {}
    previous: Block | None = None
    for block in layout:
        match = SIGNED.match(text[block.start : block.end]) if block.kind == "attribution" else None
        if match is not None and previous is not None:
            span = Span(start=block.start + match.start("name"), end=block.start + match.end("name"))
            found[previous.start] = match.group("name"), span
        previous = block if block.kind == "prose" else previous
    return found


def _speaker_slot(named: tuple[str, Span] | None, memory: Memory) -> Slot | None:
    if named is None:
        return None
    name, span = named
    return Slot(type="speaker", text=name, value=memory.full_names.get(name, name), span=span)


def _resolve(text: str, start: int, doc: "Doc", as_of: date | None, memory: Memory, speaker: Slot | None) -> Sentence:
    """The sentence with everything that points outside it written out."""
    bare = Sentence(
        text,
        start,
        doc,
        base=as_of,
        assumed=memory.assumed,
        full_names=memory.full_names,
        body=memory.body,
        speaker=speaker,
    )
    replaced: dict[int, str] = {}
    if speaker is None:
        replaced |= _pronouns(bare, memory)
        replaced |= _posts(bare, memory)
    replaced |= _bodies(bare, memory)
    replaced |= _dates(bare)
    replaced |= {
        p.last - 1: bare.full_name(p) for p in bare.people if p.last - p.first == 1 and bare.full_name(p) != p.name
    }
    return dataclasses.replace(bare, replaced=replaced)


def _pronouns(sentence: Sentence, memory: Memory) -> dict[int, str]:
    """ "he" and "his": the person last spoken of, or the only one the sentence has named as a subject before."""
    found: dict[int, str] = {}
    meant = memory.person
    for token in sentence.doc:
        here = next((p for p in sentence.people if p.last - 1 == token.i), None)
        if here is not None:
            meant = sentence.full_name(here) if token.dep_ in {"nsubj", "nsubjpass"} else None
        elif meant is not None and token.lower_ in {"he", "she"}:
            found[token.i] = meant
        elif meant is not None and token.lower_ in {"his", "her"} and token.dep_ == "poss" and meant == memory.person:
            found[token.i] = f"{meant}'s"
    return found


def _posts(sentence: Sentence, memory: Memory) -> dict[int, str]:
    """ "The Secretary also said": the person the text has given that post."""
    found: dict[int, str] = {}
    for role in find_roles(sentence.doc, sentence.people):
        head = sentence.doc[role.head]
        beside = any(
            p.first in {role.last, role.last + 1} or p.last in {role.first - 1, role.first} for p in sentence.people
        )
        if beside or head.dep_ != "nsubj" or role.past:
            continue
        ours = read_role(sentence.words(role.first, role.last))
        holder = next(
            (
                who
                for post, who in reversed(memory.posts)
                if compare_roles(ours, read_role(post)) in {"same", "coarser"}
            ),
            None,
        )
        if holder is None or not (ours.domain or ours.head == "president"):
            continue
        first = role.first - 1 if role.first and sentence.doc[role.first - 1].lower_ == "the" else role.first
        found |= dict.fromkeys(range(first, role.last), "")
        found[first] = holder + " "
    return found


def _bodies(sentence: Sentence, memory: Memory) -> dict[int, str]:
    if memory.body is None:
        return {}
    found: dict[int, str] = {}
    for token in sentence.doc:
        if token.lower_ == "it" and stands_for_body(token):
            found[token.i] = f"The {memory.body}"
        elif _is_bare_body(token) and body_name(sentence, token) == memory.body:
            found[token.i] = memory.body
    return found


def _is_bare_body(token: "Token") -> bool:
    """ "the delegation", with nothing that says whose."""
    described = any(c.dep_ in {"amod", "compound", "poss", "prep", "relcl"} for c in token.children)
    return token.lower_ in SAME_BODY and token.tag_ != "NNS" and not described


def _dates(sentence: Sentence) -> dict[int, str]:
    """Relative and yearless dates written out; of two mentions of one day, only the fuller stays."""
    found: dict[int, str] = {}
    mentions = sentence.dates
    for mention in mentions:
        tokens = [t for t in sentence.doc if t.idx < mention.span.end and mention.span.start < t.idx + len(t.text)]
        if not tokens or mention.precision != "day" or (mention.year_stated and not mention.relative):
            continue
        found |= {t.i: "" for t in tokens[1:]}
        twin = any(m is not mention and not m.relative and m.earliest == mention.earliest for m in mentions)
        if mention.relative and twin:
            found[tokens[0].i] = ""
            continue
        day = mention.words
        following = sentence.doc[tokens[-1].i + 1] if tokens[-1].i + 1 < len(sentence.doc) else None
        if following is not None and following.lower_ in TIMES_OF_DAY:  # "Wednesday evening"
            found[following.i] = ""
            day = f"the {following.lower_} of {day}"
        found[tokens[0].i] = day if _after_preposition(tokens[0]) else f"on {day}"
    return found


def _after_preposition(token: "Token") -> bool:
    return token.i > 0 and (
        token.nbor(-1).pos_ in {"ADP", "DET", "SCONJ"} or token.dep_ in {"pobj", "compound", "nmod"}
    )


def _remember(sentence: Sentence, memory: Memory) -> None:
    doc = sentence.doc
    for role in find_roles(doc, sentence.people):
        for person in sentence.people:
            if person.first == role.last or (person.last == role.first - 1 and doc[person.last].text == ","):
                memory.posts.append((sentence.words(role.first, role.last), sentence.full_name(person)))
    subject = _main_person(sentence)
    if subject is not None:
        memory.person = subject
    elif sentence.speaker is not None:
        memory.person = sentence.speaker.resolved
    for token in doc:
        spoken_of = token.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT"} or token.head.lower_ in {"of", "in"}
        if spoken_of and (token.lower_ in SAME_BODY or (token.lower_ in BODY_NOUNS and memory.body is None)):
            name = body_name(sentence, token)
            if name is not None and (" " in name or memory.body is None):
                memory.body = name


def _main_person(sentence: Sentence) -> str | None:
    """The person who is subject of the main verb, else the first named."""
    for token in sentence.doc:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ == "ROOT":
            for person in sentence.people:
                if person.first <= token.i < person.last:
                    return sentence.full_name(person)
    return sentence.full_name(sentence.people[0]) if sentence.people else None
