"""The past tense of English verbs: "did reach" is "reached". Irregular ones are listed, the others follow the rule."""

import re

_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "arise/arose be/was become/became begin/began bind/bound bring/brought build/built buy/bought catch/caught "
        "choose/chose come/came cost/cost cut/cut deal/dealt do/did draw/drew drive/drove fall/fell feel/felt "
        "fight/fought find/found flee/fled fly/flew forbid/forbade forget/forgot get/got give/gave go/went grow/grew "
        "have/had hear/heard hit/hit hold/held keep/kept know/knew lay/laid lead/led leave/left lend/lent let/let "
        "lose/lost make/made mean/meant meet/met pay/paid put/put quit/quit read/read ride/rode rise/rose run/ran "
        "say/said see/saw seek/sought sell/sold send/sent set/set shake/shook shoot/shot shut/shut sink/sank sit/sat "
        "speak/spoke spend/spent split/split spread/spread stand/stood steal/stole strike/struck swear/swore "
        "sweep/swept swim/swam take/took teach/taught tell/told think/thought throw/threw undergo/underwent "
        "understand/understood undertake/undertook wear/wore win/won withdraw/withdrew write/wrote"
    ).split()
)
_DOUBLED = frozenset(
    "admit ban beg commit control drop fit grab jog nod occur omit permit plan refer stop submit".split()
)


def past(verb: str) -> str:
    """The simple past of a verb in its base form, lower case."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"
