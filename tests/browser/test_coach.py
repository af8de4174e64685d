"""A coach finds examples, collects them on a board, annotates and exports them, by mouse and by keyboard."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from tests.browser.test_accessible import FAINT, NAMELESS, TINY, WIDER, check
from tests.browser.test_chat import ask
from tests.ingest.pdfs import make_pdf
from tests.serving import serving

HOSTILE = "<img src=x onerror=alert(1)> In the first year 32 children went home to <b>their</b> parents."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(data_dir=tmp_path_factory.mktemp("coach") / "library"), load_programme()) as library:
        library.add([CORPUS / "handbook.pdf"])
        library.add_bytes("hostile.pdf", make_pdf([[HOSTILE]], "A <script>alert(2)</script> report"))
        yield library


@pytest.fixture(scope="module")
def site(library: Library) -> Iterator[str]:
    with serving(create_app(Settings(data_dir=library.settings.data_dir), library)) as url:
        yield url


def test_examples_are_filtered_copied_and_shared_by_address(context: BrowserContext, page: Page, site: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/examples")
    cards = page.locator(".example")
    expect(cards).to_have_count(24)
    expect(page.locator("#unfinished")).to_be_hidden()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#said")).to_have_text(re.compile(r"^24 more examples\. 48 of"))
    page.get_by_label("Practice examples").check()
    expect(page).to_have_url(re.compile(r"/examples\?kind=practice$"))
    page.locator("input[value=rochdale]").check()
    total = page.get_by_role("heading", level=2)
    expect(total).to_have_text("1 example")
    expect(cards).to_have_count(1)
    expect(cards.get_by_role("img", name=re.compile("^The place on page .* marked$"))).to_be_visible()
    assert page.locator(".example img").evaluate(
        "async (img) => { await img.decode(); return img.naturalWidth > 100; }"
    )
    cards.get_by_role("button", name="Copy with reference").click()
    expect(page.locator("#said")).to_have_text("Copied with its reference.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert cards.locator("blockquote").inner_text() in copied
    assert copied.splitlines()[-1].startswith(
        "The assistant’s editors (2026) ‘The adopters’, in Strengthening Families"
    )
    address = page.url
    page.go_back()
    expect(total).not_to_have_text("1 example")
    expect(page.locator("input[value=rochdale]")).not_to_be_checked()
    page.goto(address)
    expect(cards).to_have_count(1)
    page.get_by_role("link", name="Clear all filters").click()
    page.get_by_label("Words").fill("zebra")
    expect(page.locator("#nothing")).to_be_visible()
    page.get_by_label("Words").fill("onerror")
    expect(cards).to_have_count(1)
    expect(cards.locator("blockquote")).to_have_text(HOSTILE)
    expect(cards).to_contain_text("A <script>alert(2)</script> report")


def test_a_board_is_filled_ordered_annotated_and_exported(page: Page, site: str) -> None:
    page.goto(f"{site}/examples?kind=figure&q=children")
    for number in (0, 1):
        page.locator(".example").nth(number).get_by_role("button", name="Add to board").press("Enter")
        expect(page.locator("#board-count")).to_have_text(str(number + 1))
    page.goto(site)
    ask(page, "What is a family group conference?")
    page.locator(".chip").first.click()
    page.get_by_role("button", name="Add to board").click()
    expect(page.locator("#board-said")).to_have_text("Added to My briefing")
    page.get_by_role("link", name="My briefing").click()
    entries = page.locator(".item")
    expect(entries).to_have_count(3)
    page.get_by_label("Add a heading").fill("What <b>changed</b>")
    page.keyboard.press("Enter")
    expect(entries).to_have_count(4)
    move_up_quickly(page, 3)
    page.reload()
    expect(entries.first.get_by_label("Heading")).to_have_value("What <b>changed</b>")
    first = entries.nth(1).locator("blockquote").inner_text()
    page.set_viewport_size({"width": 1280, "height": 2600})  # nothing scrolls under the pointer
    height = entries.nth(3).evaluate("(node) => node.clientHeight")
    entries.nth(1).locator(".grip").drag_to(entries.nth(3), target_position={"x": 50, "y": height - 8})
    expect(entries.nth(3).locator("blockquote")).to_have_text(first)
    entries.nth(3).get_by_label("Your note").fill("Ask them how.")
    expect(page.locator("#said")).to_have_text("Kept.")
    entries.nth(2).get_by_role("button", name="Take off the board").click()
    expect(entries).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(entries).to_have_count(4)
    page.reload()
    expect(entries).to_have_count(4)
    expect(entries.nth(3).get_by_label("Your note")).to_have_value("Ask them how.")
    shown = page.locator("#references li").all_inner_texts()
    lines = exported(page)
    assert lines[:2] == ["My briefing", "What <b>changed</b>"]
    assert any(first in line for line in lines)
    assert "Ask them how." in lines
    assert lines[-len(shown) :] == shown


def move_up_quickly(page: Page, times: int) -> None:
    """The focus is on the last entry's “Move up”, and the first move is held on its way."""
    held: list[Route] = []
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/order") else None)
    page.route("**/order", lambda route: held.append(route), times=1)
    for _ in range(times):
        page.keyboard.press("Enter")
    expect(page.locator(".item").first.get_by_role("button", name="Move up")).to_be_focused()
    assert len(sent) == 1  # the next order is not sent before this one is kept, so it cannot be overtaken
    held[0].continue_()
    expect(page.locator("#said")).to_have_text(f"Moved to place 1 of {times + 1}.")


def exported(page: Page) -> list[str]:
    """The board's Word file, opened again."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    document = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_board_of_another_name_prints_as_a_briefing(page: Page, site: str) -> None:
    page.goto(f"{site}/board")
    page.get_by_role("button", name="New board").click()
    page.get_by_label("Name of the new board").fill("For governors")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="For governors")).to_be_focused()
    expect(page.locator("#empty")).to_be_visible()
    page.goto(f"{site}/examples?q=onerror")
    page.get_by_role("button", name="Add to board").click()
    expect(page.locator("#said")).to_have_text("Added to “For governors”.")
    page.goto(f"{site}/board")
    page.get_by_label("Your note").fill("For paper")
    expect(page.locator("#said")).to_have_text("Kept.")
    page.emulate_media(media="print")
    expect(page.locator(".printed", has_text="For paper")).to_be_visible()
    expect(page.locator(".moves")).to_be_hidden()
    expect(page.get_by_role("heading", name="References")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="My briefing")).to_be_focused()


@pytest.mark.parametrize(("scheme", "width", "zoom"), [("light", 1280, 1), ("dark", 320, 1), ("light", 1280, 2)])
def test_names_contrast_and_sizes(browser: Browser, site: str, scheme: str, width: int, zoom: int) -> None:
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    page.goto(f"{site}/examples")
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
    expect(page.locator("#choose-board")).to_be_visible()
    if width == 320:
        page.get_by_text("Filters", exact=True).click()
    check(page, NAMELESS, FAINT, TINY, WIDER)
    page.locator(".example").first.get_by_role("button", name="Add to board").click()
    expect(page.locator("#said")).to_contain_text("My briefing")
    page.goto(f"{site}/board")
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
    expect(page.locator(".item").first).to_be_visible()
    check(page, NAMELESS, FAINT, TINY, WIDER)
    page.close()
