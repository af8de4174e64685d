"""The library as its page shows it: each document with its other versions, and apart from them what was removed."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.wording import FORMATS, page_note
from ingest.records import DocumentRecord, PageState
from ingest.types import PageHealth

SHOWN = 200  # documents at once: of 10,000 a browser would show nothing for seconds
_AS_EXPECTED = frozenset((PageHealth.READ, PageHealth.OCR, PageHealth.EMPTY))


@dataclass(frozen=True, slots=True)
class Shelved:
    """The present version of a document, and the others, newest first."""

    record: DocumentRecord
    others: tuple[DocumentRecord, ...]

    @property
    def versions(self) -> tuple[DocumentRecord, ...]:
        return (self.record, *self.others)

    @property
    def earlier(self) -> int:
        """How many versions go with it when it is deleted."""
        return sum(other.state == "superseded" for other in self.others)


@dataclass(frozen=True, slots=True)
class Shelves:
    present: tuple[Shelved, ...]
    removed: tuple[DocumentRecord, ...]  # the last version of each document that is no more, newest first


def shelve(records: Sequence[DocumentRecord]) -> Shelves:
    """`records` are all versions of all documents, in the order in which they were added."""
    families: dict[tuple[str, str], list[DocumentRecord]] = {}
    for record in reversed(records):
        families.setdefault(record.family, []).append(record)
    current = {record.family: record for record in records if record.state == "current"}
    present = tuple(
        Shelved(record, tuple(one for one in families[family] if one.id != record.id))
        for family, record in current.items()
    )
    gone = (versions[0] for family, versions in families.items() if family not in current)
    return Shelves(present, tuple(sorted(gone, key=lambda record: record.state_at or "", reverse=True)))


@dataclass(frozen=True, slots=True)
class Window:
    """What a page shows of the present documents: of those that hold all `words`, some from number `first` on (of 0).

    `whole` says that every document there is may be shown at once; what is looked for is then found on the page.
    """

    shown: tuple[Shelved, ...]
    words: str
    first: int
    matching: int
    whole: bool

    @property
    def before(self) -> int | None:
        return max(0, self.first - SHOWN) if self.first else None

    @property
    def after(self) -> int | None:
        return self.first + SHOWN if self.first + SHOWN < self.matching else None


def window(shelves: Shelves, words: str = "", first: int = 0) -> Window:
    wanted = words.casefold().split()
    matching = [one for one in shelves.present if _holds(one.record, wanted)] if wanted else shelves.present
    first = first if first < len(matching) else 0
    whole = len(shelves.present) <= SHOWN
    return Window(tuple(matching[first : first + SHOWN]), words, first, len(matching), whole)


def _holds(record: DocumentRecord, words: Sequence[str]) -> bool:
    said = (record.title, record.file_name, *record.authors, FORMATS[record.format], (record.published or "")[:4])
    text = " ".join(said).casefold()
    return all(word in text for word in words)


def remarks(states: Sequence[PageState]) -> dict[str, list[PageState]]:
    """What is to be said of pages that were not read as they should be, and the pages it is to be said of."""
    found: dict[str, list[PageState]] = {}
    for state in states:
        note = page_note(state.health, state.detail)
        if note is not None and state.health not in _AS_EXPECTED:
            found.setdefault(note, []).append(state)
    return found
