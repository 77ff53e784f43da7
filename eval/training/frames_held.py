"""Frames and scenes kept for the held-out contrastive sets. Training never uses one of these sentences."""

from __future__ import annotations

import random

from .compose import Draft
from .frame import Frame, frame
from .scenes import Scene
from .values import MONTHS, Value, fresh, same

__all__ = ["DEV_FRAMES", "HELD_SCENES", "TEST_FRAMES"]

DEV_FRAMES: tuple[Frame, ...] = (
    frame(
        "chaired",
        "p=person b=body l=place d=date",
        "pld",
        "",
        """The annual congress of {b}, chaired by {p}, opened in {l} {d}.
          {p} was in the chair when the congress of {b} began in {l} {d}.""",
        """{p} chaired the congress of {b}.
          The congress of {b} started {d}.
          The congress of {b} met in {l}.""",
        "The congress of {b} was put off.",
        "The congress of {b} elected a new board.",
    ),
    frame(
        "rescued",
        "n=count l=place d=date b=body",
        "nd",
        "b",
        """Divers of {b} rescued {n} people near {l} {d}.
          {d:cap}, {n} people were saved near {l} by divers of {b}.""",
        """{n:cap} people were rescued near {l}.
          Divers of {b} saved {n} people {d}.
          The rescue near {l} happened {d}.""",
        "Divers of {b} failed to save anyone near {l}.",
        "The people rescued near {l} were tourists.",
    ),
    frame(
        "tunnel",
        "x=distance l=place y=year",
        "xy",
        "",
        """A tunnel of {x} has run under {l} since its opening {y}.
          Opened {y}, the tunnel under {l} measures {x}.""",
        """The tunnel under {l} is {x} long.
          The tunnel under {l} was opened {y}.""",
        "The tunnel under {l} was never opened.",
        "The tunnel under {l} is used by cyclists.",
    ),
    frame(
        "crown",
        "p=person q=person y=year o=ordinal",
        "pyo",
        "",
        """{y:cap} {p} won the {o} stage of the race, ahead of {q}.
          The {o} stage of the race went to {p} {y}; {q} came in behind.""",
        """{p} won the {o} stage.
          {q} finished behind {p}.
          {p} was the winner of a stage {y}.""",
        "{q} finished ahead of {p}.\n{p} lost the {o} stage to {q}.",
        "{p} won the {o} stage in the rain.",
    ),
    frame(
        "grant",
        "c=country b=body m=money y=year",
        "my",
        "",
        """{c} granted {b} {m} {y}.
          {y:cap} {b} was given a grant of {m} by {c}.""",
        """{b:cap} got {m} from {c}.
          The grant of {c} to {b} amounted to {m}.
          {y:cap} {c} gave {b} a grant.""",
        "{c} turned down the request of {b} for a grant.",
        "{b:cap} spent the grant of {c} on new computers.",
    ),
    frame(
        "tenant",
        "p=person l=place x=term",
        "x",
        "p",
        """For {x} {p} lived in {l}.
          {p} spent {x} in {l}.""",
        """{p} was in {l} for {x}.
          {p} stayed {x} in {l}.
          {p} lived in {l}.""",
        "{p} has never been to {l}.",
        "{p} rented a flat in {l}.",
    ),
)
TEST_FRAMES: tuple[Frame, ...] = (
    frame(
        "envoy",
        "p=person r=role c=country e=country d=date",
        "prd",
        "",
        """{c} sent its {r}, {p}, to {e} {d} to prepare a summit.
          {d:cap}, the {c:adj} {r} {p} set off for {e} to prepare a summit.""",
        """{p} went to {e} {d}.
          The {c:adj} {r} is {p}.
          It was {p} who was sent to {e} by {c}.
          {p} is the {r} of {c}.""",
        "{c} called {p} back before the journey to {e}.",
        "{p} took a letter to {e}.",
    ),
    frame(
        "auction",
        "t=product b=body m=money d=date l=place",
        "md",
        "b",
        """A stock of {t} fetched {m} at an auction in {l} {d}; the buyer was {b}.
          {b:cap} bought a stock of {t} at an auction in {l} {d} for {m}.""",
        """{b:cap} bought {t} at auction.
          The stock of {t} went for {m}.
          The auction in {l} took place {d}.
          {b:cap} paid {m} at the auction in {l}.""",
        "Nobody bought the stock of {t} at the auction in {l}.",
        "{b:cap} outbid two rivals at the auction in {l}.",
    ),
    frame(
        "enrolled",
        "n=count b=body l=place y=year",
        "ny",
        "",
        """{y:cap} the school run by {b} in {l} had {n} pupils.
          The school of {b} in {l} counted {n} pupils {y}.""",
        """{n:cap} pupils attended the school of {b} in {l}.
          {y:cap} {n} children went to the school in {l}.""",
        "The school of {b} in {l} stood empty {y}.",
        "The school of {b} in {l} takes girls only.",
    ),
    frame(
        "dam",
        "l=place x=area y=year p=person",
        "xyp",
        "",
        """The dam near {l}, planned by {p}, created a lake of {x} {y}.
          {y:cap} a dam designed by {p} near {l} gave rise to a lake of {x}.""",
        """The lake near {l} covers {x}.
          The dam near {l} was designed by {p}.
          The lake near {l} came into being {y}.""",
        "The dam near {l} was planned but never built.",
        "The dam near {l} supplies a town with power.",
    ),
    frame(
        "turnout",
        "x=percent c=country d=date",
        "xd",
        "",
        """Turnout in the election held in {c} {d} was {x}.
          {d:cap}, {x} of voters took part in the election in {c}.""",
        """{x:cap} of those entitled voted in {c}.
          {c} went to the polls {d}.
          The turnout in {c} reached {x}.""",
        "The election in {c} was put off.",
        "The turnout in {c} was the lowest in history.",
    ),
    frame(
        "wedding",
        "p=person q=person l=place d=date",
        "ld",
        "pq",
        """{p} married {q} in {l} {d}.
          The wedding of {p} and {q} was celebrated in {l} {d}.""",
        """{p} and {q} got married in {l}.
          {q} married {p} {d}.
          {l} was where {p} and {q} became husband and wife.""",
        "{p} and {q} were divorced {d}.\nThe wedding of {p} and {q} fell through.",
        "{p} and {q} had met at work.",
    ),
    frame(
        "launch",
        "b=body n=ordinal d=date u=time l=place",
        "ndu",
        "",
        """{b:cap} launched its {n} satellite from {l} {d} {u}.
          {d:cap} {u} the {n} satellite of {b} took off from {l}.""",
        """The {n} satellite of {b} was launched {d}.
          {b:cap} launched a satellite {u}.
          The satellite that {b} launched from {l} was its {n}.""",
        "The launch of the {n} satellite of {b} was called off.",
        "The satellite of {b} observes forests.",
    ),
    frame(
        "doubled",
        "t=product c=country x=low z=high y=year",
        "xzy",
        "",
        """{y:cap} the share of {t} in {c:adj} exports grew from {x} to {z}.
          The share of {t} in the exports of {c} climbed {y} from {x} to {z}.""",
        """{t:cap} made up {z} of {c:adj} exports after the rise.
          The share of {t} in {c:adj} exports had been {x}.
          {y:cap} the share of {t} in the exports of {c} went up.""",
        "The share of {t} in {c:adj} exports shrank {y}.\nThe share of {t} in {c:adj} exports sank from {z} to {x}.",
        "{c} exports {t} mainly by sea.",
    ),
    frame(
        "tour",
        "p=person n=count c=country y=year",
        "ny",
        "p",
        """{p} gave {n} concerts in {c} {y}.
          {y:cap}, {p} appeared on stage {n} times in {c}.""",
        """{p} played {n} concerts in {c}.
          {p} performed in {c} {y}.
          {y:cap} {c} saw {n} concerts of {p}.""",
        "{p} cancelled every concert in {c}.",
        "{p}'s concerts in {c} were sold out.",
    ),
    frame(
        "merger",
        "a=body b=body y=year p=person l=place",
        "ypl",
        "",
        """{a:cap} and {b} merged {y}; {p} runs the new company from {l}.
          Since {a} and {b} joined forces {y}, {p} has been in charge in {l}.""",
        """{a:cap} merged with {b} {y}.
          The company formed by {a} and {b} is run by {p}.
          The company formed by {a} and {b} has its seat in {l}.""",
        "{a:cap} and {b} broke off their merger.",
        "The merger of {a} and {b} cost jobs.",
    ),
)


