"""The HTTP client for a language model's server: it follows no redirect and reads only so much, only for so long.

A server that answers without end must cost neither the memory nor the evening. What is sent must reach the server the
user was told of and no other.
"""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS = 10.0
TOO_LARGE = "the answer is larger than"
TOO_SLOW = "the answer took longer than"
PACKED = "the answer is compressed, which was not asked for"


def guarded_client(*, seconds: float, most_bytes: int) -> "httpx2.Client":
    """A client whose answers end after ``seconds`` and ``most_bytes``, by a ReadTimeout or ReadError of httpx2."""
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        """A body that is cut off with an error at the limits."""

        def __init__(self, body: httpx2.SyncByteStream) -> None:
            self._body = body
            self._until = time.monotonic() + seconds

        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for chunk in self._body:
                read += len(chunk)
                if read > most_bytes:
                    raise httpx2.ReadError(f"{TOO_LARGE} {most_bytes} bytes")
                if time.monotonic() > self._until:
                    raise httpx2.ReadTimeout(f"{TOO_SLOW} {seconds:g} s")
                yield chunk

        def close(self) -> None:
            self._body.close()

    def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise httpx2.ReadError(PACKED)  # a small packed answer can unpack to any size
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = Bounded(response.stream)

    return httpx2.Client(
        timeout=httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [bound]},
    )
