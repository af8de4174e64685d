"""Case data at the doors that are easily forgotten: the terminal, a search of old talks, and an answer that fails."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli import app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.api.test_case_data import NAMED, SECRETS
from tests.api.test_questions import read_events
from tests.serving import serving


def in_terminal(library: Library, *words: str, **settings: str) -> Result:
    environment = {"ASSISTANT_DATA_DIR": str(library.settings.data_dir), "TERM": "dumb", "COLUMNS": "300", **settings}
    return CliRunner().invoke(app, list(words), env=environment)


@pytest.mark.parametrize("command", ["ask", "search"])
def test_the_terminal_tells_what_was_found_and_does_not_say_it_again(corpus_library: Library, command: str) -> None:
    done = in_terminal(corpus_library, command, NAMED)
    assert done.exit_code == 1
    assert "a name, a date of birth, an NHS number and a postcode" in done.output
    assert "Ask instead: " in done.output
    assert "history" in done.output
    assert [secret for secret in SECRETS if secret in done.output] == []
    assert "does not allow" in in_terminal(corpus_library, command, NAMED, "--insist").output


def test_a_person_may_insist_in_the_terminal_where_the_office_allows_it(corpus_library: Library) -> None:
    done = in_terminal(corpus_library, "search", NAMED, "--insist", "--limit", "2", ASSISTANT_CASE_DATA="allow")
    assert done.exit_code == 0, done.output
    assert "No Wrong Door" in done.output


@pytest.fixture
def breaking(corpus_library: Library, programme: Programme, tmp_path: Path) -> Iterator[tuple[httpx.Client, Library]]:
    """A service in an office that lets people insist, and its library, which a test may spoil."""
    folder = Path(shutil.copytree(corpus_library.settings.data_dir, tmp_path / "library"))
    settings = Settings(data_dir=folder, case_data="allow")
    with (
        Library.open(settings, programme) as library,
        serving(create_app(settings, library)) as url,
        httpx.Client(base_url=f"{url}/api/v1", timeout=60) as client,
    ):
        yield client, library


def drop(library: Library, table: str) -> None:
    with library.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text(f"DROP TABLE {table}"))


def test_an_answer_that_fails_says_nothing_of_what_was_insisted_on(
    breaking: tuple[httpx.Client, Library], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client, library = breaking
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # the test's own client tells its addresses
    asked = {"question": NAMED, "insist": True}
    assert client.post("/ask", json=asked).status_code == 200
    answers: list[httpx.Response] = []
    drop(library, "chunk_words")  # what is searched
    answers += [client.post("/ask", json=asked), client.get("/search", params={"q": NAMED, "insist": True})]
    drop(library, "messages")  # what is kept
    answers += [client.post("/ask", json=asked), client.get("/conversations", params={"q": NAMED})]
    chat = client.post("/chat", json=asked)
    drop(library, "boards")
    answers.append(client.post("/boards", json={"name": "Zebedee Quillfeather 14/02/2012", "insist": True}))
    assert [answer.status_code for answer in answers] == [500] * len(answers)
    name, problem = read_events(chat.text)[-1]
    assert (name, problem["status"]) == ("error", 500)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "Traceback" in logged, "nothing was logged: the test proves nothing"
    told = "".join(answer.text for answer in answers) + chat.text + logged
    assert [secret for secret in SECRETS if secret in told] == []
