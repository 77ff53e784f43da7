"""Closed word classes of English news prose that the typed rules rest on. Words of the language only: no names."""

ROLE_HEADS = frozenset(
    """
    minister president secretary head chief director deputy adviser advisor aide assistant ambassador envoy
    spokesman spokeswoman spokesperson commander governor mayor speaker chairman chairwoman chairperson chair mp
    lawmaker senator congressman congresswoman commissioner chancellor premier leader negotiator representative
    coordinator ombudsman ombudswoman prosecutor judge justice king queen pope bishop patriarch prince princess
    general admiral colonel captain officer official founder owner manager coach captain ceo cfo cto editor
    executive correspondent professor dean rector scientist economist analyst lawyer attorney mediator treasurer vice-
    president vice-chairman councillor member delegate undersecretary governor-general consul
    """.split()
)
"""Nouns that name a post, an office or a function of a person."""

OFFICE_HEADS = frozenset(
    """
    minister president secretary head chief director ambassador commander governor mayor speaker chairman chairwoman
    chairperson chair chancellor premier commissioner ombudsman ombudswoman prosecutor undersecretary ceo rector
    """.split()
)
"""Role nouns of full-time offices: one person holds one at a time, unless a source says otherwise."""

SIDE_NOUNS = frozenset(
    """
    party movement front alliance federation confederation association union league club society charity forum
    """.split()
)
"""Bodies that many an office-holder also presides over: a prime minister is as a rule the leader of a party."""

LOOSE_HEADS = frozenset(
    """
    official officer representative member delegate aide adviser advisor assistant general admiral colonel
    """.split()
)
"""Role nouns so general that holding another post does not contradict them."""

RANK_WORDS = frozenset("first second third deputy vice senior chief acting interim associate assistant under".split())
"""Words before a role noun that change its rank."""

PAST_WORDS = frozenset("former formerly ex previous previously onetime one-time erstwhile late then-".split())
"""Words that say the role is over."""

NEW_WORDS = frozenset("new newly incoming current now by present serving sitting".split())
"""Words about a role that change nothing about which role it is."""

ORG_NOUNS = frozenset(
    """
    council office ministry directorate union agency committee service staff bureau party affairs defence defense
    intelligence department board bank court parliament senate congress cabinet government commission institute
    university academy company corporation group fund foundation association federation league club police army navy
    forces force guard command headquarters administration authority chamber house assembly academy press news
    relations policy security republic state states nations alliance front movement organization organisation
    """.split()
)
"""Nouns that end the name of an organisation: what follows them in a run of capitals is somebody's name."""

PEOPLE_WORDS = frozenset("people person human individual".split())
"""Words that count anybody."""
PERSON_NOUNS = frozenset(
    """
    man woman child boy girl spectator passenger worker employee soldier prisoner civilian victim resident citizen
    voter volunteer student pupil participant refugee patient migrant fan delegate member minister councillor
    legislator lawmaker deputy officer teacher doctor nurse fighter serviceman visitor tourist guest driver protester
    demonstrator hostage captive inmate farmer miner sailor player athlete starter runner winner family parent
    pensioner inhabitant villager islander evacuee survivor official candidate applicant
    """.split()
)
"""Nouns for people of one sort: a number of them is a number of people."""
VOTER_NOUNS = frozenset("vote legislator lawmaker deputy councillor senator mp member delegate juror judge".split())
"""What is counted when a body votes: the votes, or those who cast them."""
TOTAL_WORDS = frozenset("together total altogether combined overall".split())
"""Words that say a number is a sum."""

PLACE_NOUNS = frozenset(
    """
    palace square street city region oblast province district river airport square bridge island islands sea mount
    mountain lake port county valley beach hotel consulate embassy stadium museum cathedral
    """.split()
)
"""Nouns that end the name of a place."""

EVENT_NOUNS = frozenset(
    """
    accident attack auction ceremony collision concert conference congress crash derailment election explosion fair
    festival final fire funeral game gala hearing launch marathon match meeting parade premiere race raid rally
    referendum regatta relay riot round run runoff semi-final shooting show session storm strike summit tournament
    trial vote wedding derby exhibition earthquake flood avalanche landslide blast parade cup open gp prix tour
    """.split()
)
"""Nouns for what happens at one time and place."""

