"""The HTML page in a real browser: choosing a claim opens its finding, nothing is loaded, no script but ours runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import render
from factcheck.types import Report

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
