"""Every page, light and dark, wide and narrow: axe finds nothing serious, nothing overflows, all is reached by Tab."""

from collections.abc import Callable
from typing import Any

import pytest

from eval.serving import Server
from tests.server.browser.test_flow import ada, text, to  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
PAGES = (
    "review", "inbox", "sources", "source", "desk", "people", "ask", "answer", "history", "api", "error", "sign-in",
    "join", "progress", "version",
)  # fmt: skip
SIMPLE = {
    "inbox": "/", "sources": "/sources", "desk": "/desk", "people": "/people", "ask": "/ask", "api": "/api/docs",
    "error": "/texts/999", "version": "/texts/1/versions/1",
}  # fmt: skip


def at(name: str, page: Any, server: Server, text: str) -> None:  # noqa: F811
    """Go to a page of this name, everything on it open."""
    base = server.address
    if name in SIMPLE:
        page.goto(base + SIMPLE[name])
    elif name == "review":
        page.goto(text)
    elif name == "source":
        page.goto(f"{base}/sources")
        page.locator(".rows a.title").first.click()
    elif name == "answer":
        page.goto(f"{base}/ask")
        page.locator("main [name=question]").fill("Who headed the Ukrainian delegation on 23 July 2025?")
        page.locator("main button").click()
        page.wait_for_selector(".answer")
    elif name == "history":
        page.goto(f"{text}/history")
    elif name == "progress":
        page.route("**/progress", lambda route: route.abort())  # else the page goes on by itself when the check is done
        page.goto(base)
        page.fill("[name=body]", "The talks were held in Istanbul on 23 July 2025. " * 400)
        page.get_by_role("button", name="Check it").click()
        page.wait_for_selector("progress")
    page.wait_for_load_state()
    page.evaluate("() => { for (const box of document.querySelectorAll('details')) box.open = true; }")


@pytest.fixture(scope="module")
def invited(ada: Any, server: Server) -> str:  # noqa: F811
    ada.goto(f"{server.address}/people")
    ada.click("text=Make a link")
    return str(ada.locator(".told code").inner_text())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_and_nothing_overflows(
    ada: Any, text: str, server: Server, visit: Visit, invited: str, name: str, scheme: str  # noqa: F811
) -> None:  # fmt: skip
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = ada
    if name in ("sign-in", "join"):
        page = visit()
        page.goto(f"{server.address}/sign-in" if name == "sign-in" else invited)
    page.emulate_media(color_scheme=scheme)
    at(name, page, server, text)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        response = axe.run(page).response
        assert len(response["passes"]) > 5
        found = response["violations"]
        grave = [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found
                 if one["impact"] in ("serious", "critical")]  # fmt: skip
        assert grave == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
    page.set_viewport_size({"width": 1440, "height": 900})


CONTROLS = 'a[href]:not([tabindex="-1"]), button, input:not([type=hidden]), select, textarea, summary'


def test_every_control_is_reached_by_the_keyboard(ada: Any, text: str) -> None:  # noqa: F811
    """Pressing Tab from the top passes through everything that can be pressed, filled or opened, and is seen there."""
    page = ada.context.new_page()
    page.goto(text)
    seen = page.evaluate(
        """controls => [...document.querySelectorAll(controls)].filter(one => one.checkVisibility())
            .map((one, n) => { one.dataset.n = n; return String(n); })""",
        CONTROLS,
    )
    assert len(seen) > 50
    reached: set[str] = set()
    for _ in range(len(seen) + 40):
        page.keyboard.press("Tab")
        number, outlined = page.evaluate(
            "() => { const on = document.activeElement; "
            "return [on.dataset.n ?? null, getComputedStyle(on).outlineStyle !== 'none']; }"
        )
        if number is not None:
            assert outlined, number
            reached.add(number)
    page.close()
    assert set(seen) - reached == set()


def test_without_a_script_a_text_is_read_and_decided(server: Server, text: str, visit: Visit, invited: str) -> None:  # noqa: F811
    page = visit(java_script_enabled=False)
    page.goto(invited)
    page.fill("[name=name]", "Plain Paul")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button")
    page.goto(text)
    assert page.locator("[data-claim] .body").first.is_visible()
    assert not page.locator("[data-tools]").is_visible()
