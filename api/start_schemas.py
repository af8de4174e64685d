"""What the pages for new people are made of, as JSON."""

from typing import Self

from pydantic import BaseModel

from api.schemas import CitationOut
from assistant.extracts.profile import Line, Profile, Source
from assistant.start.glossary import Entry
from assistant.start.paths import Path, Step
from assistant.start.timeline import Event
from ingest.programme import Entity


class StepOut(BaseModel):
    """`minutes` are counted from the words of the part to read."""

    topic: str
    why: str
    title: str
    document_id: str
    document_title: str
    page: int
    place: str
    url: str
    words: int
    minutes: int
    questions: list[str]

    @classmethod
    def of(cls, step: Step) -> Self:
        read = step.reading
        fields = {name: getattr(read, name) for name in cls.model_fields if hasattr(read, name)}
        return cls(topic=step.topic, why=step.why, questions=list(step.questions), **fields)


class PathOut(BaseModel):
    id: str
    role: str
    title: str
    minutes: int
    steps: list[StepOut]
    left_out: list[str]

    @classmethod
    def of(cls, path: Path) -> Self:
        return cls(
            id=path.id,
            role=path.role,
            title=path.title,
            minutes=path.minutes,
            steps=[StepOut.of(step) for step in path.steps],
            left_out=list(path.left_out),
        )


class StartOut(BaseModel):
    """`ready` is false while the paths are still being made for the library as it is now."""

    ready: bool
    paths: list[PathOut]


class TermOut(BaseModel):
    """`citations` are empty where the definition is the programme's own wording."""

    id: str
    term: str
    names: list[str]
    marked: list[str]
    definition: str
    citations: list[CitationOut]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            id=entry.id,
            term=entry.term,
            names=list(entry.names),
            marked=list(entry.marked),
            definition=entry.definition,
            citations=[CitationOut.of(citation) for citation in entry.quotes],
        )


class GlossaryOut(BaseModel):
    ready: bool
    terms: list[TermOut]


class ProfileLineOut(BaseModel):
    """`text` is quoted letter for letter; `citations` are numbers of the page's citations."""

    text: str
    citations: list[int]
    when: str | None
    said: bool
    speaker: str

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(text=line.text, citations=list(line.numbers), when=line.when, said=line.said, speaker=line.speaker)


class SourceOut(BaseModel):
    title: str
    document_id: str
    document_title: str
    place: str
    url: str
    lines: int

    @classmethod
    def of(cls, source: Source) -> Self:
        return cls(**{name: getattr(source, name) for name in cls.model_fields})


class ProfileOut(BaseModel):
    """`ready` is false while documents are still being read for it; `sections` are keyed by kind."""

    ready: bool
    id: str
    name: str
    model: str | None
    sections: dict[str, list[ProfileLineOut]]
    citations: list[CitationOut]
    sources: list[SourceOut]

    @classmethod
    def of(cls, entity: Entity, profile: Profile, ready: bool) -> Self:
        return cls(
            ready=ready,
            id=entity.id,
            name=entity.name,
            model=entity.model,
            sections={kind: [ProfileLineOut.of(line) for line in lines] for kind, lines in profile.sections.items()},
            citations=[CitationOut.of(citation) for citation in profile.citations],
            sources=[SourceOut.of(source) for source in profile.sources],
        )


class EventOut(BaseModel):
    council: str
    name: str
    part: str
    model: str | None
    date: str
    text: str
    citation: CitationOut

    @classmethod
    def of(cls, event: Event) -> Self:
        return cls(
            council=event.council,
            name=event.name,
            part=event.part,
            model=event.model,
            date=event.date,
            text=event.line.text,
            citation=CitationOut.of(event.citation),
        )


class TimelineOut(BaseModel):
    ready: bool
    events: list[EventOut]
