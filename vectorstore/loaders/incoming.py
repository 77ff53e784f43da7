"""A file or stream on its way in: its name, its id, and its bytes, unpacked when they are gzip."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from vectorstore.errors import LoadError

MOST_BYTES = 64 * 1024 * 1024
"""Longest single document, and longest row of a JSON Lines file, that is read."""

_SNIFFED = 65_536


class Incoming:
    """One file to be read once, from its beginning. ``doc_id`` is for formats that hold one document a file."""

    def __init__(
        self,
        name: str,
        stream: BinaryIO,
        *,
        doc_id: str = "",
        is_stream: bool = False,
        suffix: str = "",
        depth: int = 0,
    ) -> None:
        self.name = name
        self.doc_id = doc_id
        self.suffix = suffix
        """End of a file name that tells the format where ``name`` does not; empty when it does."""
        self.depth = depth
        """How many files it is packed in: an attachment of a letter is in one."""
        self.is_stream = is_stream
        """Whether it has no file name to go by."""
        raw = stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream), _SNIFFED)
        packed = name.lower().endswith(".gz") or (is_stream and self._peek(raw)[:2] == b"\x1f\x8b")
        self._stream = io.BufferedReader(gzip.GzipFile(fileobj=raw), _SNIFFED) if packed else raw

    def read(self) -> bytes:
        """Read all of it; raises LoadError when it is longer than ``MOST_BYTES``, broken, or empty."""
        with self._readable_errors():
            data = self._stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise LoadError(f"{self.name}: longer than {MOST_BYTES >> 20} MB: split it into several documents")
        if not data.strip():
            raise LoadError(f"{self.name}: the file is empty")
        return data

    def rows(self) -> Iterator[bytes | None]:
        """Read line by line; None stands for a line longer than ``MOST_BYTES``, which is passed over."""
        with self._readable_errors():
            while row := self._stream.readline(MOST_BYTES + 1):
                if len(row) <= MOST_BYTES:
                    yield row
                    continue
                while row and not row.endswith(b"\n"):
                    row = self._stream.readline(MOST_BYTES)
                yield None

    def beginning(self) -> bytes:
        """Look at the first bytes without taking them."""
        with self._readable_errors():
            return self._peek(self._stream)

    def looks_like_rows(self) -> bool:
        """Whether the first line is a JSON object."""
        first = self.beginning().removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
        if not first.startswith(b"{"):
            return False
        try:
            return isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            return first[1:].lstrip().startswith(b'"')  # a long row, or a broken one, which is then named

    @staticmethod
    def _peek(stream: BinaryIO) -> bytes:
        return cast("io.BufferedReader", stream).peek(_SNIFFED)

    @contextmanager
    def _readable_errors(self) -> Iterator[None]:
        try:
            yield
        except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
            raise LoadError(f"{self.name}: broken gzip data ({exc}): copy the file again") from exc
        except OSError as exc:
            raise LoadError(f"{self.name}: cannot be read ({exc.strerror or exc})") from exc
