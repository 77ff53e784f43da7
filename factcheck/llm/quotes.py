"""Where a quote that a language model gives stands in the text it is said to be from: found by code, or not there."""

import re

_SPACE = re.compile(r"\s+")
_LIKE = {
    "'": "['’‘ʼ`]", "’": "['’‘ʼ`]", "‘": "['’‘ʼ`]",
    '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]', "„": '["“”„«»]',
    "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]", "…": r"(?:…|\.\.\.)",
}  # fmt: skip
"""Characters that writers and models exchange without changing what is said."""
_EDGES = " \t\r\n\"“”„'’‘"
MOST = 2000
"""Characters of a quote that are looked for."""


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Start and end of ``quote`` in ``text``, letter by letter but for spaces and forms of quotes and dashes.

    None when it is not there, is empty, or begins or ends inside a word.
    """
    words = quote[:MOST].strip(_EDGES).removesuffix("...").removesuffix("…").strip()
    if len(quote) > MOST or not words:
        return None
    pattern = r"\s+".join("".join(_LIKE.get(c, re.escape(c)) for c in word) for word in _SPACE.split(words))
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    found = re.search(before + pattern + after, text)
    return found.span() if found else None
