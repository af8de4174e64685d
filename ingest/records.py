"""What the library tells of its documents, of their chunks and of an ingest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.types import Chunk, Format, PageHealth, Span

Kind = Literal["document", "digest", "handbook"]
Status = Literal["added", "replaced", "unchanged", "failed"]
Severity = Literal["error", "warning"]
State = Literal["current", "superseded", "removed"]
STATES: tuple[State, ...] = ("current", "superseded", "removed")
# The collections that somebody may see beside the open one; None sees all
Sight = frozenset[str] | None
OPEN = ""  # the collection of the documents that everybody sees who may read
OPEN_NAME = "open"  # what it is called where a name must be given

# (file index from 0, number of files, stage, done, of how many): pages while "reading", chunks while "embedding"
Progress = Callable[[int, int, str, int, int], None]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """`id` is the first 16 hex digits of the SHA-256 of its bytes, in a closed collection of another number made of
    it (see identity.py); `health` counts pages by their PageHealth.

    `digest_of` is the file name of the original; a digest stands aside while that original is in the library, and so
    does a copy while the same file stands in an earlier collection: both as far as whoever asks may see.
    A superseded version is kept for the answers that cite it; of a removed one nothing is left but this record.
    """

    id: str
    sha256: str
    file_name: str
    title: str
    authors: tuple[str, ...]
    published: str | None
    kind: Kind
    digest_of: str | None
    pages: int
    pages_without_text: tuple[int, ...]
    health: Mapping[str, int]
    chunks: int
    added_at: str  # ISO 8601, UTC
    stands_aside: bool
    format: Format = Format.PDF
    state: State = "current"
    state_at: str | None = None  # since when it is superseded or removed
    superseded_by: str | None = None
    collection: str = OPEN  # who may see it
    reader: str = ""  # the version of the reader it was read by

    @property
    def family(self) -> tuple[str, str]:
        """What its versions have in common."""
        return self.collection, self.file_name


@dataclass(frozen=True, slots=True)
class PageState:
    """How a page was read."""

    number: int
    label: str | None
    health: PageHealth
    detail: str | None


@dataclass(frozen=True, slots=True)
class StoredChunk:
    id: int
    document_id: str
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence, list or quote (its `spans`) of a chunk that says something of a subject.

    `date` is the one it says, "2020-04" or "2020"; `score` orders the extracts of one subject and kind.
    """

    subject: str
    kind: str
    date: str | None
    score: float
    chunk_id: int
    spans: tuple[Span, ...]
    speaker: Span | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `reason` is a sentence when it failed, or when something about it is worth knowing."""

    file: str
    status: Status
    reason: str | None = None
    document_id: str | None = None
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the library, and what mends it."""

    severity: Severity
    what: str
    mend: str
