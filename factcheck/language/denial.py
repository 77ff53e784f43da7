"""Sentences that only say that something is not so: "It is not true that ...", "Reports that ... are false"."""

import re

from factcheck.types import Span

_NOT_SO = (
    r"(?:(?:simply|just|plainly|clearly|therefore|also|quite)\s+)?"
    r"(?:not\s+(?:at\s+all\s+|even\s+)?(?:true|correct|right|accurate|the\s+case|a\s+fact|so)|untrue|false|wrong|incorrect"
    r"|inaccurate|fake|baseless|unfounded|a\s+lie|a\s+myth|a\s+fabrication|an?\s+invention)"
)
_IS = r"(?:is|was|are|were|['’]s)"
_ISNT = r"(?:is|was|are|were)n['’]t\s+(?:true|correct|right|accurate|the\s+case|a\s+fact|so)"
_TOLD = (
    r"(?:(?:the|these|those|all|some|any|earlier|recent|media|press|widespread)\s+)*"
    r"(?:claims?|reports?|rumou?rs?|allegations?|assertions?|statements?|suggestions?|notion|idea|news|story|stories)"
)
_BEFORE = re.compile(
    rf"\b(?:it\s*(?:{_IS}\s*{_NOT_SO}|{_ISNT})|there\s+{_IS}\s+no\s+truth\s+(?:in|to)\s+{_TOLD})\s*,?\s+that\s+",
    re.IGNORECASE,
)
"""What stands before that which is denied."""
_AROUND = re.compile(
    rf"\b{_TOLD}\s+that\s+(?P<what>(?:[^.!?;]|\.(?=\d))+?)\s*,?\s+(?:{_IS}\s+{_NOT_SO}|{_ISNT})(?=\s*(?:[.!?;,]|$))",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|false|untrue)\b|n['’]t\b", re.IGNORECASE
)
_END = re.compile(r"[.!?]*[\s\"”’']*$")
_OPENING = re.compile(r"\s*(?:(?:and|but|so|however|in fact)\b,?\s+)?", re.IGNORECASE)


def denials(text: str) -> int:
    """How many words of ``text`` deny something."""
    return len(_WORDS.findall(text))


def denied_spans(sentence: str) -> list[Span]:
    """Where ``sentence`` puts a statement only to say that it is not so, without the full stop."""
    spans = [
        Span(start=found.end(), end=end)
        for found in _BEFORE.finditer(sentence)
        if (end := _stop(sentence, found.end())) > found.end()
    ]
    spans += [Span(start=found.start("what"), end=found.end("what")) for found in _AROUND.finditer(sentence)]
    return spans


def denied_content(sentence: str) -> Span | None:
    """What ``sentence`` denies, when denying it is all that the sentence does; else None."""
    opening = _OPENING.match(sentence)
    start = opening.end() if opening else 0
    before = _BEFORE.match(sentence, start)
    if before is not None:
        end = _stop(sentence, before.end())
        return Span(start=before.end(), end=end) if end > before.end() else None
    around = _AROUND.match(sentence, start)
    if around is not None and _stop(sentence, around.end()) <= around.end():
        return Span(start=around.start("what"), end=around.end("what"))
    return None


def _stop(sentence: str, start: int) -> int:
    """Where the words that begin at ``start`` end, without the marks behind them."""
    end = _END.search(sentence, start)
    return end.start() if end else len(sentence)