BODY_NOUNS = frozenset(
    """
    delegation team mission side negotiators delegates commission committee group squad crew jury panel
    """.split()
)
"""Groups of people that have members and a head."""

SAME_BODY = frozenset("delegation team side negotiators delegates".split())
"""Body nouns that newsrooms use for one another when talks are meant."""

SAY_VERBS = frozenset(
    """
    say state tell note add write announce declare stress emphasize emphasise underline claim report explain argue
    recall confirm insist believe think warn acknowledge admit reveal disclose point remark comment suggest specify
    clarify reply answer respond post tweet conclude observe assert contend maintain estimate recount predict
    foresee forecast argue testify allege concede stipulate
    """.split()
)
"""Verbs that hand a statement to a speaker."""

STANCE_VERBS = frozenset("thank praise criticise criticize condemn welcome express deny reject demand urge".split())
"""Verbs that are themselves an act of speech with an object."""

HEAD_VERBS = frozenset("head lead chair".split())
INCLUDE_VERBS = frozenset("include comprise have number feature".split())
COMPLETE_VERBS = frozenset("comprise consist compose".split())
"""Verbs whose list claims to be the whole."""

APPOINT_VERBS = frozenset(
    """
    appoint name make reappoint reappointe elect choose nominate promote designate confirm
    """.split()
)
PROPOSE_VERBS = frozenset("propose suggest consider recommend tip float expect seek reject approach mention".split())
"""Verbs after which nobody holds a post yet."""
BECOME_VERBS = frozenset("become remain stay be serve act".split())
START_VERBS = APPOINT_VERBS - {"reappoint", "reappointe", "confirm", "make"} | {"become", "swear"}
"""Verbs that begin a post."""
EXIT_VERBS = frozenset(
    """
    leave quit lose resign retire dismiss sack fire oust remove depose relieve depart vacate relinquish
    """.split()
)
"""Verbs that end a post."""
KEEP_VERBS = frozenset("reappoint reappointe remain stay keep retain continue".split())
"""Verbs that say a post goes on."""
ROLE_OF_VERB = {
    "head": "head",
    "run": "head",
    "manage": "head",
    "lead": "leader",
    "direct": "director",
    "advise": "adviser",
    "chair": "chair",
    "command": "commander",
}
"""What somebody is who does this to an organisation."""

ONE_WAY_VERBS = frozenset(
    """
    acquire buy purchase sell defeat beat outvote overtake succeed replace inherit absorb conquer invade appoint hire
    employ overthrow own adopt outbid eliminate sue precede oust exceed outnumber surpass
    """.split()
)
"""Verbs that hold one way only: if A did it to B, B did not do it to A on that occasion."""

MUTUAL_VERBS = frozenset("meet marry divorce fight face border neighbour wed".split())
"""Verbs that hold both ways: if A met B, B met A."""

LIGHT_VERBS = frozenset("be have do take get make go come place hold begin become".split())

CARRIER_VERBS = frozenset(
    """
    establish conduct carry make give reach hold hand deliver issue launch undertake perform strike conclude achieve
    come bring pay put show express record see
    """.split()
)
"""Verbs that may only carry a noun which is the act: an agreement is reached, an identity established."""

DEALS = frozenset(
    "agreement deal accord treaty pact truce ceasefire armistice peace contract compromise settlement".split()
)
DEAL_VERBS = frozenset("conclude reach strike seal make agree clinch".split())
"""Verbs that all say a deal came about."""

