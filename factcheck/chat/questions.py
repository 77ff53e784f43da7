"""Questions in English to statements with a hole where the answer belongs: "Xavier Placeholder headed it".

A statement can be taken apart and compared like any claim; what a source has where the placeholder stands is the
answer. Knows nothing of stores and documents.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from factcheck.chat.types import Asks, Question
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.past import past
from factcheck.language.people import people

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSON, DAY, PLACE, NUMBER = "Xavier Placeholder", "3 March 1911", "Placeholderville", "7777"
HOLES: dict[Asks, str] = {"person": PERSON, "members": PERSON, "day": DAY, "place": PLACE, "number": NUMBER}
"""What stands where the answer belongs; no news text has these."""

SITES = ("palace", "hotel", "hall", "airport", "port")
"""Kinds of place whose name says what they are: "Which palace ...?" is answered by a palace."""
_KINDS_OF_PLACE = "|".join(("city", "town", "place", "country", "building", "venue", *SITES))

_SITE = re.compile(rf"(?:in |at )?(?:which|what) ({'|'.join(SITES)})\b", re.IGNORECASE)
_TRUTH = re.compile(
    r"^(?:so\s+|and\s+)?(?:is it (?:true|correct|right|a fact) that|can you (?:confirm|check)(?: that| whether| if)?|"
    r"(?:please )?(?:check|verify)(?: that| whether| if)?:?|true or false:?|did you know that)\s+",
    re.IGNORECASE,
)
_WH: tuple[tuple[re.Pattern[str], Asks], ...] = (
    (re.compile(r"^(?:on |in |since |until )?(?:when|(?:which|what) (?:day|date|month|year))\b", re.IGNORECASE), "day"),
    (re.compile(rf"^(?:in |at )?(?:where|(?:which|what) (?:{_KINDS_OF_PLACE}))\b", re.IGNORECASE), "place"),
    (re.compile(r"^how (?:many|much|long|large|big|old|far)\b", re.IGNORECASE), "number"),
    (re.compile(r"^(?:what|how much) (?:number|share|percentage|sum|amount)\b", re.IGNORECASE), "number"),
    (re.compile(r"^(?:who|whom)\b", re.IGNORECASE), "person"),
    (re.compile(r"^(?:which|what) (?:person|minister|official|politician|negotiator|diplomat)\b", re.IGNORECASE),
     "person"),
    (re.compile(r"^what\b.*\b(?:say|said|says|announce|claim|tell|told|promise|demand|propose)\w*\b", re.IGNORECASE),
     "words"),
)  # fmt: skip
_POST = re.compile(
    r"^(?:who (?:is|was) (?!the |a |an )([^,?]+)|what(?: is|'s|’s| was) ([^,?]+?)(?:'s|’s|’|') (?:current |present )?"
    r"(?:job|post|position|role|title|office|function)|(?:what|which) (?:job|post|position|role|title|office) "
    r"(?:does|did|has|had) ([^,?]+?) (?:hold|have|held))\s*\?*$",
    re.IGNORECASE,
)
_SINCE_WHEN = re.compile(r"^(?:since when|how long)(?= (?:has|have|had|is|are|was|were)\b)", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|did|had)\b", re.IGNORECASE)
_LASTED = re.compile(
    r"^how long (?:did|does|do|will|has|have|had) (.+?) (?:lasted|last|taken|take)\b(.*)$", re.IGNORECASE
)
_HOSTED = re.compile(
    rf"^(?:which|what) (?:{_KINDS_OF_PLACE}) (?:hosted|hosts|staged|housed|was the venue (?:of|for)) (.+)$",
    re.IGNORECASE,
)
"""What a place hosts takes place there."""
_MEMBERS = re.compile(
    r"\b(?:(?:was|were|is|are|sat|took part|participated|served|sits) (?:also |else )?(?:in|on|part of|among|"
    r"(?:a |the )?members? of)|members?\b|belong\w*|makes? up|made up)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:before|until|till|since|after|by)\s+$", re.IGNORECASE)
_AUXILIARIES = frozenset("be do have will can could would should may must".split())


def understand(text: str, *, today: date | None = None) -> Question:
    """The question taken apart; ``today`` is the day its relative and incomplete dates count from."""
    asked = " ".join(text.split())
    period = _period(asked, today)
    day = period[0] if period is not None and period[0] == period[1] else None
    if found := _TRUTH.match(asked):
        judged = _ended(asked[found.end() :])
        return Question(text=asked, asks="truth", statement=judged, present=True, day=day, period=period)
    if (
        period is None
        and (whose := _POST.match(asked)) is not None
        and _is_name(name := whose[1] or whose[2] or whose[3])
    ):
        return Question(text=asked, asks="post", statement=name, present=not _WAS.search(asked))
    asks: Asks | None = next((asks for pattern, asks in _WH if pattern.match(asked)), None)
    doc = parse([asked])[0]
    present = any(token.tag_ in ("VBZ", "VBP") for token in doc)
    if asks is None:
        turned = _inverted(doc, 0) if _starts_with_auxiliary(doc) else None
        if turned is None and not asked.endswith("?") and not _is_wh(doc):
            turned = _ended(asked)
        what: Asks = "open" if turned is None else "truth"
        return Question(text=asked, asks=what, statement=turned, present=present, day=day, period=period)
    if asks == "person" and _MEMBERS.search(asked):
        asks = "members"
    statement = _with_hole(doc, asks)
    return Question(text=asked, asks=asks, statement=statement, present=present, day=day, period=period)


def _is_name(text: str) -> bool:
    """Whether it is a person's name and nothing else."""
    doc = parse([f"{text} said so."])[0]
    return any(person.name == text for person in people(doc))


