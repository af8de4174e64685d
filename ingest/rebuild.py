"""All that is derived, made anew: documents that are not whole from their kept copies, then words and vectors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest import removing
from ingest.chunk_vectors import embed_chunks
from ingest.embedding import OnBatch, Vectors
from ingest.errors import IngestError
from ingest.outdated import outdated, read_outdated
from ingest.reading_again import read_again, read_anew, worth_another_reading
from ingest.records import DocumentRecord, FileReport
from ingest.soundness import faults_of
from ingest.staging import Steps, report
from ingest.store import reads, sentences, stored_vectors, vocabulary, words, writes
from ingest.store.sentences import PackedSentences

if TYPE_CHECKING:
    from ingest.library import Library

_AT_ONCE = 1024  # chunks; a rebuild that is stopped keeps the sentences it has made


def rebuild(library: "Library", steps: Steps, on_batch: OnBatch | None = None) -> list[FileReport]:
    """Mends what the doctor finds; one report for each document that was read again.

    Raises ModelError, or IndexDamagedError when Chroma cannot be written.
    """
    with library.changing(), library.begin() as connection:
        writes.delete_orphans(connection)
        sentences.delete_orphans(connection)
    rebuild_indexes(library, on_batch)
    mended = [
        _read_again(library, record, steps, whole)
        for record in library.all_versions()
        if not (whole := not faults_of(library, record)) or _unread(library, record)
    ]
    return [*mended, *(_read_outdated(library, record, steps) for record in outdated(library))]


def _unread(library: "Library", record: DocumentRecord) -> bool:
    return record.state == "current" and worth_another_reading(library, record)


def _read_again(library: "Library", record: DocumentRecord, steps: Steps, whole: bool) -> FileReport:
    try:
        if record.state == "removed":
            removing.bury_again(library, record)
            return report(record.file_name, "unchanged", record, "What was left of it has been removed.")
        return read_again(library, record, steps) if whole else read_anew(library, record, steps)
    except (IngestError, OSError) as error:
        return FileReport(record.file_name, "failed", str(error), record.id)


def _read_outdated(library: "Library", record: DocumentRecord, steps: Steps) -> FileReport:
    try:
        return read_outdated(library, record, steps)
    except (IngestError, OSError) as error:
        return FileReport(record.file_name, "failed", str(error), record.id)


def rebuild_indexes(library: "Library", on_batch: OnBatch | None = None) -> None:
    """Words, vectors and sentences. Chunks are embedded anew only when the library was made with another model, and
    where their sentences are missing.

    Raises ModelError, or IndexDamagedError when Chroma cannot be written.
    """
    with library.changing():
        with library.connect() as connection:
            ids = reads.chunk_ids(connection)
            sound = stored_vectors.are_sound(connection)
        made_with, model = library.made_with(), library.embedder.identity
        other_model = made_with is not None and made_with.sha256 != model.sha256
        embedded = _embed(library, ids, on_batch) if ids and (other_model or not sound) else None
        with library.begin() as connection:
            if embedded is not None:
                writes.replace_vectors(connection, ids, embedded[0])
                sentences.replace_sentences(connection, ids, embedded[1])
                writes.set_meta(connection, "model", model.name)
                writes.set_meta(connection, "model_sha256", model.sha256)
            words.rebuild_index(connection)
            vocabulary.count_anew(connection)
            writes.forget_examples(connection)
            writes.next_generation(connection)
        _add_sentences(library, on_batch)
        library.nearest.rebuild()


def _add_sentences(library: "Library", on_batch: OnBatch | None) -> None:
    """Makes those that are not there, or not whole."""
    with library.connect() as connection:
        ids = sentences.lacking(connection)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        _, made = _embed(library, part, on_batch)
        with library.begin() as connection:
            sentences.replace_sentences(connection, part, made)


def _embed(library: "Library", ids: Sequence[int], on_batch: OnBatch | None) -> tuple[Vectors, list[PackedSentences]]:
    return embed_chunks(library.embedder, [stored.chunk for stored in library.chunks(ids)], on_batch)
