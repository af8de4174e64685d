"""What a reader sees while a language model writes, when it fails, and afterwards."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.browser.conftest import Look
from tests.browser.test_accessible import FAINT, NAMELESS, TINY, WIDER, check
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf
from tests.replies import replying
from tests.serving import serving

HUBS = (
    "Harbour council opened its first hub in May 2022.",
    "The hub has nine beds and a team of four key workers.",
    "The number of children in care fell from 735 in March 2021 to 647 in March 2022.",
)
QUESTION = "How many beds does the hub have?"
TRUE, FALSE, QUOTED = "The hub has nine beds.", "The hub has twelve beds.", HUBS[1]
FEWER = "There were 88 fewer children in care in March 2022 than in March 2021."
REPLY = (TRUE, FALSE, QUOTED)
HALF = slice(-60), slice(-60, None)  # the first statement is whole in the first of them


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(does.says("")) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(data_dir=tmp_path_factory.mktemp("words") / "library"), load_programme()) as library:
        assert library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs")).status == "added"
        yield library


@pytest.fixture(scope="module")
def site(library: Library, model: Endpoint) -> Iterator[str]:
    with serving(create_app(Settings(data_dir=library.settings.data_dir, llm_base_url=model.url), library)) as url:
        yield url


@pytest.fixture(scope="module")
def hurried(library: Library, model: Endpoint) -> Iterator[str]:
    """A service that waits for no model longer than two seconds."""
    settings = Settings(data_dir=library.settings.data_dir, llm_base_url=model.url, llm_silence=2)
    with serving(create_app(settings, library)) as url:
        yield url


def send(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def has_hung_up(model: Endpoint) -> bool:
    end = time.monotonic() + 20
    while model.hung_up == 0 and time.monotonic() < end:
        time.sleep(0.05)
    return model.hung_up == 1


def shows_all(page: Page) -> None:
    expect(page.locator(".prose p")).to_have_count(2)
    expect(page.locator(".prose .proven")).to_have_text(re.compile(re.escape(TRUE)))
    expect(page.locator(".voice")).to_have_text(re.compile("^In the assistant’s words, each sentence checked"))
    expect(page.locator(".written")).to_have_text(
        f"Written by {MODEL}. 1 statement left out: the documents did not prove it."
    )


def test_statements_appear_once_proven_and_stay(
    context: BrowserContext, page: Page, site: str, model: Endpoint
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    model.now(does.pauses_after(replying(*REPLY, part=HALF[0]), replying(*REPLY, part=HALF[1])))
    page.goto(site)
    send(page)
    prose = page.locator(".prose")
    expect(prose).to_have_text(re.compile(rf"^{re.escape(TRUE[:-6])}"))
    expect(prose).to_have_attribute("aria-busy", "true")
    expect(page.locator(".waiting")).to_have_text("The language model writes")
    expect(page.locator("#status")).to_have_text("The language model writes.")
    expect(page.locator("#stop")).to_be_visible()
    model.release()
    shows_all(page)
    expect(prose).to_have_attribute("aria-busy", "false")
    expect(page.locator("#status")).to_contain_text("The answer is complete")
    expect(page.locator(".waiting")).to_be_hidden()
    assert FALSE not in page.locator("body").inner_text()

    chip = page.get_by_role("button", name=re.compile("^Citation 1, checked against the page: Hubs"))
    chip.hover()
    expect(page.locator("#peek")).to_contain_text("What the page says:")
    expect(page.locator("#peek blockquote")).to_have_text(HUBS[1])
    chip.click()
    expect(page.locator("#source-quote")).to_have_text(HUBS[1])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert copied[0] == f"{TRUE} [1] (checked paraphrase)"
    assert copied[2] == f"{QUOTED} [1]"
    page.reload()
    shows_all(page)


def test_a_reckoned_figure_shows_its_parts(page: Page, site: str, model: Endpoint) -> None:
    model.now(does.says(replying(FEWER)))
    page.goto(site)
    send(page, "How did the number of children in care change?")
    expect(page.locator(".prose .proven")).to_contain_text("735 − 647 = 88")


def test_a_model_that_stalls_gives_way_to_quotes(page: Page, hurried: str, model: Endpoint) -> None:
    model.now(does.stalls_after(replying(*REPLY, part=HALF[0])))
    page.goto(hurried)
    send(page)
    expect(page.locator(".prose .proven")).to_be_visible()
    voice = page.locator(".voice")
    expect(voice).to_have_text("The language model took too long. In the documents’ own words:")
    expect(page.locator(".prose")).to_contain_text(HUBS[1])
    expect(page.locator(".prose .proven")).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("The language model took too long.")
    page.reload()
    expect(voice).to_contain_text("took too long")
    model.now(does.says(replying(*REPLY)))
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".written").last).to_contain_text(f"Written by {MODEL}")


def test_stop_keeps_what_was_proven(page: Page, site: str, model: Endpoint) -> None:
    model.now(does.stalls_after(replying(*REPLY, part=HALF[0])))
    page.goto(site)
    send(page)
    expect(page.locator(".prose .proven")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    assert has_hung_up(model)
    expect(page.locator(".written")).to_contain_text(f"Written by {MODEL}")
    expect(page.locator("article.answer")).to_contain_text("Stopped: this is what was ready.")
    expect(page.locator(".prose .proven .chip")).to_be_enabled()
    model.now(does.stalls_after(""))
    send(page)
    expect(page.locator(".waiting").last).to_contain_text("1 passage found in Hubs. The language model reads them")
    page.get_by_role("button", name="Stop").click()
    assert has_hung_up(model)
    expect(page.locator(".prose").last).to_contain_text(HUBS[1])


def test_a_refresh_while_it_writes_loses_nothing(page: Page, site: str, model: Endpoint) -> None:
    model.now(does.stalls_after(replying(*REPLY, part=HALF[0])))
    page.goto(site)
    send(page)
    expect(page.locator(".prose .proven")).to_be_visible()
    expect(page).to_have_url(re.compile("/c/"))
    page.reload()
    assert has_hung_up(model)
    expect(page.locator(".asked p")).to_have_text(QUESTION)
    expect(page.locator(".prose .proven .chip")).to_be_enabled()


def test_the_choice_of_words_is_kept(page: Page, site: str, model: Endpoint) -> None:
    model.now(does.says(replying(*REPLY)))
    page.goto(site)
    expect(page.get_by_role("group", name="Answer in")).to_be_visible()
    expect(page.get_by_label("Own words")).to_be_checked()
    page.get_by_label("Quotes").check()
    expect(page.locator("#hint")).to_contain_text("quoted from the documents")
    page.reload()
    expect(page.get_by_label("Quotes")).to_be_checked()
    send(page)
    expect(page.locator(".voice")).to_have_text("In the documents’ own words")
    assert model.sent == []


def test_what_a_model_writes_is_text(page: Page, site: str, model: Endpoint) -> None:
    """Markup that the documents do not hold is not proven; what is shown is shown as text."""
    model.now(does.says(replying("<img src=x onerror=alert(1)>", "The hub <b>has</b> nine beds.", TRUE)))
    page.goto(site)
    send(page)
    expect(page.locator(".written")).to_be_visible()
    assert page.locator(".prose :is(img, b, script, a)").count() == 0


def test_every_state_is_accessible(still: Page, hurried: str, model: Endpoint, look: Look) -> None:
    model.now(does.pauses_after(replying(*REPLY, part=HALF[0]), replying(*REPLY, part=HALF[1])))
    still.goto(hurried)
    send(still)
    expect(still.locator(".prose .proven")).to_be_visible()
    model.release()
    expect(still.locator(".written")).to_be_visible()
    still.locator(".sources summary").click()
    look("own words")
    model.now(does.stalls_after(""))
    send(still)
    expect(still.locator(".voice").last).to_contain_text("took too long")
    look("quotes instead")


@pytest.mark.parametrize(("scheme", "width", "zoom"), [("light", 1280, 1), ("dark", 320, 1), ("light", 320, 2)])
def test_names_contrast_and_sizes(
    browser: Browser, site: str, model: Endpoint, scheme: str, width: int, zoom: int
) -> None:
    model.now(does.says(replying(*REPLY)))
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    page.goto(site)
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", 100 * zoom)
    send(page)
    expect(page.locator(".written")).to_be_visible()
    check(page, NAMELESS, FAINT, TINY, WIDER)
    page.close()
