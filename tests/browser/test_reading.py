"""How a question is limited and an answer read: filters, how far it is, quotes at their numbers, then and now."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from assistant.conversations import Conversations
from ingest.library import Library
from tests.browser.test_chat import QUESTION, ask
from tests.browser.test_keep import kept_answer
from tests.serving import serving


def test_limits_are_set_by_click_and_kept(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#filter-button").press("Enter")
    expect(page.get_by_role("checkbox", name=re.compile("Family Valued"))).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator("#chosen")
    expect(chosen).to_contain_text("Family Valued")
    expect(page.get_by_role("checkbox", name=re.compile("Family Valued"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-panel")).to_be_hidden()
    expect(page.locator("#filter-button")).to_be_focused()
    expect(page.locator("#suggested")).to_have_text("Questions answered within these limits")
    page.locator(".suggestion").nth(5).click()
    expect(page.locator("#status")).to_contain_text("complete")
    expect(page.locator(".asked")).to_contain_text("Only Family Valued")
    page.get_by_label("Your question").fill("half a question")
    page.reload()
    expect(page.locator(".asked")).to_contain_text("Only Family Valued")
    expect(page.get_by_label("Your question")).to_have_value("half a question")
    page.get_by_role("button", name="Change the question").click()
    expect(page.get_by_label("Your question")).to_have_value(page.locator(".asked p").inner_text())
    page.get_by_role("button", name="Remove the limit to Family Valued").click()
    expect(chosen).to_be_empty()
    ask(page, "only No Wrong Door: Who works in the hub?")
    expect(page.locator(".limit")).to_have_text("As you said: only No Wrong Door")


def test_a_number_shows_its_quote(page: Page, address: str) -> None:
    page.goto(address)
    ask(page)
    chip, peek = page.locator(".chip").first, page.locator("#peek")
    before = chip.bounding_box()
    chip.hover()
    expect(peek).to_contain_text(re.compile(r"Printed page \d+ · PDF page \d+"))
    expect(peek.locator("blockquote")).to_contain_text("provocations")
    expect(peek).to_have_attribute("aria-hidden", "true")
    assert chip.bounding_box() == before
    peek.hover()
    expect(peek).to_be_visible()
    page.mouse.move(5, 400)
    expect(peek).to_be_hidden()
    page.locator(".sources summary").focus()
    page.keyboard.press("Shift+Tab")
    expect(peek).to_be_visible()
    page.keyboard.press("Escape")
    expect(peek).to_be_hidden()
    expect(page.locator(".chip:focus")).to_have_count(1)


def test_it_says_how_far_an_answer_is(page: Page, address: str, corpus_library: Library) -> None:
    answer = kept_answer(page, address)
    kept = Conversations(corpus_library.engine)
    conversation = kept.open(None)
    kept.add(conversation, "user", QUESTION)
    events = (
        ("question", {"standalone_question": QUESTION, "conversation_id": conversation}),
        ("evidence", {"passages": answer["passages"]}),
    )
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
    page.goto(address)
    page.route("**/api/v1/chat", lambda route: route.fulfill(content_type="text/event-stream", body=body))
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".waiting")).to_contain_text(re.compile(r"^\d+ passages found in .+"))
    expect(page.locator(".prose")).to_have_attribute("aria-busy", "true")
    kept.add(conversation, "assistant", answer["answer"], answer)
    expect(page.locator(".prose")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".waiting")).to_be_hidden()


EDITIONS = {
    "2021-06": "The service in Norfolk has five key workers and two portfolio leads.",
    "2024-03": "The service in Norfolk has nine key workers and three portfolio leads.",
}


@pytest.fixture
def editions(library: Library, tmp_path: Path) -> Iterator[str]:
    """The application over two reports of different years that do not say the same."""
    for date, said in EDITIONS.items():
        report = f"---\ntitle: Report of {date}\ndate: {date}\n---\n# The service\n\n{said}\n"
        assert library.add_bytes(f"report-{date}.md", report.encode()).status == "added"
    with serving(create_app(Settings(data_dir=tmp_path / "unused"), library)) as url:
        yield url


def test_the_newest_and_the_older_stand_side_by_side(page: Page, editions: str) -> None:
    page.goto(editions)
    ask(page, "Who works in the Norfolk service?")
    expect(page.locator(".compared > div")).to_have_count(2)
    newest, earlier = page.locator(".compared > div").all()
    expect(newest).to_contain_text("nine key workers")
    expect(newest).to_contain_text("March 2024")
    expect(earlier.get_by_role("heading", name="Earlier")).to_be_visible()
    expect(earlier).to_contain_text("five key workers")
    expect(earlier).to_contain_text("June 2021")
    wide = [box for one in (newest, earlier) if (box := one.bounding_box())]
    assert [wide[0]["y"]] == [box["y"] for box in wide[1:]]
    page.set_viewport_size({"width": 390, "height": 800})
    narrow = [box for one in (newest, earlier) if (box := one.bounding_box())]
    assert [narrow[0]["x"]] == [box["x"] for box in narrow[1:]]
    earlier.locator(".chip").click()
    expect(page.locator("#source-quote")).to_have_text(EDITIONS["2021-06"])
