"""Case data stays home: it is pointed out before anything is kept, logged or sent. All persons here are made up."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.api.test_questions import read_events
from tests.serving import ROOT, free_port, serving

SECRETS = ("Zebedee", "Quillfeather", "943 476 5919", "9434765919", "TS1 2AB", "14/02/2012")
NAMED = "Zebedee Quillfeather (14/02/2012), NHS 943 476 5919, moved to TS1 2AB. What is No Wrong Door?"


@pytest.fixture(scope="module")
def strict(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("unused"))
    with serving(create_app(settings, corpus_library)) as url, httpx.Client(base_url=f"{url}/api/v1") as client:
        client.timeout = httpx.Timeout(60)
        yield client


def test_the_problem_says_what_was_found_and_offers_the_question_without_it(strict: httpx.Client) -> None:
    answer = strict.post("/ask", json={"question": NAMED})
    body = answer.json()
    assert answer.status_code == body["status"] == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == "urn:problem:case-data"
    assert [(one["kind"], NAMED[one["start"] : one["end"]]) for one in body["found"]] == [
        ("name", "Zebedee Quillfeather"),
        ("date_of_birth", "14/02/2012"),
        ("nhs_number", "943 476 5919"),
        ("postcode", "TS1 2AB"),
    ]
    assert "a name, a date of birth, an NHS number and a postcode" in body["detail"]
    assert body["may_insist"] is False
    assert body["safety"] is None
    assert not any(secret in answer.text for secret in SECRETS)
    edited = strict.post("/ask", json={"question": body["edited"]}).json()
    assert edited["status"] == "answered"
    assert "removed" not in edited["standalone_question"]


def test_it_comes_as_the_last_event_of_a_chat_and_as_a_problem_of_a_search(strict: httpx.Client) -> None:
    ((name, body),) = read_events(strict.post("/chat", json={"question": NAMED}).text)
    assert (name, body["status"], len(body["found"])) == ("error", 409, 4)
    assert strict.get("/search", params={"q": NAMED}).status_code == 409
    assert strict.get("/search", params={"q": "Who is Sal Tariq?"}).status_code == 200


def test_a_live_concern_gets_its_line_although_the_question_is_not_sent(strict: httpx.Client) -> None:
    told = "Zebedee Quillfeather (14/02/2012) told me today that his dad hits him, what do I do?"
    assert "999" in strict.post("/ask", json={"question": told}).json()["safety"]


def test_nobody_insists_where_the_office_does_not_allow_it(strict: httpx.Client) -> None:
    body = strict.post("/ask", json={"question": NAMED, "insist": True}).json()
    assert body["status"] == 409
    assert "does not allow" in body["detail"]


def test_whatever_else_a_person_may_have_kept_is_looked_at_too(strict: httpx.Client) -> None:
    asked = strict.post("/ask", json={"question": "What is No Wrong Door?"}).json()
    talk = f"/conversations/{asked['conversation_id']}"
    verdict = {"rating": "down", "words": NAMED}
    assert strict.patch(talk, json={"title": NAMED[:100]}).status_code == 409
    assert strict.put(f"{talk}/messages/{asked['message_id']}/feedback", json=verdict).status_code == 409
    assert strict.post("/boards", json={"name": "Zebedee Quillfeather 14/02/2012"}).status_code == 409
    assert strict.post("/boards/default/items", json={"heading": NAMED}).status_code == 409
    cited = {name: asked["citations"][0][name] for name in ("document_id", "page", "start", "end")}
    assert strict.post("/boards/default/items", json=cited | {"note": NAMED}).status_code == 409
    assert strict.patch(talk, json={"title": "No Wrong Door, for Tuesday"}).status_code == 200
    strict.delete(talk)


def test_where_it_is_allowed_a_person_may_insist(corpus_library: Library, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, case_data="allow")
    with serving(create_app(settings, corpus_library)) as url, httpx.Client(base_url=f"{url}/api/v1") as client:
        client.timeout = httpx.Timeout(60)
        first = client.post("/ask", json={"question": NAMED}).json()
        assert (first["status"], first["may_insist"]) == (409, True)
        answer = client.post("/ask", json={"question": NAMED, "insist": True})
        assert answer.status_code == 200
        talk = answer.json()["conversation_id"]
        assert client.get(f"/conversations/{talk}").json()["messages"][0]["content"] == NAMED
        # It was insisted on once: the next question does not carry it on
        later = client.post("/ask", json={"question": "And who made it?", "conversation_id": talk}).json()
        assert not any(secret in later["standalone_question"] for secret in SECRETS)
        client.delete(f"/conversations/{talk}")


def test_an_error_of_the_database_does_not_say_what_was_to_be_kept(library: Library) -> None:
    with library.engine.connect() as connection, pytest.raises(SQLAlchemyError) as error:
        connection.execute(text("SELECT nothing FROM nowhere WHERE a = :words"), {"words": NAMED})
    assert "Zebedee" not in str(error.value)


@contextmanager
def remote_endpoint() -> Iterator[tuple[str, list[str]]]:
    """A language model's service on this machine that fails at every answer, and all that it was sent."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, {"object": "list", "data": [{"id": "small", "object": "model"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            seen.append(body.decode("utf-8", "replace"))
            self._answer(400, {"error": {"message": "no", "type": "invalid_request_error"}})

        def _answer(self, status: int, body: object) -> None:
            data = json.dumps(body).encode()
            seen.append(self.path)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_nothing_of_it_reaches_a_log_the_library_or_a_remote_endpoint(corpus_library: Library, tmp_path: Path) -> None:
    data = tmp_path / "library"
    shutil.copytree(corpus_library.settings.data_dir, data)
    with remote_endpoint() as (address, sent):
        said = _asked_of_a_process(data, address, tmp_path)
        assert any("No Wrong Door" in one for one in sent), "the endpoint was never asked: the test proves nothing"
        assert [secret for secret in SECRETS if any(secret in one for one in sent)] == []
    assert [secret for secret in SECRETS if secret in said] == []
    kept = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert any(b"Who made No Wrong Door?" in content for content in kept.values())
    found = [(secret, path.name) for path, content in kept.items() for secret in SECRETS if secret.encode() in content]
    assert found == []


