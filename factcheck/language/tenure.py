"""From when until when a sentence says that a post or a membership is held: "since 2017", "until the end of March".

Only dates that hang on the post, its holder or the verb that gives it count: "the talks lasted until Friday,
President X said" says nothing of a presidency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from factcheck.language.days import DateMention
from factcheck.language.lexicon import START_VERBS
from factcheck.language.sentence import Sentence
from factcheck.types import Claim, Slot

if TYPE_CHECKING:
    from spacy.tokens import Token

SINCE, UNTIL, TIME = "since", "until", "time"
"""Slot types: the first day, the last day, and the days a statement is about."""
_FROM_WORDS = frozenset({"since", "from", "effective"})
_UNTIL_WORDS = frozenset({"until", "till", "til", "to", "through", "by"})
_ENDS_ONLY = frozenset({"until", "till", "til", "through"})
ENDED = "left"
"""The state slot of a post that a source says has just ended."""
FRESH_DAYS = 3
"""A post that "has been" given is new by at most so many days when it is reported."""


@dataclass(frozen=True)
class Window:
    """Days from ``first`` to ``last``, both inside; None where it is open or unknown."""

    first: date | None = None
    last: date | None = None


def bounds(sentence: Sentence, anchors: Iterable[int]) -> tuple[Slot, ...]:
    """Slots ``since``, ``until`` and ``time`` for what stands at these tokens (post, holder, giving verb)."""
    held = set(anchors)
    slots: dict[str, Slot] = {}
    for mention in sentence.dates:
        tokens = _tokens(sentence, mention)
        if not tokens or mention.precision not in {"day", "month", "year", "range"}:
            continue
        sort = _sort(tokens[0], held)
        if sort is not None and sort not in slots:
            slots[sort] = _slot(sentence, mention, sort)
            if sort == SINCE and mention.precision == "range":  # "from 2015 to 2019"
                slots.setdefault(UNTIL, _slot(sentence, mention, UNTIL))
    if not slots:
        said = next((m for m in sentence.dates if _dates_post(sentence, m, held)), None)
        if said is not None:
            slots[TIME] = _slot(sentence, said, TIME)
    return tuple(slots.values())


def _dates_post(sentence: Sentence, mention: DateMention, held: set[int]) -> bool:
    """Whether the date says when: any day or month of the sentence, a year only beside the post."""
    tokens = _tokens(sentence, mention)
    if not tokens or mention.precision not in {"day", "month", "year"} or _bounds_something(tokens[0]):
        return False
    return mention.precision != "year" or _hangs_on(tokens[0], held)


def _slot(sentence: Sentence, mention: DateMention, sort: str) -> Slot:
    value = f"{mention.earliest.isoformat()}/{mention.latest.isoformat()}"
    return Slot(type=sort, text=mention.text, value=value, span=sentence.shift(mention.span))


def _tokens(sentence: Sentence, mention: DateMention) -> "list[Token]":
    return [t for t in sentence.doc if t.idx < mention.span.end and mention.span.start < t.idx + len(t.text)]


def _bounds_something(token: "Token") -> bool:
    """Whether "since" or "until" stands before: the date bounds some stretch, it is no day of the statement."""
    return any(t.lower_ in _ENDS_ONLY | {"since"} for t in token.doc[max(0, token.i - 4) : token.i + 1])


def _sort(token: "Token", held: set[int]) -> str | None:
    """What a date that hangs on the post says of it."""
    before = token.doc[max(0, token.i - 4) : token.i + 1]
    words = [t.lower_ for t in before]
    link = next((t for t in reversed(before) if t.lower_ in _FROM_WORDS | _UNTIL_WORDS), None)
    if link is None or any(t.pos_ in {"VERB", "PUNCT"} for t in token.doc[link.i + 1 : token.i]):
        return None
    if not _hangs_on(link, held) and not _hangs_on(token, held):
        return None
    if link.lower_ in _FROM_WORDS:
        return SINCE
    ranged = any(t.lower_ == "from" for t in token.doc[max(0, link.i - 5) : link.i])
    if link.lower_ in _ENDS_ONLY or ranged:
        return None if "not" in words else UNTIL
    return None


def _hangs_on(token: "Token", held: set[int]) -> bool:
    """Whether one of the ``held`` tokens is the next thing above it that is no preposition or date word."""
    for above in token.ancestors:
        if above.i in held:
            return True
        if above.pos_ in {"VERB", "AUX"}:
            return False
    return False


def is_start(verb: "Token | None") -> bool:
    """Whether the verb gives the post anew: "has become", "was appointed"."""
    return verb is not None and verb.lemma_.lower() in START_VERBS


def is_fresh(verb: "Token") -> bool:
    """Whether the verb tells news: present perfect ("has been appointed")."""
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"has", "have"} for c in verb.children)


def _days(slot: Slot | None) -> Window:
    if slot is None:
        return Window()
    first, _, last = slot.value.partition("/")
    return Window(date.fromisoformat(first), date.fromisoformat(last))


def window(claim: Claim) -> Window:
    """The days a claim is about: those it names, else its own day."""
    named = claim.slot(TIME)
    if named is not None:
        return _days(named)
    since, until = _days(claim.slot(SINCE)).first, _days(claim.slot(UNTIL)).last
    if since is not None and until is not None and since <= until:
        return Window(since, until)
    day = until if until is not None and (claim.as_of is None or until < claim.as_of) else claim.as_of
    return Window(day, day)


def held(found: Claim) -> Window:
    """The days a source gives for a post or a membership; open where it gives none."""
    state = found.slot("state")
    last = _days(found.slot(UNTIL)).last
    if last is None and state is not None and state.text == ENDED:
        last = _days(found.slot(TIME)).last or found.as_of
    return Window(_days(found.slot(SINCE)).first, last)


def place(claimed: Claim, found: Claim) -> str:
    """Where the claim's days lie: ``inside`` what the source gives, ``before``, ``after``, or ``open``."""
    asked, given = window(claimed), held(found)
    if given.first is not None and asked.last is not None and asked.last < given.first:
        return "before"
    if given.last is not None and asked.first is not None and asked.first > given.last:
        return "after"
    begun = given.first is not None and asked.first is not None and asked.first >= given.first
    if begun and asked.last is not None and asked.last <= (given.last or found.as_of or date.max):
        return "inside"
    ended = given.last is not None and asked.last is not None and asked.last <= given.last
    told = found.as_of is not None and asked.first is not None and asked.first >= found.as_of
    return "inside" if ended and told else "open"


def last_day(slots: Iterable[Slot], base: date | None) -> date | None:
    """The day a statement with these slots speaks of: its named time, not later than the text for a coarse one."""
    chosen = {slot.type: slot for slot in slots}
    if (named := _days(chosen.get(TIME))).last is not None:
        if named.first is None or base is None or (named.last - named.first) <= timedelta(days=31):
            return named.last
        return min(named.last, base) if base >= named.first else named.last
    since = _days(chosen.get(SINCE)).first
    if since is not None and (base is None or since > base):
        return since
    return base
