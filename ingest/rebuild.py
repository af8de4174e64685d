"""All that is derived, made anew: documents that are not whole from their kept copies, then words and vectors."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest import removing
from ingest.embedding import Vectors, embedded_text
from ingest.errors import IngestError
from ingest.reading_again import read_again, read_anew, worth_another_reading
from ingest.records import DocumentRecord, FileReport
from ingest.soundness import faults_of
from ingest.staging import Steps, report
from ingest.store import reads, vocabulary, words, writes

if TYPE_CHECKING:
    from ingest.library import Library

OnBatch = Callable[[int, int], None]


def rebuild(library: "Library", steps: Steps, on_batch: OnBatch | None = None) -> list[FileReport]:
    """Mends what the doctor finds; one report for each document that was read again.

    Raises ModelError, or IndexDamagedError when Chroma cannot be written.
    """
    with library.changing(), library.begin() as connection:
        writes.delete_orphans(connection)
    rebuild_indexes(library, on_batch)
    return [
        _read_again(library, record, steps, whole)
        for record in library.all_versions()
        if not (whole := not faults_of(library, record)) or _unread(library, record)
    ]


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


def rebuild_indexes(library: "Library", on_batch: OnBatch | None = None) -> None:
    """Words and vectors. Chunks are embedded anew only when the model is another one than the library was made with.

    Raises ModelError, or IndexDamagedError when Chroma cannot be written.
    """
    with library.changing():
        with library.connect() as connection:
            ids = reads.chunk_ids(connection)
            sound = reads.vectors_sound(connection)
        made_with, model = library.made_with(), library.embedder.identity
        other_model = made_with is not None and made_with.sha256 != model.sha256
        vectors = _embed(library, ids, on_batch) if ids and (other_model or not sound) else None
        with library.begin() as connection:
            if vectors is not None:
                writes.replace_vectors(connection, ids, vectors)
                writes.set_meta(connection, "model", model.name)
                writes.set_meta(connection, "model_sha256", model.sha256)
            words.rebuild_index(connection)
            vocabulary.count_anew(connection)
            writes.next_generation(connection)
        library.nearest.rebuild()


def _embed(library: "Library", ids: Sequence[int], on_batch: OnBatch | None) -> Vectors:
    texts = [embedded_text(stored.chunk) for stored in library.chunks(ids)]
    return library.embedder.embed(texts, on_batch)
