"""Kept conversations: listed, searched, opened, renamed, deleted."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.dependencies import ConversationListDep, ConversationsDep, FeedbackDep, GuardDep, LibraryDep
from api.kept_schemas import ConversationOut, ConversationsOut, MessageOut, SummaryOut, TitleIn
from assistant.conversations import as_read_by

router = APIRouter(tags=["conversations"])
Id = Annotated[str | None, Query(max_length=100)]


@router.get("/conversations")
def conversations(
    kept: ConversationListDep,
    library: LibraryDep,
    q: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 30,
    before: Id = None,
) -> ConversationsOut:
    """Newest first; with `q` those that hold all of its words, and where. `next` goes into `before`."""
    return ConversationsOut.model_validate(kept.find(q, limit, before, library), from_attributes=True)


@router.get("/conversations/{conversation_id}")
def conversation(
    conversation_id: str,
    conversations: ConversationsDep,
    kept: ConversationListDep,
    feedback: FeedbackDep,
    library: LibraryDep,
    last: Annotated[int | None, Query(ge=1, le=400)] = None,
    before: Id = None,
    since: Id = None,
) -> ConversationOut:
    """Its messages with whole answers, and what has become of the documents they cite.

    All of them, or the `last` ones, those `before` one, those `since` one with its question.
    """
    messages = conversations.messages(conversation_id, last, before, since)
    earlier = bool(messages) and bool(conversations.messages(conversation_id, 1, messages[0].id))
    said = feedback.of(conversation_id)
    told = [MessageOut.of(one, said.get(one.id)) for one in as_read_by(library, messages)]
    summary = SummaryOut.model_validate(kept.get(conversation_id), from_attributes=True)
    return ConversationOut(**summary.model_dump(), messages=told, earlier=earlier)


@router.patch("/conversations/{conversation_id}")
def rename(conversation_id: str, wanted: TitleIn, kept: ConversationListDep, guard: GuardDep) -> SummaryOut:
    """Without a title it goes by its first question again."""
    guard.check(wanted.title or "", wanted.insist)
    return SummaryOut.model_validate(kept.rename(conversation_id, wanted.title), from_attributes=True)


@router.delete("/conversations/{conversation_id}", status_code=204)
def delete(conversation_id: str, kept: ConversationListDep) -> Response:
    """With all its messages and what was said of its answers; nothing brings it back."""
    kept.delete(conversation_id)
    return Response(status_code=204)
