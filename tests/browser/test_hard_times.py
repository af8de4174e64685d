"""What a person sees when the service is killed and started again, and on a slow line."""

import signal
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.browser.test_chat import QUESTION, ask
from tests.ingest.pdfs import make_pdf
from tests.serving import free_port, process_serving

HUBS = ("Harbour council opened its first hub in May 2022.", "The hub has nine beds and a team of four key workers.")
ABOUT_HUBS = "How many beds does the hub have?"


def test_a_killed_service_loses_nothing(context: BrowserContext, tmp_path: Path, programme: Programme) -> None:
    data_dir, port = tmp_path / "library", free_port()
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        assert library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs")).status == "added"
    page = context.new_page()
    with process_serving(data_dir, port) as process:
        page.goto(f"http://127.0.0.1:{port}/")
        ask(page, ABOUT_HUBS)
        kept = page.url
        expect(page.locator(".prose")).to_contain_text("nine beds")
        process.send_signal(signal.SIGKILL)
        process.wait()
        page.get_by_label("Your question").fill("When did the hub open?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    with process_serving(data_dir, port):
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".prose").last).to_contain_text("May 2022")
        page.goto(kept)
        expect(page.locator(".prose").first).to_contain_text("nine beds")
        page.locator(".chip").first.click()
        expect(page.locator("#source-quote")).to_contain_text("nine beds")
        expect(page.locator("#page-picture")).not_to_have_js_property("naturalWidth", 0)


def test_a_slow_line_shows_what_happens(page: Page, address: str) -> None:
    """400 kbit/s and half a second there and back: a phone at the edge of its network."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 500, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(address)
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".waiting")).to_be_visible()  # at once, before anything came back
    expect(page.locator("#stop")).to_be_visible()
    expect(page.locator(".sources")).to_be_visible()
    page.locator(".chip").first.click()
    expect(page.locator("#source-quote")).not_to_be_empty()
    expect(page.locator("#page-picture")).not_to_have_js_property("naturalWidth", 0)