PARTITIVES = frozenset("member total composition entirety whole line-up lineup makeup".split())
"""Nouns that, with "of", stand for all of what they are of."""
LIGHT_ADJECTIVES = frozenset(
    """
    new old big large small great huge major minor key main important significant serious heavy fresh late recent
    current present former next last latest previous further additional more other such same certain various several
    own whole entire full total overall main long short good bad high low strong weak young early direct separate
    different single joint common general special particular official formal brief successful historic famous
    plenary well-known popular notable unprecedented difficult intense massive severe fatal deadly violent tragic
    """.split()
)
"""Adjectives that do not say which of several things is meant: what is said of it holds of it without them."""
WHOLES = frozenset(
    """
    people government side team group number pair delegation city town village island state republic region company
    kingdom course framework context
    """.split()
)
"""Nouns of which, with "of", much is said that holds of what they are of as well."""
COPULAS = frozenset("keep leave prove turn".split())
"""Verbs that, with an adjective, say that it is so: "was kept secret", "proved false"; what only seems so is not."""
LOCATED_VERBS = frozenset("lie situate locate stand sit".split())
"""Verbs that, with "in" or "at", only say where something is."""

PHRASES = {
    ("come", "term"): "agree", ("take", "part"): "participate", ("put", "end"): "end", ("bring", "end"): "end",
    ("come", "end"): "end", ("call", "halt"): "stop", ("bring", "halt"): "stop", ("lose", "life"): "die",
    ("cast", "vote"): "vote", ("pay", "visit"): "visit", ("pay", "tribute"): "praise",
    ("go", "strike"): "strike", ("take", "decision"): "decide", ("make", "decision"): "decide",
    ("take", "effect"): "begin", ("come", "force"): "begin", ("enter", "force"): "begin",
    ("give", "consent"): "approve",
    ("give", "approval"): "approve", ("file", "suit"): "sue", ("file", "lawsuit"): "sue", ("set", "fire"): "burn",
    ("sign", "law"): "enact", ("lay", "blame"): "blame", ("take", "oath"): "swear", ("make", "appearance"): "appear",
    ("give", "permission"): "permit", ("have", "intention"): "intend", ("reach", "understanding"): "agree",
}  # fmt: skip
"""Verbs and the noun with which they are one act, as one verb."""

PRESENCE_VERBS = frozenset(
    "attend participate join open begin close chair host address lead head welcome visit watch preside".split()
)
"""Verbs that nobody does at an event without being there."""
HAPPENING_VERBS = frozenset(
    "host open begin start end finish conclude last attend chair join resume continue win run stage organise".split()
)
"""Verbs that, of an event, say that it took place."""
GATHERINGS = frozenset(
    """
    meeting talk round session negotiation summit conference ceremony hearing trial opening debate congress assembly
    concert match game final race festival funeral wedding rally vote forum briefing reception dinner event
    """.split()
)
"""Nouns for what people come to."""

PHRASAL_VERBS = {
    "bring up": "suggest",
    "call off": "cancel", "put off": "postpone", "push back": "postpone", "turn down": "reject", "vote down": "reject",
    "set up": "establish", "take over": "succeed", "step down": "resign", "stand down": "resign", "break out": "begin",
    "kick off": "begin", "carry out": "conduct", "lay off": "dismiss", "give up": "abandon", "break down": "fail",
    "rule out": "exclude", "back down": "yield", "pull out": "withdraw", "hand over": "transfer", "pass on": "transfer",
    "shut down": "close", "close down": "close", "wind up": "close", "bring forward": "advance", "go up": "rise",
    "go down": "fall", "come down": "fall", "bring down": "reduce", "knock out": "eliminate", "point out": "say",
}  # fmt: skip
"""What a verb means with its particle, as another verb."""

OPINION_WORDS = frozenset(
    """
    possible impossible hopefully believe hope think feel should must ought may might could would perhaps maybe
    probably likely unlikely best worst beautiful terrible wonderful great important necessary unfortunately
    fortunately clearly obviously remarkable constructive unconstructive disappointing promising excellent good bad
    """.split()
)
MODALS_OF_WISH = frozenset("should must ought may might could would need".split())
FUTURE_MARKS = frozenset("will shall".split())
NEGATIONS = frozenset(
    "not n't no never neither nor without none nobody nothing cannot rarely seldom hardly scarcely".split()
)
NEGATIVE_VERBS = frozenset("refuse reject deny fail decline lack miss skip avoid cancel".split())
"""Verbs that turn what depends on them into its opposite."""

PRONOUNS_MANY = frozenset("they them their theirs we us our ours themselves".split())
