"""What has been kept long enough is gone: from the lists, and from the disk."""

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DatabaseError

from api.access.access import Access
from api.access.audit import TERMINAL
from api.access.person import Person
from api.access.secrets import moment
from api.settings import Settings
from assistant.conversations import Conversations
from assistant.feedback import FeedbackBook
from ingest.library import Library
from ingest.store.access import AuditRow, SessionRow
from ingest.store.people import ConversationRow, FeedbackRow
from ingest.store.schema import JobFileRow, JobRow

PERIODS = {"keep_conversations_days": 30, "keep_feedback_days": 10, "keep_audit_days": 60, "keep_uploads_days": 5}
ANN = Person("ann", "Ann", "reader", frozenset(), "key")


@pytest.fixture
def access(library: Library) -> Access:
    return Access.of(Settings.model_validate(PERIODS), library.engine)


def talk(library: Library, words: str, days_ago: float) -> str:
    kept = Conversations(library.engine, "ann")
    talk = kept.open(None)
    kept.add(talk, "user", words)
    message = kept.add(talk, "assistant", f"An answer to {words}", {"citations": [], "passages": [], "statements": []})
    FeedbackBook(library.engine, "ann").put(talk, message, "down", words=f"Said of {words}")
    at = moment(days=-days_ago)
    with library.engine.begin() as connection:
        connection.execute(update(ConversationRow).where(ConversationRow.id == talk).values(updated_at=at))
        connection.execute(update(FeedbackRow).where(FeedbackRow.message_id == message).values(updated_at=at))
    return talk


def on_disk(library: Library, words: str) -> list[str]:
    return [path.name for path in library.settings.data_dir.glob("library.db*") if words.encode() in path.read_bytes()]


def test_what_is_over_its_period_goes_for_good(library: Library, access: Access) -> None:
    for number in range(30):  # more than one page of the file
        talk(library, f"osprey-{number} " * 40, 31)
    talk(library, "heron", 29)
    talk(library, "kestrel", 1)
    with library.engine.begin() as connection:
        for days, name in ((61, "old"), (1, "new")):
            row = {"person_id": "x", "person_name": name, "action": f"{name}-deed", "outcome": "done"}
            connection.execute(insert(AuditRow).values(at=moment(days=-days), **row))
            job = {"id": name, "state": "done", "created_at": moment(days=-days), "ended_at": moment(days=-days)}
            connection.execute(insert(JobRow).values(job))
            file = {"job_id": name, "number": 1, "file_name": f"{name}-file.pdf", "size": 1, "state": "done"}
            connection.execute(insert(JobFileRow).values(file))
            ends = {"csrf": "", "created_at": "", "seen_at": moment(), "expires_at": moment(days=1 - days)}
            connection.execute(insert(SessionRow).values(id=name, **ends))
    assert on_disk(library, "osprey-7")
    due = access.retention.due()
    assert due == {"conversations": 30, "feedback": 31, "audit": 1, "sessions": 2, "uploads": 1}
    assert access.retention.run() == due
    assert access.retention.due() == dict.fromkeys(due, 0)
    for words in ("osprey", "old-deed", "old-file", "Said of heron"):
        assert on_disk(library, words) == [], words
    for words in ("heron", "kestrel", "Said of kestrel", "new-deed", "new-file"):
        assert on_disk(library, words), words


def test_without_a_period_nothing_goes(library: Library) -> None:
    talk(library, "osprey", 5000)
    access = Access.of(Settings.model_validate({}), library.engine)
    assert "conversations" not in access.retention.run()
    assert on_disk(library, "osprey")


def test_a_sweep_is_told_in_the_trail(library: Library, access: Access) -> None:
    access.housekeeping.sweep(TERMINAL)
    talk(library, "osprey", 31)
    access.housekeeping.sweep()
    told = [(entry.person_id, entry.action, dict(entry.detail or {})) for entry in access.audit.entries().entries]
    assert [one[:2] for one in told] == [("service", "retention.run"), ("terminal", "retention.run")]
    assert told[0][2]["conversations"] == 1


def test_the_trail_is_added_to_and_never_changed(library: Library, access: Access) -> None:
    access.audit.write(ANN, "documents.remove", "d1", detail={"file": "a.pdf"})
    with pytest.raises(DatabaseError, match="not changed"), library.engine.begin() as connection:
        connection.execute(update(AuditRow).values(person_name="Somebody else"))
    with library.engine.connect() as connection:
        assert connection.scalars(select(AuditRow.person_name)).all() == ["Ann"]


def test_a_trail_that_cannot_be_written_undoes_nothing(library: Library, access: Access) -> None:
    with library.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit")
    access.audit.write(ANN, "documents.remove")  # told in the log
