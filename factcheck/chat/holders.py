"""Who holds a post and since when, as sources say; whose minister somebody is where a source leaves it out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from factcheck.chat.groups import Found
from factcheck.language.roles import Role, compare_roles, read_role
from factcheck.names import compare_people, countries_in
from factcheck.types import Claim, Fact


def holders(part: Claim, hole: str, facts: Sequence[Fact], *, ended: bool) -> Iterator[Found]:
    """Persons with whom the statement ``part`` is true, which has ``hole`` where the holder of a post belongs.

    ``ended``: also who held it once.
    """
    role, asked = part.slot("role"), part.slot("person")
    if part.type != "title_role" or role is None or asked is None or hole not in asked.text:
        return
    wanted = read_role(role.resolved)
    for fact in facts:
        person, post = fact.claim.slot("person"), fact.claim.slot("role")
        if fact.claim.type != part.type or person is None or post is None or (fact.claim.slot("state") and not ended):
            continue
        if _is_post(wanted, read_role(post.resolved), fact, facts):
            yield Found(person.resolved, fact, fact.claim.as_of or fact.document.published_date)


def beginnings(part: Claim, facts: Sequence[Fact]) -> Iterator[Found]:
    """Since when the person of the statement has held its post."""
    person, role = part.slot("person"), part.slot("role")
    if part.type != "title_role" or part.slot("since") is None or person is None or role is None:
        return
    wanted = read_role(role.resolved)
    for fact in facts:
        whom, post, since = (fact.claim.slot(name) for name in ("person", "role", "since"))
        if fact.claim.type != part.type or whom is None or post is None or since is None:
            continue
        same = compare_people(person.resolved, whom.resolved).could_be
        if same and _is_post(wanted, read_role(post.resolved), fact, facts):
            first, _, last = since.resolved.partition("/")
            try:
                day = date.fromisoformat(first)
            except ValueError:  # a beginning without a day, as "since the war"
                continue
            yield Found(f"{day.day} {day:%B %Y}" if first == last else since.text, fact, day)


def posts(name: str, facts: Sequence[Fact], *, now: bool) -> Iterator[Found]:
    """The posts that sources give a person. ``now``: without those said to be over."""
    for fact in facts:
        person, post = fact.claim.slot("person"), fact.claim.slot("role")
        if fact.claim.type != "title_role" or person is None or post is None or (now and fact.claim.slot("state")):
            continue
        if compare_people(name, person.resolved).could_be:
            yield Found(post.resolved, fact, fact.claim.as_of or fact.document.published_date)


def _is_post(asked: Role, found: Role, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a source's post is the one asked about: "defence minister" is a country's if its holder is."""
    relation, country = compare_roles(asked, found), _country(asked)
    if country is None or _country(found) is not None:
        return relation in ("same", "coarser")
    return relation in ("same", "coarser", "finer") and country in _countries(fact, found, facts)


def _country(role: Role) -> str | None:
    return next(iter(countries_in(role.text)), None)


def _countries(fact: Fact, post: Role, facts: Sequence[Fact]) -> set[str]:
    """Whose the holder of such a post is: by a source that says so, else what is named most where the holder is."""
    person = fact.claim.slot("person")
    stated: set[str] = set()
    beside: Counter[str] = Counter()
    around: Counter[str] = Counter()
    for other in facts:
        whom, role = other.claim.slot("person"), other.claim.slot("role")
        if person is None or whom is None or not compare_people(person.resolved, whom.resolved).could_be:
            continue
        title = read_role(role.resolved) if role is not None else None
        if title is not None and title.head == post.head and (country := _country(title)) is not None:
            stated.add(country)
        beside.update(countries_in(f"{other.document.title or ''} {other.sentence.of(other.document.text)}"))
        around.update(countries_in(other.document.text))
    named = beside or around
    most = [country for country, count in named.items() if count == max(named.values())]
    return stated or set(most if len(most) == 1 else ())
