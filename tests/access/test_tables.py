"""The tables of access, in a file and on PostgreSQL alike."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from api.access.access import Access
from api.access.audit import TERMINAL
from api.access.mapping import Granted, Identity
from api.access.secrets import moment
from api.settings import Settings
from assistant.conversations import Conversations
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.store.access import AuditRow
from ingest.store.people import ConversationRow

STELLA = Identity("https://x", "stella", "Stella", "stella@office.example", True, frozenset(), "a.b.c")


def test_keys_people_sessions_and_the_trail(library: Library) -> None:
    access = Access.of(Settings(), library.engine)
    key, secret = access.keys.make("Ann", "reader", ["kinship"], 1, "test")
    found = access.keys.find(secret)
    assert found is not None
    assert found.person().collections == frozenset(["kinship"])
    access.keys.write_used()
    assert access.keys.get(key.id).used_at is not None

    steward = access.people.signed_in(STELLA, Granted("steward", True, None))
    assert access.people.signed_in(STELLA, Granted(None, False, frozenset())).role == "steward"
    other = Identity("https://x", "b", "B", None, False, frozenset(), "")
    second = access.people.signed_in(other, Granted("steward", True, None))
    assert second.collections is None
    assert access.people.change(second.id, role="reader").collections == (), "what stewards see goes with the role"
    token = access.sessions.open(person_id=steward.id, id_token="a.b.c")
    assert access.sessions.find(token) is not None
    access.sessions.write_seen()
    begun = access.sessions.begin(state="s")
    assert access.sessions.find(begun) is None, "a sign-in under way is no session"
    assert access.sessions.take_begun(begun) == {"state": "s"}
    assert access.sessions.take_begun(begun) is None

    access.audit.write(TERMINAL, "keys.make", key.id, detail={"name": "Ann"})
    with pytest.raises((DatabaseError, LibraryError), match="not changed"), library.engine.begin() as connection:
        connection.execute(update(AuditRow).values(person_name="Somebody else"))
    with library.engine.connect() as connection:
        assert connection.scalars(select(AuditRow.person_name)).all() == ["Terminal"]

    access.own.forget(steward.id)
    assert access.sessions.find(token) is None
    assert access.people.find("https://x", "stella") is None


def test_what_is_over_its_period_goes(library: Library) -> None:
    access = Access.of(Settings(keep_conversations_days=30), library.engine)
    kept = Conversations(library.engine, "ann")
    old, new = kept.open(None), kept.open(None)
    kept.add(old, "user", "osprey")
    with library.engine.begin() as connection:
        row = ConversationRow
        connection.execute(update(row).where(row.id == old).values(updated_at=moment(days=-31)))
    assert access.retention.run()["conversations"] == 1
    with library.engine.connect() as connection:
        assert connection.scalars(select(ConversationRow.id)).all() == [new]
    assert access.own.delete("ann")["conversations"] == 1
