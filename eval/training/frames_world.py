"""Training frames about things: prices, trade, plants, accidents, companies. Held-out sets never use them."""

from __future__ import annotations

from .frame import Frame, frame

__all__ = ["WORLD"]

WORLD: tuple[Frame, ...] = (
    frame(
        "lasted",
        "x=duration l=place",
        "x",
        "",
        """The session in {l} lasted {x}.
          The delegations sat together in {l} for {x}.
          After {x} the session in {l} was over.""",
        """The session in {l} went on for {x}.
          It took {x} to complete the session in {l}.
          In {l} the delegations talked for {x}.""",
        "",
        "The session in {l} was held in English.\nThe session in {l} was interrupted twice.",
    ),
    frame(
        "price",
        "t=product x=percent y=year",
        "xy",
        "t",
        """The price of {t} rose by {x} {y}.
          {y:cap}, {t} became {x} more expensive.
          {t:cap} prices increased by {x} {y}.""",
        """{t:cap} became {x} more expensive {y}.
          {y:cap} the price of {t} went up by {x}.
          The price of {t} grew by {x}.""",
        "~The price of {t} fell by {x} {y}.\n~{t:cap} became cheaper {y}.\n~{y:cap} the price of {t} went down.",
        "The price of {t} rose because of a drought.\nThe price of {t} is expected to rise again.",
    ),
    frame(
        "fell",
        "t=product b=body x=percent y=year",
        "xy",
        "bt",
        """{b:cap} sold {x} less {t} {y} than a year earlier.
          {y:cap}, sales of {t} by {b} dropped by {x}.
          Sales of {t} at {b} went down by {x} {y}.""",
        """{y:cap} {b} sold less {t} than the year before.
          The sales of {t} by {b} declined by {x}.
          Sales of {t} at {b} were {x} lower {y}.""",
        "~{b:cap} sold more {t} {y} than a year earlier.\n~Sales of {t} at {b} rose by {x} {y}.",
        "{b:cap} will stop selling {t}.\nSales of {t} at {b} fell because of a strike.",
    ),
    frame(
        "bought",
        "b=body a=body m=money d=date",
        "md",
        "",
        """{b:cap} bought {a} for {m} {d}.
          {d:cap} {b} acquired {a} in a deal worth {m}.
          {a:cap} was sold to {b} for {m} {d}.""",
        """{b:cap} paid {m} for {a}.
          {a:cap} was taken over by {b} {d}.
          The purchase of {a} by {b} was worth {m}.
          {b:cap} acquired {a} for {m}.""",
        "{a:cap} bought {b} for {m} {d}.\n~{b:cap} withdrew its offer for {a}.",
        "{b:cap} bought {a} in order to enter a new market.\n{b:cap} plans to dismiss half of the staff of {a}.",
    ),
    frame(
        "founded",
        "b=body y=year p=person l=place",
        "ypl",
        "b",
        """{b:cap} was founded {y} by {p} in {l}.
          {p} set up {b} in {l} {y}.
          {y:cap}, {b} was established in {l}; its founder was {p}.""",
        """{b:cap} was established {y}.
          {b:cap} was set up by {p}.
          {p} founded {b} in {l}.
          {b:cap} began in {l} {y}.""",
        "",
        "{p} founded {b} with borrowed money.\n{b:cap} has offices in twelve countries.",
    ),
    frame(
        "aid",
        "c=country e=country m=money t=product",
        "m",
        "e",
        """{c} gave {e} {t} worth {m}.
          {e} received {t} to the value of {m} from {c}.
          {c} sent {m} worth of {t} to {e}.""",
        """{c} sent {t} to {e}.
          The {t} that {e} received from {c} was worth {m}.
          {c} supplied {e} with {t} worth {m}.
          {e} got {m} worth of {t} from {c}.""",
        "~{e} gave {c} {t} worth {m}.\n~{c} refused to send {t} to {e}.",
        "{c} will send more {t} to {e} next year.\n{e} asked {c} for {t} three times.",
    ),
    frame(
        "trade",
        "c=country e=country t=product n=count y=year",
        "n",
        "ec",
        """{c} sold {n} tonnes of {t} to {e} {y}.
          {y:cap} {e} bought {n} tonnes of {t} from {c}.
          {n:cap} tonnes of {t} went from {c} to {e} {y}.""",
        """{e} bought {n} tonnes of {t} from {c}.
          {c} exported {t} to {e} {y}.
          {y:cap} {c} sold {n} tonnes of {t} to {e}.""",
        "{e} sold {n} tonnes of {t} to {c} {y}.\n~{c} sold no {t} to {e} {y}.",
        "{c} sold {t} to {e} below the market price.",
    ),
    frame(
        "opened",
        "b=body t=product l=place d=date n=count",
        "ldn",
        "b",
        """{b:cap} opened a plant for {t} in {l} {d}; it employs {n} people.
          {d:cap} a new {t} plant of {b} with {n} workers started work in {l}.
          In {l}, {b} opened a factory for {t} with {n} employees {d}.""",
        """{b:cap} opened a {t} plant in {l}.
          The {t} plant of {b} in {l} opened {d}.
          {n:cap} people work at the {t} plant of {b}.
          The factory of {b} in {l} has {n} employees.""",
        "{b:cap} closed its {t} plant in {l} {d}.\nThe {t} plant of {b} in {l} was shut down.",
        "The plant of {b} in {l} was paid for by the state.\n{b:cap} will build a second plant in {l}.",
    ),
    frame(
        "fire",
        "l=place n=count k=count d=date",
        "nkd",
        "l",
        """A fire in {l} {d} killed {n} people and injured {k}.
          {d:cap} {n} people died and {k} were hurt when a building in {l} burned.
          {n:cap} people lost their lives and {k} were wounded in a blaze in {l} {d}.""",
        """{n:cap} people died in a fire in {l}.
          The fire in {l} left {k} people injured.
          The blaze in {l} broke out {d}.
          A fire killed {n} people in {l} {d}.""",
        "~Nobody died in the fire in {l}.\n~The fire in {l} left no one injured.",
        "The fire in {l} was started on purpose.\nThe fire in {l} began in a kitchen.",
    ),
    frame(
        "quake",
        "l=place x=distance d=date",
        "xd",
        "l",
        """The earthquake {d} had its centre {x} from {l}.
          {d:cap} an earthquake struck {x} from {l}.
          An earthquake {x} away from {l} was recorded {d}.""",
        """The earthquake {d} was felt {x} from {l}.
          An earthquake happened {x} from {l}.
          The centre of the earthquake was {x} from {l}.
          The earthquake near {l} struck {d}.""",
        "",
        "The earthquake near {l} destroyed a bridge.\nThe earthquake near {l} was followed by a second one.",
    ),
    frame(
        "vaccine",
        "b=body n=count l=place y=year",
        "n",
        "bl",
        """{y:cap} {b} treated {n} patients in {l}.
          {n:cap} patients in {l} were treated by {b} {y}.
          {b:cap} took care of {n} patients in {l} {y}.""",
        """{b:cap} treated {n} patients in {l}.
          {y:cap} {n} patients were treated by {b}.
          The number of patients treated by {b} in {l} {y} was {n}.""",
        "",
        "{b:cap} treated the patients in {l} free of charge.\nMost patients treated by {b} in {l} were children.",
    ),
    frame(
        "match",
        "c=country e=country n=count l=place d=date",
        "ld",
        "e",
        """{c} beat {e} in {l} {d} before {n} spectators.
          {d:cap} {n} spectators in {l} saw {c} defeat {e}.
          In {l}, {c} won against {e} {d} in front of {n} spectators.""",
        """{c} won against {e} in {l}.
          {e} lost to {c} {d}.
          {c} defeated {e} {d}.
          {n:cap} spectators watched {c} play {e} in {l}.""",
        "~{e} beat {c} in {l}.\n~{c} lost to {e} {d}.\n{c} and {e} drew in {l}.",
        "{c} scored in the last minute against {e}.\n{c} beat {e} for the first time.",
    ),
    frame(
        "land",
        "b=body x=area l=place y=year m=money",
        "xym",
        "b",
        """{y:cap} {b} leased {x} near {l} for {m}.
          {b:cap} rented {x} near {l} {y} at a cost of {m}.
          For {m}, {b} took {x} near {l} on lease {y}.""",
        """{b:cap} leased {x} near {l}.
          {b:cap} paid {m} for the lease near {l}.
          {b:cap} signed the lease near {l} {y}.
          {y:cap} {b} rented {x} near {l}.""",
        "{b:cap} gave up its lease near {l}.",
        "{b:cap} wants to grow vegetables near {l}.",
    ),
    frame(
        "survey",
        "b=body x=percent t=product c=country",
        "x",
        "tc",
        """According to {b}, {x} of households in {c} buy {t}.
          {b:cap} found that {x} of the households in {c} buy {t}.
          In {c}, {x} of households buy {t}, {b} says.""",
        """{x} of households in {c} buy {t}.
          In {c} the share of households that buy {t} is {x}, according to {b}.
          {b:cap} says that {x} of {c:adj} households buy {t}.""",
        "No household in {c} buys {t}, {b} found.",
        "{c:adj} households buy {t} every week.\nRich households in {c} buy more {t}.",
    ),
    frame(
        "train",
        "l=place k=place u=time x=duration",
        "ux",
        "",
        """The train from {l} to {k} leaves {u} and takes {x}.
          {u:cap} the train leaves {l} for {k}; the journey takes {x}.
          It takes {x} by train from {l} to {k}; departure is {u}.""",
        """The train to {k} leaves {l} {u}.
          The journey from {l} to {k} takes {x} by train.
          The train ride between {l} and {k} lasts {x}.""",
        "The train runs from {k} to {l} and leaves {u}.",
        "The train from {l} to {k} is often late.\nA ticket from {l} to {k} costs 20 euros.",
    ),
    frame(
        "strike",
        "b=body n=count d=date l=place",
        "nd",
        "b",
        """{n:cap} employees of {b} in {l} went on strike {d}.
          {d:cap} a strike of {n} employees of {b} began in {l}.
          In {l}, {n} workers of {b} stopped work {d}.""",
        """{n:cap} workers of {b} went on strike.
          The strike at {b} in {l} began {d}.
          {d:cap} employees of {b} stopped work in {l}.""",
        "~The employees of {b} in {l} called off the strike.\nThe strike at {b} in {l} ended {d}.",
        "The employees of {b} want higher wages.\nThe strike at {b} is supported by the unions.",
    ),
    frame(
        "ship",
        "t=product n=count l=place k=place d=date",
        "nd",
        "t",
        """A ship with {n} tonnes of {t} left {l} for {k} {d}.
          {d:cap} {n} tonnes of {t} were shipped from {l} to {k}.
          Carrying {n} tonnes of {t}, a vessel sailed from {l} to {k} {d}.""",
        """A ship carried {t} from {l} to {k}.
          A vessel with {n} tonnes of {t} set out for {k}.
          {n:cap} tonnes of {t} left {l} {d}.
          The ship to {k} set sail {d}.""",
        "A ship with {t} left {k} for {l} {d}.\n~The ship with {t} stayed in {l}.",
        "The ship to {k} belongs to a bank.\nThe {t} from {l} is meant for hospitals.",
    ),
    frame(
        "lowered",
        "b=body x=high z=low d=date",
        "xzd",
        "b",
        """{b:cap} lowered the rate from {x} to {z} {d}.
          {d:cap} {b} cut the rate from {x} to {z}.
          The rate was reduced by {b} from {x} to {z} {d}.""",
        """{b:cap} cut the rate to {z}.
          The rate was {x} before {b} lowered it.
          {d:cap} {b} reduced the rate.
          The rate set by {b} went down from {x} to {z}.""",
        "~{b:cap} raised the rate {d}.\nThe rate set by {b} rose from {z} to {x}.\n~{b:cap} left the rate unchanged.",
        "{b:cap} will lower the rate again.\nThe decision of {b} was unanimous.",
    ),
    frame(
        "bridge",
        "l=place x=distance y=year m=money",
        "xym",
        "l",
        """The bridge in {l}, {x} long, was finished {y} and cost {m}.
          {y:cap} {l} got a bridge of {x} for {m}.
          Built for {m}, the bridge in {l} was completed {y}; it is {x} long.""",
        """The bridge in {l} is {x} long.
          The bridge in {l} cost {m}.
          The bridge in {l} was completed {y}.
          {l} paid {m} for a bridge.""",
        "The bridge in {l} was never finished.\nThe bridge in {l} collapsed {y}.",
        "The bridge in {l} is closed for lorries.\nThe bridge in {l} was designed by a woman.",
    ),
    frame(
        "withdrew",
        "b=body l=place d=date n=count",
        "dn",
        "b",
        """{b:cap} withdrew {n} people from {l} {d}.
          {d:cap} {n} people of {b} were pulled out of {l}.
          {n:cap} employees of {b} left {l} {d}.""",
        """{b:cap} pulled {n} people out of {l}.
          {d:cap} {b} withdrew staff from {l}.
          {n:cap} people of {b} left {l}.""",
        "{b:cap} sent {n} people to {l} {d}.\n~{b:cap} kept all its people in {l}.",
        "{b:cap} withdrew from {l} under pressure.\nThe people of {b} left {l} by bus.",
    ),
    frame(
        "banned",
        "c=country t=product e=country d=date",
        "d",
        "t",
        """{c} banned imports of {t} from {e} {d}.
          {d:cap} {c} stopped the import of {t} from {e}.
          Imports of {t} from {e} have been forbidden in {c} since an order issued {d}.""",
        """{c} banned {t} from {e}.
          {d:cap} {c} banned imports of {t} from {e}.
          {t:cap} from {e} may not be imported into {c}.""",
        "{c} lifted the ban on {t} from {e} {d}.\n~{c} allowed imports of {t} from {e}.\n{e} banned {t} from {c}.",
        "The ban on {t} from {e} will last a year.\n{e} complained about the ban on {t}.",
    ),
    frame(
        "supplies",
        "b=body t=product l=place",
        "",
        "tbl",
        """{b:cap} supplies {t} to shops in {l}.
          Shops in {l} get {t} from {b}.
          {t:cap} in the shops of {l} comes, among others, from {b}.""",
        """{b:cap} sells {t} in {l}.
          {b:cap} supplies shops in {l} with {t}.
          Shops in {l} buy {t} from {b}.""",
        "~{b:cap} refuses to sell {t} in {l}.",
        "{b:cap} is the largest supplier of {t} in {l}.",
    ),
)
