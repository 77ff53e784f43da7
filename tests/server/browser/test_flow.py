"""The review of the example draft from the first start to the audit trail, in a browser, over a real server."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from eval.serving import Server, example_draft
from tests.server.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture(scope="module")
def ada(server: Server, visit: Visit) -> Any:
    page = visit()
    page.goto(server.invitation)
    page.fill("[name=name]", "Ada Lind")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector("text=Inbox")
    return page


@pytest.fixture(scope="module")
def text(ada: Any, server: Server) -> str:
    """The example draft, checked; its address."""
    ada.goto(server.address)
    ada.fill("[name=title]", "Istanbul")
    ada.fill("[name=body]", example_draft())
    ada.locator("[name=as_of]").first.fill("2025-07-24")
    ada.get_by_role("button", name="Check it").click()
    assert "claims judged" in ada.locator("[data-progress]").inner_text()
    ada.wait_for_selector("[data-claim]", state="attached")  # the page shows the result by itself
    return str(ada.url).split("#")[0]


def picked(page: Any) -> Any:
    return page.locator(".claim.picked")


def to(page: Any, address: str, words: str) -> Any:
    """Pick the claim with these words, as a click on them in the text does."""
    page.goto(address)
    page.locator("#text .piece", has_text=words).first.click()
    # The page hears of a new address a moment after it changes, so wait for the claim that is wanted.
    expect(picked(page).locator(".words")).to_contain_text(words)
    return picked(page)


def test_the_first_account_signs_out_and_in_again(ada: Any, server: Server) -> None:
    ada.click("text=Sign out")
    ada.fill("[name=name]", "Ada Lind")
    ada.fill("[name=password]", "not her password")
    ada.click("main button")
    assert "wrong" in ada.locator("[role=alert]").inner_text()
    ada.fill("[name=name]", "Ada Lind")
    ada.fill("[name=password]", PASSWORD)
    ada.click("main button")
    ada.wait_for_selector("text=Inbox")


def test_claims_are_stepped_through_by_keyboard(ada: Any, text: str) -> None:
    ada.goto(text)
    first = picked(ada).get_attribute("id")
    assert picked(ada).get_attribute("data-waiting") == "yes"
    ada.keyboard.press("j")
    second = picked(ada).get_attribute("id")
    assert second != first
    assert ada.evaluate("document.activeElement.id") == second
    assert ada.locator(".piece.picked").count() == 1
    ada.keyboard.press("k")
    assert picked(ada).get_attribute("id") == first
    assert picked(ada).locator(".body").is_visible()
    assert ada.locator(".claim:not(.picked) .body:visible").count() == 0


def test_claims_are_narrowed_down(ada: Any, text: str) -> None:
    ada.goto(text)
    ada.click('[data-show="refuted"]')
    shown = ada.locator("[data-claim]:visible")
    assert shown.count() == int(ada.locator('[data-show="refuted"]').inner_text().split()[-1])
    ada.keyboard.press("/")
    ada.keyboard.type("galuzin")
    assert shown.count() == 1
    ada.keyboard.press("Escape")
    ada.locator("[data-search]").fill("no such words")
    assert ada.locator("[data-none]").is_visible()
    ada.locator("[data-search]").fill("")
    ada.click('[data-show="all"]')
    ada.select_option("[data-kind]", "quantity")
    assert 0 < shown.count() < ada.locator("[data-claim]").count()


def test_a_correction_is_applied_with_one_key(ada: Any, text: str) -> None:
    claim = to(ada, text, "5,000")
    number = claim.get_attribute("id")
    assert "3,000" in claim.locator("[name=replacement]").input_value()
    claim.focus()
    ada.keyboard.press("c")
    done = ada.locator(f"#{number} .done")
    expect(done).to_contain_text("Ada Lind applied a correction")
    expect(done).to_contain_text("return the bodies of 3,000 more")
    assert picked(ada).get_attribute("id") != number  # on to the next that needs a person


def test_an_override_needs_a_reason(ada: Any, text: str) -> None:
    claim = to(ada, text, "Mikhail Galuzin")
    number = claim.get_attribute("id")
    claim.focus()
    ada.keyboard.press("v")
    form = claim.locator('form:has([value="change_verdict"])')
    form.locator("select").select_option("NOT_ENOUGH_EVIDENCE")
    form.get_by_role("button").click()
    assert form.locator("[name=reason]").evaluate("field => !field.validity.valid")
    form.locator("[name=reason]").fill("Two lists of delegates are going round.")
    form.get_by_role("button").click()
    expect(ada.locator(f"#{number} .done")).to_contain_text("changed the verdict to not enough evidence, from refuted")


def test_a_second_person_reviews(ada: Any, text: str, server: Server, visit: Visit) -> None:
    ada.goto(f"{server.address}/people")
    ada.locator('form[action="/people/invite"] select').select_option("editor")
    ada.click("text=Make a link")
    link = ada.locator(".told code").inner_text()
    claim = to(ada, text, "Dolmabahce Palace")
    number = claim.get_attribute("id")
    claim.get_by_role("button", name="Ask for a second review").click()
    ada.locator(f"#{number}").get_by_role("button", name="Accept as the second person").click()
    expect(ada.locator("[role=alert]")).to_contain_text("another person")
    ben = visit()
    ben.goto(link)
    ben.fill("[name=name]", "Ben Okafor")
    ben.fill("[name=password]", PASSWORD)
    ben.click("main button")
    ben.goto(f"{text}#{number}")
    ben.locator(f"#{number}").get_by_role("button", name="Accept as the second person").click()
    expect(ben.locator(f"#{number} .done")).to_contain_text("Ben Okafor accepted the verdict")


def test_a_stale_decision_is_refused_and_says_what_changed(ada: Any, text: str, visit: Visit, server: Server) -> None:
    claim = to(ada, text, "Rustem Umerov")
    number = claim.get_attribute("id")
    other = ada.context.new_page()
    other.goto(f"{text}#{number}")
    other.locator(f"#{number}").get_by_role("button", name="Accept the verdict").click()
    expect(other.locator(f"#{number} .done")).to_contain_text("accepted the verdict")
    other.close()
    claim.get_by_role("button", name="Accept the verdict").click()
    expect(ada.locator("[role=alert]")).to_contain_text("Ada Lind was quicker and accepted the verdict")
    ada.click("text=See how it is now")
    ada.wait_for_url("**/texts/*")


def test_a_missed_claim_is_added_by_selecting_its_words(ada: Any, text: str) -> None:
    ada.goto(text)
    ada.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
        }""",
        "Nobody in either capital",
    )
    ada.locator("[data-catch]").wait_for(state="visible")
    ada.keyboard.press("m")
    assert ada.locator("#missed [name=words]").input_value() == "Nobody in either capital"
    ada.locator("#missed [name=statement]").fill("The talks were held in Istanbul on 23 July 2025.")
    ada.get_by_role("button", name="Judge and add it").click()
    expect(picked(ada)).to_contain_text("added by Ada Lind")
    expect(picked(ada)).to_contain_text("The talks were held in Istanbul on 23 July 2025.")


