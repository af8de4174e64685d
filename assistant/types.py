"""The values of the answer path, in the order in which they arise."""

from dataclasses import dataclass, field
from typing import Literal

from ingest.records import Sight as Sight
from ingest.records import State
from ingest.types import Format

Status = Literal["answered", "no_evidence"]
Answerer = Literal["quotes", "llm"]
NOTHING_MORE: frozenset[str] = frozenset()  # the sight of who sees what is open, and no other collection
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means no limit. Models and adopters by id in programme.toml, documents by theirs, years as "2024".

    Collections by name, "open" for the documents that everybody sees.
    """

    models: tuple[str, ...] = ()
    adopters: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    answerer: Literal["auto", "quotes", "llm"] = "auto"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: `page_text[start:end] == quote`, boxes in PDF points from the top left.

    `place` names the page in words, whatever stands for a page in this format; `caution` says what to beware of in a
    text that was not simply read. `superseded_by` is the id of the present version, where there is one.
    """

    number: int
    document_id: str
    document_title: str
    file_name: str
    published: str | None
    article: str | None
    authors: tuple[str, ...]
    page: int
    page_label: str | None
    health: str
    quote: str
    start: int
    end: int
    boxes: tuple[Box, ...]
    url: str
    place: str
    caution: str | None = None
    format: Format = Format.PDF
    state: State = "current"
    state_at: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk (its part on one page), cited like a quote; `score` is between 0 and 1."""

    citation: Citation
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """`citations` hold the words of `text`; `agreeing` are those of other documents that say the same.

    `heading` says which side or time it and what follows speak of; `as_of` when it was said, where that matters.
    `working` shows how a figure was reckoned from those that are quoted: “735 − 647 = 88”.
    """

    text: str
    citations: tuple[int, ...]
    support: Literal["verbatim", "verified"] = "verbatim"
    heading: str | None = None
    as_of: str | None = None
    agreeing: tuple[int, ...] = ()
    working: str | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds."""

    question: float
    retrieve: float
    answer: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`notes` say which part of the question the documents don't answer.

    `confidence` is the calibrated chance, from 0 to 1, that the documents answer the question at all.
    `fallback` says why the quotes answer where a language model was to; `withdrawn` counts the statements of the model
    that the documents did not prove. `safety` is the line on top of an answer to what sounds like a child at risk.
    """

    status: Status
    answer: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    standalone_question: str
    answerer: Answerer
    model: str | None
    timings: Timings
    notes: tuple[str, ...] = ()
    confidence: float | None = None
    fallback: str | None = None
    withdrawn: int = 0
    safety: str | None = None
