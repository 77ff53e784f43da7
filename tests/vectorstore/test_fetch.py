"""Web addresses, against a real server on this machine: what is read, what is refused, and that nothing is endless."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.vectorstore.made_files import html, pdf
from vectorstore import Document, LoadError, Problem, fetch, load

FACTS = ("The mayor opened the new bridge over the river Tejo on Tuesday after six years of work.", "It cost a lot.")


class Site(BaseHTTPRequestHandler):
    """Answers by path; ``robots`` is its robots.txt, None for none."""

    robots: str | None = None
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        if self.path == "/robots.txt":
            found = self.robots
            self.answer(200 if found is not None else 404, "text/plain", (found or "none").encode())
        elif self.path == "/page":
            self.answer(200, "text/html; charset=utf-8", html(FACTS))
        elif self.path == "/paper":
            self.answer(200, "application/pdf", pdf(FACTS))
        elif self.path.startswith("/to/"):
            self.answer(302, "text/plain", b"", location=self.path[3:].removeprefix("/"))
        elif self.path == "/loop":
            self.answer(302, "text/plain", b"", location="/loop")
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif self.path == "/large":
            self.answer(200, "text/plain", b"a" * 200_000)
        else:
            self.answer(404, "text/plain", b"no such page")

    def answer(self, status: int, media: str, data: bytes, *, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        with suppress(ConnectionError):  # the reader had enough
            super().handle()


@pytest.fixture
def site() -> Iterator[str]:
    """Address of the server."""
    Site.robots, Site.asked = None, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def problem(url: str, *, allow_private: bool = True) -> str:
    (found,) = load([url], allow_private=allow_private)
    assert isinstance(found, Problem)
    assert found.source == url
    assert "\n" not in found.message
    return found.message


def test_a_page_is_read_with_its_address_and_time(site: str) -> None:
    (found,) = load([f"{site}/page#top"], allow_private=True)
    assert isinstance(found, Document)
    assert FACTS[0] in found.text
    assert (found.doc_id, found.url) == (f"{site}/page", f"{site}/page")
    assert found.retrieved_at is not None
    assert Site.asked == ["/robots.txt", "/page"]


def test_the_format_is_told_by_the_media_type(site: str) -> None:
    (found,) = load([f"{site}/paper"], allow_private=True)
    assert isinstance(found, Document)
    assert found.locator_at(found.text.index("It cost")) == "page 2"


def test_a_redirect_is_followed_and_a_loop_is_not(site: str) -> None:
    (found,) = load([f"{site}/to//page"], allow_private=True)
    assert isinstance(found, Document)
    assert found.url == f"{site}/page"
    assert "redirects more than" in problem(f"{site}/loop")


def test_robots_are_obeyed(site: str) -> None:
    Site.robots = "User-agent: *\nDisallow: /page"
    assert "robots.txt" in problem(f"{site}/page")
    assert "/page" not in Site.asked
    Site.robots = "User-agent: factcheck-assistant\nAllow: /\nUser-agent: *\nDisallow: /"
    assert isinstance(next(load([f"{site}/page"], allow_private=True)), Document)


def test_this_machine_is_refused_unless_allowed(site: str) -> None:
    message = problem(f"{site}/page", allow_private=False)
    assert "FACTCHECK_FETCH_PRIVATE" in message
    assert Site.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "[fe80::1]"]
)
def test_numbers_of_private_networks_are_refused_however_they_are_written(host: str) -> None:
    assert "private network" in problem(f"http://{host}/", allow_private=False)


def test_a_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = site.removeprefix("http://").partition(":")[0]
    monkeypatch.setattr(fetch, "_is_public", lambda number: number == here)
    assert "private network" in problem(f"{site}/to/http://10.0.0.1/", allow_private=False)
    assert "no web address" in problem(f"{site}/to/file:///etc/passwd", allow_private=False)


def test_what_is_too_slow_too_large_or_not_there_is_told(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "404" in problem(f"{site}/nothing")
    monkeypatch.setattr(fetch, "_MOST_BYTES", 100_000)
    assert "longer than" in problem(f"{site}/large")
    monkeypatch.setattr(fetch, "_MOST_SECONDS", 0.3)
    assert "takes longer" in problem(f"{site}/slow")


@pytest.mark.parametrize("url", ["http://", "http://[", "http://nobody.invalid/", "http://a b/", "https://x:99999/"])
def test_what_is_no_address_is_told(url: str) -> None:
    assert problem(url)


def test_a_server_that_is_not_there_is_told(site: str) -> None:
    with pytest.raises(LoadError, match="cannot be fetched"):
        fetch.fetch("http://127.0.0.1:1/", allow_private=True)


def test_fetching_again_makes_no_new_version(site: str, tmp_path: Path) -> None:
    from vectorstore import ingest_files, open_store

    with open_store(tmp_path / "store") as store:
        assert ingest_files([f"{site}/page"], store, allow_private=True).added == 1
        (source,) = store.sources()
        later = [
            one.model_copy(update={"retrieved_at": "2099-01-01T00:00:00+00:00"})
            for one in load([f"{site}/page"], allow_private=True)
            if isinstance(one, Document)
        ]
        assert store.add(later).unchanged == 1
        assert list(store.sources()) == [source]