def _period(asked: str, today: date | None) -> tuple[date, date] | None:
    """The first and last day of the time that is spoken of; None where it is only a bound: "before May"."""
    found = next(iter(find_dates(asked, base=today)), None)
    if found is None or _BOUND.search(asked[: found.span.start]):
        return None
    first, last = found.earliest, found.latest
    if today is not None and first > today and not found.year_stated:
        first, last = _year_before(first), _year_before(last)  # documents are asked about what has been
    return first, last


def is_of_the_kind(value: str, question: str) -> bool:
    """Whether a place is of the kind that is asked for, where its name would say so: "which palace" wants a palace."""
    kind = _SITE.match(question)
    return kind is None or kind[1].lower() in value.lower()


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _ended(text: str) -> str:
    bare = text.strip().rstrip("?!. ")
    return f"{bare[:1].upper()}{bare[1:]}." if bare else "."


def _is_wh(doc: "Doc") -> bool:
    return bool(len(doc)) and doc[0].tag_ in ("WP", "WRB", "WDT", "WP$")


def _starts_with_auxiliary(doc: "Doc") -> bool:
    return len(doc) > 2 and doc[0].lemma_.lower() in _AUXILIARIES and not _is_wh(doc)


def _with_hole(doc: "Doc", asks: Asks) -> str | None:
    """The statement that the question asks to complete."""
    if asks in ("words", "open"):
        return None
    if asks == "number" and (lasted := _LASTED.match(str(doc.text))) is not None:
        return _ended(f"{lasted[1]} lasted {NUMBER} hours{lasted[2]}")
    if asks == "place" and (hosted := _HOSTED.match(str(doc.text))) is not None:
        return _ended(f"{_ended(hosted[1]).rstrip('. ')} took place in {PLACE}")
    if asks == "day" and (held := _SINCE_WHEN.match(str(doc.text))) is not None:
        turned = _inverted(doc, len(parse([held[0]])[0]))
        return None if turned is None else _ended(f"{turned.rstrip('. ')} since {DAY}")
    end = _wh_end(doc, asks)
    if end >= len(doc):
        return None
    hole = HOLES[asks]
    head = doc[end - 1] if asks == "number" else doc[0]
    counted = _counted(doc, end) if asks == "number" else ""
    filled = f"{hole} {counted}".strip()
    if doc[end].lemma_.lower() not in _AUXILIARIES:
        return _ended(f"{filled} {_rest(doc, end)}")  # "Who headed it", "Which city hosted it"
    if asks in ("person", "members", "number") and _is_subject(doc, end, head):
        return _ended(f"{filled} {_rest(doc, end)}")  # "Who was in it", "How many bodies were handed over"
    turned = _inverted(doc, end, inserted=filled if asks == "number" else "")
    if turned is None or asks == "number":
        return turned
    bare = turned.rstrip(". ")
    places = {"day": f"{bare} on {filled}", "place": f"{bare} in {filled}"}
    return _ended(places.get(asks, f"{bare} {filled}"))


