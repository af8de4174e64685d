"""What is PostgreSQL's own: words ranked as FTS5 ranks them, one writer, files for all, a server that goes away."""

import multiprocessing
import os
import signal
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from ingest.errors import LibraryAwayError, LibraryError, LibraryInUseError
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store import postgres_search, words
from ingest.store.postgres_words import words_of
from tests.ingest.pdfs import report
from tests.servers import Servers

TERMS = (
    '"family"',
    '"no wrong door" OR "nwd" OR "ages"',
    '"family group conferences" OR "family group conference" OR "FGC"',
    '"team" OR "teams" OR "the"',
    '"children" AND "care"',
    '"zebra" OR "children\'s social care"',
    '"zebra" AND "children"',
    '"  " OR "¿?"',
    '"1 million" OR "£1.5"',
)


@pytest.mark.parametrize("query", TERMS)
def test_words_are_ranked_as_fts5_ranks_them(query: str, corpus_library: Library, corpus_on_servers: Library) -> None:
    one, other = corpus_library.find_words(query, 50), corpus_on_servers.find_words(query, 50)
    assert [round(score, 4) for _, score in one] == [round(score, 4) for _, score in other]
    assert {chunk for chunk, score in one if score > one[-1][1]} == {c for c, score in other if score > other[-1][1]}
    some = [record.id for record in corpus_library.documents()][:1]
    limited = corpus_on_servers.find_words(query, 50, some)
    assert {chunk for chunk, _ in limited} == {chunk for chunk, _ in corpus_library.find_words(query, 50, some)}


def test_of_very_common_words_the_best_are_still_found(
    corpus_on_servers: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a library of a million chunks not every one that holds a common word can be ranked."""
    query = '"rochdale" OR "evaluation" OR "children" OR "families" OR "the" OR "of"'
    best = corpus_on_servers.find_words(query, 10)
    monkeypatch.setattr(postgres_search, "EXACT", 100)
    monkeypatch.setattr(postgres_search, "MOST", 150)
    assert corpus_on_servers.find_words(query, 10) == best


def test_stems_are_those_of_fts5() -> None:
    content = (
        "Is a café’s geology naïve? Children's re-unification, 3rd ﬁnd: Ängste (x²) CARERS_relational psychologists"
    )
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE w USING fts5(t, tokenize='porter unicode61 remove_diacritics 2')")
    database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(w, 'instance')")
    database.execute("INSERT INTO w VALUES (?)", (content,))
    assert words_of(content) == [row[0] for row in database.execute("SELECT term FROM v ORDER BY offset")]
    database.close()


@pytest.mark.parametrize("query", ["", "a", '"a" OR', '"a" "b"', '"a" OR "b" AND "c"', "'; DROP TABLE chunks; --"])
def test_what_is_no_query_is_told(query: str, corpus_on_servers: Library) -> None:
    with pytest.raises(LibraryError, match="assistant doctor"):
        corpus_on_servers.find_words(query, 5)


def test_the_words_follow_every_change_and_are_mended(servers: Servers, tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings.model_validate({"data_dir": tmp_path, **servers.settings()})
    with Library.open(settings, programme) as library:
        for subject in ("kinship care", "night duty"):
            library.add_bytes(f"{subject}.pdf", report(subject))
        library.add_bytes("night duty.pdf", report("day duty"))
        library.remove(library.documents()[0].id)
        with library.begin() as connection:
            assert words.difference(connection) == (0, 0)
            connection.execute(text("UPDATE chunk_words SET words = '' WHERE chunk_id = (SELECT max(id) FROM chunks)"))
            connection.execute(text("UPDATE lexemes SET chunks = chunks + 1 WHERE lexeme = 'duti'"))
            assert words.difference(connection) == (1, 1)
            words.rebuild_index(connection)
            assert words.difference(connection) == (0, 0)
            assert words.faults(connection) == []


def test_one_writes_at_a_time_and_a_dead_one_is_in_nobodys_way(
    servers: Servers, tmp_path: Path, programme: Programme
) -> None:
    given = servers.settings()
    settings = IngestSettings.model_validate({"data_dir": tmp_path, **given})
    with Library.open(settings, programme) as library:
        process = multiprocessing.get_context("spawn").Process(target=_hold, args=(given, str(tmp_path / "other")))
        process.start()
        while not (tmp_path / "other" / "held").exists():
            assert process.is_alive()
            threading.Event().wait(0.05)
        with pytest.raises(LibraryInUseError, match="Another process is changing"), library.changing(0.2):
            pass
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        with library.changing(20), library.changing(0):
            pass


def _hold(given: dict[str, str], folder: str) -> None:
    from ingest.programme import load_programme

    settings = IngestSettings.model_validate({"data_dir": folder, **given})
    with Library.open(settings, load_programme()) as library, library.changing():
        (Path(folder) / "held").touch()
        threading.Event().wait()


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path, programme: Programme) -> None:
    given = {"database_url": "postgresql://me:very-secret@127.0.0.1:9/x", "chroma_url": "http://127.0.0.1:9"}
    settings = IngestSettings.model_validate({"data_dir": tmp_path, **given})
    with pytest.raises(LibraryAwayError, match=r"The database “x” on 127.0.0.1:9 cannot be reached") as told:
        Library.open(settings, programme)
    assert "very-secret" not in f"{told.value!r} {settings!r}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"database_url": "sqlite:///x", "chroma_url": "http://c"}, "postgresql://user"),
        ({"database_url": "postgresql://h/d"}, "ASSISTANT_CHROMA_URL is not"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        IngestSettings.model_validate(given)


def test_what_breaks_a_rule_of_the_tables_is_told_as_before(
    servers: Servers, tmp_path: Path, programme: Programme
) -> None:
    settings = IngestSettings.model_validate({"data_dir": tmp_path, **servers.settings()})
    with Library.open(settings, programme) as library:
        insert = text(
            "INSERT INTO messages (id, conversation_id, role, content, created_at) VALUES ('m','c','u','','')"
        )
        with pytest.raises(IntegrityError), library.engine.begin() as connection:
            connection.execute(insert)
