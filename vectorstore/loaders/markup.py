"""The text of a piece of HTML that is all content, such as the body of a letter or an entry of a feed."""

import re

_NO_TEXT = ("script", "style", "head", "noscript", "template", "svg", "iframe", "object")
_BLOCKS = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote section article header footer hr pre dd dt".split()
)
_MOST_CHARACTERS = 8 * 1024 * 1024
_BLANK = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(html: str) -> str:
    """The text without marks, blocks on lines of their own; empty when there is none."""
    from lxml import etree
    from lxml.html import fromstring

    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        root = fromstring(f"<div>{html[:_MOST_CHARACTERS]}</div>".replace("\0", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start" and element.tag in _NO_TEXT:
            tail = element.tail
            element.clear()
            element.tail = tail
            continue
        if event in {"comment", "pi"}:
            pieces.append(element.tail or "")
            continue
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start":
            pieces.append(_BLANK.sub(" ", (element.text or "").replace("\n", " ")))
        elif element is not root:
            pieces.append(_BLANK.sub(" ", (element.tail or "").replace("\n", " ")))
    return _LINES.sub("\n", "".join(pieces)).strip()
