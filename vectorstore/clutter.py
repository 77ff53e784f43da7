"""Shapes of single lines that are not part of what a page says: counters, times, buttons, credits, labels.

Each rule looks at one line; ``layout`` looks at the lines around it.
"""

import re

from vectorstore.abbreviations import words

_MOST_CHARACTERS = 240
"""A longer line is a paragraph whatever it begins with; this also bounds the work."""

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|"
    "грудня|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|januar|februar|märz|"
    "mai|juni|juli|oktober|dezember"
)
_DAYS = (
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?|понеділок|вівторок|середа|четвер|п.ятниця|субота|"
    "неділя|понедельник|вторник|среда|пятница|суббота|воскресенье"
)
_ZONES = "[ap]\\.?m\\.?|gmt|utc|eest|eet|cest|cet|msk|bst|edt|est|pdt|pst|et|trt|uhr|local|time"
_COUNTED = (
    "views?|reads|comments?|shares?|likes?|reactions?|followers?|votes?|переглядів|перегляди|просмотров|просмотра|"
    "коментарів|комментариев|kommentare|aufrufe"
)
_STAMP_WORDS = (
    "published|updated|last|modified|posted|created|edited|on|at|in|of|min|mins|minutes?|hours?|days?|weeks?|months?|"
    "years?|ago|read|reading|today|yesterday|just|now|date|the|uhr|опубліковано|оновлено|сьогодні|вчора|обновлено|сегодня|вчера|"
    "veröffentlicht|aktualisiert|heute|gestern|год|хв"
)
_NUMBER = r"\d[\d.,:/ \u00a0\u202f'’-]*(?:st|nd|rd|th|k|m)?"
_STAMP_PART = re.compile(
    rf"\b(?:{_NUMBER}|{_MONTHS}|{_DAYS}|{_ZONES}|{_COUNTED}|{_STAMP_WORDS})(?!\w)\.?", re.IGNORECASE
)
"""What time stamps and counters are made of; a line of nothing else is one."""
_COUNTER = re.compile(rf"\b(?:{_COUNTED})\b", re.IGNORECASE)
_HAS_STAMP = re.compile(rf"\d|\b(?:ago|today|yesterday|just now|{_DAYS})\b", re.IGNORECASE)

_NAME_LIKE = r"(?-i:[A-ZÀ-ÞА-ЯЄІЇҐ][\w.’'-]*)"
_OPENINGS: tuple[tuple[str, str], ...] = (
    ("read more", r"(?:read|see|watch|learn) (?:more|also|next|on|too)\b|(?:also|more) (?:read|on this)\b"
     r"|related(?: (?:articles?|news|stories|topics?|content|posts?|links?))?\s*(?::|$)|читайте|читай\b|см\. также"
     r"|lesen sie|mehr (?:zum thema|lesen)|(?:more|latest|top|other|popular|trending|breaking)(?: \w+)?"
     r" (?:news|stories|articles|headlines)\s*(?::|$)|most (?:read|popular|viewed|shared|discussed)[^.!?]{0,30}$"
     r"|(?:recommended|you (?:may|might) (?:also )?like|editor.?s picks?|trending)[^.!?]{0,20}$"
     r"|continue reading|in other news\s*(?::|$)|click here|full (?:story|text|article) (?:here|at)\b"),
    ("share buttons", r"share(?: this| on| via| article| story|$)|(?:tweet|repost|pin it|copy (?:the )?link"
     r"|print(?: this)?(?: page| article)?|e-?mail(?: this)?|save|bookmark)$|поділитися|поделиться|teilen$"
     r"|(?:(?:facebook|twitter|x|telegram|whatsapp|viber|linkedin|reddit|e-?mail|copy link|print|share|messenger"
     r"|instagram|youtube)(?:\b[\s,|•·/]*|$)){2,}$|(?:facebook|twitter|telegram|whatsapp|linkedin)$"),
    ("appeal", r"(?:please )?(?:(?:follow|join|support) (?:us|our)\b|follow @|join the (?:conversation|discussion)"
     r"|support [^.!?]{1,40} on patreon|subscribe (?:to|now|today|for)\b|sign up (?:for|to|now|today)\b"
     r"|(?:sign|log) in (?:to|/|or)\s?|register (?:now|today|for free)|donate (?:now|today|to (?:us|our))"
     r"|(?:subscribe|sign up|log in|sign in|register|newsletter|donate)\s*[.!]?$)[^.!?]{0,140}[.!?]?$"
     r"|get (?:the|our) (?:latest|app|newsletter)|download (?:the|our) app|підписуйтесь|підписуйтеся"
     r"|подписывайтесь|abonnieren"),
    ("advertisement", r"(?:advertisement|advertising|ad|ads|sponsored(?: content)?|promoted|реклама|anzeige|werbung"
     r"|story continues below(?: advertisement)?|advertisement .{0,40})\s*$"),
    ("cookie notice", r"(?=.*\bcookies?\b)(?=.*\b(?:accept|consent|policy|settings|preferences|browser|website|site"
     r"|use|privacy)\b)(?:we|this (?:web)?site|by |accept|cookies?|manage|our)\b|accept all\b|privacy policy\s*$"),
    ("copyright", r"©|\(c\)\s|copyright(?:\s*(?:©|\(c\)|\d{4})|$)|.{0,120}\ball rights reserved\b|alle rechte"
     r"|все права|усі права|terms of (?:use|service)$|(?:reproduction|no part of this)\b.{0,160}\b(?:permission"
     r"|prohibited|consent)\b"),
    ("photo credit", r"(?:(?:file |archive |illustrative )?(?:photo|image|picture|video|screenshot|illustration|foto"
     r"|фото|відео|видео)(?: (?:credit|source))?|collage)\s*[:/][^.!?]{0,120}\.?$|getty images"
     rf"|(?:photo|image|picture|video)s? by(?:\s+{_NAME_LIKE}){{1,4}}$"),
    ("source note", r"(?:source|sources|джерело|источник|quelle|via)\s*:\s*[^.!?:]{1,60}$"),
    ("tag list", r"(?:tags?|topics?|keywords?|categor(?:y|ies)|filed under|теги|schlagw\w+|more on)\s*:[^.!?]{0,200}$"
     r"|(?:#\w+[\s,]*){2,}$|#\w+$"),
    ("byline", r"(?:by|written by|text by|reporting by|reported by|editing by|edited by|posted by|von"
     r"|(?:author|authors|text|editor|correspondent|reporter|journalist|автор|автори|авторы|журналіст|журналист)\s*:)"
     rf"\s*{_NAME_LIKE}(?:(?:\s+|,\s*|\s+and\s+|\s*[|•/]\s*){_NAME_LIKE}){{0,7}}$"),
    ("navigation", r"(?:home|main|start|back to (?:top|news|home)|skip to (?:main )?content|menu|search|next|previous"
     r"|load(?:ing)?(?: more)?\W*|show (?:more|less)|view all|see all|comments?|leave a (?:comment|reply)|top|close"
     r"|go back|contents?|table of contents|advertise with us|contact us|about us)\s*$"
     r"|(?:[^.!?>»›|]{1,30}\s[>»›|]\s){2,}[^.!?>»›|]{1,40}$"),
)  # fmt: skip
_RULES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _OPENINGS)

