"""From a document on the library page to the answers that cited it, their quotes on the page, and the answers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_accessible import FAINT, NAMELESS, TINY, WIDER, check
from tests.browser.test_chat import QUESTION
from tests.browser.test_keep import HOSTILE, kept_answer


def test_a_document_leads_to_the_answers_that_cited_it(page: Page, address: str) -> None:
    asked = f"{QUESTION} {HOSTILE}"
    answer = kept_answer(page, address, asked)
    cited = answer["citations"][0]
    page.goto(f"{address}/library")
    row = page.locator(f"#d-{cited['document_id']}")
    link = row.get_by_role("link", name=re.compile(r"^Cited in \d+ answers? of the last 30 days"))
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Answers that cited this document")).to_be_visible()
    listed = page.get_by_role("article").first
    expect(listed.get_by_role("heading")).to_have_text(asked)
    expect(page.locator("main img, main script")).to_have_count(0)
    expect(listed.locator("blockquote").first).to_have_text(cited["quote"])
    check(page, NAMELESS, FAINT, TINY)
    page.emulate_media(color_scheme="dark")
    check(page, FAINT)
    page.set_viewport_size({"width": 320, "height": 720})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    check(page, WIDER)
    listed.locator("figcaption a").first.click()
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("the quote marked"))
    expect(page.locator("img.page")).not_to_have_js_property("naturalWidth", 0)
    page.get_by_role("link", name=re.compile("^How each page was read")).click()
    page.get_by_role("link", name="Answers that cited it").click()
    page.get_by_role("link", name=asked).click()
    expect(page.locator(".linked")).to_be_focused()
    page.request.delete(f"{address}/api/v1/conversations/{answer['conversation_id']}")
    page.goto(f"{address}/library/{cited['document_id']}/answers")
    expect(page.get_by_role("link", name=asked)).to_have_count(0)
