"""Takes the pictures of docs/images from a running service: `python scripts/screenshots.py [ADDRESS]`.

The service should hold the starter documents alone, whose text is ours. Chromium is needed, as for the browser tests.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTHS = {"phone": (390, 844), "tablet": (820, 1100), "desk": (1280, 860)}
QUESTION = "What are the four provocations of No Wrong Door?"


def answer(page: Page) -> None:
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".sources").wait_for()


def cited(page: Page) -> None:
    answer(page)
    page.locator(".chip").nth(1).click()
    page.locator("#page-picture").wait_for()


def board(page: Page) -> None:
    """Puts two examples on the board, once."""
    if page.get_by_role("button", name="Remove").count():
        return
    page.goto("/examples?kind=figure")
    for card in range(2):
        page.get_by_role("button", name="Add to board").nth(card).click()
        page.wait_for_timeout(500)
    page.goto("/board")


PAGES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "ask": ("/", None),
    "answer": ("/", answer),
    "source": ("/", cited),
    "start": ("/start", None),
    "council": ("/adopters/rochdale", None),
    "glossary": ("/glossary", None),
    "examples": ("/examples", None),
    "board": ("/board", board),
    "library": ("/library", None),
}


def take(browser: Browser, address: str, name: str, width: str, *, dark: bool = False) -> None:
    path, act = PAGES[name]
    wide, high = WIDTHS[width]
    scheme = "dark" if dark else "light"
    context = browser.new_context(base_url=address, viewport={"width": wide, "height": high}, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    page.wait_for_timeout(1000)
    if act is not None:
        act(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / f"{name}-{width}{'-dark' if dark else ''}.png")
    context.close()


def main(address: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in PAGES:
            for width in WIDTHS:
                take(browser, address, name, width)
        take(browser, address, "source", "desk", dark=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
