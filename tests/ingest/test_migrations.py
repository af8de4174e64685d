"""A library of the version before is brought up to date with all that it keeps."""

from pathlib import Path

from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.old import become

OLD = (
    "INSERT INTO conversations(id, created_at, updated_at) VALUES ('c', '2026-01-01', ''), ('empty', '2026-01-02', '')",
    "INSERT INTO messages(id, conversation_id, role, content, created_at)"
    " VALUES ('q', 'c', 'user', 'Why?', '2026-01-03'), ('a', 'c', 'assistant', 'So.', '2026-01-04')",
)


def test_conversations_of_schema_3_are_listed_by_their_last_message(data_dir: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, programme) as library, library.begin() as connection:
        for statement in OLD:
            connection.exec_driver_sql(statement)
        become(connection, "3")
    with Library.open(settings, programme) as library, library.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, title, updated_at FROM conversations ORDER BY id").all()
        kept = connection.exec_driver_sql("SELECT content, filters FROM messages ORDER BY created_at").all()
        assert connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar() == 0
    assert [tuple(row) for row in rows] == [("c", None, "2026-01-04"), ("empty", None, "2026-01-02")]
    assert [tuple(row) for row in kept] == [("Why?", None), ("So.", None)]


def test_what_people_kept_under_schema_6_stays_theirs_who_are_asked_nothing(
    data_dir: Path, programme: Programme
) -> None:
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, programme) as library:
        library.add_bytes("notes.txt", b"Respite care opened in May.")
        with library.begin() as connection:
            connection.exec_driver_sql("INSERT INTO boards(id, name, created_at) VALUES ('b', 'Mine', '2026-01-01')")
            connection.exec_driver_sql(OLD[0])
            become(connection, "6")
    with Library.open(settings, programme) as library, library.connect() as connection:
        owners = connection.exec_driver_sql("SELECT owner FROM boards UNION ALL SELECT owner FROM conversations").all()
        indexes = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")}
        assert {record.collection for record in library.documents()} == {""}
        assert connection.exec_driver_sql("SELECT count(*) FROM api_keys").scalar() == 0
    assert {row[0] for row in owners} == {"local"}
    assert {"one_current_version_a_collection", "ix_conversations_owner", "ix_boards_owner"} <= indexes
    assert "one_current_version" not in indexes
