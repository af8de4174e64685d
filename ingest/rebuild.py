"""The derived indexes, made anew from the truth."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.embedding import Vectors, embedded_text
from ingest.store import reads, words, writes

if TYPE_CHECKING:
    from ingest.library import Library


def rebuild_indexes(library: "Library", on_batch: Callable[[int, int], None] | None = None) -> None:
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
            writes.next_generation(connection)
        library.nearest.rebuild()


def _embed(library: "Library", ids: Sequence[int], on_batch: Callable[[int, int], None] | None) -> Vectors:
    texts = [embedded_text(stored.chunk) for stored in library.chunks(ids)]
    return library.embedder.embed(texts, on_batch)
