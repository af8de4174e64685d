"""The sign-in service stops, hangs and comes back while people work: who is in goes on, who comes is told to wait."""

import os
import signal
from contextlib import closing

import httpx

from tests.access.conftest import Office, OpenOffice
from tests.access.providing import Providing, through
from tests.access.test_sign_in import BROWSER, away
from tests.under_load import asking

QUESTION = {"question": "When does the purple lantern team visit?"}


def _ask(http: httpx.Client) -> str:
    answer = http.post("/api/v1/ask", json=QUESTION)
    return "answered" if answer.status_code == 200 and answer.json()["citations"] else f"{answer.status_code}"


def _come(http: httpx.Client) -> str:
    answer = http.get("/sign-in/start")
    if answer.status_code == 503:
        assert "cannot be reached" in answer.text
        assert int(answer.headers["retry-after"]) > 0
    return f"{answer.status_code}"


def _signed_in(office: Office) -> httpx.Client:
    client = httpx.Client(base_url=office.url, timeout=60, headers=BROWSER)
    with httpx.Client(timeout=60) as over_there:
        assert client.get(through(over_there, away(client), "rhea")).status_code == 303
    return client


def test_it_stops_hangs_and_comes_back(open_office: OpenOffice, provider: Providing) -> None:
    limits = dict.fromkeys(("limit_person", "limit_address", "limit_questions", "limit_sign_in"), "100000/minute")
    office = open_office(**provider.settings(**limits))
    with closing(_signed_in(office)) as person:
        session, url = dict(person.cookies), office.url
        mine = {"cookies": session, "headers": BROWSER}
        with asking(3, url, _ask, **mine) as inside, asking(2, url, _come) as at_the_door:
            inside.next("answered", 3)
            at_the_door.next("303", 2)
            provider.stop()
            at_the_door.next("503", 2)
            inside.next("answered", 6)
            provider.start()
            at_the_door.next("303", 2)
            assert provider.process is not None
            provider.process.send_signal(signal.SIGSTOP)  # it is there, and says nothing
            try:
                at_the_door.next("503", 2)
                inside.next("answered", 6)
            finally:
                os.kill(provider.process.pid, signal.SIGCONT)
            at_the_door.next("303", 2)
        _signed_in(office).close()
    assert set(inside.counts) == {"answered"}
    assert set(at_the_door.counts) == {"303", "503"}
