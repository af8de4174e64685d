"""What the tools give back: citations as other programs need them, without what only a page draws."""

from typing import Literal, Self

from pydantic import BaseModel, Field

from api.openai.replies import link
from api.schemas import AnswerOut, CitationOut, StatementOut


class CitedOut(BaseModel):
    """A quote and where it stands: `start` and `end` index the stored text of that page, letter for letter."""

    number: int
    document_id: str
    document_title: str
    file_name: str
    published: str | None
    article: str | None
    authors: list[str]
    page: int = Field(description="Counted from 1, as the file has it.")
    page_label: str | None = Field(description="The printed page number, where there is one.")
    place: str = Field(description="The page in words.")
    quote: str
    start: int
    end: int
    url: str = Field(description="The page in the assistant's reader, the quote marked.")
    caution: str | None = Field(default=None, description="What to beware of: text from OCR, for instance.")

    @classmethod
    def of(cls, citation: CitationOut, host: str) -> Self:
        fields = citation.model_dump(include=set(cls.model_fields) - {"url"})
        return cls(**fields, url=link(citation, host))


class FoundOut(CitedOut):
    text: str = Field(description="The whole passage around the quote.")
    score: float = Field(description="How near it comes, from 0 to 1, beside the others of this search.")


class SearchResult(BaseModel):
    passages: list[FoundOut] = Field(description="Best first.")


class AskResult(BaseModel):
    """`no_evidence` means that the documents do not answer: then nothing is cited, and nothing should be claimed."""

    status: Literal["answered", "no_evidence"]
    answer: str = Field(description="Markdown with [1] markers.")
    statements: list[StatementOut]
    citations: list[CitedOut]
    notes: list[str] = Field(description="Which part of the question the documents do not answer.")
    standalone_question: str
    answerer: Literal["quotes", "llm"]
    safety: str | None = Field(description="To be shown first: the question sounds like a live concern for a child.")

    @classmethod
    def of(cls, answer: AnswerOut, host: str) -> Self:
        fields = answer.model_dump(include=set(cls.model_fields) - {"citations"})
        return cls(**fields, citations=[CitedOut.of(one, host) for one in answer.citations])


class PageResult(BaseModel):
    document_id: str
    document_title: str
    file_name: str
    page: int
    pages: int = Field(description="How many pages the document has.")
    page_label: str | None
    text: str
    note: str | None = Field(description="What to know of a page that was not simply read.")
    url: str


class ExampleFound(CitedOut):
    kind: str = Field(description="quote, figure, story or practice.")
    speaker: str | None = Field(description="Who said it, where the page says so.")
    heading: str
    reference: str = Field(description="The full reference, author-date (Harvard).")


class ExamplesResult(BaseModel):
    examples: list[ExampleFound]
    total: int
    cursor: str | None = Field(description="Ask again with it for the next part; null at the end.")
    whole: bool = Field(description="False while some documents have not been gone over yet.")