def _asked_of_a_process(data: Path, endpoint: str, folder: Path) -> str:
    """All that `assistant serve` prints while it is sent case data at every door."""
    port, printed = free_port(), folder / "printed"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "ASSISTANT_DATA_DIR": str(data),
        "ASSISTANT_LLM_BASE_URL": endpoint,
        "ASSISTANT_LLM_MODEL": "small",
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with (
        printed.open("w") as out,
        subprocess.Popen(command, env=environment, cwd=folder, stdout=out, stderr=out) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            with httpx.Client(base_url=base, timeout=120, transport=httpx.HTTPTransport(retries=10)) as client:
                _ask_at_every_door(client)
        finally:
            process.terminate()
            process.wait(60)
    return printed.read_text("utf-8")


def _ask_at_every_door(client: httpx.Client) -> None:
    for _ in range(600):
        try:
            if client.get("/ready").status_code == 200:
                break
        except httpx.TransportError:
            pass
        threading.Event().wait(0.1)
    api = "/api/v1"
    assert client.post(f"{api}/ask", json={"question": NAMED}).status_code == 409
    assert client.post(f"{api}/ask", json={"question": NAMED, "insist": True}).status_code == 409
    assert "error" in client.post(f"{api}/chat", json={"question": NAMED}).text
    assert client.get(f"{api}/search", params={"q": NAMED}).status_code == 409
    assert client.get("/", params={"q": NAMED}).status_code == 200
    assert client.post(f"{api}/ask", json={"question": {"asked": NAMED}}).status_code == 422
    assert client.post(f"{api}/ask", content=f'{{"question": "{NAMED}').status_code == 422
    assert client.post(f"{api}/boards", json={"name": "Zebedee Quillfeather 14/02/2012"}).status_code == 409
    history = [{"role": "user", "content": NAMED}, {"role": "assistant", "content": "A model for adolescents."}]
    kept = client.post(f"{api}/ask", json={"question": "Who made No Wrong Door?", "history": history})
    assert kept.status_code == 200
    assert not any(secret in kept.text for secret in SECRETS)
