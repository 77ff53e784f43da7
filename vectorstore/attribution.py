"""Fragments that say who said the quote above them: "- wrote Smith.", "he added.", "– the minister stated."."""

import re

_VERBS = (
    "said|says|wrote|writes|stated|states|noted|notes|added|adds|emphasi[sz]ed|emphasi[sz]es|stressed|stresses|"
    "told|tells|reported|reports|explained|explains|concluded|concludes|claimed|claims|argued|argues|insisted|"
    "insists|posted|tweeted|announced|announces|declared|declares|asked|asks|recalled|recalls|underlined|"
    "underscored|summed up|summari[sz]ed|remarked|commented|continued|continues|clarified|assured|warned|warns|"
    "pointed out|replied|answered|believes|confirmed|confirms|informed|specified|mentioned|elaborated|"
    "сказав|сказала|заявив|заявила|зазначив|зазначила|написав|написала|додав|додала|наголосив|наголосила|"
    "підкреслив|підкреслила|повідомив|повідомила|сказал|сказала|заявил|заявила|отметил|отметила|написал|написала|"
    "добавил|добавила|подчеркнул|подчеркнула|сообщил|сообщила|sagte|schrieb|erklärte|betonte|teilte mit"
)
_DASH = r"[-–—―]\s*"
_ADVERB = r"(?:also|further|separately|later|then|earlier)"
_INVERTED = re.compile(rf"(?:{_DASH})?(?:{_ADVERB}\s+)?(?:{_VERBS})\b[^.!?]{{0,140}}[.!?]?", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*){0,3}"
_DIRECT = re.compile(
    rf"(?:{_DASH})?(?:(?i:he|she|they|it)|(?i:the)\s+[\w-]+(?:\s+[\w-]+){{0,4}}|{_NAME})\s+(?:{_ADVERB}\s+)?(?:{_VERBS})"
    r"(?:\s+(?:on|in|at|during|via|to|after|when|as)\s[^.!?]{0,100})?[.!?]?"
)
_MOST_WORDS = 24
_MOST_WORDS_UNDASHED = 9


def is_attribution(line: str) -> bool:
    """Whether a line of its own says nothing but who spoke (where, when) and leaves the words to the line above."""
    count = len(line.split())
    dashed = line[:1] in "-–—―"
    if count > (_MOST_WORDS if dashed else _MOST_WORDS_UNDASHED):
        return False
    if not dashed and line[-1] not in ".!?":
        return False  # a heading such as "Notes to editors"
    return bool(_INVERTED.fullmatch(line) or _DIRECT.fullmatch(line))
