"""Role phrases: where they stand in a sentence, what post they name, and whether two name the same post."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from factcheck.language.lexicon import (
    BODY_NOUNS,
    LOOSE_HEADS,
    NEW_WORDS,
    OFFICE_HEADS,
    PAST_WORDS,
    RANK_WORDS,
    ROLE_HEADS,
    SIDE_NOUNS,
)  # fmt: skip
from factcheck.language.people import Person
from factcheck.names import compare_bodies, compare_people, countries_in, country_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SAME_HEAD = {
    "advisor": "adviser", "aide": "adviser", "assistant": "adviser", "chief": "head", "director": "head",
    "leader": "head", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "spokesman": "spokesperson",
    "spokeswoman": "spokesperson", "premier": "prime minister", "mp": "lawmaker", "ombudswoman": "ombudsman",
    "envoy": "representative", "congressman": "lawmaker", "congresswoman": "lawmaker", "commander": "commander",
    "undersecretary": "deputy secretary",
}  # fmt: skip
_LETTERS = {"executive": "ceo", "financial": "cfo", "finance": "cfo", "technology": "cto", "technical": "cto"}
_CHIEF = re.compile(rf"\bchief\s+({'|'.join(_LETTERS)})\s+officer\b|\bchief\s+(executive)\b", re.IGNORECASE)
"""Posts that are as often written with their letters."""
_LEADING = frozenset({"head", "chair", "president", "ceo", "manager"})
"""Posts at the top of something, two of which one person often holds, and which newsrooms use for one another."""
_VAGUE = frozenset({"head", "chief", "leader", "boss"})
"""Words for whoever leads, whatever the post is called."""
LINKS = frozenset(["of", "to", "for", "at"])
SMALL = frozenset(
    """
    the a an of to for at on in and & 's ’s s
    """.split()
)
WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role named in a sentence: tokens ``[first:last]``; ``head`` is its role noun."""

    first: int
    last: int
    head: int
    past: bool
    """Whether it is said to be over ("former", "ex-")."""


@dataclass(frozen=True)
class Role:
    """A post taken apart for comparing."""

    head: str
    """Role noun in one form for its synonyms: head, minister, adviser."""
    rank: frozenset[str]
    """Words such as first, deputy, acting."""
    domain: str
    """The organisation or field: "National Security and Defense Council", "foreign affairs"; empty when not said."""
    country: str | None
    text: str

    @property
    def office(self) -> bool:
        """Whether it is a full-time office, held one at a time."""
        raw = self.head.split()[-1]
        beside = any(word in BODY_NOUNS | SIDE_NOUNS for word in self.domain.lower().split())
        leads = "leader" in WORD.findall(self.text.lower())
        return (raw in OFFICE_HEADS or self.head in {"head", "chair", "prime minister"}) and not beside and not leads


def is_role_noun(token: "Token") -> bool:
    """Whether the token is a role noun (not the verb "head" nor a word before another role noun)."""
    lower = token.lower_
    if lower not in ROLE_HEADS and not _plural_head(lower):
        return False
    if token.pos_ in {"VERB", "AUX", "ADP", "ADV"} or (token.pos_ == "ADJ" and lower != "deputy"):
        return False
    if token.i + 1 < len(token.doc):
        following = token.doc[token.i + 1]
        if following.text == "-" or (following.lower_ in ROLE_HEADS and following.pos_ in {"NOUN", "PROPN"}):
            return False
        if lower in RANK_WORDS and following.pos_ in {"NOUN", "PROPN", "ADJ"} and _role_ahead(token):
            return False
        if lower == "president" and following.text in {"'s", "’s"}:
            return False
    return not (lower == "general" and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "staff")


def _plural_head(lower: str) -> bool:
    return lower.endswith("s") and lower[:-1] in ROLE_HEADS


def _role_ahead(token: "Token") -> bool:
    """Whether a role noun follows before the phrase ends: "deputy foreign minister"."""
    for following in token.doc[token.i + 1 : token.i + 7]:
        if following.lower_ in ROLE_HEADS:
            return True
        if following.pos_ not in {"ADJ", "NOUN", "PROPN", "CCONJ"}:
            return False
    return False


def find_roles(doc: "Doc", people: list[Person]) -> list[RolePhrase]:
    """All role phrases of a sentence, left to right; one inside another only in "aide to President X"."""
    starts = {person.first for person in people}
    inside = {index for person in people for index in range(person.first, person.last)}
    found: list[RolePhrase] = []
    for token in doc:
        if any(token.i < role.last for role in found) or token.i in inside or not is_role_noun(token):
            continue
        first = _extend_left(doc, token.i, inside, found[-1].last if found else 0)
        past = any(doc[i].lower_ in PAST_WORDS for i in range(max(0, first - 2), token.i))
        while first < token.i and doc[first].lower_ in (PAST_WORDS | NEW_WORDS | {"-", "the", "a", "an"}):
            first += 1
        last = _extend_right(doc, token.i, starts)
        owner = next((p for p in people if p.first == last), None)
        if owner is not None and last > token.i + 1 and is_role_noun(doc[last - 1]):  # "aide to President X"
            inner = _extend_left(doc, last - 1, inside, token.i + 2)
            if doc[inner - 1].pos_ != "DET":  # "Head of the Office of the President X" is X's own post
                found += [
                    RolePhrase(first, owner.last, token.i, past),
                    RolePhrase(inner, last, last - 1, past=False),
                ]
                continue
        found.append(RolePhrase(first, last, token.i, past))
    return found


