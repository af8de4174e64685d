"""The OWASP API Security Top 10 of 2023, one by one. What other tests prove in full is proven here once more, small."""

import json
import logging
from collections.abc import Iterator

import httpx
import pytest

from api.access.access import Access
from api.app import create_app
from api.settings import Settings
from tests.access.conftest import KEYS, Office, OpenOffice
from tests.access.routes import routes_of
from tests.api.conftest import problem


@pytest.fixture
def reader(office: Office) -> Iterator[httpx.Client]:
    with office.as_(KEYS["reader"]) as client:
        yield client


@pytest.fixture
def steward(office: Office) -> Iterator[httpx.Client]:
    with office.as_(KEYS["steward"]) as client:
        yield client


def test_api1_broken_object_level_authorization(reader: httpx.Client, steward: httpx.Client) -> None:
    """Whatever has an owner is looked for among the owner's own: in full in test_ownership.py."""
    board = steward.post("/api/v1/boards", json={"name": "Plans"}).json()["id"]
    for method in ("GET", "DELETE"):
        problem(reader.request(method, f"/api/v1/boards/{board}"), 404)
    assert steward.get(f"/api/v1/boards/{board}").status_code == 200


def test_api2_broken_authentication(office: Office, reader: httpx.Client) -> None:
    """Nothing but the whole key opens, no address takes one from a link, and a header that is odd is no key."""
    key = KEYS["reader"]
    for headers in (
        {"authorization": f"Basic {key}"},
        {"authorization": f"Bearer {key[:-1]}"},
        {"authorization": "Bearer"},
        {"x-api-key": f"{key} {key}"},
        {"cookie": f"assistant_session={key}"},
        {"cookie": "assistant_session="},
        {"cookie": '"'},
        {"authorization": "Bearer \x80\xff"},
    ):
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        problem(httpx.get(f"{office.url}/api/v1/me", headers=raw), 401)
    problem(httpx.get(f"{office.url}/api/v1/me", params={"key": key, "api_key": key, "access_token": key}), 401)


def test_api3_broken_object_property_level_authorization(reader: httpx.Client, steward: httpx.Client) -> None:
    """What a request may set is named; nobody sets an owner or a role by the way, and no answer holds a hash."""
    made = reader.post("/api/v1/boards", json={"name": "B", "owner": "key:env-steward", "id": "mine"}).json()
    assert made["id"] != "mine"
    assert reader.get(f"/api/v1/boards/{made['id']}").status_code == 200
    asked = {"question": "Lantern?", "owner": "key:env-steward", "person": {"role": "steward"}, "role": "steward"}
    conversation = reader.post("/api/v1/ask", json=asked).json()["conversation_id"]
    assert reader.get(f"/api/v1/conversations/{conversation}").status_code == 200
    assert "owner" not in reader.get(f"/api/v1/conversations/{conversation}").text
    key = steward.post("/api/v1/keys", json={"name": "K", "hash": "x", "id": "mine", "created_by": "me"}).json()
    assert key["id"] != "mine"
    assert key["created_by"] == "steward"
    assert "hash" not in steward.get("/api/v1/keys").text
    assert "csrf" not in steward.get("/api/v1/me/export").text


def test_api4_unrestricted_resource_consumption(reader: httpx.Client, open_office: OpenOffice) -> None:
    """Sizes, lengths and numbers have an end, and so has how often: in full in test_limits.py."""
    problem(reader.post("/api/v1/ask", json={"question": "x" * 2_100_000}), 413)
    problem(reader.post("/api/v1/ask", json={"question": "x" * 2001}), 422)
    problem(reader.post("/api/v1/ask", json={"question": "x", "history": [{"role": "user", "content": "x"}] * 41}), 422)
    for path in ("/api/v1/search?q=a&limit=51", "/api/v1/conversations?limit=51", "/api/v1/examples?limit=51"):
        problem(reader.get(path), 422)
    office = open_office(api_keys="k:reader:k", limit_person="1/minute")
    with office.as_("k") as client:
        assert client.get("/api/v1/me").status_code == 200
        problem(client.get("/api/v1/me"), 429)


def test_api5_broken_function_level_authorization(reader: httpx.Client) -> None:
    """What stewards and editors do, readers do not, by another method or another spelling neither."""
    for path in ("/api/v1/keys", "/api/v1/people", "/api/v1/audit", "/api/v1/feedback", "/people", "/audit"):
        problem(reader.get(path), 403)
    for path in (
        "/api/v1/keys/",
        "//api/v1/keys",
        "/api/v1/./keys",
        "/API/v1/keys",
        "/api/v1/keys;x",
        "/api/v1/keys%2f",
    ):
        assert reader.get(path).status_code in (403, 404, 307), path
        assert "revoked_at" not in reader.get(path, follow_redirects=True).text
    for method in ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"):
        assert reader.request(method, "/api/v1/keys").status_code in (403, 404, 405)
    overridden = {"x-http-method-override": "DELETE", "x-original-url": "/api/v1/keys", "x-role": "steward"}
    problem(reader.get("/api/v1/keys", headers=overridden), 403)


