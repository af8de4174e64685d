"""axe-core on every page and in every state, light and dark: no rule of WCAG 2.2 AA may be broken."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.browser.conftest import OPTIONS, Look
from tests.browser.test_accessible import document_of
from tests.browser.test_chat import UNANSWERABLE, ask, picture_is_shown
from tests.serving import serving

KEY = "a-key-for-the-tests"


def test_axe_itself_finds_what_is_broken(still: Page) -> None:
    """Or the other tests would prove nothing."""
    still.set_content("<html lang=en><title>Broken</title><input><p style='color: #999; background: #fff'>Faint</p>")
    found = {broken["id"] for broken in Axe().run(still, options=OPTIONS).response["violations"]}
    assert found == {"label", "color-contrast"}


def test_the_chat(still: Page, address: str, look: Look) -> None:
    still.goto(address)
    expect(still.locator(".suggestion").first).to_be_visible()
    look("/")
    still.locator("#filter-button").click()
    still.get_by_role("checkbox", name=re.compile("No Wrong Door")).check()
    look("filters open")
    still.get_by_role("button", name="Clear all").first.click()
    still.get_by_role("button", name="Done").click()
    ask(still)
    still.locator(".sources summary").click()
    still.locator(".chip").first.click()
    picture_is_shown(still)
    still.get_by_text("Text of this page").click()
    look("an answer and its source")
    still.keyboard.press("Escape")
    still.get_by_role("button", name="Not helpful").click()
    expect(still.get_by_label("Out of date")).to_be_visible()
    look("a verdict")
    ask(still, UNANSWERABLE)
    still.get_by_role("button", name=re.compile("more passage")).click()
    look("a refusal")
    still.set_viewport_size({"width": 390, "height": 844})
    still.locator("#history-toggle").click()
    expect(still.get_by_role("dialog", name="Conversations")).to_be_visible()
    look("the conversations on a phone")
    still.get_by_role("button", name="Close").click()
    still.locator(".chip").first.click()
    picture_is_shown(still)
    look("a source on a phone")


@pytest.mark.parametrize("path", ["/start", "/start?role=manager", "/glossary", "/models/no-wrong-door"])
def test_what_is_made_from_the_library(still: Page, address: str, look: Look, path: str) -> None:
    still.goto(address + path)
    expect(still.locator("main[data-ready=yes]")).to_be_visible(timeout=120_000)
    for summary in still.locator("summary").all():
        summary.click()
    look(path)


def test_an_adopter_and_a_term_explained(still: Page, address: str, look: Look) -> None:
    still.goto(f"{address}/adopters/rochdale")
    expect(still.locator("main[data-ready=yes]")).to_be_visible(timeout=120_000)
    look("an adopter")
    still.goto(f"{address}/?q=What is a family group conference?")
    still.locator(".prose").get_by_role("button", name="Family group conference").first.focus()
    expect(still.locator(".term-card")).to_be_visible()
    look("a term explained")


def test_examples_and_a_board(still: Page, address: str, look: Look) -> None:
    still.goto(f"{address}/examples")
    expect(still.locator("#choose-board")).to_be_visible()
    look("/examples")
    still.locator(".example").first.get_by_role("button", name="Add to board").click()
    expect(still.locator("#said")).to_contain_text("My briefing")
    still.goto(f"{address}/board")
    expect(still.locator(".item")).to_have_count(1)
    still.get_by_role("button", name="New board").click()
    look("a board")
    still.get_by_role("button", name="Take off the board").click()
    expect(still.locator(".item")).to_have_count(0)
    look("an empty board")


def test_the_library(still: Page, address: str, look: Look) -> None:
    still.goto(f"{address}/library")
    for summary in still.locator("summary").all():
        summary.click()
    expect(still.locator("#shelf .lazy").first.locator(".strip")).to_be_visible()
    look("/library")
    still.get_by_role("button", name=re.compile("^Delete")).first.click()
    expect(still.get_by_role("dialog", name="Delete this document?")).to_be_visible()
    look("a document about to be deleted")
    handbook = document_of(still, "handbook.pdf")
    for path in (f"/library/{handbook}", f"/documents/{handbook}?page=3", "/nowhere", "/feedback"):
        still.goto(address + path)
        look(path)


def test_the_sign_in(still: Page, tmp_path: Path, corpus_library: Library, look: Look) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path / "locked", "api_keys": KEY})
    with serving(create_app(settings, corpus_library)) as locked:
        still.goto(locked)
        look("the sign-in")
        still.get_by_label("key").fill("wrong")
        still.keyboard.press("Enter")
        expect(still.get_by_role("alert")).to_be_visible()
        look("a wrong key")
        still.get_by_label("key").fill(KEY)
        still.keyboard.press("Enter")
        expect(still.get_by_label("Your question")).to_be_visible()
