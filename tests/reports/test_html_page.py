"""The HTML page: self-contained, honest with hostile text, usable without a mouse."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from factcheck.reports import render
from factcheck.types import Report

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page, with their attributes and the text in them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.article: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def source(report: Report, documents: dict[str, str]) -> str:
    return render("html", report, documents)


@pytest.fixture
def page(source: str) -> Page:
    return Page(source)


def test_the_page_is_well_formed(page: Page) -> None:
    assert page.open == []


def test_it_asks_for_nothing_from_anywhere(page: Page) -> None:
    assert not page.all("link")
    assert not page.all("img")
    assert not page.all("iframe")
    assert all("src" not in attributes for _, attributes in page.elements)
    assert "url(" not in page.texts[0]


def test_only_the_own_script_and_style_may_run(page: Page, source: str) -> None:
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none';")
    for tag in ("script", "style"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert len(inside) == len(page.all(tag)) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not any(name.startswith("on") or name == "style" for _, a in page.elements for name in a)


def test_hostile_text_is_shown_as_text(page: Page, hostile: str) -> None:
    assert any("</script><script>alert(1)</script> ]]> [bold red]x[/]" in text for text in page.texts)
    assert "<U+202E>" in "".join(page.texts)
    assert hostile not in "".join(page.texts)


def test_only_web_addresses_are_links(page: Page) -> None:
    targets = [a["href"] or "" for a in page.all("a")]
    assert "https://gazette.example/bridge?a=1&b=2" in targets
    assert all(target.startswith(("#", "https://gazette.example/")) for target in targets)
    assert all("noopener" in (a.get("rel") or "") for a in page.all("a") if (a["href"] or "").startswith("http"))


def test_every_link_within_the_page_has_its_place_and_no_id_comes_twice(page: Page) -> None:
    ids = Counter(a["id"] for _, a in page.elements if "id" in a)
    assert set(ids.values()) == {1}
    assert {(a["href"] or "")[1:] for a in page.all("a") if (a["href"] or "").startswith("#")} <= set(ids)


def test_the_text_is_there_in_full(source: str, report: Report) -> None:
    inside = source.split('id="text">', 1)[1].split("</div>", 1)[0]
    without_signs = re.sub(r'<a class="flag".*?</a>', "", inside)
    assert re.sub(r"<[^>]+>", "", without_signs) == report.text


def test_words_of_two_claims_lead_to_both_and_look_like_the_graver(page: Page) -> None:
    both = [a for a in page.all("a") if a.get("data-findings") == "3 2" and "piece" in (a["class"] or "")]
    assert both
    assert all("refuted" in (a["class"] or "") for a in both)
    assert both[0]["href"] == "#f3"


def test_the_verdict_is_in_words_and_signs_not_only_in_colour(source: str) -> None:
    assert "✕" in source
    assert "(refuted)" in source
    assert "(not judged)" in source


def test_grave_findings_are_open_without_a_script(page: Page) -> None:
    boxes = {a["id"]: "open" in a for a in page.all("details") if "id" in a}
    assert boxes == {"f1": True, "f3": True, "f4": True, "f6": False, "f5": False, "f2": False}


def test_a_quote_stands_in_its_context_with_the_decisive_words_marked(source: str) -> None:
    assert "<mark>6 March 2024</mark>, city engineers said</q>" in source
    assert (
        '<span class="around">After more than two years behind fences the harbour bridge is open again. </span>'
        in source
    )


def test_context_of_another_text_is_not_shown(report: Report, documents: dict[str, str]) -> None:
    changed = {name: "Something else. " + text for name, text in documents.items()}
    assert "behind fences" not in render("html", report, changed)


def test_the_page_says_when_there_is_no_date() -> None:
    assert "No date given" in render("html", Report(text="Hello.", claims=(), version="0"))
