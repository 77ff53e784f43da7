"""Bytes to text, with a note whenever the encoding had to be guessed.

Only UTF-8 and byte order marks are certain. Else single lines may be in another encoding (files that were joined
from several), or the whole file is.
"""

import codecs
import re
from typing import NamedTuple

from vectorstore.errors import LoadError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: the mark of the one begins with that of the other."""

_CONTROLS = bytes(range(0x09)) + bytes(range(0x0E, 0x1B)) + b"\x7f"
_MOST_CONTROLS = 0.003
_HIGH = re.compile(rb"[\xc0-\xff]")
_LETTER = re.compile(rb"[A-Za-z\xc0-\xff]")
_CYRILLIC_SHARE = 0.4
"""In Cyrillic most letters lie above 0xC0, in Western languages a few in a hundred."""


class Decoded(NamedTuple):
    """Text, and what a person should know about how it was read."""

    text: str
    note: str | None
    """What was guessed; None when nothing was."""


def encoding_by_mark(beginning: bytes) -> str | None:
    """Tell the encoding from a byte order mark, None when there is none."""
    return next((name for mark, name in _MARKS if beginning.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """Whether bytes without a byte order mark are no text: NULs, or more control characters than text has."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" in data or controls > max(1.0, _MOST_CONTROLS * len(data))


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """Read the bytes of the file ``name``; ``declared`` is an encoding the file itself states.

    Line ends become single line feeds. Raises LoadError for a binary file.
    """
    marked = encoding_by_mark(data[:4])
    if marked is None and is_binary(data):
        raise LoadError(f"{name}: a binary file, not text")
    for encoding, certain in ((marked, True), ("utf-8", marked is None), (declared, True)):
        if encoding is not None and certain and (text := _strictly(data, encoding)) is not None:
            return Decoded(_unix_lines(text), None)
    decoded = decode_damaged(data, encoding=marked)
    return Decoded(_unix_lines(decoded.text), decoded.note)


def decode_damaged(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Read bytes that are not what they should be, line by line where some lines are UTF-8."""
    if encoding is not None:
        return Decoded(data.decode(encoding, "replace"), f"not all of it is valid {encoding}: marked with \ufffd")
    rows = data.splitlines(keepends=True)
    bad = [number for number, row in enumerate(rows, start=1) if _strictly(row, "utf-8") is None]
    guess = _guess(b"".join(rows[number - 1] for number in bad))
    good_letters = any(not row.isascii() for number, row in enumerate(rows, start=1) if number not in set(bad))
    text = "".join(row.decode(guess, "replace") if _strictly(row, "utf-8") is None else row.decode() for row in rows)
    if not good_letters:
        return Decoded(text, f"not UTF-8, read as {guess}: check its accented letters")
    shown = ", ".join(map(str, bad[:5])) + (", ..." if len(bad) > 5 else "")
    return Decoded(text, f"mixed encodings: lines {shown} are not UTF-8 and were read as {guess}: check them")


def _guess(data: bytes) -> str:
    letters = len(_LETTER.findall(data))
    return "cp1251" if letters and len(_HIGH.findall(data)) / letters > _CYRILLIC_SHARE else "cp1252"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
