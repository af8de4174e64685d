"""Examples and boards as JSON."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints

from api.schemas import CitationOut
from assistant.boards import Board, Item
from assistant.examples import ExampleKind, Page, Shown
from assistant.pinning import Pin
from assistant.references import References
from assistant.types import Citation

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Heading = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(max_length=4000)]
Id = Annotated[str, Field(max_length=64)]
Offset = Annotated[int, Field(ge=0, le=10_000_000)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class LineOut(BaseModel):
    """Who said it, or a table's head: letter for letter at `text[start:end]` of the same page."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, citation: Citation | None) -> Self | None:
        return cls(text=citation.quote, start=citation.start, end=citation.end) if citation else None


class ExampleOut(CitationOut):
    """`reference` and `in_text` are author–date (Harvard)."""

    id: int
    kind: ExampleKind
    speaker: LineOut | None
    lead: LineOut | None
    heading: str
    models: list[str]
    adopters: list[str]
    themes: list[str]
    reference: str
    in_text: str

    @classmethod
    def of_shown(cls, shown: Shown, organisations: frozenset[str]) -> Self:
        cited = CitationOut.of(shown.citation).model_dump(mode="json")
        references = References([cited], organisations)
        return cls(
            **cited,
            id=shown.id,
            kind=shown.kind,
            speaker=LineOut.of(shown.speaker),
            lead=LineOut.of(shown.lead),
            heading=shown.heading,
            models=list(shown.models),
            adopters=list(shown.adopters),
            themes=list(shown.themes),
            reference=references.entries[0].text,
            in_text=references.in_text(cited),
        )


class ExamplesOut(BaseModel):
    """`counts`: by facet, how many examples each choice would show. `whole`: every document has been gone over."""

    items: list[ExampleOut]
    counts: Mapping[str, Mapping[str, int]]
    total: int
    cursor: str | None
    whole: bool

    @classmethod
    def of(cls, page: Page, organisations: frozenset[str]) -> Self:
        return cls(
            items=[ExampleOut.of_shown(one, organisations) for one in page.items],
            counts=page.counts,
            total=page.total,
            cursor=page.cursor,
            whole=page.whole,
        )


class BoardIn(BaseModel):
    name: Name
    insist: bool = False


class EndsIn(BaseModel):
    start: Offset
    end: Offset


class QuoteIn(BaseModel):
    """A place on a page; `quote` is what was seen there, and `speaker` and `lead` are places of the same page."""

    document_id: Id
    page: Number
    start: Offset
    end: Offset
    quote: Annotated[str, Field(max_length=20_000)] | None = None
    speaker: EndsIn | None = None
    lead: EndsIn | None = None
    note: Note = ""
    insist: bool = False

    def pin(self) -> Pin:
        return Pin(self.document_id, self.page, self.start, self.end, self.quote)

    def beside(self, ends: EndsIn | None) -> Pin | None:
        return Pin(self.document_id, self.page, ends.start, ends.end) if ends else None


class HeadingIn(BaseModel):
    heading: Heading
    insist: bool = False


class ItemChange(BaseModel):
    """`removed` takes an entry off the board, or for an hour puts it back."""

    note: Note | None = None
    heading: Heading | None = None
    removed: bool | None = None
    insist: bool = False


class OrderIn(BaseModel):
    items: Annotated[list[Id], Field(max_length=1000)]


class BoardCitation(CitationOut):
    speaker: LineOut | None = None
    lead: LineOut | None = None


class ItemOut(BaseModel):
    id: str
    kind: Literal["quote", "heading"]
    heading: str
    note: str
    citation: BoardCitation | None
    reference: str | None = None
    in_text: str | None = None
    added_at: str

    @classmethod
    def of(cls, item: Item, references: References) -> Self:
        cited = item.citation
        return cls(
            id=item.id,
            kind="heading" if cited is None else "quote",
            heading=item.text,
            note=item.note,
            citation=None if cited is None else BoardCitation.model_validate(cited),
            reference=None if cited is None else references.entry(cited).text,
            in_text=None if cited is None else references.in_text(cited),
            added_at=item.added_at,
        )


class BoardOut(BaseModel):
    id: str
    name: str
    count: int
    created_at: str

    @classmethod
    def of(cls, board: Board, **extra: Any) -> Self:
        return cls(id=board.id, name=board.name, count=board.items, created_at=board.created_at, **extra)


class WholeBoardOut(BoardOut):
    """`references`: each source once, as a list of references has them."""

    items: list[ItemOut]
    references: list[str]
