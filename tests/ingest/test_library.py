"""The library from outside: what goes in comes out, and nothing is lost or doubled."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import LibraryError, ModelError, RemovedError, UnknownDocumentError, UnknownPageError
from ingest.holdings import Holdings
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store.words import quote_term
from tests.ingest.conftest import Open
from tests.ingest.pdfs import make_pdf, report


def test_a_document_added_is_there_with_everything(open_library: Open, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library")
    data = report("foster homes", pages=3, title="Homes")
    told = library.add_bytes("homes.pdf", data)
    assert (told.status, told.reason, told.pages, told.pages_without_text) == ("added", None, 3, ())
    record = library.document(told.document_id or "")
    assert record.sha256 == hashlib.sha256(data).hexdigest()
    assert record.id == record.sha256[:16]
    assert (record.file_name, record.title, record.kind, record.health) == (
        "homes.pdf",
        "Homes",
        "document",
        {"read": 3},
    )
    assert library.file_path(record.id).read_bytes() == data
    assert "foster homes" in library.page(record.id, 2).text
    assert library.counts() == (1, len(library.chunks_of(record.id)))


def test_chunks_are_the_text_their_spans_point_at(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    for record in library.documents():
        for stored in library.chunks_of(record.id):
            spans = [library.page(record.id, s.page).text[s.start : s.end] for s in stored.chunk.spans]
            assert "\n".join(spans) == stored.chunk.text


def test_the_same_bytes_again_are_no_change(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    before = (library.generation, library.counts())
    told = library.add_bytes("another name.pdf", report("night duty"))
    assert told.status == "unchanged"
    assert (library.generation, library.counts()) == before


def test_a_known_name_with_other_bytes_replaces_the_old_version(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    old = next(record for record in library.documents() if record.file_name == "night duty.pdf")
    old_copy, generation = library.file_path(old.id), library.generation
    told = library.add_bytes("night duty.pdf", report("day duty"))
    assert told.status == "replaced"
    assert library.counts()[0] == 2
    assert library.generation > generation
    assert old_copy.exists()  # earlier answers cite it
    assert not library.find_words(quote_term("night"), 10)
    found = library.chunks([chunk for chunk, _ in library.find_nearest(library.embed(["day duty"])[0], 50)])
    assert old.id not in {chunk.document_id for chunk in found}
    with pytest.raises(UnknownDocumentError):
        library.current(old.id)


def test_a_failed_new_version_leaves_the_old_one(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    told = library.add_bytes("night duty.pdf", report("day duty")[:300])
    assert told.status == "failed"
    assert "damaged" in (told.reason or "")
    assert library.find_words(quote_term("night"), 1)


def test_pages_without_text_are_told(open_library: Open, tmp_path: Path) -> None:
    data = make_pdf([["One page has words, and enough of them."], [], ["So does the third of these pages."]])
    told = open_library(tmp_path / "library").add_bytes("gaps.pdf", data)
    assert (told.status, told.pages, told.pages_without_text) == ("added", 3, (2,))


def test_a_removed_document_leaves_nothing(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    record = next(record for record in library.documents() if record.file_name == "night duty.pdf")
    chunks = [chunk.id for chunk in library.chunks_of(record.id)]
    copy = library.file_path(record.id)
    library.remove(record.id)
    assert not copy.exists()
    assert library.chunks(chunks) == []
    assert not library.find_words(quote_term("night"), 10)
    assert {chunk for chunk, _ in library.find_nearest(library.embed(["night duty"])[0], 100)}.isdisjoint(chunks)
    with pytest.raises(RemovedError, match="was removed from the library on 20"):
        library.remove(record.id)
    with pytest.raises(UnknownDocumentError, match="assistant documents"):
        library.remove("0000000000000000")
    library.close()
    for file in data_dir.rglob("*"):
        assert not file.is_file() or b"about night duty" not in file.read_bytes(), file


def test_ids_are_never_given_twice(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    last = library.documents()[-1]
    highest = max(chunk.id for chunk in library.chunks_of(last.id))
    library.remove(last.id)
    told = library.add_bytes("new.pdf", report("something else"))
    assert min(chunk.id for chunk in library.chunks_of(told.document_id or "")) > highest


def test_unknown_documents_and_pages_are_told_apart(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    known = library.documents()[0].id
    with pytest.raises(UnknownPageError, match="from 1 to 2"):
        library.page(known, 3)
    for ask in (library.document, library.articles, library.file_path, library.chunks_of):
        with pytest.raises(UnknownDocumentError):
            ask("0000000000000000")
    with pytest.raises(UnknownDocumentError):
        library.page("0000000000000000", 1)


def test_chunks_come_in_the_order_asked_for(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    ids = [chunk.id for record in library.documents() for chunk in library.chunks_of(record.id)]
    wanted = [*reversed(ids), 10**9]
    assert [chunk.id for chunk in library.chunks(wanted)] == wanted[:-1]


def test_words_are_ranked_and_limited_to_documents(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    first, second = library.documents()
    found = library.find_words(f"{quote_term('kinship')} OR {quote_term('duties')}", 10)
    assert {chunk.document_id for chunk in library.chunks([i for i, _ in found])} == {first.id, second.id}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    only = library.find_words(f"{quote_term('kinship')} OR {quote_term('duties')}", 10, [second.id])
    assert {chunk.document_id for chunk in library.chunks([i for i, _ in only])} == {second.id}
    assert library.find_words(quote_term("kinship"), 10, []) == []


@pytest.mark.parametrize("term", ['say "so"', "a AND", "NEAR(", "*", "-x", "text:y", "", "it's", "\x00"])
def test_no_term_breaks_the_word_search(open_library: Open, data_dir: Path, term: str) -> None:
    library = open_library(data_dir)
    assert isinstance(library.find_words(quote_term(term), 5), list)
    with pytest.raises(LibraryError, match="assistant doctor"):
        library.find_words('"', 5)


def test_nearest_is_what_an_exact_search_finds(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    ids = [chunk.id for record in library.documents() for chunk in library.chunks_of(record.id)]
    vector = library.embed(["Who works at night?"])[0]
    assert vector.dtype == np.float32
    assert np.isclose(np.linalg.norm(vector), 1)
    found = library.find_nearest(vector, 3)
    everything = library.find_nearest(vector, 10**6)
    assert {chunk for chunk, _ in everything} == set(ids)
    assert found == everything[:3]
    one = library.documents()[0]
    own = [chunk.id for chunk in library.chunks_of(one.id)]
    expected = [(chunk, score) for chunk, score in everything if chunk in own]
    filtered = library.find_nearest(vector, 10**6, {one.id})
    assert [chunk for chunk, _ in filtered] == [chunk for chunk, _ in expected]
    assert np.allclose([score for _, score in filtered], [score for _, score in expected], atol=1e-5)
    assert library.find_nearest(vector, 5, []) == []


def test_nothing_is_near_in_what_was_removed_a_moment_ago(library: Library) -> None:
    library.holdings._kept = Holdings(str(library.generation), {"removed": 3}, 3)
    vector = library.embed(["Who works at night?"])[0]
    assert library.find_nearest(vector, 3) == []
    assert library.find_nearest(vector, 3, {"removed"}) == []


def test_a_digest_stands_aside_while_its_original_is_here(
    open_library: Open, tmp_path: Path, programme: Programme
) -> None:
    library = open_library(tmp_path / "library")
    digest = programme.digests[0]
    told = library.add_bytes(digest.file, report("the digest"))
    assert library.document(told.document_id or "").digest_of == digest.original_file
    assert {one.id for one in library.documents() if not one.stands_aside} == {told.document_id}
    original = library.add_bytes("journal.pdf", report("the journal", title=digest.original_title))
    assert {one.id for one in library.documents() if not one.stands_aside} == {original.document_id}
    assert library.document(told.document_id or "").stands_aside
    library.remove(original.document_id or "")
    assert {one.id for one in library.documents() if not one.stands_aside} == {told.document_id}


def test_progress_tells_file_stage_and_page(open_library: Open, tmp_path: Path) -> None:
    told: list[tuple[int, int, str, int, int]] = []
    open_library(tmp_path / "library").add_bytes("a.pdf", report("beds", pages=3), lambda *step: told.append(step))
    assert (0, 1, "reading", 3, 3) in told
    assert [step[2] for step in told if step[3] == step[4]].count("embedding") == 1


def test_another_model_is_refused_until_the_library_is_rebuilt(
    data_dir: Path, tmp_path: Path, programme: Programme
) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"other weights")
    (tmp_path / "model" / "modules.json").write_text("[]")
    for setting, sentence in (("model", "was made with the embedding model"), ("nowhere", "no embedding model")):
        settings = IngestSettings(data_dir=data_dir, embedding_model=str(tmp_path / setting))
        with pytest.raises(ModelError, match=sentence):
            Library.open(settings, programme)


def test_what_is_no_database_is_refused_with_a_sentence(tmp_path: Path, programme: Programme) -> None:
    (tmp_path / "library.db").write_bytes(b"this is not a database, and never was one" * 100)
    with pytest.raises(LibraryError, match="cannot be used"):
        Library.open(IngestSettings(data_dir=tmp_path), programme)
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="ASSISTANT_DATA_DIR"):
        Library.open(IngestSettings(data_dir=tmp_path / "file"), programme)
