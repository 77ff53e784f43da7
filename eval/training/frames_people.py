"""Training frames about people: offices, meetings, journeys, works, lives. Held-out sets never use them."""

from __future__ import annotations

from .frame import Frame, frame

__all__ = ["PEOPLE"]

PEOPLE: tuple[Frame, ...] = (
    frame(
        "headed",
        "p=person r=role c=country",
        "pr",
        "",
        """The {c:adj} delegation was headed by {p}, the {r}.
          {p}, the {r}, led the {c:adj} delegation.
          At the head of the {c:adj} team was the {r}, {p}.""",
        """{p} headed the {c:adj} delegation.
          The {c:adj} delegation was led by {p}.
          {p}, who led the {c:adj} team, is the {r}.
          The head of the {c:adj} delegation was the {r}.""",
        "~{p} was not the head of the {c:adj} delegation.\n~{p} did not lead the {c:adj} team.",
        "{p} had never led a delegation before.\n{p} was appointed head of the {c:adj} team by decree.",
    ),
    frame(
        "appointed",
        "p=person r=role d=date b=body",
        "prd",
        "",
        """{p} was appointed {r} {d}, after four years at {b}.
          {d:cap}, {p}, formerly of {b}, was named {r}.
          {p}, who used to work at {b}, became {r} {d}.""",
        """{p} became {r} {d}.
          [r] {p} was appointed {r}.
          The appointment of {p} as {r} was made {d}.
          {p} took the post of {r} {d}.
          [] {p} once worked at {b}.""",
        "~{p} was passed over for the post of {r}.\n{p} was dismissed as {r} {d}.",
        "{p} was appointed {r} by a unanimous vote.\n{p} will serve as {r} for five years.",
    ),
    frame(
        "dismissed",
        "p=person r=role d=date",
        "prd",
        "",
        """{p} was dismissed as {r} {d}.
          {d:cap} the {r}, {p}, was removed from office.
          The {r}, {p}, lost the post {d}.""",
        """{p} was removed as {r} {d}.
          {p} ceased to be {r} {d}.
          [r] {p} lost the post of {r}.
          The {r} who was dismissed {d} was {p}.""",
        "~{p} was confirmed in office as {r} {d}.\n{p} kept the post of {r}.",
        "{p} was dismissed because of a scandal.\n{p} had been {r} for six years.",
    ),
    frame(
        "met",
        "p=person q=person l=place d=date",
        "ld",
        "pq",
        """{p} and {q} met in {l} {d}.
          {d:cap}, {p} received {q} in {l}.
          {p} held talks with {q} in {l} {d}.""",
        """{p} met {q} in {l}.
          {p} and {q} met {d}.
          The meeting of {p} and {q} took place in {l} {d}.
          {q} and {p} held talks {d}.""",
        "~{p} refused to meet {q} {d}.\n~The meeting of {p} and {q} in {l} was called off.",
        "{p} and {q} met without interpreters.\n{p} and {q} discussed gas prices.\n{p} met {q} for the second time.",
    ),
    frame(
        "round",
        "o=ordinal c=country e=country l=place d=date",
        "old",
        "",
        """The {o} round of talks between {c} and {e} was held in {l} {d}.
          {d:cap} {c} and {e} held the {o} round of their negotiations in {l}.
          {l} hosted the {o} round of {c:adj}-{e:adj} talks {d}.""",
        """The {o} round of talks between {c} and {e} took place in {l}.
          {c} and {e} met in {l} for the {o} round {d}.
          The talks of {c} and {e} {d} were the {o} round.
          {l} was the venue of the {o} round of the {c:adj}-{e:adj} negotiations.
          The {o} {c:adj}-{e:adj} round was held {d}.""",
        "~The {o} round of talks between {c} and {e} was cancelled.",
        "The {o} round between {c} and {e} was closed to the press.\n{c} and {e} agreed on a date for the next round.",
    ),
    frame(
        "exchange",
        "n=count c=country e=country d=date",
        "nd",
        "",
        """{c} and {e} exchanged {n} prisoners each {d}.
          {d:cap} an exchange took place in which {c} and {e} each handed over {n} prisoners.
          {n:cap} prisoners returned to {c}, and as many to {e}, in an exchange {d}.""",
        """{c} and {e} each released {n} prisoners.
          [n] {n:cap} prisoners came back to {c} {d}.
          The exchange between {c} and {e} took place {d}.
          [n] In the exchange {d}, {e} got back {n} prisoners.""",
        "~{c} and {e} failed to exchange prisoners {d}.\nThe exchange between {c} and {e} was broken off.",
        "The prisoners that {c} received were all wounded.\n{c} and {e} exchanged prisoners with the help of others.",
    ),
    frame(
        "signed",
        "p=person q=person t=product d=date l=place",
        "dl",
        "t",
        """{p} and {q} signed an agreement on {t} in {l} {d}.
          In {l}, {p} and {q} put their names to a deal on {t} {d}.
          An accord on {t} was signed by {p} and {q} {d} in {l}.""",
        """{p} signed an agreement on {t} in {l}.
          The agreement on {t} was signed {d}.
          {p} and {q} signed a {t} deal in {l} {d}.
          {q} put a signature to the accord on {t} {d}.""",
        "~{p} refused to sign the agreement on {t}.\n~The agreement on {t} remained unsigned.",
        "The agreement on {t} runs for ten years.\nThe text of the agreement on {t} was published in full.",
    ),
    frame(
        "voted",
        "n=count b=body d=date",
        "nd",
        "",
        """{n:cap} members of {b} voted in favour of the bill {d}.
          The bill was carried {d} when {n} members of {b} supported it.
          {d:cap} the bill won the votes of {n} members of {b}.""",
        """{n:cap} members of {b} backed the bill.
          The bill got {n} votes in favour.
          The vote on the bill was held {d}.
          {n:cap} people at {b} voted for the bill {d}.""",
        "~The bill was rejected {d}.\n{n:cap} members of {b} voted against the bill.",
        "{n:cap} members of {b} backed the bill after a long debate.\nThe bill must now be signed by the president.",
    ),
    frame(
        "born",
        "p=person d=date l=place",
        "dl",
        "p",
        """{p} was born {d} in {l}.
          Born in {l} {d}, {p} went to school there.
          {d:cap} {p} was born in {l}.""",
        """{p} was born in {l}.
          {p} was born {d}.
          {l} is the birthplace of {p}.""",
        "{p} died {d}.\n{p} was not born in {l}.",
        "{p} left {l} at the age of ten.\n{p} has two brothers.",
    ),
    frame(
        "died",
        "p=person d=date l=place",
        "dl",
        "p",
        """{p} died in {l} {d}.
          {d:cap} {p} passed away in {l}.
          The death of {p} in {l} {d} was announced by the family.""",
        """{p} died {d}.
          {p} passed away in {l}.
          It was in {l} that {p} died {d}.""",
        "{p} was born {d}.\n{p} survived and left hospital {d}.",
        "{p} died after a long illness.\n{p} was buried in {l}.",
    ),
    frame(
        "arrived",
        "p=person r=role l=place d=date",
        "d",
        "p",
        """The {r}, {p}, arrived in {l} {d}.
          {d:cap} {p}, the {r}, landed in {l}.
          {p}, the {r}, came to {l} {d}.""",
        """{p} arrived in {l} {d}.
          The {r}, {p}, travelled to {l}.
          {p} came to {l} {d}.""",
        "~{p} cancelled the trip to {l}.\n~{p} stayed away from {l}.",
        "{p} came to {l} by train.\n{p} was met at the airport by the mayor.",
    ),
    frame(
        "sentence",
        "p=person x=term l=place d=date",
        "xd",
        "p",
        """A court in {l} sentenced {p} to {x} in prison {d}.
          {d:cap} {p} was given {x} in prison by a court in {l}.
          {p} was sent to prison for {x} by the court in {l} {d}.""",
        """{p} was sentenced to {x} in prison.
          A court in {l} sent {p} to prison {d}.
          {p} has to spend {x} in prison.
          The verdict against {p} came {d}.""",
        "~{p} was acquitted by a court in {l}.\nThe court in {l} set {p} free {d}.",
        "{p} will appeal against the sentence.\n{p} was found guilty of fraud.",
    ),
    frame(
        "resigned",
        "p=person r=role d=date b=body",
        "prd",
        "",
        """{p} resigned as {r} {d} and joined {b}.
          {d:cap} the {r}, {p}, stepped down to work for {b}.
          {p} left the post of {r} {d} for a job at {b}.""",
        """{p} stepped down as {r} {d}.
          [r] {p} left the post of {r}.
          [] {p} went to work for {b}.
          {d:cap} {p} resigned as {r}.""",
        "~{p} decided to stay on as {r}.\n{p} denied having resigned as {r}.",
        "{p} resigned as {r} for health reasons.\n{p} will be paid twice as much at {b}.",
    ),
    frame(
        "film",
        "p=person q=person y=year l=place",
        "py",
        "",
        """The film, directed by {p} and shot in {l}, came out {y} with {q} in the main role.
          {y:cap}, {p} made the film in {l}; {q} played the lead.
          {p} directed the film {y} in {l}, and {q} starred in it.""",
        """The film was directed by {p}.
          The film came out {y}.
          [] {q} played the lead in the film by {p}.
          [y] {p} made the film {y}.""",
        "~{p} had nothing to do with the film.\n~{q} turned down the main role in the film by {p}.",
        "The film by {p} won three prizes.\n{q} was paid a million for the film by {p}.",
    ),
    frame(
        "book",
        "p=person b=body y=year n=count",
        "pny",
        "",
        """{p}'s book was published by {b} {y} and sold {n} copies.
          {y:cap} {b} brought out the book by {p}, of which {n} copies were sold.
          The book that {p} wrote appeared {y} at {b}; it sold {n} copies.""",
        """The book was written by {p}.
          [y] {p}'s book appeared {y}.
          [n] {n:cap} copies of the book by {p} were sold.
          [y] {b:cap} published {p}'s book {y}.""",
        "~{b:cap} rejected the book by {p}.",
        "The book by {p} was translated into Spanish.\n{p} is writing a second book.",
    ),
    frame(
        "record",
        "p=person x=distance l=place d=date",
        "xd",
        "p",
        """{p} covered {x} in {l} {d}.
          {d:cap}, in {l}, {p} reached {x}.
          In {l} {p} managed {x} {d}.""",
        """{p} managed {x} in {l}.
          In {l}, {p} reached {x} {d}.
          {p} covered {x}.""",
        "",
        "{p} broke a record in {l}.\n{p} was ill in {l}.",
    ),
    frame(
        "prize",
        "p=person b=body m=money d=date",
        "md",
        "p",
        """{p} was awarded {m} by {b} {d}.
          {d:cap} {b} gave {p} a prize of {m}.
          A prize of {m} went to {p}; {b} announced it {d}.""",
        """{p} received {m} from {b}.
          {b:cap} gave {p} a prize {d}.
          The prize that {p} got from {b} was worth {m}.""",
        "~{p} turned down the prize of {b}.\n{b:cap} took the prize away from {p}.",
        "{p} gave the prize money to a hospital.\n{p} was the youngest winner.",
    ),
    frame(
        "phone",
        "p=person q=person d=date t=product",
        "d",
        "pq",
        """{p} telephoned {q} {d} to talk about {t}.
          {d:cap}, {p} called {q} about {t}.
          {p} and {q} spoke by phone about {t} {d}; the call came from {p}.""",
        """{p} called {q} {d}.
          {p} and {q} talked about {t} by telephone.
          The phone call between {p} and {q} took place {d}.""",
        "~{p} refused to speak with {q}.\n~{q} did not take the call from {p} {d}.",
        "{p} and {q} spoke for an hour.\n{p} will call {q} again.",
    ),
    frame(
        "school",
        "p=person l=place y=year t=product",
        "ly",
        "p",
        """{p} graduated in {l} {y} and then traded in {t}.
          {y:cap} {p} finished university in {l} before dealing in {t}.
          A graduate of the university in {l} ({y}), {p} later sold {t}.""",
        """{p} graduated {y}.
          {p} studied in {l}.
          {p} finished university in {l}.
          {p} sold {t} after graduating.""",
        "{p} left university in {l} without a degree.",
        "{p} studied law.\n{p} has a family in {l}.",
    ),
    frame(
        "visit",
        "c=country e=country p=person d=date n=count",
        "d",
        "p",
        """{p} of {c} visited {e} {d} with {n} business people.
          {d:cap} {p}, from {c}, went to {e} together with {n} business people.
          With {n} business people, {p} of {c} travelled to {e} {d}.""",
        """{p} visited {e} {d}.
          {p} of {c} travelled to {e}.
          {n:cap} business people went to {e} with {p}.""",
        "~{p} called off the visit to {e}.",
        "{p} visited {e} at the invitation of its president.\n{p} spent a week in {e}.",
    ),
    frame(
        "attended",
        "p=person r=role l=place d=date",
        "",
        "pr",
        """{p}, the {r}, was among the guests in {l} {d}.
          Guests in {l} {d} included {p}, the {r}.
          {p}, the {r}, attended the opening in {l} {d}.""",
        """{p} was in {l} {d}.
          {p} was a guest in {l}.
          The {r} was among the guests in {l}.
          {p} attended in {l} {d}.""",
        "~{p} stayed away from {l} {d}.",
        "{p} gave a speech in {l}.\n{p} came to {l} with a colleague.",
    ),
    frame(
        "speaks",
        "p=person c=country e=country",
        "",
        "ce",
        """{p} has worked in {c} and in {e}.
          Before coming home {p} worked in {c} and {e}.
          {p}'s career included years in {c} and {e}.""",
        """{p} has worked in {c}.
          {p} worked in {e}.
          {c} and {e} are countries where {p} worked.""",
        "~{p} has never worked in {c}.",
        "{p} liked {c} better than {e}.",
    ),
)
