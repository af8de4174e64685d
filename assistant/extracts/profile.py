"""The page of a council or a model: its extracts, each cited, those that say the same only once, in order of time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cite import Citations
from assistant.editions import in_words
from assistant.lexicon import stems_of
from assistant.shelf import Shelf
from assistant.types import Citation
from ingest.records import Extract, StoredChunk
from ingest.store import extracts

READ = 120  # extracts of a kind, best first: near-duplicates among them leave fewer
SHOWN = {"model": 1, "is": 2, "began": 2, "names": 2, "did": 14, "reports": 14, "words": 10}
AT_A_GLANCE = ("is", "model", "began", "names")
ALIKE = 0.6  # of the shorter sentence's stems stand in the other one
ARTICLES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """`text` stands in the documents letter for letter; `numbers` are its citations. A row of a table has `cells`.

    `when` is the date it says ("2020-04", "2020"), or else the one its document speaks as of.
    """

    kind: str
    text: str
    numbers: tuple[int, ...]
    when: str | None
    said: bool  # whether the sentence itself says that date
    speaker: str = ""
    cells: tuple[str, ...] = ()

    @property
    def date(self) -> str:
        return in_words(self.when) if self.when else ""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that says something of the subject, with its first page."""

    title: str
    document_title: str
    document_id: str
    place: str
    url: str
    lines: int


@dataclass(frozen=True, slots=True)
class Profile:
    sections: dict[str, tuple[Line, ...]]  # by kind
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]

    @property
    def count(self) -> int:
        return sum(len(lines) for lines in self.sections.values())


def profile_of(subject: str, shelf: Shelf) -> Profile:
    """`subject` is "council:" or "model:" with an id. Only documents that answers may use have a say."""
    found: dict[str, list[Extract]] = {}
    with shelf.library.connect() as connection:
        for kind in SHOWN:
            found[kind] = extracts.best(connection, subject, kind, shelf.documents.keys(), READ, shelf.library.sight)
    chunks = shelf.chunks.fetch(list({one.chunk_id for group in found.values() for one in group}))
    citations = Citations(shelf)
    sections: dict[str, tuple[Line, ...]] = {}
    seen: list[frozenset[str]] = []
    used: list[tuple[StoredChunk, Line]] = []
    for kind, most in SHOWN.items():
        lines: list[Line] = []
        # What stands at a glance under one heading may stand there under another, too
        told = [] if kind in AT_A_GLANCE else seen
        dates: set[str | None] = set()
        for extract, text in _longest_first(found[kind], chunks, shelf):
            stems = _stems(text)
            if len(lines) == most or any(_alike(stems, other) for other in told):
                continue
            if kind == "began" and extract.date in dates:
                continue
            line = _line(extract, chunks[extract.chunk_id], citations, shelf)
            if line is not None:
                lines.append(line)
                seen.append(stems)
                dates.add(extract.date)
                if told is not seen:
                    told.append(stems)
                used.append((chunks[extract.chunk_id], line))
        sections[kind] = tuple(lines) if kind in AT_A_GLANCE else _in_time(lines, citations)
    return Profile(sections, tuple(citations.made), _sources(used, citations.made))


def _longest_first(group: Sequence[Extract], chunks: dict[int, StoredChunk], shelf: Shelf) -> list[tuple[Extract, str]]:
    """By score; of two of one score the longer one, which then stands for both."""
    told = [(one, _text(one, shelf)) for one in group if one.chunk_id in chunks]
    return sorted(told, key=lambda row: (-row[0].score, -min(len(row[1]), 300)))


def _text(extract: Extract, shelf: Shelf) -> str:
    parts = []
    for span in extract.spans:
        page = shelf.page(extract.document_id, span.page)
        parts.append(page.text[span.start : span.end] if page else "")
    return " ".join(parts)


def _line(extract: Extract, stored: StoredChunk, citations: Citations, shelf: Shelf) -> Line | None:
    spans = extract.spans if extract.speaker is None else (*extract.spans, extract.speaker)
    numbers = citations.add(stored, spans)
    if numbers is None:
        return None
    text = _text(extract, shelf)
    speaker = shelf.page(extract.document_id, extract.speaker.page) if extract.speaker else None
    said = extract.date
    return Line(
        kind=extract.kind,
        text=text,
        numbers=numbers,
        when=said or shelf.date_of(extract.document_id),
        said=said is not None,
        speaker=speaker.text[extract.speaker.start : extract.speaker.end].strip()
        if speaker and extract.speaker
        else "",
        cells=tuple(cell.strip() for cell in text.split("|")) if " | " in text else (),
    )


def _in_time(lines: Sequence[Line], citations: Citations) -> tuple[Line, ...]:
    """By date, those of one date as they stand in their document, those without a date last."""

    def key(line: Line) -> tuple[bool, str, str, int, int]:
        first = citations.made[line.numbers[0] - 1]
        return line.when is None, line.when or "", first.document_id, first.page, first.start

    return tuple(sorted(lines, key=key))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_of(re.sub(r"\([^()]*\)", " ", text)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= ALIKE * shorter


def _sources(used: Iterable[tuple[StoredChunk, Line]], citations: Sequence[Citation]) -> tuple[Source, ...]:
    """The articles behind the lines, those with most of them first."""
    counted: dict[tuple[str, str], list[Citation]] = {}
    by_number = {one.number: one for one in citations}
    for _, line in used:
        first = by_number[line.numbers[0]]
        counted.setdefault((first.document_id, first.article or first.document_title), []).append(first)
    ranked = sorted(counted.items(), key=lambda row: -len(row[1]))[:ARTICLES]
    return tuple(
        Source(
            title=title,
            document_title=group[0].document_title,
            document_id=document_id,
            place=min(group, key=lambda one: one.page).place,
            url=min(group, key=lambda one: one.page).url,
            lines=len(group),
        )
        for (document_id, title), group in ranked
    )
