"""Whether what is stored of one document is whole: its pages, its chunks, the offsets between them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.records import DocumentRecord
from ingest.store import reads
from ingest.types import Chunk, Page

if TYPE_CHECKING:
    from ingest.library import Library


def faults_of(library: "Library", record: DocumentRecord) -> list[str]:
    """What is wrong, each in words that go on after the document's name; empty when all is well."""
    with library.connect() as connection:
        pages = reads.pages(connection, record.id)
        chunks = [stored.chunk for stored in reads.chunks_of(connection, record.id)]
    if record.state == "removed":
        return ["was removed, and some of it is still stored"] if pages or chunks else []
    return [*page_faults(record, pages), *_chunk_faults(record, pages, chunks)]


def page_faults(record: DocumentRecord, pages: Sequence[Page]) -> Iterator[str]:
    if [page.number for page in pages] != list(range(1, record.pages + 1)):
        yield f"has {record.pages} pages, but {len(pages)} are stored"
    for page in pages:
        ends = [(block.start, block.end) for block in page.blocks] + [(word.start, word.end) for word in page.words]
        if any(not 0 <= start <= end <= len(page.text) for start, end in ends):
            yield f"has words or blocks outside the text of page {page.number}"
    told = sum(record.health.values())
    if told != record.pages:
        yield f"has {record.pages} pages, and {told} of them are accounted for"


def _chunk_faults(record: DocumentRecord, pages: Sequence[Page], chunks: Sequence[Chunk]) -> Iterator[str]:
    if len(chunks) != record.chunks:
        yield f"has {record.chunks} chunks, but {len(chunks)} are stored"
    texts = {page.number: page.text for page in pages}
    wrong = sum(
        "\n".join(texts.get(span.page, "")[span.start : span.end] for span in chunk.spans) != chunk.text
        for chunk in chunks
    )
    if wrong:
        yield f"has {wrong} chunks that are not the text their offsets point at"
