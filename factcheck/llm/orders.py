"""Words in sources and drafts that are meant for a machine that reads them, not for readers.

Such a sentence is a sentence of its document like any other, and is compared like one; only it cannot be what a
language model's verdict rests on. The list is a further guard, not the wall: a verdict must have quotes that say what
the claim says whatever the model was told.
"""

import re
from functools import lru_cache

_MACHINE = r"(?:assistant|model|ai|llm|chatbot|bot|fact[- ]?checker|verifier|judge|machine|classifier)s?"
_LABEL = r"[\"'“]?(?:supported|refuted|not_enough|true)\b"
_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,4}"
    r"(?:instruction|prompt|rule|order|passage|context|above|previous|claim)s?\b",
    r"\b(?:system|developer|assistant)\s*(?:prompt|message|note|role|instruction)s?\b",
    rf"\b(?:note|message|instruction|order|attention|notice)s?\s+(?:to|for)\s+(?:(?:the|all|any|every)\s+)?{_MACHINE}\b",
    rf"\b(?:you\s+are|you're|act\s+as|pretend\s+to\s+be)\s+(?:now\s+)?(?:(?:an?|the)\s+)?(?:{_MACHINE}|system|dan)\b",
    r"\b(?:answer|respond|reply|output|return|print|say|write|mark|label|rate|classify|judge|treat)\s+"
    rf"(?:\w+\s+){{0,6}}{_LABEL}",
    r"\b(?:verdict|label|classification|judge?ment|correct\s+answer)\s*(?:\w+\s+){0,3}(?:is|are|:|=|(?:must|should)\s+be)"
    rf"\s*(?:\w+\s+){{0,2}}{_LABEL}",
    rf"\b(?:language\s+models?|{_MACHINE})\s+(?:that\s+|who\s+)?"
    r"(?:must|should|shall|are\s+to|reads?|reading|processing|judging|evaluating)\b",
    r"\b(?:api|secret|canary|boundary)[\s_-]*(?:key|token|letters|marks?)\b",
    r"\b(?:jailbreak|prompt\s+injection|do\s+anything\s+now)\b",
    r"\b(?:call|use|invoke|run|execute)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:tool|function|command|shell|script)\b",
    r"<\s*/?\s*(?:script|iframe|img|svg|system|assistant|instructions?)\b",
    r"<\||\|>|\[/?INST\]|<<SYS>>|\bjavascript:",
    r"\"(?:verdict|citations|label)\"\s*:|\bpassages?\s+P\d",
    r"^\s*#+\s*(?:system|assistant|user)\b",
    r"\[(?:end of )?(?:claim|passage|draft|question)\b[^\]]*\]",
)
_ORDERS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=1024)  # the same passages are found for many claims of a batch
def has_orders(text: str) -> bool:
    """Whether ``text`` speaks to a machine: orders, pretended verdicts, marks and markup of prompts."""
    return _ORDERS.search(text) is not None
