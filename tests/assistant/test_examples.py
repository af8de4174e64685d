"""Examples: what counts as one, where it stands, and how they are listed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.errors import CursorError
from assistant.examples import FACETS, ExampleKind, Gallery, Wanted
from assistant.examples.figures import measures
from assistant.examples.themes import Themes
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.pdfs import make_pdf

ALL = Wanted()


@pytest.fixture(scope="module")
def gallery(corpus_library: Library, corpus_assistant: Assistant, programme: Programme) -> Iterator[Gallery]:
    made = Gallery(corpus_library, programme, corpus_assistant)
    made.background.start()
    assert made.background.is_done(wait=60)
    yield made
    made.background.stop()


@pytest.mark.parametrize(
    "text",
    [
        "Agency staff fill less than 1% of the posts.",
        "Each worker costs the council about £22,700 more.",
        "The number fell from 735 to 647 in three years.",
        "In the first year 32 children went home to their parents.",
        "A third of the families had no further plan, and two thirds of these parents worked.",
    ],
)
def test_a_number_that_measures_makes_a_figure(text: str) -> None:
    assert measures(text)


@pytest.mark.parametrize(
    "text",
    [
        "The project began in June 2021 and was enlarged in July 2022.",
        "The home takes young people aged 11 to 18 and stays open 24/7.",
        "See pages 24 to 26 of issue 6, and section 47 of the Act of 1989.",
        "She has worked there for 18 years in several roles.",
        "Two social workers went to see the family on 14 and 15 June 2022.",
        "Will 300 families take part?",
        "The council hopes that it will train 300 practitioners.",
        "1. whether a decision would be good enough",
    ],
)
def test_years_ages_pages_dates_and_hopes_make_none(text: str) -> None:
    assert not measures(text)


def test_every_example_stands_on_its_page_letter_for_letter(gallery: Gallery, corpus_library: Library) -> None:
    shown = list(all_of(gallery))
    assert {one.kind for one in shown} >= {ExampleKind.FIGURE, ExampleKind.STORY, ExampleKind.PRACTICE}
    for one in shown:
        for cited in filter(None, (one.citation, one.speaker, one.lead)):
            page = corpus_library.page(cited.document_id, cited.page)
            assert page.text[cited.start : cited.end] == cited.quote
            assert cited.boxes
        assert one.kind is not ExampleKind.QUOTE or one.speaker is not None


def all_of(gallery: Gallery, wanted: Wanted = ALL) -> Iterator:  # type: ignore[type-arg]
    cursor: str | None = None
    while True:
        page = gallery.find(wanted, 7, cursor)
        assert len(page.items) == 7 or page.cursor is None
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def test_pages_of_the_list_hold_everything_once(gallery: Gallery) -> None:
    ids = [one.id for one in all_of(gallery)]
    assert len(ids) == len(set(ids)) == gallery.find(ALL, 1).total


@pytest.mark.parametrize("facet", FACETS)
def test_a_count_is_what_the_choice_shows(gallery: Gallery, facet: str) -> None:
    other = Wanted(kind=("figure",)) if facet != "kind" else Wanted(model=("family-valued",))
    for wanted in (ALL, other):
        for choice, count in gallery.find(wanted, 1).counts[facet].items():
            limits = {name: getattr(wanted, name) for name in FACETS} | {facet: (choice,)}
            assert gallery.find(Wanted(**limits), 1).total == count


def test_words_are_looked_for_without_case_and_as_text(gallery: Gallery) -> None:
    found = gallery.find(Wanted(q="AGENCY council"), 50)
    assert found.total
    assert all("agency" in f"{one.citation.quote} {one.heading}".lower() for one in found.items)
    assert gallery.find(Wanted(q="100%_ of nothing"), 1).total == 0


def test_a_cursor_of_another_list_is_refused(gallery: Gallery) -> None:
    for cursor in ("999999999", "x", "²"):
        with pytest.raises(CursorError):
            gallery.find(ALL, 5, cursor)


def test_themes_are_words_of_the_programmes_data(programme: Programme) -> None:
    themes = Themes.of(programme)
    assert "money" in themes.find("It saved £2 million.", "")
    assert "training" in themes.find("Nothing here.", "Training for leaders")
    assert themes.find("Nothing here.", "") == ()


def test_examples_come_and_go_with_their_document(tmp_path: Path, programme: Programme) -> None:
    def lines(count: str) -> bytes:
        return make_pdf([[f"In the first year {count} children of Seahaven went home to their parents."]], "Harbour")

    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        gallery = Gallery(library, programme, Assistant(library, programme))
        gallery.background.start()
        assert gallery.find(ALL, 5, wait=30).total == 0
        first = library.add_bytes("harbour.pdf", lines("32"))
        assert "32 children" in gallery.find(ALL, 5, wait=30).items[0].citation.quote
        second = library.add_bytes("harbour.pdf", lines("44"))
        (now,) = gallery.find(ALL, 5, wait=30).items
        assert now.citation.document_id == second.document_id != first.document_id
        assert second.document_id is not None
        library.remove(second.document_id)
        assert gallery.find(ALL, 5, wait=30).total == 0
        gallery.background.stop()