def _wh_end(doc: "Doc", asks: Asks) -> int:
    """Where the words that ask end: "When", "Which city", "How many wounded soldiers"."""
    at = 1 if doc[0].tag_ != "IN" else 2
    if asks == "number":
        at = min(2, len(doc))
        while at < min(len(doc), 8) and (
            doc[at].pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "ADP", "DET", "PUNCT") or _describes_next(doc, at)
        ):
            if doc[at].lemma_.lower() in _AUXILIARIES:
                break
            at += 1
        return at
    if at < len(doc) and doc[at - 1].lower_ in ("which", "what") and doc[at].pos_ in ("NOUN", "PROPN"):
        at += 1
    if at < len(doc) and doc[at].lower_ in ("else", "exactly"):
        at += 1
    return at


def _describes_next(doc: "Doc", at: int) -> bool:
    """ "working groups", "wounded soldiers"."""
    return doc[at].tag_ in ("VBG", "VBN") and at + 1 < len(doc) and doc[at + 1].pos_ == "NOUN"


def _counted(doc: "Doc", end: int) -> str:
    """What is counted: "bodies" of "How many bodies"; hours where a length of time is asked for, years for an age."""
    words = str(doc[2:end].text).strip()
    if not words and len(doc) > 1:
        return {"long": "hours", "old": "years old"}.get(doc[1].lower_, "")
    return words


def _is_subject(doc: "Doc", auxiliary: int, head: "Token") -> bool:
    """Whether what is asked for is the subject: nothing that could be one follows the auxiliary at once."""
    if auxiliary + 1 >= len(doc):
        return True
    if head.tag_ == "WP" and doc[auxiliary].lemma_.lower() == "be" and not _has_verb(doc, auxiliary + 1):
        return True  # "Who is the minister": the minister is what is said of somebody
    if head.dep_ in ("nsubj", "nsubjpass") and doc[auxiliary].lemma_.lower() != "do":
        return True
    following = doc[auxiliary + 1]
    return following.pos_ not in ("DET", "PROPN", "PRON", "NOUN") and following.tag_ not in ("JJ", "PRP$")


def _has_verb(doc: "Doc", start: int) -> bool:
    return any(token.tag_ in ("VBN", "VBG", "VB") and token.dep_ != "amod" for token in doc[start:])


