"""What a person keeps: conversations that are found again, links to one answer, limits by click, and a verdict."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from api.app import create_app
from api.settings import Settings
from assistant.conversations import Conversations
from ingest.library import Library
from tests.browser.test_chat import QUESTION, UNANSWERABLE, ask, picture_is_shown
from tests.serving import serving

HOSTILE = "<img src=x onerror=alert(1)> \u202eevil\u202c " + "w" * 120


def kept_answer(page: Page, address: str, question: str = QUESTION) -> dict[str, Any]:
    """Asked by another program, so that it stands in the list of every tab."""
    answer: dict[str, Any] = page.request.post(f"{address}/api/v1/ask", data={"question": question}).json()
    return answer


def is_in_view(page: Page, selector: str) -> bool:
    script = """(node) => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }"""
    return bool(page.locator(selector).evaluate(script))


def test_conversations_are_found_renamed_and_deleted(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "Tell me of pelicans and No Wrong Door")
    listed = page.get_by_role("navigation", name="Conversations")
    expect(listed.get_by_role("heading", name="Today")).to_be_visible()
    mine = listed.get_by_role("link", name="Tell me of pelicans and No Wrong Door")
    expect(mine).to_have_attribute("aria-current", "page")
    before = page.url
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    page.get_by_label("Search conversations").fill("pelicans")
    expect(page.locator("#history-said")).to_have_text("1 found")
    mine.click()
    expect(page.locator(".asked p")).to_have_text("Tell me of pelicans and No Wrong Door")
    assert page.url.startswith(before)
    page.go_back()
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    page.go_forward()
    expect(page.locator(".prose")).to_be_visible()

    listed.get_by_role("button", name=re.compile("^Rename")).press("Enter")
    page.get_by_label("New title").fill(HOSTILE)
    page.keyboard.press("Enter")
    expect(listed.locator(".title").first).to_have_text(HOSTILE)
    page.reload()
    page.get_by_label("Search conversations").fill("pelicans")
    expect(page.locator("#history-said")).to_have_text("1 found")
    expect(listed.locator(".title")).to_have_text(HOSTILE)
    listed.get_by_role("button", name=re.compile("^Delete")).click()
    dialog = page.get_by_role("dialog", name="Delete this conversation?")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(listed.locator(".title")).to_have_count(1)
    listed.get_by_role("button", name=re.compile("^Delete")).click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator("#history-said")).to_have_text(re.compile("^Nothing found"))
    expect(page).to_have_url(f"{address}/")
    page.evaluate("(gone) => history.replaceState(null, '', gone)", before)
    assert page.request.get(f"{address}/api/v1/conversations/{before.split('/')[-1]}").status == 404
    page.goto(f"{address}/")


def test_a_link_opens_at_its_answer(page: Page, address: str) -> None:
    first = kept_answer(page, address)
    for number in range(3):
        body = {"question": f"What is Family Valued? ({number})", "conversation_id": first["conversation_id"]}
        page.request.post(f"{address}/api/v1/ask", data=body)
    conversation = f"{address}/c/{first['conversation_id']}"
    page.goto(f"{conversation}/{first['message_id']}")
    marked = page.locator(".linked")
    expect(marked).to_be_focused()
    expect(marked.locator(".prose")).to_contain_text(first["statements"][0]["text"].split("\n")[0])
    assert is_in_view(page, ".linked")
    assert not is_in_view(page, ".messages > .answer:last-child")
    link = marked.get_by_role("link", name="Link to this answer")
    assert str(link.get_attribute("href")) == f"/c/{first['conversation_id']}/{first['message_id']}"
    marked.locator(".chip").first.click()
    picture_is_shown(page)


def test_a_broken_link_says_so(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    answer = kept_answer(page, address)
    page.goto(f"{address}/c/{answer['conversation_id']}/nothing")
    expect(page.locator("#notice")).to_contain_text("no longer kept")
    expect(page.locator(".prose")).to_have_count(1)
    page.goto(f"{address}/c/nothing/nothing")
    expect(page.locator("#notice")).to_contain_text("Ask a new question")
    expect(page).to_have_url(f"{address}/")


def test_two_tabs_see_each_other(context: BrowserContext, address: str) -> None:
    one, other = context.new_page(), context.new_page()
    one.goto(address)
    ask(one)
    other.goto(one.url)
    expect(other.locator(".prose")).to_have_count(1)
    ask(one, UNANSWERABLE)
    expect(other.locator(".asked p")).to_have_text([QUESTION, UNANSWERABLE])
    expect(other.locator(".nearest")).to_be_visible()
    ask(other, "What is No Wrong Door?")
    expect(one.locator(".prose")).to_have_count(3)
    one.locator("#history-list li:has([aria-current])").get_by_role("button", name=re.compile("^Delete")).click()
    one.locator("#do-delete").click()
    expect(other.get_by_role("heading", name="What would you like to know?")).to_be_visible()


def test_a_verdict_is_given_changed_and_reviewed(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    up, down = page.get_by_role("button", name="Helpful", exact=True), page.get_by_role("button", name="Not helpful")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    page.get_by_label("Out of date").check()
    page.get_by_label("In your own words").fill(HOSTILE)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".saying")).to_contain_text("Thank you")
    page.reload()
    expect(down).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Change what you said").click()
    expect(page.get_by_label("Out of date")).to_be_checked()
    expect(page.get_by_label("In your own words")).to_have_value(HOSTILE)
    conversation = page.url
    page.goto(f"{address}/library")
    page.get_by_role("link", name="What people said of the answers").click()
    page.get_by_role("link", name=re.compile("^Not helpful")).click()
    review = page.get_by_role("article", name=QUESTION).first
    expect(review).to_contain_text(HOSTILE)
    expect(review).to_contain_text("Out of date")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    assert download.value.suggested_filename == "feedback.csv"
    review.get_by_role("link", name="Open it in its conversation").click()
    expect(page.locator(".linked")).to_be_visible()
    assert page.url.startswith(conversation)
    down.click()
    expect(down).to_have_attribute("aria-pressed", "false")


def test_a_conversation_of_200_turns_opens_at_its_end_in_another_service(
    page: Page, address: str, corpus_library: Library, tmp_path: Any
) -> None:
    """The service that wrote it is not the one that shows it: what a restart leaves."""
    answer = kept_answer(page, address)
    kept = Conversations(corpus_library.engine)
    conversation = kept.open(None)
    for number in range(200):
        kept.add(conversation, "user", f"Question {number}?")
        message = f"{conversation}-{number}"
        kept.add(conversation, "assistant", answer["answer"], answer | {"message_id": message}, message)
    with serving(create_app(Settings(data_dir=tmp_path), corpus_library)) as url:
        page.goto(f"{url}/c/{conversation}")
        expect(page.locator(".asked p").last).to_have_text("Question 199?")
        expect(page.locator(".asked")).to_have_count(20)
        assert is_in_view(page, ".asked >> nth=-1")
        page.get_by_role("button", name="Show earlier questions").press("Enter")
        expect(page.locator(".asked")).to_have_count(40)
        expect(page.locator(".asked p").first).to_have_text("Question 160?")
        ask(page)
        page.locator(".messages > .answer:last-child .chip").first.click()
        picture_is_shown(page)
        page.goto(f"{url}/c/{conversation}/{conversation}-3")
        expect(page.locator(".linked")).to_be_focused()
        assert is_in_view(page, ".linked")
        page.goto(f"{url}/")