def roster(random_state: random.Random, side: str) -> Scene:
    """A working group with two co-chairs and an invited guest; worded unlike the training delegations."""
    body = fresh("body", random_state, side)
    people: list[Value] = []
    for _ in range(5):
        people.append(fresh("person", random_state, side, apart=people))
    chair, deputy, guest, sick, stranger = people
    role = fresh("role", random_state, side)
    told = (
        f"The working group set up by {body.text} is presided over by {chair.text}, with {deputy.text} ({role.text}) "
        f"as the second in command."
    )
    more = f"{guest.text} sits in without a vote. Because of illness {sick.text} had to give up the seat."
    group = f"the working group of {body.text}"
    drafts = (
        Draft(f"{chair.text} presides over {group}.", "supported", "keep:wording"),
        Draft(f"{same(deputy, random_state)} is second in command of {group}.", "supported", "keep:person"),
        Draft(f"{guest.text} has no vote in {group}.", "supported", "keep:wording"),
        Draft(f"{deputy.text} presides over {group}.", "refuted", "person"),
        Draft(f"{stranger.text} presides over {group}.", "refuted", "person"),
        Draft(f"{guest.text} has a vote in {group}.", "refuted", "polarity"),
        Draft(f"{sick.text} still has a seat in {group}.", "refuted", "member"),
        Draft(f"{stranger.text} belongs to {group}.", "nei", "open:member"),
        Draft(f"{chair.text} was elected unanimously.", "nei", "beyond"),
    )
    return Scene((told, more), drafts)


