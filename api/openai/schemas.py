"""A chat completion as it is answered: OpenAI's fields, and ours beside them."""

from typing import Literal

from pydantic import BaseModel, Field

from api.schemas import CitationOut


class UrlCitationOut(BaseModel):
    """`start_index` and `end_index` are the marker in the message, counted in Unicode characters.

    `start` and `end` are the quote in the stored text of its page: `text[start:end] == quote`, letter for letter.
    """

    start_index: int
    end_index: int
    url: str = Field(description="The cited page in the assistant's reader, the quote marked.")
    title: str
    number: int
    document_id: str
    page: int
    page_label: str | None
    quote: str
    start: int
    end: int


class AnnotationOut(BaseModel):
    """One marker of the text, and what stands behind it."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationOut


class CompletionMessageOut(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[AnnotationOut] = []


FinishReason = Literal["stop", "content_filter"]


class ChoiceOut(BaseModel):
    index: int = 0
    message: CompletionMessageOut
    finish_reason: FinishReason
    logprobs: None = None


class UsageOut(BaseModel):
    """Words and punctuation marks of the messages and of the answer; no model's own tokens are counted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class AboutOut(BaseModel):
    """What OpenAI's fields have no place for, as POST /api/v1/ask tells it."""

    status: Literal["answered", "no_evidence", "case_data"]
    answerer: Literal["quotes", "llm"] | None = None
    model: str | None = None
    standalone_question: str | None = None
    confidence: float | None = None
    fallback: str | None = None
    withdrawn: int = 0
    safety: str | None = None
    edited: str | None = Field(default=None, description="The question without case data, where it held some.")
    citations: list[CitationOut] = []


class CompletionOut(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChoiceOut]
    usage: UsageOut
    assistant: AboutOut


class ModelOut(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str
    description: str


class ModelsOut(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelOut]


class ErrorBodyOut(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class ErrorOut(BaseModel):
    """Every error under /v1."""

    error: ErrorBodyOut
