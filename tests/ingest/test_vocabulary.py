"""Words and stems are counted as chunks come and go: never by reading all of them again."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.rebuild import rebuild
from ingest.settings import IngestSettings
from ingest.staging import Steps
from ingest.stems import stem, words_of
from ingest.store.vocabulary import count_terms, lists_pages
from tests.ingest.conftest import Open
from tests.ingest.old import become
from tests.ingest.pdfs import report


def _counted_afresh(library: Library) -> tuple[int, Counter[str], Counter[str]]:
    stems: Counter[str] = Counter()
    words: Counter[str] = Counter()
    size = 0
    for record in library.documents():
        for stored in library.chunks_of(record.id):
            if not stored.chunk.context.lower().endswith("contents"):
                found = set(words_of(f"{stored.chunk.context}\n{stored.chunk.text}"))
                words.update(found)
                stems.update({stem(word) for word in found})
                size += 1
    return size, stems, words


def _held(library: Library) -> tuple[int, Counter[str], Counter[str]]:
    return library.count_terms("chunk")[""], library.count_terms("stem"), library.count_terms("word")


def test_the_counts_of_the_starter_documents_are_those_of_their_chunks(corpus_library: Library) -> None:
    assert _held(corpus_library) == _counted_afresh(corpus_library)


def test_documents_are_left_out_of_the_counts(corpus_library: Library) -> None:
    left, *others = corpus_library.documents()
    wanted: Counter[str] = Counter()
    for record in others:
        chunks = [(one.chunk.context, one.chunk.text) for one in corpus_library.chunks_of(record.id)]
        wanted.update({term: n for (kind, term), n in count_terms(chunks).items() if kind == "word"})
    assert corpus_library.count_terms("word", [left.id]) == wanted


def test_counts_follow_every_change(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    night, kinship = (
        next(one for one in library.documents() if subject in one.file_name) for subject in ("night", "kinship")
    )
    assert library.count_terms("word")["kinship"] > 0
    library.add_bytes("night duty.pdf", report("day duty"))
    assert library.count_terms("word")["night"] == 0
    assert _held(library) == _counted_afresh(library)
    library.remove(kinship.id)
    assert "kinship" not in library.count_terms("word")
    assert _held(library) == _counted_afresh(library)
    library.add_bytes(night.file_name, report("night duty"))
    assert _held(library) == _counted_afresh(library)


def test_chunks_of_contents_pages_are_not_counted() -> None:
    counts = count_terms([("Contents", "Kinship 3"), ("Report. Contents", "Night 4"), ("Discontents", "Day")])
    assert counts["chunk", ""] == 1
    assert counts["word", "kinship"] == counts["word", "night"] == 0
    assert not lists_pages("Contents of the box")


@pytest.mark.parametrize("statement", ["UPDATE terms SET chunks = 99 WHERE term = 'kinship'", "DELETE FROM terms"])
def test_wrong_counts_are_told_and_mended(data_dir: Path, programme: Programme, statement: str) -> None:
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, programme) as library, library.begin() as connection:
        connection.execute(text(statement))
    (finding,) = examine(settings, programme)
    assert "counted in more or fewer chunks" in finding.what
    assert "assistant rebuild" in finding.mend
    with Library.open(settings, programme) as library:
        rebuild(library, Steps(None, 0, 1))
    assert examine(settings, programme) == []


def test_a_library_of_schema_2_is_counted_when_it_is_opened(data_dir: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, programme) as library, library.begin() as connection:
        connection.execute(text("DROP TABLE terms"))
        connection.execute(text("DROP INDEX chunks_with_several_adopters"))
        become(connection, "2")
    with Library.open(settings, programme) as library:
        assert _held(library) == _counted_afresh(library)
        assert library.chunks_with_several_adopters() == []
    (found,) = examine(settings, programme)
    assert "read by an earlier version" in found.what
