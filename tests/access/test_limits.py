"""How often, and how much."""

import pytest

from tests.access.conftest import OpenOffice
from tests.api.conftest import problem


def test_a_person_is_limited_and_told_when_to_try_again(open_office: OpenOffice) -> None:
    office = open_office(api_keys="ann:reader:a,bob:reader:b", limit_person="3/minute", limit_questions="1/minute")
    with office.as_("a") as ann, office.as_("b") as bob:
        assert ann.post("/api/v1/ask", json={"question": "When did the lantern team begin?"}).status_code == 200
        answer = ann.post("/api/v1/ask", json={"question": "And why?"})
        assert "questions alone" in problem(answer, 429)
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert ann.get("/api/v1/me").status_code == 200
        assert "3 per 1 minute for one person" in problem(ann.get("/api/v1/me"), 429)
        assert bob.get("/api/v1/me").status_code == 200, "others go on"
        assert ann.get("/health").status_code == 200
        page = ann.get("/library", headers={"accept": "text/html"})
        assert page.status_code == 429
        assert "Wait a moment" in page.text


def test_an_address_is_limited(open_office: OpenOffice) -> None:
    office = open_office(api_keys="a", limit_address="4/minute")
    with office.as_("a") as client, office.as_() as nobody:
        for _ in range(3):
            assert client.get("/api/v1/me").status_code == 200
        problem(nobody.get("/api/v1/me"), 401)
        problem(nobody.get("/api/v1/me"), 429)
        problem(client.get("/api/v1/me"), 429)
        assert client.get("/static/css/base.css").status_code == 200


def test_uploads_are_limited_by_their_weight(open_office: OpenOffice) -> None:
    office = open_office(api_keys="ed:editor:e", limit_upload_mb="2/hour")
    with office.as_("e") as editor:
        big = {"files": ("big.txt", b"word " * 300_000)}  # 1.5 MB counts as two
        assert editor.post("/api/v1/documents", files=big).status_code == 202
        answer = editor.post("/api/v1/documents", files={"files": ("small.txt", b"word")})
        assert "megabytes of uploads" in problem(answer, 429)


@pytest.mark.parametrize("way", ["header", "page"])
def test_keys_are_not_guessed(open_office: OpenOffice, way: str) -> None:
    office = open_office(api_keys="weak", limit_sign_in="3/minute")
    with office.as_("weak") as steward, office.as_() as guesser:
        made = steward.post("/api/v1/keys", json={"name": "Strong"}).json()["key"]

        def tries(key: str) -> int:
            if way == "page":
                return guesser.post("/sign-in", data={"key": key}).status_code
            return guesser.get("/api/v1/me", headers={"x-api-key": key}).status_code

        assert [tries(f"guess-{number}") for number in range(3)] == [401] * 3
        assert tries("guess-4") == 429
        assert tries("weak") == 429, "the right guess comes too late"
        assert tries(made) in (200, 303), "a key that nobody can guess is not shut out by those who try"


def test_on_this_computer_alone_nothing_is_counted(open_office: OpenOffice) -> None:
    with open_office(limit_person="1/minute", limit_address="1/minute").as_() as client:
        assert [client.get("/api/v1/me").status_code for _ in range(3)] == [200] * 3
