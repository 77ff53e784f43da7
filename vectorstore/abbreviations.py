"""Words that end in a full stop without ending a sentence, case-folded and without that full stop."""


def words(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(text.split())


BEFORE_NAME = words("""
    mr mrs ms mx dr prof gen lt lt.-gen maj maj.-gen brig brig.-gen col lt.-col capt sgt cpl pvt cmdr cdr
    adm vice-adm rear-adm sen rep gov pres amb hon rev fr st ste messrs mmes mt ft supt insp det dep
    asst sec.-gen atty vs v viz cf e.g i.e z.b d.h u.a o.g ca approx resp incl excl
    hr fr frl dipl ing ул им пл просп обл р-н ст м.б т.е т.н напр акад проф ген полк майор св вул ім пров бул
""")
"""A name or an example follows, never a new sentence."""

BEFORE_NUMBER = words("""
    no nos nr num art arts sec secs fig figs eq para paras p pp pg vol vols ch chap pt op ex cl app ver est c
    jan feb mar apr jun jul aug sep sept oct nov dec tel ext б стр ст с гл рис п № abs bd s
""")
"""Abbreviations only when a number follows: "No. 5" goes on, "He said no. Five left." does not."""

SUFFIXES = words("""
    inc ltd co corp bros llc plc jr sr etc al ph.d m.d esq dept univ assn intl govt ave blvd rd
    bn mln mn tn km kg cm mm sq cu ft lb oz hr hrs min sec usw bzw ggf г гг в вв млн млрд тыс руб грн р
""")
"""They may end a sentence or stand inside one: the next word decides."""

CLOCK = words("a.m p.m am pm")
AFTER_CLOCK = words("""
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eet eest msk trt
    eastern central mountain pacific local
""")
"""What goes on after "5 p.m.": a day, a month, a time zone; else a capital begins a new sentence."""

ORDINAL_MONTHS = words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert
""")
"""German writes "am 23. Juli"."""

STARTERS = words("""
    a an the this that these those there here it its he his him she her they their we our you your i my
    in on at by for from to with without within of after before during since until while when where who what
    why how which if as although though because however but and or so yet nor still also then thus therefore
    meanwhile moreover furthermore instead earlier later now today yesterday tomorrow once both each every
    some many most few several all no not only other another one two three such
    according despite under over about against between among amid following
    was were is are has have had will would can could do did does
    он она оно они мы вы я это этот эта эти тот в на по за при после до как что но и а с о об для из к
    він вона воно вони ми ви це цей ця ці той у й та після під час як що але із зі про від
    der die das er sie es wir ihr ein eine in im am an auf bei mit nach vor und aber als wenn
""")
"""Words that, with a capital, begin a sentence and are not part of a name."""
