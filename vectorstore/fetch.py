"""Web addresses to files: one page each, politely, within limits, and never into the reader's own network.

An address is looked up here and the connection goes to the very number that was judged, so that a name cannot
answer differently the second time. robots.txt is obeyed, redirects are followed few times and judged each.
"""

import io
import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from vectorstore.errors import LoadError
from vectorstore.loaders import Incoming, format_of, load_file
from vectorstore.types import Document, Problem

if TYPE_CHECKING:
    import httpx2

AGENT = "factcheck-assistant"
"""What robots.txt files call us."""
ADDRESSES = ("http://", "https://")
_MOST_BYTES = 16 * 1024 * 1024
_MOST_SECONDS = 30.0
"""For one address with all its redirects."""
_MOST_REDIRECTS = 5
_ROBOTS_BYTES = 512 * 1024
"""More of a robots.txt is not read, as RFC 9309 allows."""
_MOST_ID = 512
_REFUSED = 400
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "text/csv": ".csv", "text/tab-separated-values": ".tsv", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom", "application/xml": ".xml", "text/xml": ".xml", "application/rtf": ".rtf",
    "text/rtf": ".rtf", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}  # fmt: skip
"""Formats by media type; for others the end of the address tells."""


class Fetched(NamedTuple):
    """What an address gave."""

    url: str
    """The address in the end, after redirects."""
    suffix: str
    """End of a file name that tells the format; empty when nothing does."""
    data: bytes


def load_address(url: str, *, allow_private: bool = False) -> Iterator[Document | Problem]:
    """Fetch an address and read its documents, their ``url`` and ``retrieved_at`` filled in.

    ``allow_private`` lets addresses of this machine and of private networks pass. Raises LoadError when nothing
    of it can be read.
    """
    asked = url.partition("#")[0]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    fetched = fetch(asked, allow_private=allow_private)
    file = Incoming(url, io.BytesIO(fetched.data), doc_id=asked[:_MOST_ID], suffix=fetched.suffix or ".html")
    for item in load_file(file):
        if isinstance(item, Document):
            yield item.model_copy(update={"url": item.url or fetched.url, "retrieved_at": now})
        else:
            yield item


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """Get what is at ``url``. Raises LoadError with the reason when that is refused, too large or too slow."""
    deadline = time.monotonic() + _MOST_SECONDS
    with _client(url) as client:
        current = url
        for _ in range(_MOST_REDIRECTS + 1):
            _obey_robots(client, current, url, deadline, allow_private=allow_private)
            answer = _get(client, current, url, deadline, most=_MOST_BYTES, allow_private=allow_private)
            if not answer.redirect:
                if answer.status >= _REFUSED:
                    raise LoadError(f"{url}: the server answers {answer.status}: check the address")
                return Fetched(current, _suffix(answer.media_type, current), answer.data)
            current = urljoin(current, answer.redirect)
    raise LoadError(f"{url}: redirects more than {_MOST_REDIRECTS} times: give the last address")


class _Answer(NamedTuple):
    status: int
    redirect: str
    media_type: str
    data: bytes


@contextmanager
def _client(url: str) -> "Iterator[httpx2.Client]":
    import httpx2

    try:
        # no proxy and no credentials out of the environment: the address that was judged is the one that is asked
        with httpx2.Client(trust_env=False, follow_redirects=False, timeout=10.0) as client:
            yield client
    except httpx2.HTTPError as exc:
        reason = str(exc).splitlines()[0][:120] if str(exc) else type(exc).__name__
        raise LoadError(f"{url}: cannot be fetched ({reason}): check the address") from exc
    except (httpx2.InvalidURL, ValueError) as exc:
        raise LoadError(f"{url}: not a web address: check it") from exc


def _get(client: "httpx2.Client", url: str, asked: str, deadline: float, *, most: int, allow_private: bool) -> _Answer:
    """Ask once, at the number that was judged; raises LoadError beyond ``most`` bytes or the deadline."""
    import httpx2

    parsed = httpx2.URL(url)
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise LoadError(f"{asked}: leads to {url[:80]!r}, which is no web address")
    number = _judged(parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80), asked, allow=allow_private)
    host = parsed.netloc.decode("ascii")
    headers = {"Host": host, "User-Agent": f"{AGENT} (document ingest for fact-checking)", "Accept-Encoding": "gzip"}
    request = client.build_request(
        "GET", parsed.copy_with(host=number), headers=headers, extensions={"sni_hostname": parsed.host}
    )
    response = client.send(request, stream=True)
    try:
        data = b""
        for part in response.iter_bytes():
            data += part
            if len(data) > most:
                raise LoadError(f"{asked}: longer than {most >> 20} MB: save it and give the file")
            if time.monotonic() > deadline:
                raise LoadError(f"{asked}: takes longer than {_MOST_SECONDS:g} s: save it and give the file")
        media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        redirect = response.headers.get("location", "") if response.is_redirect else ""
        return _Answer(response.status_code, redirect, media, data)
    finally:
        response.close()


def _judged(host: str, port: int, asked: str, *, allow: bool) -> str:
    """The number of a host, if one may connect to all of its numbers."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        raise LoadError(f"{asked}: no such host as {host[:80]!r}: check the address and the connection") from exc
    numbers = [str(row[4][0]).partition("%")[0] for row in found]
    for number in numbers:
        if not allow and not _is_public(number):
            raise LoadError(
                f"{asked}: {host[:80]!r} is in a private network: not fetched unless FACTCHECK_FETCH_PRIVATE is true"
            )
    return numbers[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None and not inner.is_global:
            return False
    return address.is_global and not address.is_multicast


def _obey_robots(client: "httpx2.Client", url: str, asked: str, deadline: float, *, allow_private: bool) -> None:
    """Raise LoadError when the host's robots.txt forbids ``url``; one that is not there forbids nothing."""
    from protego import Protego

    current = urljoin(url, "/robots.txt")
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _get(client, current, asked, deadline, most=_ROBOTS_BYTES, allow_private=allow_private)
        if not answer.redirect:
            break
        current = urljoin(current, answer.redirect)
    if answer.status >= 500:
        raise LoadError(f"{asked}: its robots.txt cannot be read ({answer.status}): try again later")
    if answer.status < _REFUSED and not answer.redirect:
        rules = Protego.parse(answer.data.decode("utf-8", "replace"))
        if not rules.can_fetch(url, AGENT):
            raise LoadError(f"{asked}: the site's robots.txt does not allow fetching it: save it yourself")


def _suffix(media_type: str, url: str) -> str:
    if media_type in _SUFFIXES:
        return _SUFFIXES[media_type]
    path = urlsplit(url).path
    row = format_of(path)
    return "" if row is None else next(end for end in row.suffixes if path.lower().removesuffix(".gz").endswith(end))
