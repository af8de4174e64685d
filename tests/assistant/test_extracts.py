"""Sentences about councils and models: whom they are about, what they say, and that they stand where they are cited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.assistant import Assistant
from assistant.extracts import wording
from assistant.extracts.derive import COUNCIL, MODEL
from assistant.extracts.profile import Profile, profile_of
from assistant.extracts.subjects import Subjects
from assistant.extracts.update import Extractor
from assistant.shelf import Shelf
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store import extracts
from tests.ingest.pdfs import make_pdf

ROCHDALE = [
    ["Rochdale", "Rochdale opened its hub in May 2020, and staff moved in at once."],
    ["The visitors", "Rochdale, Norfolk and Warrington came to the meeting that day as well."],
]


@pytest.fixture(scope="module")
def shelf(corpus_library: Library, corpus_assistant: Assistant, programme: Programme) -> Shelf:
    """The starter documents with their extracts."""
    found, extractor = corpus_assistant.shelf(), Extractor(corpus_library, programme)
    for document in extractor.lacking(found):
        extractor.look(found, document, lambda: False)
    assert not extractor.lacking(found)
    return found


@pytest.fixture
def own(tmp_path: Path, programme: Programme) -> Iterator[Library]:
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        yield library


def profiles(shelf: Shelf, programme: Programme) -> dict[str, Profile]:
    subjects = [f"{COUNCIL}{one.id}" for one in programme.councils] + [f"{MODEL}{one.id}" for one in programme.models]
    return {subject: profile_of(subject, shelf) for subject in subjects}


def test_every_line_stands_where_it_is_cited(shelf: Shelf, programme: Programme) -> None:
    made = profiles(shelf, programme)
    assert sum(profile.count for profile in made.values()) > 120
    for profile in made.values():
        by_number = {one.number: one for one in profile.citations}
        for lines in profile.sections.values():
            for line in lines:
                quotes = [by_number[number] for number in line.numbers]
                assert line.text == " ".join(one.quote for one in quotes[: len(quotes) - bool(line.speaker)])
        for one in profile.citations:
            page = shelf.page(one.document_id, one.page)
            assert page is not None
            assert page.text[one.start : one.end] == one.quote


def test_a_council_has_its_model_its_dates_and_its_names(shelf: Shelf, programme: Programme) -> None:
    made = profiles(shelf, programme)
    council = made[f"{COUNCIL}norfolk"].sections
    assert "No Wrong Door" in council["model"][0].text
    assert {line.when for line in council["began"]} == {"2020-10", "2021-06"}
    assert "New Roads" in council["names"][0].text
    figures = [line.text for line in made[f"{COUNCIL}coventry"].sections["reports"]]
    assert any("32 children" in figure for figure in figures)
    assert all(profile.sections["model"] for subject, profile in made.items() if subject.startswith(COUNCIL))


def test_lines_are_in_order_of_time_and_say_a_thing_once(shelf: Shelf, programme: Programme) -> None:
    for profile in profiles(shelf, programme).values():
        for kind in ("did", "reports"):
            dates = [line.when for line in profile.sections[kind]]
            assert dates == sorted(dates, key=lambda date: (date is None, date or ""))
            texts = [line.text for line in profile.sections[kind]]
            assert len(set(texts)) == len(texts)


def test_whom_a_sentence_is_about(programme: Programme) -> None:
    subjects = Subjects(programme)
    told = {
        "Middlesbrough adapted the age range, with North Yorkshire.": "middlesbrough",
        "Our Place opened in April 2020.": "rochdale",
        "Rochdale, Norfolk and Warrington belong to the trial.": None,
        "Ask which need lies behind it (Norfolk, journal issue 2, p. 43).": None,
        "Staff work with Newcastle University.": None,
        "Start from strengths.": None,
    }
    assert {sentence: subjects.council_of(sentence)[0] for sentence in told} == told
    assert subjects.place("Rochdale: No Wrong Door").council == "rochdale"
    assert subjects.place("Rochdale and Norfolk").council is None
    assert subjects.model_of("No Wrong Door is for young people.")[0] == "no-wrong-door"


def test_what_a_sentence_says() -> None:
    assert wording.date_said("It opened in April 2020 (journal issue 6, p. 44).") == "2020-04"
    assert wording.date_said("Nothing is dated here (June 2021).") is None
    assert wording.dates_begun("It began in October 2020 and went live on 1 June 2021.") == ("2020-10", "2021-06")
    assert wording.begins("The hub opened in May 2020.")
    assert not wording.begins("The pilot evaluation began in February 2020.")
    assert wording.has_measure("The number fell by 5% in a year.")
    assert not wording.has_count("The team spoke on 14 June.")
    assert wording.is_meta("Concerns: No Wrong Door; Rochdale.")
    assert not wording.says_something("Rochdale: No Wrong Door")
    assert not wording.says_something("What would good look like in this team?")


def test_extracts_go_with_their_document(own: Library, programme: Programme) -> None:
    first = own.add_bytes("a.pdf", make_pdf(ROCHDALE, "Hubs")).document_id
    assistant, extractor = Assistant(own, programme), Extractor(own, programme)
    assert first is not None
    assert extractor.lacking(assistant.shelf()) == [first]
    extractor.look(assistant.shelf(), first, lambda: False)
    assert extractor.lacking(assistant.shelf()) == []
    told = profile_of(f"{COUNCIL}rochdale", assistant.shelf())
    assert [line.when for line in told.sections["began"]] == ["2020-05"]
    assert profile_of(f"{COUNCIL}norfolk", assistant.shelf()).count == 0
    own.remove(first)
    assert profile_of(f"{COUNCIL}rochdale", assistant.shelf()).count == 0
    with own.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM extracts")).scalar_one() == 0


def test_a_document_that_was_replaced_in_between_is_not_written_down(own: Library, programme: Programme) -> None:
    first = own.add_bytes("a.pdf", make_pdf(ROCHDALE, "Hubs")).document_id
    assert first is not None
    with own.connect() as connection:
        assert extracts.is_as_it_was(connection, first, set())
        assert not extracts.is_as_it_was(connection, first, {999})
        assert not extracts.is_as_it_was(connection, "0" * 16, set())


def test_a_library_of_schema_4_gets_its_tables(tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=tmp_path / "library")
    with Library.open(settings, programme) as library, library.begin() as connection:
        connection.execute(text("DROP TABLE extracts"))
        connection.execute(text("DROP TABLE extracted"))
        connection.execute(text("UPDATE meta SET value = '4' WHERE key = 'schema'"))
    with Library.open(settings, programme) as library:
        assert Extractor(library, programme).lacking(Assistant(library, programme).shelf()) == []