def _extend_left(doc: "Doc", head: int, inside: set[int], floor: int) -> int:
    first = head
    while first > floor:
        token = doc[first - 1]
        if token.text in {"'s", "’s", "'", "’"} and token.pos_ == "PART":
            first = _owner(doc, first - 1, inside, floor)
        elif first - 1 in inside:
            break
        elif token.ent_type_ in {"DATE", "TIME"} or (token.pos_ == "NOUN" and token.is_lower and doc[head].is_title):
            break  # "on 18 July President X", "earlier in the day President X"
        elif (
            token.pos_ in {"ADJ", "NOUN", "PROPN"}
            or token.lower_ in RANK_WORDS
            or token.text == "-"
            or token.lower_ == "newly"
        ) or (
            token.lower_ == "and"
            and first - 2 >= floor
            and token.nbor(-1).is_title
            and token.nbor(1).is_title
            and token.nbor(-1).dep_ in {"nmod", "compound", "amod"}  # "Security and Defense Council Secretary"
            and country_of(token.nbor(-1).text) is None  # "led the Russians and Minister X the others"
        ):
            first -= 1
        else:
            break
    return first


def _owner(doc: "Doc", apostrophe: int, inside: set[int], floor: int) -> int:
    """First token of the possessor before ``'s``: "Putin", "the General Staff"."""
    first = apostrophe
    while first > floor and (doc[first - 1].pos_ in {"PROPN", "NOUN", "ADJ"} or first - 1 in inside):
        first -= 1
    return first


def _extend_right(doc: "Doc", head: int, starts: set[int]) -> int:
    """One past the last token of the role: over "of the National Security and Defense Council of Ukraine"."""
    last = head + 1
    while last < len(doc) and doc[last].lower_ in LINKS and last not in starts:
        stop = _noun_phrase(doc, last + 1, starts)
        if stop == last + 1:
            break
        last = stop
    return last


def _noun_phrase(doc: "Doc", begin: int, starts: set[int]) -> int:
    index = begin
    while index < len(doc) and index not in starts:
        token = doc[index]
        if (
            (token.pos_ in {"DET", "ADJ", "NOUN", "PROPN"} or token.text in {"'s", "’s"} or token.lower_ in ROLE_HEADS)
            or (token.lower_ == "and" and index > begin and _joins_name(doc, index, starts))
            or (token.text == "-" and index > begin and not doc[index - 1].whitespace_ and not token.whitespace_)
            or (token.pos_ == "VERB" and token.is_title and index > begin)
        ):
            index += 1
        else:
            break
    while index > begin and doc[index - 1].pos_ in {"DET", "CCONJ"}:
        index -= 1
    return index


def _joins_name(doc: "Doc", index: int, starts: set[int]) -> bool:
    """Whether this "and" stands inside a name: "Security and Defense Council", "security and defense sector"."""
    if index + 1 >= len(doc) or index + 1 in starts:
        return False
    before, after = doc[index - 1], doc[index + 1]
    if after.lower_ in ROLE_HEADS | RANK_WORDS or after.pos_ not in {"PROPN", "NOUN", "ADJ"}:
        return False
    if before.is_title and after.is_title:
        return True
    joined = after.dep_ == "conj" and after.head.i <= before.i and before.pos_ == "NOUN"
    return joined and index + 2 < len(doc) and doc[index + 2].pos_ == "NOUN"


POSTED = frozenset({"ambassador", "envoy", "consul"})
_POSTING = re.compile(r"\bto\s+(?:the\s+)?(.+)$", re.IGNORECASE)
"""Where somebody is posted: an ambassador to Chile is none to Brazil, whoever sends them."""


@lru_cache(maxsize=5000)
def read_role(text: str) -> Role:
    """Take a role phrase apart; works on any text, an unknown one becomes its own head."""
    spelled = _CHIEF.sub(lambda found: _LETTERS[(found[1] or found[2]).lower()], text)
    words = WORD.findall(spelled.replace("’", "'"))
    lower = [re.sub(r"'s$|'$", "", word.lower()) for word in words]
    links = [i for i, word in enumerate(lower) if word in LINKS]
    heads = [i for i, word in enumerate(lower) if _head_word(word) and (not links or i < links[0])]
    at = heads[-1] if heads else next((i for i, word in enumerate(lower) if _head_word(word)), len(words) - 1)
    head = lower[at][:-1] if _plural_head(lower[at]) else lower[at]
    before, after = lower[:at], lower[at + 1 :]
    if head == "minister" and before and before[-1] == "prime":
        head, before = "prime minister", before[:-1]
    rank = frozenset(word for word in before if word in RANK_WORDS and word not in {"acting"})
    domain = [
        w for w in (*before, *after) if w not in RANK_WORDS and w not in SMALL and w not in NEW_WORDS | PAST_WORDS
    ]
    if head == "deputy" and after:
        rank, head = rank | {"deputy"}, "deputy"
    bare = [re.sub(r"'s$|'$", "", word) for word in words]
    countries = [country for i, word in enumerate(bare) if i != at and (country := country_of(word))]
    named = " ".join(
        bare[i] for i, word in enumerate(lower) if word in domain and i != at and country_of(bare[i]) is None
    )
    home = countries[0] if countries else None
    if head in POSTED and (posting := _POSTING.search(spelled)) is not None and (host := countries_in(posting[1])):
        named, home = host[0], next(iter(countries_in(spelled[: posting.start()])), None)
    return Role(SAME_HEAD.get(head, head), rank, named, home, text)


