"""What a screen reader, a small screen, large text and weak eyes need."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests.api.test_documents import upload
from tests.browser.test_chat import UNANSWERABLE, ask, picture_is_shown
from tests.browser.test_library import scanned
from tests.ingest.pdfs import encrypted, make_pdf, report
from tests.serving import serving

# Elements a person can act on, without a name; and ids used twice.
NAMELESS = """() => {
  const shown = (node) => node.checkVisibility();
  const label = (node) => node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent || "";
  const name = (node) => label(node).trim();
  const acting = [...document.querySelectorAll("button, a[href], input, textarea, summary, [tabindex='0']")];
  const images = [...document.querySelectorAll("img")].filter((node) => shown(node) && !node.alt);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const bare = acting.filter((node) => shown(node) && !name(node));
  return [...bare.map((node) => node.outerHTML.slice(0, 120)), ...images.map((node) => node.outerHTML), ...twice];
}"""

# Visible text whose contrast with the nearest painted background is below WCAG AA.
FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba("white");
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const words = walker.currentNode.data.trim().slice(0, 40);
    if (!words || !node.checkVisibility() || node.closest("button:disabled, .visually-hidden, noscript")) continue;
    const style = getComputedStyle(node);
    const [one, other] = [light(rgba(style.color)), light(behind(node))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (contrast < (large ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} ${words}`);
  }
  return faint;
}"""

# Buttons smaller than the 24 by 24 pixels of WCAG 2.2.
TINY = """() => [...document.querySelectorAll("button, summary")]
  .filter((node) => node.checkVisibility() && !node.closest(".visually-hidden"))
  .map((node) => [node.getBoundingClientRect(), node.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([box, html]) => `${box.width}x${box.height} ${html}`)"""

WIDER = """() => [document.documentElement, document.body, ...document.querySelectorAll(".scroller, dialog[open]")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`)"""


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Every kind of row: versions, a blank page, an unread scan, a removed document, an upload that failed."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shelves") / "library", ocr="off")
    with Library.open(settings, load_programme()) as library, serving(create_app(settings, library)) as url:
        library.add_bytes("team.pdf", report("first visits"))
        library.add_bytes("team.pdf", make_pdf([["Second visits are made by the whole team."], []], "The team"))
        library.add_bytes("letter.pdf", scanned("Nobody reads this without an engine."))
        gone = library.add_bytes("gone.pdf", report("passing things")).document_id
        assert gone is not None
        library.remove(gone)
        with httpx.Client(base_url=url) as client:
            upload(client, ("locked.pdf", encrypted()))
        yield url


def check(page: Page, *scripts: str) -> None:
    for script in scripts:
        assert page.evaluate(script) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_contrast_and_sizes(browser: Browser, address: str, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.goto(address)
    check(page, NAMELESS, FAINT, TINY)
    ask(page)
    page.locator(".sources summary").click()
    page.locator(".chip").first.click()
    picture_is_shown(page)
    check(page, NAMELESS, FAINT, TINY)
    page.keyboard.press("Escape")
    ask(page, UNANSWERABLE)
    check(page, NAMELESS, FAINT, TINY)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_contrast_and_sizes_in_the_library(browser: Browser, shelves: str, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.goto(f"{shelves}/library")
    open_all(page)
    expect(page.locator(".job")).to_contain_text("Not added")
    expect(page.locator("#shelf")).to_contain_text("no pages read, 1 not read: no text layer")
    expect(page.locator(".strip .bad")).to_contain_text("unread")
    check(page, NAMELESS, FAINT, TINY)
    page.get_by_role("button", name=re.compile("^Delete")).first.click()
    expect(page.get_by_role("dialog", name="Delete this document?")).to_be_visible()
    check(page, NAMELESS, FAINT, TINY)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("^Delete")).first).to_be_focused()
    levels = [
        int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("(all) => all.map((node) => node.tagName)")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    page.get_by_role("link", name=re.compile("^Open the version")).last.click()
    expect(page.get_by_text("An earlier version, superseded on")).to_be_visible()
    check(page, NAMELESS, FAINT)
    page.goto(f"{shelves}/library/{document_of(page, 'team.pdf')}")
    check(page, NAMELESS, FAINT, WIDER)
    page.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (360, 1), (1280, 2), (320, 2)])
def test_nothing_in_the_library_scrolls_sideways(browser: Browser, shelves: str, width: int, zoom: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    page.goto(f"{shelves}/library")
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
    open_all(page)
    check(page, WIDER)
    page.get_by_role("button", name=re.compile("^Delete")).first.click()
    check(page, WIDER)
    page.close()


def open_all(page: Page) -> None:
    """Every disclosure of the library page, with what it loads."""
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator("#shelf .lazy").first.locator(".strip")).to_be_visible()


def document_of(page: Page, file_name: str) -> str:
    rows = page.request.get("/".join(page.url.split("/")[:3]) + "/api/v1/documents").json()["documents"]
    return next(str(row["id"]) for row in rows if row["file_name"] == file_name)


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (360, 1), (1280, 2), (320, 2)])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int, zoom: int) -> None:
    """`zoom` stands for text at 200 %: everything is sized in rem."""
    page = browser.new_page(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    page.goto(address)
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
    check(page, WIDER)
    ask(page)
    check(page, WIDER)
    page.locator(".chip").first.click()
    picture_is_shown(page)
    check(page, WIDER)
    page.get_by_role("button", name="Close").click()
    ask(page, UNANSWERABLE)
    check(page, WIDER)
    page.close()


def test_answers_are_announced(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    expect(page.locator(".prose")).to_have_attribute("aria-live", "polite")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("article", name="Answer")).to_have_count(1)
    levels = [
        int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("(all) => all.map((node) => node.tagName)")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_phone_gets_a_sheet_that_keeps_the_focus(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 720}, has_touch=True, is_mobile=True)
    page.goto(address)
    ask(page)
    page.locator(".chip").first.tap()
    assert page.locator("#panel").evaluate("(node) => node.matches(':modal')")
    for _ in range(15):
        page.keyboard.press("Tab")
        where = page.evaluate("() => document.activeElement.closest('#panel, body')?.id ?? ''")
        assert where in ("panel", "")
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#panel")).to_be_hidden()
    page.close()


def test_a_page_of_its_own_is_plain(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    page.locator(".chip").first.click()
    link = str(page.get_by_role("link", name="Open this page on its own").get_attribute("href"))
    page.goto(address + link)
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("the quote marked"))
    check(page, NAMELESS, FAINT, WIDER)
    page.get_by_role("link", name="Next page").first.click()
    expect(page.get_by_text(re.compile(r"^Page \d+ of \d+$")).first).to_be_visible()
