"""Sign-in against a real, certified provider, well behaved and not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from api.access.access import Access
from tests.access.conftest import Office, OpenOffice
from tests.access.providing import Providing, through
from tests.api.conftest import problem

BROWSER = {"accept": "text/html", "sec-fetch-site": "same-origin"}


def away(client: httpx.Client, to: str = "/") -> str:
    answer = client.get("/sign-in/start", params={"to": to})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


SignIn = Callable[..., tuple[httpx.Client, httpx.Response]]


@pytest.fixture
def sign_in() -> Iterator[SignIn]:
    """A browser that went all the way, and what it was answered last."""
    with ExitStack() as stack:

        def going(office: Office, name: str, to: str = "/") -> tuple[httpx.Client, httpx.Response]:
            client = stack.enter_context(httpx.Client(base_url=office.url, timeout=60, headers=BROWSER))
            with httpx.Client(timeout=60) as over_there:
                back = through(over_there, away(client, to), name)
            return client, client.get(back)

        yield going


def test_the_whole_way_in_and_out(signing_office: Office, provider: Providing, sign_in: SignIn) -> None:
    client, answer = sign_in(signing_office, "stella", "/library?x=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/library?x=1"
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("assistant_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["role"], me["via"], me["collections"]) == ("Stella Example", "steward", "sign-in", None)
    page = client.get("/account").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    problem(client.post("/sign-out", data={"csrf": "wrong"}, headers={"accept": "*/*"}), 403)
    out = client.post("/sign-out", data={"csrf": token})
    assert "storage" in out.headers["clear-site-data"]
    farewell = out.text.split('href="')
    leading = next(part.split('"')[0] for part in farewell if part.startswith(provider.issuer))
    asked = parse_qs(urlsplit(leading.replace("&amp;", "&")).query)
    assert asked["id_token_hint"][0].count(".") == 2
    assert asked["post_logout_redirect_uri"] == [f"{signing_office.url}/sign-in"]
    assert httpx.get(leading.replace("&amp;", "&")).status_code == 200, "the provider knows this way out"
    assert client.get("/api/v1/me").status_code == 401


def test_what_is_asked_for_proves_itself(signing_office: Office, provider: Providing) -> None:
    """PKCE, state and nonce are in the first request, and the verifier is not."""
    with httpx.Client(base_url=signing_office.url) as client:
        asked = parse_qs(urlsplit(away(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 32
    assert len(asked["nonce"][0]) >= 32
    assert asked["response_type"] == ["code"]
    assert "verifier" not in urlencode(asked)


def refused(answer: httpx.Response, status: int = 400) -> str:
    assert answer.status_code == status, answer.text
    assert "assistant_session=" not in answer.headers.get("set-cookie", "")
    return answer.text


@pytest.mark.parametrize(
    "how", ["audience", "party", "expired", "nonce", "issuer", "stranger", "unsigned"], ids=lambda how: f"wrong-{how}"
)
def test_a_token_that_proves_nothing_lets_nobody_in(
    signing_office: Office, provider: Providing, sign_in: SignIn, how: str
) -> None:
    provider.misbehave(how)
    _, answer = sign_in(signing_office, "stella")
    assert "does not prove who you are" in refused(answer)


@pytest.mark.parametrize("how", ["skewed", "rotated"])
def test_clocks_differ_and_keys_change(signing_office: Office, provider: Providing, sign_in: SignIn, how: str) -> None:
    provider.misbehave(how)
    client, answer = sign_in(signing_office, "rhea")
    assert answer.status_code == 303, answer.text
    assert client.get("/api/v1/me").json()["role"] == "reader"


def test_a_state_of_elsewhere_and_a_code_used_twice_are_refused(signing_office: Office, provider: Providing) -> None:
    with httpx.Client(base_url=signing_office.url, headers=BROWSER) as client, httpx.Client() as over_there:
        back = through(over_there, away(client), "rhea")
        parts = parse_qs(urlsplit(back).query)
        with httpx.Client(base_url=signing_office.url) as other_browser:
            refused(other_browser.get(back))
        assert client.get(back).status_code == 303
        refused(client.get(back))
        away(client)
        wrong = urlencode({"code": parts["code"][0], "state": "made-up"})
        refused(client.get(f"/sign-in/callback?{wrong}"))
        # The right state, and a code that was redeemed before: the provider itself refuses it
        state = parse_qs(urlsplit(away(client)).query)["state"][0]
        again = urlencode({"code": parts["code"][0], "state": state})
        assert "Sign in again" in refused(client.get(f"/sign-in/callback?{again}"))
        state = parse_qs(urlsplit(away(client)).query)["state"][0]
        denied = urlencode({"error": "access_denied", "state": state})
        assert "did not let you in" in refused(client.get(f"/sign-in/callback?{denied}"))
        mixed = urlencode({"code": "x", "state": parse_qs(urlsplit(away(client)).query)["state"][0], "iss": "http://x"})
        assert "another sign-in service" in refused(client.get(f"/sign-in/callback?{mixed}"))


def test_a_session_from_before_is_worth_nothing_after(
    signing_office: Office, provider: Providing, sign_in: SignIn
) -> None:
    client, _ = sign_in(signing_office, "rhea")
    before = client.cookies["assistant_session"]
    with httpx.Client() as over_there:
        client.get(through(over_there, away(client), "rhea"))
    assert client.cookies["assistant_session"] != before
    with httpx.Client(base_url=signing_office.url, cookies={"assistant_session": before}) as planted:
        problem(planted.get("/api/v1/me"), 401)


def test_the_provider_is_stopped_midway(signing_office: Office, provider: Providing, sign_in: SignIn) -> None:
    inside, _ = sign_in(signing_office, "rhea")
    with httpx.Client(base_url=signing_office.url) as client, httpx.Client() as over_there:
        back = through(over_there, away(client), "stella")
        provider.stop()
        assert "cannot be reached" in refused(client.get(back), 503)
        answer = client.get("/sign-in/start")
        assert "cannot be reached" in refused(answer, 503)
        assert answer.headers["retry-after"]
        assert inside.get("/api/v1/me").status_code == 200, "who is in already goes on"
        provider.start()
        assert client.get("/sign-in/start").status_code == 303, "and it mends without a hand"


def test_stewards_give_roles_and_they_count_at_once(
    signing_office: Office, provider: Providing, sign_in: SignIn
) -> None:
    steward, _ = sign_in(signing_office, "stella")
    reader, _ = sign_in(signing_office, "petra")
    mallory, _ = sign_in(signing_office, "mallory")
    assert mallory.get("/api/v1/me").json()["role"] == "reader"
    petra = reader.get("/api/v1/me").json()["id"]
    problem(reader.get("/api/v1/jobs"), 403)
    assert steward.patch(f"/api/v1/people/{petra}", json={"role": "editor"}).status_code == 200
    assert reader.get("/api/v1/jobs").status_code == 200
    assert steward.patch(f"/api/v1/people/{petra}", json={"disabled": True}).status_code == 200
    problem(reader.get("/api/v1/me", headers={"accept": "*/*"}), 401)
    _, again = sign_in(signing_office, "petra")
    assert "shut this account out" in refused(again, 403)
    stella = steward.get("/api/v1/me").json()["id"]
    problem(steward.patch(f"/api/v1/people/{stella}", json={"role": "reader"}), 409)
    problem(steward.delete(f"/api/v1/people/{stella}"), 409)


def test_groups_decide_where_they_are_mapped(open_office: OpenOffice, provider: Providing, sign_in: SignIn) -> None:
    mapped = provider.settings(
        oidc_first_steward=None,
        oidc_roles='{"Office, stewards": "steward", "editors": "editor", "readers": "reader"}',
        oidc_collections="kinship=kinship-papers",
    )
    office = open_office(**mapped)
    for name, role, collections in (
        ("stella", "steward", None),
        ("edith", "editor", ["kinship-papers"]),
        ("rhea", "reader", []),
    ):
        client, answer = sign_in(office, name)
        assert answer.status_code == 303, answer.text
        me = client.get("/api/v1/me").json()
        assert (me["role"], me["collections"]) == (role, collections)
    _, answer = sign_in(office, "noel")
    assert "no role here" in refused(answer, 403)
    trail = Access.of(office.settings, office.library.engine).audit.entries(action="sign-in").entries
    assert {entry.outcome for entry in trail} == {"done", "refused"}
    assert not any("id_token" in str(entry) or "code" in str(entry.detail) for entry in trail)
