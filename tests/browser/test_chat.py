"""What a person does on the chat page."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from assistant.conversations import Conversations
from ingest.library import Library
from tests.ingest.pdfs import report

QUESTION = "What are the four provocations of No Wrong Door?"
UNANSWERABLE = "Who won the 1998 football World Cup?"


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text(re.compile("complete|do not answer"))


def drop(page: Page, name: str, data: bytes) -> None:
    carried = page.evaluate_handle(
        """([name, bytes]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], name));
          return carried;
        }""",
        [name, list(data)],
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": carried})
    expect(page.locator("#drop")).to_be_visible()
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    expect(page.locator("#drop")).to_be_hidden()


def picture_is_shown(page: Page) -> None:
    expect(page.locator("#page-picture")).to_have_js_property("complete", True)
    expect(page.locator("#page-picture")).not_to_have_js_property("naturalWidth", 0)


def test_an_answer_opens_at_its_page(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    chip = page.get_by_role("button", name=re.compile(r"^Citation 1: .+, page \d+"))
    chip.first.click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name=re.compile("^Citation 1 of"))).to_be_focused()
    expect(panel.locator("#source-page")).to_have_text(re.compile(r"^Page \d+( \(printed \S+\))?$"))
    picture_is_shown(page)
    assert "boxes=" in str(page.locator("#page-picture").get_attribute("src"))
    quote = panel.locator("#source-quote").inner_text()
    panel.get_by_text("Text of this page").click()
    expect(panel.locator("#page-text")).to_contain_text(quote.splitlines()[0])
    link = panel.get_by_role("link", name="Open the PDF at this page")
    assert re.search(r"/file#page=\d+$", str(link.get_attribute("href")))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip.first).to_be_focused()


def test_pages_and_citations_are_turned(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    page.locator(".chip").first.click()
    position = page.locator("#page-position")
    expect(position).to_have_text(re.compile(r"Page \d+ of \d+"))
    before = position.inner_text()
    page.get_by_role("button", name="Next page").click()
    expect(position).not_to_have_text(before)
    picture_is_shown(page)
    page.get_by_role("button", name="Previous page").click()
    expect(position).to_have_text(before)
    if page.get_by_role("button", name="Next citation").is_enabled():
        page.get_by_role("button", name="Next citation").click()
        expect(page.locator("#panel-title")).to_have_text(re.compile("^Citation 2 of"))
        page.get_by_role("button", name="Previous citation").click()
        expect(page.locator("#panel-title")).to_have_text(re.compile("^Citation 1 of"))


def test_everything_works_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("What is a family group conference?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Answer briefly.")
    assert page.get_by_label("Your question").input_value().count("\n") == 1
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("complete")
    expect(page.get_by_label("Your question")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.locator(".chip:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".chip:focus")).to_have_count(1)


def test_no_evidence_is_said_with_the_nearest_passages(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, UNANSWERABLE)
    expect(page.locator(".prose")).to_contain_text("documents")
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Show the page of passage 1")).click()
    expect(page.locator("#panel-title")).to_have_text(re.compile("^Passage 1 of"))
    picture_is_shown(page)


def test_a_refresh_loses_nothing(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    before = page.locator(".prose").inner_text()
    page.reload()
    expect(page.locator(".prose")).to_have_text(re.compile(re.escape(before.split("\n")[0][:40])))
    assert page.locator(".prose").inner_text() == before
    page.locator(".chip").first.click()
    picture_is_shown(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    assert "#c=" not in page.url


def test_a_refresh_before_the_answer_waits_for_it(page: Page, address: str, corpus_library: Library) -> None:
    kept = Conversations(corpus_library.engine)
    conversation = kept.open(None)
    kept.add(conversation, "user", QUESTION)
    page.goto(f"{address}/#c={conversation}")
    expect(page.locator(".waiting")).to_be_visible()
    answer = page.request.post(f"{address}/api/v1/ask", data={"question": QUESTION}).json()
    kept.add(conversation, "assistant", answer["answer"], answer)
    expect(page.locator(".prose")).to_contain_text(answer["statements"][0]["text"].split("\n")[0])
    expect(page.locator(".asked")).to_have_count(1)


def test_suggestions_ask(page: Page, address: str) -> None:
    page.goto(address)
    suggestion = page.locator(".suggestion").first
    words = suggestion.inner_text()
    suggestion.click()
    expect(page.locator(".asked p")).to_have_text(words)
    expect(page.locator("#status")).to_have_text(re.compile("complete|do not answer"))


def test_an_unknown_conversation_starts_anew(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/#c=nothing")
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    expect(page).to_have_url(f"{address}/")
    ask(page)


def test_a_lost_service_is_said_in_plain_words(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/api/v1/chat")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#status")).to_contain_text("complete")


def test_a_stream_cut_short_is_mended(context: BrowserContext, address: str) -> None:
    """The connection ends after the first event: the page fetches the answer that was kept."""
    page = context.new_page()
    page.goto(address)
    kept = page.request.post(f"{address}/api/v1/ask", data={"question": QUESTION}).json()
    first = f'event: question\ndata: {{"standalone_question": "", "conversation_id": "{kept["conversation_id"]}"}}\n\n'
    page.route("**/api/v1/chat", lambda route: route.fulfill(content_type="text/event-stream", body=first))
    ask(page)
    expect(page.locator(".prose")).to_contain_text(kept["statements"][0]["text"].split("\n")[0])


def test_files_dropped_on_the_conversation_are_added(page: Page, own_address: str) -> None:
    page.goto(own_address)
    expect(page.locator("#no-documents")).to_be_visible()
    drop(page, "dropped.pdf", report("drops", 2))
    expect(page.locator("#adding")).to_contain_text("Adding 1 file.")
    page.get_by_role("link", name="See how far they are").click()
    expect(page.locator("#jobs")).to_contain_text("Added, 2 pages")
    expect(page.get_by_role("list", name="1 document")).to_contain_text("dropped.pdf")
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(page.get_by_role("link", name="Library 1")).to_be_visible()


def test_the_way_back_from_the_library_keeps_the_conversation(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    expect(page).to_have_url(re.compile("/c/"))
    before = page.url
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    back = page.get_by_role("link", name="Ask", exact=True)
    expect(back).to_have_attribute("href", re.compile("/c/"))  # as soon as the page's script runs
    back.click()
    expect(page.locator(".prose")).to_be_visible()
    assert page.url == before