def tenure(random_state: random.Random, side: str) -> Scene:
    """An office held from one month to another; worded unlike the training successions."""
    holder, stranger = fresh("person", random_state, side), fresh("person", random_state, side)
    role = fresh("role", random_state, side)
    year = random_state.randint(1999, 2020)
    start, end = random_state.randint(3, 10), random_state.randint(3, 10)
    last = year + random_state.randint(3, 6)
    told = f"{holder.text} served as {role.text} from {MONTHS[start - 1]} {year} to {MONTHS[end - 1]} {last}."
    inside = year + random_state.randint(1, last - year - 1)
    drafts = (
        Draft(f"{holder.text} was {same(role, random_state)} in {inside}.", "supported", "keep:time"),
        Draft(
            f"The term of {holder.text} as {role.text} ended in {MONTHS[end - 1]} {last}.", "supported", "keep:wording"
        ),
        Draft(f"{holder.text} took office as {role.text} in {year}.", "supported", "keep:dropped"),
        Draft(f"{holder.text} took office as {role.text} in {year - 2}.", "refuted", "year"),
        Draft(f"The term of {holder.text} as {role.text} ended in {MONTHS[end]} {last}.", "refuted", "month"),
        Draft(f"{holder.text} was {role.text} in {last + 2}.", "refuted", "time"),
        Draft(f"{stranger.text} was {role.text} in {inside}.", "refuted", "person"),
        Draft(f"{holder.text} was a popular {role.text}.", "nei", "beyond"),
    )
    return Scene((told,), drafts)


HELD_SCENES = (roster, tenure)