def _head_word(word: str) -> bool:
    return word in ROLE_HEADS or _plural_head(word)


RoleRelation = Literal["same", "coarser", "finer", "different", "unrelated"]


def compare_roles(claimed: Role, found: Role) -> RoleRelation:
    """How a claimed post relates to a found one.

    ``same``; ``coarser``: the claim says less than the source; ``finer``: more; ``different``: one person would not
    hold both at a time; ``unrelated``: nothing follows.
    """
    if claimed.country and found.country and claimed.country != found.country and claimed.office and found.office:
        return "different"
    domains = _compare_domains(claimed, found)
    if claimed.head == found.head:
        return _same_head(claimed, found, domains)
    if {claimed.head, found.head} <= _LEADING and domains in {"same", "claim_says_less", "claim_says_more"}:
        return _both_leading(claimed, found, domains)
    if {claimed.head, found.head} & LOOSE_HEADS or "adviser" in (claimed.head, found.head):
        return "different" if _adviser_to(claimed, found) or _adviser_to(found, claimed) else "unrelated"
    if claimed.office and found.office and not _deputy_premier(claimed) and not _deputy_premier(found):
        return "different" if domains != "unknown" or (claimed.domain and found.domain) else "unrelated"
    return "unrelated"


def _deputy_premier(role: Role) -> bool:
    """Deputy prime ministers and vice-presidents as a rule have a ministry or a company beside it."""
    return role.head in {"prime minister", "president"} and bool(role.rank & {"deputy", "vice", "first", "second"})


def _both_leading(claimed: Role, found: Role, domains: str) -> RoleRelation:
    """ "heads the company" beside "its chief executive": the vaguer word holds, no two of them exclude each other."""
    if claimed.rank or found.rank or "ceo" not in {claimed.head, found.head}:
        return "unrelated"
    if _vague(claimed):
        return "finer" if domains == "claim_says_more" else "coarser"
    return "finer" if _vague(found) and domains != "claim_says_less" else "unrelated"


def _vague(role: Role) -> bool:
    return bool(_VAGUE & set(WORD.findall(role.text.lower())))


def _adviser_to(adviser: Role, other: Role) -> bool:
    """Whether one role is to advise the holder of the other."""
    inner = re.search(r"\b(?:to|of)\s+(?:the\s+)?(.*)$", adviser.text, re.IGNORECASE)
    if adviser.head != "adviser" or inner is None or not other.office:
        return False
    superior = read_role(inner.group(1))
    return superior.head == other.head and bool(superior.domain) and _compare_domains(superior, other) == "same"


def _same_head(claimed: Role, found: Role, domains: str) -> RoleRelation:
    both_ranked = claimed.rank == found.rank
    if domains == "different":  # one person may chair two boards
        return "different" if claimed.office and found.office and claimed.head != "chair" else "unrelated"
    if domains == "unknown":
        return "unrelated"
    if ("deputy" in claimed.rank) != ("deputy" in found.rank) or ("vice" in claimed.rank) != ("vice" in found.rank):
        return "different"
    if domains == "claim_says_more" or not claimed.rank <= found.rank:
        return "finer"
    return "same" if both_ranked and domains == "same" else "coarser"


def _same_superior(a: str, b: str) -> bool:
    """ "aide to President X" and "X's aide"."""
    ours, theirs = (" ".join(w for w in text.split() if not _head_word(w.lower())) for text in (a, b))
    return bool(ours) and bool(theirs) and compare_people(ours, theirs).could_be


def _compare_domains(
    claimed: Role, found: Role
) -> Literal["same", "claim_says_less", "claim_says_more", "different", "unknown"]:
    if not claimed.domain or not found.domain:
        if claimed.domain == found.domain:
            return "same"
        return "claim_says_more" if claimed.domain else "claim_says_less"
    if claimed.head == found.head == "adviser" and _same_superior(claimed.domain, found.domain):
        return "same"
    ministry = "Ministry of " if claimed.head == found.head == "minister" else ""
    relation = compare_bodies(ministry + claimed.domain, ministry + found.domain).relation
    if relation in {"same", "variant"}:
        return "same"
    if relation == "partial":
        ours, theirs = set(claimed.domain.lower().split()), set(found.domain.lower().split())
        return "claim_says_more" if len(ours) > len(theirs) else "claim_says_less"
    return "different" if relation == "different" else "unknown"
