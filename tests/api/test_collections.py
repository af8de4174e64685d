"""Documents are put into collections, and moved between them: from then on who may not see them does not, anywhere."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import api.routes
from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.api.conftest import problem
from tests.api.jobs import Job, follow, reports
from tests.behaviours import fails
from tests.closed import CLOSED, MINUTES, REPORT, SECRET, WELCOME, add, leaks, with_people
from tests.endpoints import MODEL, serving_model
from tests.servers import settings_for
from tests.serving import serving

KIN, STEWARD, EDITOR = ({"x-person": name} for name in ("kin", "steward", "editor"))
QUESTION = {"question": "How many kinship placements did Norfolk begin with?"}


@pytest.fixture(scope="module", params=["folder", "servers"])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[Library]:
    with Library.open(settings_for(request, tmp_path_factory.mktemp("moving") / "library"), programme) as opened:
        add(opened, "welcome.txt", WELCOME)
        yield opened


@pytest.fixture(scope="module")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = with_people(create_app(Settings(data_dir=tmp_path_factory.mktemp("no")), library))
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        made = client.post("/api/v1/collections", json={"title": "Kinship team"}, headers=STEWARD)
        assert made.json() == {"name": CLOSED, "title": "Kinship team", "documents": 0}
        yield client


def upload(site: httpx.Client, name: str, text: str, person: dict[str, str], collection: str = CLOSED) -> Job:
    files = [("files", (name, text.encode()))]
    sent = site.post("/api/v1/documents", files=files, data={"collection": collection}, headers=person)
    assert sent.status_code == 202, sent.text
    with httpx.Client(base_url=site.base_url, headers=person, timeout=60) as theirs:
        return follow(theirs, sent.json()["job_id"])


def move(site: httpx.Client, document: str, collection: str, person: dict[str, str] = KIN) -> httpx.Response:
    return site.patch(f"/api/v1/documents/{document}", json={"collection": collection}, headers=person)


def test_an_upload_goes_where_it_is_sent_and_is_told_to_nobody_else(site: httpx.Client) -> None:
    job = upload(site, "kinship-papers.txt", SECRET, KIN)
    assert reports(job) == ["added"]
    document = job["files"][0]["report"]["document_id"]
    assert site.get(f"/api/v1/documents/{document}", headers=KIN).json()["collection"] == CLOSED
    assert site.get("/api/v1/jobs", headers=EDITOR).json() == {"jobs": []}
    for answer in (
        site.get(f"/api/v1/jobs/{job['job_id']}", headers=EDITOR),
        site.delete(f"/api/v1/jobs/{job['job_id']}", headers=EDITOR),
        site.delete(f"/api/v1/documents/{document}", headers=EDITOR),
        move(site, document, "open", EDITOR),
    ):
        assert problem(answer, 404)
    assert site.get("/ready").json()["documents"] == 1


@pytest.mark.parametrize("collection", [CLOSED, "nowhere"])
def test_nobody_learns_by_uploading_whether_there_is_a_collection(site: httpx.Client, collection: str) -> None:
    files = [("files", ("a.txt", b"A note."))]
    sent = site.post("/api/v1/documents", files=files, data={"collection": collection}, headers=EDITOR)
    assert problem(sent, 404).replace(collection, "X") == (
        "There is no such collection. Choose one of those that are listed. There is no collection “X”."
    )
    listed = site.get("/api/v1/collections", headers=EDITOR).json()["collections"]
    assert [one["name"] for one in listed] == ["open"]


def test_only_stewards_who_see_all_make_collections(site: httpx.Client) -> None:
    for person in (KIN, EDITOR):
        problem(site.post("/api/v1/collections", json={"title": "Mine"}, headers=person), 403)
        problem(site.delete(f"/api/v1/collections/{CLOSED}", headers=person), 403)
    problem(site.post("/api/v1/collections", json={"title": "KINSHIP team"}, headers=STEWARD), 409)
    made = site.post("/api/v1/collections", json={"title": " Board  papers "}, headers=STEWARD).json()
    renamed = site.patch(f"/api/v1/collections/{made['name']}", json={"title": "Minutes"}, headers=STEWARD).json()
    assert (made["name"], made["title"], renamed["name"], renamed["title"]) == (
        *("board-papers", "Board papers"),
        *("board-papers", "Minutes"),
    )
    assert site.delete(f"/api/v1/collections/{made['name']}", headers=STEWARD).status_code == 204
    problem(site.delete(f"/api/v1/collections/{CLOSED}", headers=STEWARD), 409)


def test_what_is_moved_out_of_sight_is_gone_at_once_from_all_that_was_kept(site: httpx.Client) -> None:
    job = upload(site, "minutes.txt", MINUTES, KIN, "open")
    document = job["files"][0]["report"]["document_id"]
    answer = site.post("/api/v1/ask", json={"question": "Who ended Family Valued in Leeds?"}).json()
    cited = next(one for one in answer["citations"] if one["document_id"] == document)
    place = {name: cited[name] for name in ("document_id", "page", "start", "end")}
    assert site.post("/api/v1/boards/default/items", json=place | {"note": "My note"}).status_code == 201
    picture = site.get(f"/api/v1/documents/{document}/pages/1.png")
    kept = f"/api/v1/conversations/{answer['conversation_id']}"
    everything = (
        *(kept, "/api/v1/boards/default", "/api/v1/conversations?q=Vauxhall-Trent", "/api/v1/search?q=Vauxhall-Trent"),
        *("/api/v1/examples", "/examples", "/library", "/api/v1/documents?state=all", "/api/v1/filters"),
        *(f"/api/v1/boards/default/export?format={kind}" for kind in ("md", "csv", "bib", "ris")),
        "/api/v1/feedback",
    )
    assert any(leaks(site.get(path).content) for path in everything)

    assert move(site, document, CLOSED).json()["collection"] == CLOSED
    told = {path: found for path in everything if (found := leaks(site.get(path).content))}
    assert not told
    again = site.get(picture.url, headers={"if-none-match": picture.headers["etag"]})
    assert again.status_code == 404
    shown = site.get(kept).json()["messages"][-1]["answer"]
    gone = [one for one in shown["citations"] if one["number"] == cited["number"]]
    assert [(one["state"], one["quote"], one["document_id"]) for one in gone] == [("removed", "", "")]
    board = site.get("/api/v1/boards/default").json()["items"][-1]
    assert (board["note"], board["citation"]["quote"]) == ("My note", "")
    word = zipfile.ZipFile(io.BytesIO(site.get("/api/v1/boards/default/export?format=docx").content))
    assert not leaks(word.read("word/document.xml"))
    follow_up = {"question": "And what else did he do?", "conversation_id": answer["conversation_id"]}
    assert not leaks(site.post("/api/v1/ask", json=follow_up).content)

    assert "Vauxhall-Trent" in site.get(kept, headers=KIN).text, "who may see it still reads it whole"
    assert move(site, document, "open").status_code == 200
    assert site.get(kept).json()["messages"][1]["answer"] == answer, "nothing was changed where it is kept"


def test_the_same_file_in_two_collections_tells_nobody_of_the_other(site: httpx.Client, library: Library) -> None:
    closed = upload(site, "report.txt", REPORT, KIN)["files"][0]["report"]
    opened = upload(site, "report.txt", REPORT, EDITOR, "")["files"][0]["report"]
    assert (closed["status"], opened["status"], opened["reason"]) == ("added", "added", None)
    sha256 = library.document(opened["document_id"]).sha256
    assert opened["document_id"] == sha256[:16] != closed["document_id"]
    newer = upload(site, "report.txt", REPORT + "It goes on.", EDITOR, "")["files"][0]["report"]
    assert newer["status"] == "replaced"
    assert library.document(closed["document_id"]).state == "current", "versions are those of one collection"
    for document in (newer["document_id"], opened["document_id"]):
        site.delete(f"/api/v1/documents/{document}", headers=EDITOR)
    assert site.get(f"/api/v1/documents/{closed['document_id']}/file", headers=KIN).text == REPORT
    problem(move(site, closed["document_id"], "nowhere"), 404)


def test_no_route_goes_round_the_person_to_the_library() -> None:
    """What routes ask for in dependencies.py is what the person sees; the service's own parts see all."""
    allowed = {"service.library.collections.require", "service.library.seen_by", "service.assistant.writer"}
    allowed |= {"service.suggestions.known", "service.gallery.themes", "service.conversations"}
    parts = r"service\.(?:library|assistant|suggestions|gallery|guide|guard|cited)(?:\.\w+)*"
    found = {
        f"{path.name}: {way}"
        for path in Path(api.routes.__file__).parent.glob("*.py")
        for way in re.findall(parts, path.read_text("utf-8"))
        if not any(way.startswith(one) for one in allowed)
    }
    assert not found


def test_a_language_model_reads_only_what_the_person_sees(library: Library, tmp_path: Path) -> None:
    with serving_model(fails(500)) as model:
        app = with_people(create_app(Settings(data_dir=tmp_path, llm_base_url=model.url, llm_model=MODEL), library))
        with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
            for person, sees in (({}, False), (KIN, True)):
                client.post("/api/v1/ask", json=QUESTION | {"answerer": "llm"}, headers=person)
                read = "".join(one.text for one in model.sent)
                assert bool(leaks(read.replace(QUESTION["question"], "").encode())) is sees
