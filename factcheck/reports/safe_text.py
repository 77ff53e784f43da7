"""Makes characters visible that could act on a terminal or hide what a text says. Knows nothing of formats.

Control characters can drive a terminal, direction overrides can make a reader see other words than the ones
that are there. Offsets and quotes keep the characters as they are; only what is shown goes through here.
"""

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_TROUBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """Return ``text`` with control and direction characters as ``<U+XXXX>``; newlines and tabs stay."""
    return _TROUBLE.sub(lambda found: f"<U+{ord(found.group()):04X}>", _LINE_BREAKS.sub("\n", text))


def one_line(text: str, limit: int | None = None) -> str:
    """Return ``visible`` text on one line, cut with an ellipsis at ``limit`` characters when given."""
    line = _SPACE.sub(" ", visible(text)).strip()
    if limit is None or len(line) <= limit:
        return line
    cut = line[: max(limit - 1, 0)]
    # A base letter must not lose its accent to the cut.
    while cut and unicodedata.combining(line[len(cut)]):
        cut = cut[:-1]
    return cut.rstrip() + "…"


def web_link(url: str | None) -> str | None:
    """Return ``url`` when a reader may safely follow it (http or https with a host), else None."""
    if url is None or not re.match(r"https?://[^\s/?#\\@]", url, re.IGNORECASE):
        return None
    return url if visible(url) == url and not re.search(r"[\s<>\"'`\\]", url) else None
