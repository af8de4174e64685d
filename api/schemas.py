"""Requests and responses as JSON: the field names of the contract."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints

from assistant.errors import EndpointError
from assistant.types import Answer, Citation, Filters, Passage, Question, Turn
from assistant.writing.write import Writer
from ingest.records import State
from ingest.types import Format

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Ids = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]


class TurnIn(BaseModel):
    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]


class FiltersIn(BaseModel):
    models: Ids = []
    adopters: Ids = []
    documents: Ids = []
    years: Ids = []
    collections: Ids = []

    def value(self) -> Filters:
        return Filters(**{name: tuple(values) for name, values in self})


class AskIn(BaseModel):
    question: Text
    history: Annotated[list[TurnIn], Field(max_length=40)] = []
    conversation_id: Annotated[str, Field(max_length=100)] | None = None
    filters: FiltersIn = FiltersIn()
    answerer: Literal["auto", "quotes", "llm"] = "auto"
    insist: bool = False

    def value(self, stored: tuple[Turn, ...]) -> Question:
        """The question; `stored` turns are its history when the request brings none."""
        history = tuple(Turn(turn.role, turn.content) for turn in self.history) or stored
        return Question(self.question, history, self.filters.value(), self.answerer)


class CitationOut(BaseModel):
    number: int
    document_id: str
    document_title: str
    file_name: str
    published: str | None
    article: str | None
    authors: list[str]
    page: int
    page_label: str | None
    health: str
    quote: str
    start: int
    end: int
    boxes: list[tuple[float, float, float, float]]
    url: str
    place: str
    caution: str | None = None
    format: Format = Format.PDF
    state: State = "current"
    state_at: str | None = None
    superseded_by: str | None = None

    @classmethod
    def of(cls, citation: Citation, **extra: Any) -> Self:
        fields = {name: getattr(citation, name) for name in cls.model_fields if hasattr(citation, name)}
        fields["authors"] = list(citation.authors)
        fields["boxes"] = [tuple(round(float(edge), 2) for edge in box) for box in citation.boxes]
        return cls(**fields | extra)


class PassageOut(CitationOut):
    text: str
    score: float

    @classmethod
    def of_passage(cls, passage: Passage) -> Self:
        return cls.of(passage.citation, text=passage.text, score=round(float(passage.score), 4))


class StatementOut(BaseModel):
    text: str
    citations: list[int]
    support: Literal["verbatim", "verified"]
    heading: str | None = None
    as_of: str | None = None
    agreeing: list[int] = []
    working: str | None = None


class TimingsOut(BaseModel):
    question: float
    retrieve: float
    answer: float
    total: float


class AnswerOut(BaseModel):
    status: Literal["answered", "no_evidence"]
    answer: str
    statements: list[StatementOut]
    citations: list[CitationOut]
    passages: list[PassageOut]
    standalone_question: str
    answerer: Literal["quotes", "llm"]
    model: str | None
    conversation_id: str | None
    message_id: str | None
    timings_ms: TimingsOut
    notes: list[str] = []
    confidence: float | None = None
    fallback: str | None = None
    withdrawn: int = 0
    safety: str | None = None

    @classmethod
    def of(cls, answer: Answer, conversation_id: str | None, message_id: str | None) -> Self:
        times = answer.timings
        return cls(
            status=answer.status,
            answer=answer.answer,
            statements=[StatementOut.model_validate(row, from_attributes=True) for row in answer.statements],
            citations=[CitationOut.of(citation) for citation in answer.citations],
            passages=[PassageOut.of_passage(passage) for passage in answer.passages],
            standalone_question=answer.standalone_question,
            answerer=answer.answerer,
            model=answer.model,
            notes=list(answer.notes),
            confidence=None if answer.confidence is None else round(answer.confidence, 3),
            fallback=answer.fallback,
            withdrawn=answer.withdrawn,
            safety=answer.safety,
            conversation_id=conversation_id,
            message_id=message_id,
            timings_ms=TimingsOut(**{name: round(float(getattr(times, name)), 1) for name in TimingsOut.model_fields}),
        )


class SearchOut(BaseModel):
    passages: list[PassageOut]


class ReadyOut(BaseModel):
    """`parts`: of model, database, vectors and worker, “ok” or a sentence that says what is wrong."""

    status: str
    documents: int
    chunks: int
    parts: dict[str, str]


class WriterOut(BaseModel):
    """`said` is what its service told, or why it cannot be used; `counts`: asked, answered, withdrawn, each failure."""

    configured: bool
    model: str | None = None
    said: str | None = None
    counts: dict[str, int] = {}

    @classmethod
    def of(cls, writer: Writer | None) -> Self:
        if writer is None:
            return cls(configured=False)
        try:
            found = writer.endpoint.look()
        except EndpointError as error:
            return cls(configured=True, said=str(error), counts=dict(writer.endpoint.counts))
        return cls(configured=True, model=found.name, said=found.said, counts=dict(writer.endpoint.counts))
