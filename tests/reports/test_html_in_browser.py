"""The HTML page in a real browser: choosing a claim opens its finding, nothing is loaded, no script but ours runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from factcheck.reports import render
from factcheck.reports.many_page import Judged, page
from factcheck.types import Label, Report

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(report: Report, documents: dict[str, str], tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    path.write_text(render("html", report, documents), "utf-8")
    return path.as_uri()


def opened(browser: Any, address: str, **options: Any) -> tuple[Any, list[str], list[str]]:
    """A page, what it asked for, and what it complained of."""
    page = browser.new_page(**options)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    page.goto(address)
    return page, asked, said


def test_a_click_on_a_claim_opens_its_finding_and_asks_for_nothing(browser: Any, address: str) -> None:
    page, asked, said = opened(browser, address)
    assert not page.locator("#f5").evaluate("box => box.open")
    page.locator("#t5").click()
    assert page.locator("#f5").evaluate("box => box.open")
    assert page.locator("#f5 .body").is_visible()
    assert page.locator("#f5").evaluate("box => box.contains(document.activeElement)")
    assert asked == [address]
    assert said == []


def test_it_works_with_the_keyboard_alone(browser: Any, address: str) -> None:
    page, _, said = opened(browser, address)
    page.locator("#t5").focus()
    page.keyboard.press("Enter")
    assert page.locator("#f5 .body").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "t5"
    assert said == []


def test_words_of_two_claims_open_both_findings(browser: Any, address: str) -> None:
    page, _, _ = opened(browser, address)
    page.locator('#text [data-findings="3 2"]').first.click()
    assert page.locator(".finding.picked").evaluate_all("boxes => boxes.map(box => box.id)") == ["f3", "f2"]


def test_without_scripts_links_lead_to_findings(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#t1").click()
    assert page.url.endswith("#f1")
    assert page.locator("#f1 .correction").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_overflows_sideways(browser: Any, address: str, scheme: str, width: int) -> None:
    page, _, _ = opened(browser, address, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_everything_is_open_in_print(browser: Any, address: str, tmp_path: Path) -> None:
    page, _, _ = opened(browser, address)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


@pytest.fixture
def many(report: Report, tmp_path: Path) -> str:
    judged = [Judged(one, "An article", Label.REFUTED) for one in report.claims if one.verdict]
    path = tmp_path / "many.html"
    path.write_text("".join(page("claims.jsonl", lambda: judged * 20)), "utf-8")
    return path.as_uri()


def test_the_table_of_many_is_chosen_from_and_asks_for_nothing(browser: Any, many: str) -> None:
    opened_page, asked, said = opened(browser, many)
    assert opened_page.locator("output").inner_text() == "120 of 120 shown"
    opened_page.locator("[name=standing]").select_option("refuted")
    assert opened_page.locator("output").inner_text() == "40 of 120 shown"
    opened_page.locator("[name=words]").fill("BRIDGE reopened")
    assert opened_page.locator("output").inner_text() == "20 of 120 shown"
    assert opened_page.locator("tbody tr:visible").count() == 20
    opened_page.locator("[name=kind]").select_option("quantity")
    assert opened_page.locator("tbody tr:visible").count() == 0
    opened_page.locator("[name=kind]").select_option("")
    opened_page.locator("tbody tr:visible summary").first.click()
    assert "6 March 2024" in opened_page.locator("tbody tr:visible .body").first.inner_text()
    assert (asked, said) == ([many], [])


def test_pictures_are_drawn_in_both_pages(browser: Any, many: str, address: str) -> None:
    for place in (many, address):
        opened_page, _, said = opened(browser, place)
        drawn = opened_page.locator(".pictures svg")
        assert drawn.count() >= 2
        for box in drawn.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)"):
            assert box > 20
        fills = opened_page.locator("rect.part").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
        assert len(set(fills)) >= 3
        assert said == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_many_does_not_overflow(browser: Any, many: str, width: int) -> None:
    opened_page, _, _ = opened(browser, many, viewport={"width": width, "height": 900})
    assert opened_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_printed_pages_hold_what_is_folded_on_the_screen(browser: Any, many: str, tmp_path: Path) -> None:
    opened_page, _, _ = opened(browser, many)
    opened_page.pdf(path=tmp_path / "many.pdf")
    text = "".join(one.extract_text() for one in PdfReader(tmp_path / "many.pdf").pages)
    assert "says otherwise" in text
    assert "Type" in text
    assert "all" not in text.split("Verdict")[0]  # nothing to choose with on paper
