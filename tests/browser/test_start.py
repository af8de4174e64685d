"""The new member of staff: a path by role, ticked off and asked about; a term explained; who is who."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessible import FAINT, NAMELESS, TINY, WIDER, check

PAGES = ("/start?role=commissioner", "/glossary", "/adopters/rochdale", "/adopters/swindon", "/models/no-wrong-door")


def opened(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("main[data-ready=yes]")).to_be_visible(timeout=120_000)


def test_a_path_is_read_ticked_off_and_asked_about(page: Page, address: str) -> None:
    opened(page, f"{address}/start")
    page.get_by_role("link", name=re.compile("^Manager")).click()
    first = page.locator(".step").first
    expect(first.get_by_role("link")).to_have_count(4)
    first.get_by_role("checkbox").check()
    expect(page.locator("#progress")).to_have_text("1 of 6 steps read")
    page.reload()
    expect(page.locator(".step").first.get_by_role("checkbox")).to_be_checked()
    question = page.locator(".step").first.locator(".suggestion").first
    text = str(question.text_content())
    question.click()
    expect(page.locator(".asked p").last).to_have_text(text)
    expect(page.locator(".sources")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/c/"))
    page.reload()
    expect(page.locator(".asked")).to_have_count(1)


def test_a_term_is_explained_by_keyboard(page: Page, address: str) -> None:
    opened(page, f"{address}/glossary")
    page.goto(f"{address}/?q=What is a family group conference?")
    term = page.locator(".prose").get_by_role("button", name="Family group conference").first
    expect(term).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".prose")).to_have_attribute("aria-live", "off")
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if term.evaluate("(node) => node === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    expect(term).to_have_attribute("aria-expanded", "true")
    card = page.locator(".term-card")
    expect(card).to_contain_text("A meeting led by the family")
    check(page, NAMELESS, FAINT, TINY, WIDER)
    page.keyboard.press("Tab")
    expect(card.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(term).to_be_focused()
    term.hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    page.keyboard.press("Escape")
    term.click()
    card.get_by_role("link", name=re.compile("handbook")).click()
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("the quote marked"))


def test_a_council_leads_to_the_page_that_says_it(page: Page, address: str) -> None:
    opened(page, f"{address}/start")
    page.get_by_role("article").filter(has_text="No Wrong Door").get_by_role("link", name="Norfolk").click()
    expect(page.get_by_role("heading", name="Norfolk")).to_be_visible()
    page.locator(".glance .cite").first.click()
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("the quote marked"))
    page.goto(f"{address}/start")
    mark = page.locator("svg.wide a.mark").last
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/documents/"))


@pytest.mark.parametrize(("scheme", "width", "zoom"), [("light", 1280, 1), ("dark", 1280, 2), ("dark", 320, 1)])
def test_legible_in_both_themes_and_at_any_width(
    browser: Browser, address: str, scheme: Any, width: int, zoom: int
) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800})
    for path in PAGES:
        opened(page, address + path)
        page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
        for summary in page.locator("summary").all():
            summary.click()
        check(page, NAMELESS, FAINT, TINY, WIDER)
        headings = page.locator("h1, h2, h3").evaluate_all("(all) => all.map((node) => Number(node.tagName[1]))")
        assert headings[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
    page.close()
