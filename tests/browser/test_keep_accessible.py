"""Names, contrast, sizes and widths in every state of what the chat page keeps and offers."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessible import FAINT, NAMELESS, TINY, WIDER, check
from tests.browser.test_chat import QUESTION, UNANSWERABLE, ask


def each_state(page: Page, address: str, *scripts: str) -> None:
    """Checks the filters, a verdict, the nearest passages, the list with its forms, and the page of verdicts."""
    page.goto(address)
    page.locator("#filter-button").click()
    page.get_by_role("checkbox", name=re.compile("No Wrong Door")).check()
    expect(page.locator("#suggested")).to_have_text("Questions answered within these limits")
    check(page, *scripts)
    page.get_by_role("button", name="Done").click()
    ask(page, QUESTION)
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_label("Out of date")).to_be_visible()
    check(page, *scripts)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".saying")).to_contain_text("Thank you")
    ask(page, UNANSWERABLE)
    page.get_by_role("button", name=re.compile("more passage")).click()
    check(page, *scripts)
    if page.get_by_role("navigation", name="Conversations").is_hidden():
        page.locator("#history-toggle").click()
        expect(page.get_by_role("dialog", name="Conversations")).to_be_visible()
    page.get_by_label("Search conversations").fill("provocations")
    expect(page.locator("#history-said")).to_contain_text("found")
    check(page, *scripts)
    page.get_by_role("button", name=re.compile("^Rename")).first.press("Enter")
    expect(page.get_by_label("New title")).to_be_focused()
    check(page, *scripts)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Delete “")).first.press("Enter")
    expect(page.get_by_role("dialog", name="Delete this conversation?")).to_be_visible()
    check(page, *scripts)
    page.keyboard.press("Escape")
    page.goto(f"{address}/feedback")
    check(page, *scripts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_contrast_and_sizes(browser: Browser, address: str, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    each_state(page, address, NAMELESS, FAINT, TINY, WIDER)
    page.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (320, 2)])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int, zoom: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    large = f"html {{ font-size: {100 * zoom}% !important; }}"
    page.route("**/base.css", lambda route: route.fulfill(response=(got := route.fetch()), body=f"{got.text()}{large}"))
    each_state(page, address, WIDER, TINY)
    page.close()


def test_only_what_is_new_is_read_out(page: Page, address: str) -> None:
    """Statements come one by one, and are read out when the last has come; what was kept is not read again."""
    page.goto(address)
    ask(page)
    expect(page.locator(".prose[aria-live=polite][aria-busy=false]")).to_have_count(1)
    page.reload()
    expect(page.locator(".prose[aria-live=off][aria-busy=false]")).to_have_count(1)
    expect(page.locator("#status")).to_have_text(re.compile("^Opened: "))