def _inverted(doc: "Doc", auxiliary: int, inserted: str = "") -> str | None:
    """Subject and auxiliary in the order of a statement: "was the round held" to "the round was held".

    ``inserted`` stands after the verb: "did they release" to "they released 40 people".
    """
    first = auxiliary + 1
    if first >= len(doc):
        return None
    if (verb := _verb_of(doc, auxiliary)) is not None:
        last = verb
        while last > first and doc[last - 1].dep_ in ("aux", "auxpass", "neg", "advmod"):
            last -= 1
        if last > first:
            return _in_order(doc, first, last, auxiliary, inserted)
    chunk = next((chunk for chunk in doc.noun_chunks if chunk.start == first), None)
    last = chunk.end if chunk is not None else first + 1
    while chunk is None and doc[first].pos_ == "DET" and last < len(doc) and doc[last].pos_ in ("ADJ", "NOUN", "PROPN"):
        last += 1  # "each side"
    while last < len(doc) and doc[last].lower_ in ("of", "and", "'s", "’s") and last + 1 < len(doc):
        following = next((c for c in doc.noun_chunks if c.start == last + 1), None)
        last = following.end if following is not None else last + 2
    if (end := _subject_end(doc, first)) > last and _says_of_it(doc, end, did=doc[auxiliary].lemma_.lower() == "do"):
        last = end
    if doc[auxiliary].lower_ == "did" and not _is_base(doc, last) and (noun := _verb_read_as_noun(doc, first)):
        return _ended(" ".join(filter(None, (str(doc[first:noun].text), past(doc[noun].text.lower()), inserted,
                                             _rest(doc, noun + 1)))))  # fmt: skip
    return _in_order(doc, first, last, auxiliary, inserted)


def _in_order(doc: "Doc", first: int, last: int, auxiliary: int, inserted: str) -> str:
    """The statement whose subject is ``doc[first:last]``."""
    subject, word = str(doc[first:last].text), doc[auxiliary].text.lower()
    if word in ("did", "does") and _is_base(doc, last):
        base = doc[last].text.lower()
        word, last = past(base) if word == "did" else "has" if base == "have" else f"{base}s", last + 1
    return _ended(" ".join(filter(None, (subject, word, inserted, _rest(doc, last)))))


def _verb_of(doc: "Doc", auxiliary: int) -> int | None:
    """Where the verb stands that the auxiliary before the subject belongs to."""
    helper = doc[auxiliary]
    verb = helper.head
    if helper.dep_ not in ("aux", "auxpass") or verb.pos_ not in ("VERB", "AUX") or verb.i <= auxiliary + 1:
        return None
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return int(verb.i) if any(auxiliary < child.i < verb.i for child in subjects) else None


def _subject_end(doc: "Doc", first: int) -> int:
    """Where the subject that begins at ``first`` ends, with what describes it: "the law on fishing"."""
    for token in doc[first:]:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.left_edge.i <= first:
            tail = doc[token.i + 1 : token.right_edge.i + 1]
            done = next((t for t in tail if t.dep_ == "acl" and t.tag_ in {"VBN", "VBD"}), None)
            if done is not None and all(t.is_punct for t in doc[tail.end :]):
                return int(done.i)  # "were the talks between the two held in May": nothing else is left to be said
            return int(token.i if _has_verb(doc[: tail.end], tail.start) else token.right_edge.i) + 1
        if token.pos_ in {"VERB", "AUX"}:
            break
    return first


def _says_of_it(doc: "Doc", end: int, *, did: bool) -> bool:
    """Whether something is said of a subject that ends before ``end``; after "did" it begins with a verb."""
    return end < len(doc) and not doc[end].is_punct and (not did or _is_base(doc, end))


def _is_base(doc: "Doc", at: int) -> bool:
    return at < len(doc) and doc[at].tag_ in ("VB", "VBP")


def _verb_read_as_noun(doc: "Doc", first: int) -> int | None:
    """Where the verb stands that the tagger took for the last noun of the subject: "did each side release", "end"."""
    if any(token.tag_ in ("VB", "VBP") for token in doc[first + 1 :]):
        return None
    for token in doc[first + 1 :]:
        before, after = token.nbor(-1), doc[token.i + 1] if token.i + 1 < len(doc) else None
        if (
            token.tag_ in ("NN", "JJ")
            and before.pos_ in {"NOUN", "PROPN"}
            and (after is None or after.pos_ not in {"NOUN", "PROPN"})
        ):
            return int(token.i)
    return None


def _rest(doc: "Doc", start: int) -> str:
    return str(doc[start:].text).rstrip("?!. ")