_CAPITAL = r"[^\W\d_a-zà-þа-яєіїґ]"
_PLACE = rf"{_CAPITAL}[\w’'.-]*(?:\s{_CAPITAL}[\w’'.-]*){{0,2}}"
_DATED_PLACE = rf"{_PLACE}(?:,\s*{_PLACE})?,?\s*(?:(?i:{_MONTHS})\.?\s*\d{{1,2}},?\s*)?(?:\([^)]{{2,40}}\)\s*)?"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s*{_PLACE})?\s*[•·|]\s*{_PLACE}(?:\s*[•·|].{{0,40}})?"
    rf"|{_DATED_PLACE}[-–—]+"
    rf"|{_PLACE}\s+[-–—/]\s+{_CAPITAL}{{2,8}}"
)
_NAME_WORD = rf"(?:{_CAPITAL}[^\W\d_]+(?:[’'-]{_CAPITAL}?[^\W\d_]+)*|{_CAPITAL}\.)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s(?:de|da|del|di|van|von|der|den|al|el|bin|la|le))?(?:\s{_NAME_WORD}){{1,3}}")
_NOT_NAMES = words("""
    about analysis article background breaking business context culture daily day details economy editorial
    europe events exclusive explained explainer facts features final first general global headlines health
    history home immediate important information interview introduction key latest live local main media meeting
    national new news next notes opinion other our overview peace points politics press previous quotes reaction
    reactions recent related report reports review section security special sport sports statement statements
    story summary talks the timeline today top update updates useful video war week what why world
""")
_LABEL = re.compile(r"[^\W\d_][^\W\d_-]*")
_SMALL = words("""
    a an the of and in on at for to with by from as or de da del la le der die das und von van al el і й та в у
    на з и с о по
""")


def reason(line: str) -> str | None:
    """Say what kind of clutter a line is, None when its shape alone does not make it clutter."""
    if len(line) > _MOST_CHARACTERS:
        return None
    if not any(map(str.isalnum, line)):
        return "ornament"
    if _HAS_STAMP.search(line) and not any(map(str.isalnum, _STAMP_PART.sub("", line))):
        return "view counter" if _COUNTER.search(line) else "time stamp"
    named = next((name for name, rule in _RULES if rule.match(line)), None)
    return "dateline" if named is None and _DATELINE.fullmatch(line) else named


def is_tag_like(line: str) -> bool:
    """Whether a line is short, has no sentence's punctuation and is written like a name: "Ministry of Justice"."""
    words = line.split()
    if not words or len(words) > 9 or len(line) > 70 or not words[0][0].isalnum() or line[-1] in ".!?…:;,":
        return False
    if any(mark in line for mark in ",;:") or words[0][0].islower():
        return False
    large = [word for word in words if word.casefold() not in _SMALL]
    capitals = sum(not word[0].islower() for word in large)
    # up to two words may be a plain tag ("Drone attack"); longer ones are names, with few small letters
    return capitals == len(large) or (len(words) <= 2) or (capitals >= 2 and len(large) - capitals <= 1)


def is_label(line: str) -> bool:
    """Whether a line is one capitalised word, such as "Addition" or "Background"."""
    return bool(_LABEL.fullmatch(line)) and not line[0].islower()


def is_personal_name(line: str) -> bool:
    """Whether a line has the shape of a person's name and none of the words that head sections."""
    return bool(_NAME.fullmatch(line)) and not _NOT_NAMES & set(line.casefold().split())
