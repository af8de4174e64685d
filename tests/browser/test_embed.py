"""The chat box on another page, in a real browser: two origins, one that may show it and one that may not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.browser.conftest import OPTIONS
from tests.serving import serving

KEY = "a-key-for-the-tests"
QUESTION = "What is a family group conference?"
LABEL = "Ask the documents"


class Intranet(ThreadingHTTPServer):
    """A page of somebody else's; it learns the service's address after the service has learnt its own."""

    body = b""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def show(self, service: str) -> str:
        """The page with the tag in it, and a policy of its own; its address."""
        words = "<h1>Intranet</h1><p>Some page.</p><button id=other>Other</button>"
        self.body = HOST_PAGE + f'<body>{words}<script src="{service}/embed.js" async></script>'.encode()
        return f"{self.origin}/"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Intranet)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        policy = "default-src 'none'; script-src http://127.0.0.1:*; frame-src http://127.0.0.1:*; img-src 'self'"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def intranet() -> Iterator[Intranet]:
    with Intranet(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


HOST_PAGE = b"<!doctype html><html lang=en><title>Intranet</title><meta name=viewport content='width=device-width'>"


@pytest.fixture(scope="module")
def frames(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """Addresses of the service, of a page that may show it, and of one that may not."""
    folder = tmp_path_factory.mktemp("embedding")
    with intranet() as allowed, intranet() as stranger:
        settings = Settings.model_validate({"data_dir": folder, "embed_origins": allowed.origin})
        with serving(create_app(settings, corpus_library)) as service:
            yield service, allowed.show(service), stranger.show(service)


@pytest.fixture
def host(context: BrowserContext, frames: tuple[str, str, str]) -> Page:
    """The allowed page, with the tag in it."""
    page = context.new_page()
    page.goto(frames[1])
    return page


def opened(page: Page) -> FrameLocator:
    page.get_by_role("button", name=LABEL).click()
    return page.frame_locator("programme-assistant iframe")


def test_a_question_is_answered_on_the_page(host: Page, frames: tuple[str, str, str]) -> None:
    frame = opened(host)
    expect(frame.locator("#question")).to_be_focused()
    frame.locator("#question").fill(QUESTION)
    host.keyboard.press("Enter")
    expect(frame.locator(".messages")).to_contain_text("a meeting in which a family makes its own plan")
    frame.get_by_role("button", name="Citation 1").first.click()
    expect(frame.locator("#source-quote")).to_contain_text("family")
    assert frame.locator("#open-viewer").get_attribute("target") == "_blank"
    host.keyboard.press("Escape")  # closes the source
    expect(frame.locator("#panel")).to_be_hidden()
    frame.locator("#question").focus()
    host.keyboard.press("Escape")  # closes the box
    expect(host.get_by_role("button", name=LABEL)).to_be_focused()
    assert host.evaluate("history.length") == 2
    host.reload()  # the next page of the intranet: the talk goes on
    expect(opened(host).locator(".messages")).to_contain_text("a meeting in which a family makes its own plan")


def test_the_keyboard_is_enough(host: Page) -> None:
    host.locator("#other").focus()
    host.keyboard.press("Tab")
    expect(host.get_by_role("button", name=LABEL)).to_be_focused()
    host.keyboard.press("Enter")
    dialog = host.get_by_role("dialog", name=LABEL)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").focus()
    host.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(host.get_by_role("button", name=LABEL)).to_be_focused()


def test_another_page_may_not_show_it(context: BrowserContext, frames: tuple[str, str, str]) -> None:
    service, _, stranger = frames
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto(stranger)
    page.get_by_role("button", name=LABEL).click()
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in said)
    assert all(frame.url != f"{service}/embed" or not frame.locator("#question").count() for frame in page.frames[1:])


def test_by_default_only_our_own_pages_load_it(context: BrowserContext, address: str) -> None:
    with intranet() as elsewhere:
        page, failed = context.new_page(), list[str]()
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.goto(elsewhere.show(address))
        assert failed == [f"{address}/embed.js"]
        assert page.locator("programme-assistant").count() == 0
    policy = httpx.get(f"{address}/embed").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("path", ["/", "/library", "/sign-in", "/c/x", "/start"])
def test_no_other_page_may_be_framed(frames: tuple[str, str, str], path: str) -> None:
    answer = httpx.get(frames[0] + path)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_it_fills_a_telephone_and_follows_the_theme(browser: Browser, frames: tuple[str, str, str]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark", reduced_motion="reduce")
    page.goto(frames[1])
    frame = opened(page)
    expect(frame.locator("#question")).to_be_visible()
    box = page.get_by_role("dialog", name=LABEL).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    broken = Axe().run(page, options=OPTIONS).response["violations"]
    assert [one["id"] for one in broken] == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=LABEL)).to_be_visible()
    page.close()


def test_strangers_are_told_to_sign_in_elsewhere(
    context: BrowserContext, corpus_library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("embed-locked")
    with intranet() as elsewhere:
        settings = Settings.model_validate({"data_dir": folder, "embed_origins": elsewhere.origin, "api_keys": KEY})
        with serving(create_app(settings, corpus_library)) as service:
            page = context.new_page()
            page.goto(elsewhere.show(service))
            frame = opened(page)
            expect(frame.get_by_role("heading", name="Sign in first")).to_be_visible()
            with context.expect_page() as window:
                frame.get_by_role("link", name="Sign in", exact=True).click()
            window.value.get_by_label("Access key").fill(KEY)
            window.value.get_by_role("button", name="Sign in").click()
            expect(window.value.locator("#question")).to_be_visible()
            window.value.close()
            page.bring_to_front()
            frame.get_by_role("link", name="Look again").click()
            expect(frame.locator("#question")).to_be_visible()
