"""Over all units of the library, and once more when it changes."""

import threading
from pathlib import Path

from assistant.browse import Background, browse
from assistant.shelf import Shelf
from assistant.shelves import ShelfKeeper
from assistant.unit import UnitKind
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.pdfs import make_pdf, report


def test_every_unit_of_the_library_stands_on_its_page(shelf: Shelf) -> None:
    kinds = set()
    for document_id in shelf.documents:
        for placed in browse(shelf, document_id):
            kinds.add(placed.unit.kind)
            for span in placed.unit.spans:
                page = shelf.page(document_id, span.page)
                assert page is not None
                assert page.text[span.start : span.end].strip()
            if placed.article is not None:
                assert placed.article.first_page <= placed.unit.page <= placed.article.last_page
    assert kinds >= {UnitKind.SENTENCE, UnitKind.LIST, UnitKind.ROW, UnitKind.QUOTE}


def test_models_come_from_the_unit_its_council_or_its_article(shelf: Shelf, programme: Programme) -> None:
    model_of = {council.id: council.model for council in programme.councils}
    placed = [one for document_id in shelf.documents for one in browse(shelf, document_id)]
    assert sum(bool(one.councils) for one in placed) > 100
    assert all(one.models for one in placed if any(model_of[council] for council in one.councils))


def test_contents_pages_are_left_out(shelf: Shelf) -> None:
    titles = {placed.article.title for d in shelf.documents for placed in browse(shelf, d) if placed.article}
    assert len(titles) > 10
    assert "Contents" not in titles


def test_the_background_looks_at_each_document_once_and_at_new_ones_when_they_come(
    tmp_path: Path, programme: Programme
) -> None:
    looked: list[str] = []
    before = set(threading.enumerate())
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        library.add_bytes("one.pdf", report("visits"))
        keeper = ShelfKeeper(library, programme)

        def lacking(shelf: Shelf) -> list[str]:
            return [one for one in shelf.documents if one not in looked]

        background = Background(
            library, keeper.shelf, lacking, lambda shelf, document, stopped: looked.append(document)
        )
        background.start()
        assert background.is_done(wait=30)
        second = library.add_bytes("two.pdf", make_pdf([["The team in Norfolk meets on Mondays."]])).document_id
        assert background.is_done(wait=30)
        background.stop()
    assert len(looked) == 2
    assert looked[1] == second
    assert {thread for thread in threading.enumerate() if thread.name == "browse"} <= before
