"""The notice over case data, and the line on top of an answer to what sounds like a live concern."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.browser.test_axe import Look, look, still
from tests.serving import serving

__all__ = ["look", "still"]
NAMED = "Zebedee Quillfeather, born 14/02/2012, keeps going missing. What is No Wrong Door?"
EDITED = "The child keeps going missing. What is No Wrong Door?"


@pytest.fixture(scope="module")
def lenient(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the office lets a person insist."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("unused"), case_data="allow")
    with serving(create_app(settings, corpus_library)) as url:
        yield url


def send(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def test_the_question_stays_in_the_box_and_goes_edited(page: Page, address: str) -> None:
    page.goto(address)
    send(page, NAMED)
    notice, box = page.locator("#case-data"), page.get_by_label("Your question")
    expect(notice).to_contain_text(EDITED)
    expect(page.locator("#status")).to_contain_text("The choices are below the box.")
    expect(box).to_have_value(NAMED)
    expect(box).to_be_focused()
    expect(page.locator("#welcome")).to_be_visible()  # nothing was asked, so no conversation began
    expect(page.get_by_role("button", name="Send as it is")).to_have_count(0)
    page.get_by_role("button", name="Change it myself").click()
    expect(notice).to_be_hidden()
    selected = (
        "() => { const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd) }"
    )
    assert page.evaluate(selected) == "Zebedee Quillfeather"
    page.keyboard.press("Enter")
    expect(notice).to_be_visible()
    page.keyboard.press("Tab")  # Ask
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send this instead")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text(re.compile("complete"))
    expect(notice).to_be_hidden()
    expect(box).to_have_value("")
    expect(page.locator(".asked p").first).to_have_text(EDITED)
    expect(page.locator(".asked")).to_have_count(1)


def test_a_live_concern_gets_one_line_on_top_and_keeps_it(page: Page, address: str) -> None:
    page.goto(address)
    send(page, "A child just told me her dad hits her, what do I do?")
    line = page.get_by_role("note")
    expect(line).to_contain_text("999")
    expect(page.locator("#status")).to_have_text(re.compile("complete|do not answer"))
    assert page.locator("article.answer > :first-child").get_attribute("class") == "safety"
    page.reload()
    expect(line).to_have_count(1)


def test_a_person_insists_and_every_state_is_accessible(still: Page, lenient: str, look: Look) -> None:
    still.set_viewport_size({"width": 320, "height": 568})
    still.goto(lenient)
    send(still, f"{NAMED} He told me today that his dad hits him.")
    insist = still.get_by_role("button", name="Send as it is")
    expect(insist).to_be_visible()
    look("case data at 320 px")
    assert still.evaluate("() => document.documentElement.scrollWidth") <= 320
    insist.scroll_into_view_if_needed()
    insist.click()
    expect(still.locator("#status")).to_have_text(re.compile("complete|do not answer"))
    expect(still.locator(".asked p").first).to_contain_text("Zebedee")
    look("the line on top at 320 px")