def test_own_evidence_from_a_new_source_stands_with_the_others(ada: Any, text: str) -> None:
    claim = to(ada, text, "proposed that the leaders")
    number = claim.get_attribute("id")
    claim.get_by_text("Give evidence", exact=True).click()
    claim.get_by_text("Or a new source").click()
    claim.locator("[name=quote]").fill("the leaders should meet before September")
    claim.locator("[name=body]").fill("In Kyiv's words, the leaders should meet before September. <b>Not bold.</b>")
    claim.locator("form[action$='/evidence'] [name=title]").fill("Note of the press office")
    claim.get_by_role("button", name="Give this evidence").click()
    given = ada.locator(f"#{number} .source", has_text="given by Ada Lind")
    expect(given).to_contain_text("the leaders should meet before September")
    given.locator("a").first.click()
    expect(ada.locator("mark#at")).to_have_text("the leaders should meet before September")
    expect(ada.locator(".text")).to_contain_text("<b>Not bold.</b>")


def test_an_edit_checks_only_what_changed(ada: Any, text: str) -> None:
    ada.goto(text)
    before = ada.locator("[data-claim]").count()
    ada.get_by_role("button", name="Put 1 correction into the text").click()
    expect(ada.locator(".facts")).to_contain_text("version 2")
    expect(ada.locator("[data-claim]")).to_have_count(before, timeout=30_000)  # when it is checked
    expect(ada.locator("#text")).to_contain_text("return the bodies of 3,000 more")
    kept = ada.locator('.claim:has(.words:has-text("Mikhail Galuzin"))').first
    expect(kept).to_contain_text("changed the verdict")
    expect(ada.locator(".claim", has_text="added by Ada Lind")).to_have_count(1)
    ada.goto(f"{text}/history")
    begun = ada.locator("li", has_text="check begun").last.inner_text()
    told = {part.split(": ")[0].split("\n")[-1].strip(): part.split(": ")[1] for part in begun.split("; ")}
    assert int(told["to_judge"]) - int(told["kept"]) == 1  # the sentence with the new number


def test_it_is_exported_and_on_record(ada: Any, text: str) -> None:
    ada.goto(text)
    for name in ("html", "docx", "json"):
        with ada.expect_download() as download:
            ada.locator(f'.doors a[href$="/export/{name}"]').click()
        assert download.value.path().stat().st_size > 1000
    report = json.loads(download.value.path().read_text("utf-8"))
    assert any("Two lists of delegates" in json.dumps(claim) for claim in report["claims"])
    ada.locator(".doors >> text=History").click()
    told = ada.locator("ol.rows").inner_text()
    for words in ("text added", "claim correct", "claim change_verdict", "claim ask_second", "claim added",
                  "evidence attached", "text edited", "Ben Okafor", "Two lists of delegates"):  # fmt: skip
        assert words in told
    with ada.expect_download() as download:
        ada.click("text=As a file")
    rows = [json.loads(line) for line in download.value.path().read_text("utf-8").splitlines()]
    assert [row["event"] for row in rows] == sorted(row["event"] for row in rows)
    assert {row["by"] for row in rows} == {None, "Ada Lind", "Ben Okafor"}


def test_questions_are_answered_beside_the_text_and_remembered(ada: Any, text: str) -> None:
    ada.goto(text)
    ada.click("[data-ask]")
    ada.fill("#chat [name=question]", "Who headed the Ukrainian delegation on 23 July 2025?")
    ada.keyboard.press("Enter")
    ada.wait_for_selector("#chat .answer")
    assert "Ume" in ada.locator("#chat .answer").first.inner_text()
    ada.fill("#chat [name=question]", "and the Russian one?")
    ada.keyboard.press("Enter")
    ada.wait_for_selector("#chat .answer >> nth=1")
    assert "Medinsky" in ada.locator("#chat .answer").nth(1).inner_text()
    ada.keyboard.press("Escape")
    assert not ada.locator("#chat").is_visible()


def test_no_page_complained(said: list[str]) -> None:
    """What browsers tell of answers that are refusals is not a complaint of a page."""
    refusals = ("401", "403", "409")
    assert [one for one in said if not any(f"status of {code}" in one for code in refusals)] == []