def test_api6_unrestricted_access_to_sensitive_business_flows(open_office: OpenOffice) -> None:
    """Signing in and asking are counted apart, and harder: a program cannot do in a minute what people do in a year."""
    office = open_office(api_keys="k:reader:k", limit_questions="2/minute", limit_sign_in="2/minute")
    with office.as_("k") as client:
        ask = [client.post("/api/v1/ask", json={"question": "Lantern?"}).status_code for _ in range(3)]
    assert ask == [200, 200, 429]
    with office.as_() as guesser:
        tries = [guesser.post("/sign-in", data={"key": f"guess {one}"}).status_code for one in range(3)]
    assert tries == [401, 401, 429]


def test_api7_server_side_request_forgery() -> None:
    """No request makes the service ask an address that the request names: only settings hold addresses."""
    described = json.dumps(create_app(Settings()).openapi())
    fields = [name for name in ("callback", "webhook", "source_url", "image_url", "fetch") if f'"{name}' in described]
    assert fields == []
    urls = [name for name in ('"format": "uri"', '"format":"uri"') if name in described]
    assert urls == []


def test_api8_security_misconfiguration(office: Office, reader: httpx.Client) -> None:
    """Headers on every answer, nothing of the inside in an error, no door to other origins, no interactive pages."""
    for path in ("/", "/sign-in", "/api/v1/me", "/nothing", "/api/v1/keys"):
        headers = reader.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers
    assert reader.get("/account").headers["cache-control"] == "no-store"
    assert reader.get("/docs").status_code == reader.get("/redoc").status_code == 404
    crossing = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in reader.options("/api/v1/ask", headers=crossing).headers
    problem(reader.post("/api/v1/boards", content=b"{", headers={"content-type": "application/json"}), 422)


def test_api9_improper_inventory_management() -> None:
    """Every address that programs may use is described, under one version, and in the table of roles."""
    app = create_app(Settings())
    described = {f"{method.upper()} {path}" for path, one in app.openapi()["paths"].items() for method in one}
    for address in routes_of(app):
        if " /api/" in address and not address.endswith("/openapi.json"):
            assert " /api/v1/" in address
            assert address in described, f"{address} is not described"


def test_api10_unsafe_consumption_of_apis(open_office: OpenOffice, caplog: pytest.LogCaptureFixture) -> None:
    """What another service says is checked before it counts: in full in test_sign_in.py. Here it says nonsense."""
    from tests.endpoints import serving_model

    with serving_model() as nonsense:
        issuer = nonsense.url.removesuffix("/v1")
        given = {"oidc_issuer": issuer, "oidc_client_id": "x", "oidc_first_steward": "x@office.example"}
        office = open_office(**given)
        with office.as_() as client, caplog.at_level(logging.DEBUG):
            answer = client.get("/sign-in/start")
            assert answer.status_code == 503
            assert "another issuer" in answer.text
            assert client.get("/sign-in/callback?code=x&state=x").status_code == 400
            assert Access.of(office.settings, office.library.engine).people.all() == []


def test_no_secret_is_in_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), office.as_() as browser:
        browser.post("/sign-in", data={"key": KEYS["editor"]})
        token = browser.cookies["assistant_session"]
        browser.get("/api/v1/me")
        with office.as_(KEYS["steward"]) as steward:
            made = steward.post("/api/v1/keys", json={"name": "Logged"}).json()["key"]
            steward.post("/api/v1/ask", json={"question": "Do lanterns glow at Tolstoy's?"})
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("api", "uvicorn")))
    assert [one for one in (KEYS["editor"], token, made, "Tolstoy") if one in said] == []


def test_the_trail_says_who_did_what_and_never_what_was_asked(office: Office, open_office: OpenOffice) -> None:
    with office.as_(KEYS["editor"]) as editor, office.as_(KEYS["steward"]) as steward:
        job = editor.post("/api/v1/documents", files={"files": ("owl.md", b"# Owls\n\nOwls see at night.\n")}).json()
        editor.delete("/api/v1/documents/made-up")
        steward.get("/api/v1/feedback.csv")
        steward.post("/api/v1/ask", json={"question": "What of the secret Tolstoy?"})
        found = steward.get("/api/v1/audit", params={"limit": 200}).json()["entries"]
        page = steward.get("/audit").text
    told = {(entry["person_name"], entry["action"], entry["target"], entry["outcome"]) for entry in found}
    assert ("editor", "documents.add", job["job_id"], "done") in told
    assert ("editor", "documents.remove", "made-up", "not there") in told
    assert ("steward", "export.feedback", None, "done") in told
    assert "owl.md" in page
    assert "Tolstoy" not in json.dumps(found) + page
    with open_office(audit_questions=True).as_() as client:
        client.post("/api/v1/ask", json={"question": "What of Tolstoy?"})
        assert "What of Tolstoy?" in client.get("/audit").text
        assert "Questions are kept here too" in client.get("/audit").text
