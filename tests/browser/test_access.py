"""Signing in, one's account, people and keys, in a real browser against a real provider."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from ingest.programme import Programme
from tests.access.conftest import Office, office_of, running_provider
from tests.access.providing import Providing
from tests.browser.conftest import Look

__all__ = ["running_provider"]  # a fixture


@pytest.fixture(scope="module")
def office(
    running_provider: Providing, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[Office]:
    given = running_provider.settings(oidc_name="Office ID", api_keys="rita:reader:a-reader-key")
    with office_of(tmp_path_factory.mktemp("signing") / "library", programme, **given) as made:
        yield made


def sign_in(page: Page, office: Office, name: str, path: str = "/") -> None:
    """As a person does it: here, over there, and back."""
    page.goto(f"{office.url}{path}")
    expect(page).to_have_title("Sign in")
    page.get_by_role("link", name="Sign in with Office ID").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("x")
    page.get_by_role("button").first.click()
    page.get_by_role("button", name="Continue").click()


def test_in_through_the_provider_and_out_again(still: Page, office: Office) -> None:
    page = still
    sign_in(page, office, "stella", "/library")
    expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible()
    assert page.url == f"{office.url}/library"
    page.get_by_role("button", name="Your account: Stella Example").click()
    expect(page.locator("#account")).to_contain_text("Steward")
    page.keyboard.press("Escape")
    expect(page.locator("#account")).to_be_hidden()
    page.get_by_role("button", name="Your account: Stella Example").press("Enter")
    page.locator("#account").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    page.wait_for_url(f"{'/'.join(page.url.split('/')[:3])}/**")
    page.goto(office.url)
    expect(page).to_have_title("Sign in")


def test_a_reader_asks_and_finds_nothing_to_add_or_delete(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/library")
    page.get_by_label("Access key").fill("a-reader-key")
    page.get_by_role("button", name="Use the key").click()
    expect(page.get_by_role("heading", name="1 document")).to_be_visible()
    assert page.get_by_text("Add documents").count() == 0
    assert page.get_by_role("button", name="Delete").count() == 0
    page.goto(office.url)
    page.get_by_label("Your question").fill("When did the purple lantern team begin?")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("March 2021")
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_text("Whoever runs the assistant reads this")).to_be_visible()


def test_a_steward_makes_a_key_and_somebody_comes_in_with_it(still: Page, office: Office, look: Look) -> None:
    page = still
    look_at = [("/account", "Your data"), ("/people", "People and keys"), ("/audit", "Who did what")]
    sign_in(page, office, "stella", "/people")
    page.get_by_label("For whom or what").fill("Board pack")
    page.get_by_role("button", name="Make a key").click()
    secret = page.get_by_label("Copy it now").input_value()
    look("a new key")
    with httpx.Client(base_url=office.url, headers={"x-api-key": secret}) as held:
        assert held.get("/api/v1/me").json()["name"] == "Board pack"
        page.get_by_role("button", name="Revoke Board pack").click()
        expect(page.locator(".over")).to_contain_text("revoked")
        assert held.get("/api/v1/me").status_code == 401
    page.get_by_text("Change Stella Example").click()
    page.get_by_label("Role", exact=True).first.select_option("reader")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody must stay a steward")
    for path, heading in look_at:
        page.goto(f"{office.url}{path}")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        look(path)
    expect(page.locator("tbody")).to_contain_text("keys.revoke")


def test_the_provider_is_away(still: Page, office: Office, running_provider: Providing, look: Look) -> None:
    still.goto(office.url)
    still.get_by_label("Access key").fill("wrong")
    still.get_by_role("button", name="Use the key").click()
    expect(still.get_by_role("alert")).to_contain_text("This access key is not known")
    look("a wrong key")
    running_provider.stop()
    still.get_by_role("link", name="Sign in with Office ID").click()
    expect(still.get_by_role("alert")).to_contain_text("The sign-in service cannot be reached")
    look("the provider is away")
    running_provider.start()
    still.get_by_role("link", name="Sign in with Office ID").click()
    expect(still.locator("input[name=login]")).to_be_visible()
