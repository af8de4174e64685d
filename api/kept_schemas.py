"""Requests and responses about what is kept: conversations, what people said of answers, and what helps to ask."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, StringConstraints

from api.schemas import AnswerOut, CitationOut, FiltersIn
from assistant.conversations import Message
from assistant.feedback import Feedback, Rating, Reason, Review


class FeedbackIn(BaseModel):
    rating: Rating
    reasons: Annotated[list[Reason], Field(max_length=10)] = []
    words: Annotated[str, Field(max_length=2000)] = ""
    insist: bool = False


class FeedbackOut(BaseModel):
    rating: Rating
    reasons: list[str]
    words: str
    updated_at: str


class MessageOut(BaseModel):
    id: str
    role: Literal["user", "assistant"]
    content: str
    answer: AnswerOut | None
    created_at: str
    filters: FiltersIn | None = None
    feedback: FeedbackOut | None = None

    @classmethod
    def of(cls, message: Message, feedback: Feedback | None = None) -> Self:
        told = None if feedback is None else FeedbackOut.model_validate(feedback, from_attributes=True)
        return cls.model_validate(message, from_attributes=True).model_copy(update={"feedback": told})


class FoundOut(BaseModel):
    message_id: str
    excerpt: str


class SummaryOut(BaseModel):
    conversation_id: str
    title: str
    named: bool
    questions: int
    created_at: str
    updated_at: str
    found: FoundOut | None = None


class ConversationOut(SummaryOut):
    """`earlier` says whether there are messages before these."""

    messages: list[MessageOut]
    earlier: bool


class ConversationsOut(BaseModel):
    conversations: list[SummaryOut]
    next: str | None


class TitleIn(BaseModel):
    title: Annotated[str, Field(max_length=200)] | None
    insist: bool = False


class ReviewOut(BaseModel):
    conversation_id: str
    question: str
    message: MessageOut

    @classmethod
    def of(cls, review: Review) -> Self:
        message = MessageOut.of(review.message, review.feedback)
        return cls(conversation_id=review.conversation_id, question=review.question, message=message)


class ReviewsOut(BaseModel):
    counts: dict[str, int]
    reviews: list[ReviewOut]
    next: str | None


class CitingAnswerOut(BaseModel):
    """An answer that cited a document, with its citations of that document alone."""

    conversation_id: str
    message_id: str
    question: str
    created_at: str
    citations: list[CitationOut]


class CitingAnswersOut(BaseModel):
    """`count` is of all there are, on this page or not."""

    answers: list[CitingAnswerOut]
    count: int
    next: str | None


class MoveIn(BaseModel):
    """`collection` by its name; "open", or "", for everybody."""

    collection: Annotated[str, Field(max_length=80)]


class CollectionIn(BaseModel):
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class CollectionOut(BaseModel):
    """`name` is what documents and grants say; `documents` counts the present ones."""

    name: str
    title: str
    documents: int


class CollectionsOut(BaseModel):
    collections: list[CollectionOut]


class OptionOut(BaseModel):
    id: str
    name: str
    passages: int


class FacetsOut(BaseModel):
    models: list[OptionOut]
    adopters: list[OptionOut]
    documents: list[OptionOut]
    years: list[OptionOut]
    collections: list[OptionOut]


class SuggestionsOut(BaseModel):
    questions: list[str]
