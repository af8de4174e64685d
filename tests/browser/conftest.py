"""A real browser on the real application. The page's policy refuses `wait_for_function` with a string."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.serving import serving

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
Look = Callable[[str], None]

expect.set_options(timeout=30_000)  # the first upload waits for the embedding model


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no browser: install Chromium or Chrome, or set CHROMIUM to one")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over the starter documents."""
    with serving(create_app(Settings(data_dir=tmp_path_factory.mktemp("unused")), corpus_library)) as url:
        yield url


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over an empty library of its own."""
    with serving(create_app(Settings(data_dir=tmp_path_factory.mktemp("own") / "library"))) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script may fail and no request may leave the origin."""
    opened = context.new_page()
    failures: list[str] = []
    requested: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: requested.append(request.url))
    yield opened
    origin = "/".join(opened.url.split("/")[:3])
    assert failures == []
    assert [url for url in requested if not url.startswith((origin + "/", "about:", "data:"))] == []


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page on which nothing moves, so that no colour is measured half way to another."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    yield page
    page.close()


@pytest.fixture
def look(still: Page) -> Iterator[Look]:
    """Looks at the page as it stands, in both themes; at the end nothing may have been found."""
    axe, found = Axe(), list[str]()

    def at(state: str) -> None:
        for scheme in ("light", "dark"):
            still.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for broken in axe.run(still, options=OPTIONS).response["violations"]:
                found.extend(f"{state}, {scheme}: {broken['id']} {node['html'][:200]}" for node in broken["nodes"])

    yield at
    assert found == []
