"""``python -m eval screenshots``: the pages of the review tool as pictures, for docs/review.md.

Starts a server on the bundled example, works through it as an editor would, and writes ``docs/review/*.png``.
"""

import argparse
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.serving import ROOT, example_draft, serving, stock

HEADLINE = "Third Istanbul round ends with a prisoner swap and no truce"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
PASSWORD = "for pictures only 1"


def main(arguments: Sequence[str]) -> int:
    """Take the pictures; needs Playwright and a Chromium."""
    parser = argparse.ArgumentParser(prog="python -m eval screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "review", help="folder for the pictures")
    out = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="factcheck-shots-") as folder:
        store = Path(folder) / "store"
        stock(store)
        with serving(store) as server, _page() as page:
            take(page, server.address, server.invitation, out)
    for picture in sorted(out.glob("*.png")):
        print(f"{picture}  {picture.stat().st_size:,} bytes")
    return 0


@contextmanager
def _page() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("no Chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def take(page: Any, address: str, invitation: str, out: Path) -> None:  # noqa: ANN401 - Playwright's own
    """Work through the example from the first start and write a picture of each step."""
    page.goto(invitation)
    _shoot(page, out, "first-start")
    page.fill("[name=name]", "Ada Lind")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.fill("[name=title]", HEADLINE)
    page.fill("[name=body]", example_draft())
    page.locator("[name=as_of]").first.fill("2025-07-24")
    page.get_by_role("button", name="Check it").click()
    page.wait_for_selector("[data-claim]", state="attached")
    text = page.url
    wrong = page.locator('[data-standing="refuted"]')
    first, disputed = (
        wrong.nth(0).get_attribute("id"),
        page.locator('[data-standing="conflicting"]').get_attribute("id"),
    )
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{text}#{first}")
        page.reload()
        _shoot(page, out, f"review-{scheme}")
    page.emulate_media(color_scheme="light")
    page.goto(f"{text}#{disputed}")
    page.reload()
    _shoot(page, out, "conflicting")
    page.click("[data-ask]")
    page.fill("#chat [name=question]", "Who headed the Ukrainian delegation on 23 July 2025?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .answer")
    page.fill("#chat [name=question]", "and the Russian one?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .answer >> nth=1")
    _shoot(page, out, "ask")
    for _ in range(3):
        page.goto(text)
        with page.expect_navigation():
            page.keyboard.press("a")
    for name, path in (("inbox", "/"), ("sources", "/sources"), ("desk", "/desk"), ("people", "/people")):
        page.goto(address + path)
        _shoot(page, out, name)
    page.goto(address + "/sources")
    page.locator(".rows a.title").first.click()
    _shoot(page, out, "source")
    page.goto(f"{text}/history")
    _shoot(page, out, "history")


def _shoot(page: Any, out: Path, name: str) -> None:  # noqa: ANN401 - Playwright's own
    for width, size in (("1440", WIDE), ("390", NARROW)):
        page.set_viewport_size(size)
        page.wait_for_timeout(150)
        if name.startswith("review") or name == "conflicting":
            page.locator(".claim.picked").evaluate("claim => claim.scrollIntoView({ block: 'start' })")
        _small(page.screenshot(), out / f"{name}-{width}.png")
    page.set_viewport_size(WIDE)


def _small(picture: bytes, path: Path) -> None:
    """Write a picture with few colours, which pages have, so that the repository stays small."""
    from PIL import Image

    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
