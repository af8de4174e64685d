"""Conversations as the library keeps them: a refresh, a lost connection or a restart loses no answer."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Engine, GenerativeSelect, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from assistant.cite import CAUTIONS, place
from assistant.errors import AssistantError
from assistant.types import Sight, Turn
from assistant.unseen import hider, tombstone
from ingest.records import DocumentRecord
from ingest.store.people import NOBODY, ConversationRow, MessageRow
from ingest.types import Format
from ingest.view import LibraryView

Role = Literal["user", "assistant"]
Chosen = TypeVar("Chosen", bound=GenerativeSelect)
GONE = "This conversation is not in the library. Start a new one."


class UnknownConversationError(AssistantError):
    pass


class UnknownMessageError(AssistantError):
    pass


@dataclass(frozen=True, slots=True)
class Message:
    """`answer` is the whole answer as it was sent, for an assistant's message; `filters` a question's, set by click."""

    id: str
    role: Role
    content: str
    answer: Mapping[str, Any] | None
    created_at: str
    filters: Mapping[str, Any] | None = None


class Conversations:
    """Those of one person: what belongs to others is not there, by its id neither."""

    def __init__(self, engine: Engine, owner: str = NOBODY) -> None:
        self._engine, self._owner = engine, owner

    def owned_by(self, owner: str) -> "Conversations":
        return Conversations(self._engine, owner)

    def open(self, conversation_id: str | None) -> str:
        """The id of this conversation, or of a new one; raises UnknownConversationError."""
        if conversation_id is not None:
            self._require(conversation_id)
            return conversation_id
        new = uuid.uuid4().hex
        with self._engine.begin() as connection:
            at = now()
            connection.execute(insert(ConversationRow).values(id=new, created_at=at, updated_at=at, owner=self._owner))
        return new

    def add(
        self,
        conversation_id: str,
        role: Role,
        content: str,
        answer: Mapping[str, Any] | None = None,
        message_id: str | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> str:
        """Keeps one message and returns its id; raises UnknownConversationError when it was deleted meanwhile."""
        row = {
            "id": message_id or uuid.uuid4().hex,
            "conversation_id": conversation_id,
            "role": role,
            "content": content,
            "answer": answer,
            "created_at": now(),
            "filters": filters,
        }
        mine = ConversationRow.id == conversation_id
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(MessageRow).values(row))
                connection.execute(update(ConversationRow).where(mine).values(updated_at=row["created_at"]))
        except IntegrityError as error:
            raise UnknownConversationError(GONE) from error
        return str(row["id"])

    def messages(
        self, conversation_id: str, last: int | None = None, before: str | None = None, since: str | None = None
    ) -> tuple[Message, ...]:
        """In the order in which they were written; raises UnknownConversationError or UnknownMessageError.

        Only the `last` ones, those `before` a message, or those `since` one with the question it answers.
        """
        self._require(conversation_id)
        row = MessageRow
        mine = select(row.id, row.role, row.content, row.answer, row.created_at, row.filters)
        mine = mine.where(row.conversation_id == conversation_id)
        if before is not None:
            mine = mine.where(row.created_at < self._moment(conversation_id, before))
        if since is not None:
            mine = mine.where(row.created_at >= self._asked_at(conversation_id, since))
        with self._engine.connect() as connection:
            found = connection.execute(_newest(mine, last)).all()
        return tuple(Message(id_, _role(role), *rest) for id_, role, *rest in reversed(found))

    def turns(self, conversation_id: str, limit: int, library: LibraryView | None = None) -> tuple[Turn, ...]:
        """The last turns, as the history of the next question to what is seen of the library."""
        row = MessageRow
        partly = library is not None and library.sight is not None
        mine = select(row.role, row.content, row.answer if partly else null().label("answer"))
        mine = mine.where(row.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            found = connection.execute(_newest(mine, limit)).all()
        return tuple(
            Turn(_role(role), content_of(content, answer, library)) for role, content, answer in reversed(found)
        )

    def _moment(self, conversation_id: str, message_id: str) -> str:
        row = MessageRow
        wanted = select(row.created_at).where(row.conversation_id == conversation_id, row.id == message_id)
        with self._engine.connect() as connection:
            found = connection.execute(wanted).scalar()
        if found is None:
            raise UnknownMessageError("This answer is not in the conversation. Open the conversation without it.")
        return str(found)

    def _asked_at(self, conversation_id: str, message_id: str) -> str:
        """When the question was asked that a message answers."""
        moment, row = self._moment(conversation_id, message_id), MessageRow
        asked = select(row.created_at).where(row.conversation_id == conversation_id, row.role == "user")
        with self._engine.connect() as connection:
            found = connection.execute(_newest(asked.where(row.created_at <= moment), 1)).scalar()
        return str(found or moment)

    def _require(self, conversation_id: str) -> None:
        with self._engine.connect() as connection:
            row = ConversationRow
            mine = select(row.id).where(row.id == conversation_id, row.owner == self._owner)
            known = connection.execute(mine).first()
        if known is None:
            raise UnknownConversationError(GONE)


def content_of(content: str, answer: Mapping[str, Any] | None, library: LibraryView | None) -> str:
    """What may be read of a message by who sees this much of the library."""
    if answer is None or library is None:
        return content
    shown = hider(library)(answer)
    return content if shown is answer else str(shown["answer"])


def _newest(messages: Chosen, limit: int | None) -> Chosen:
    """Newest first, so that a limit keeps the last ones."""
    return messages.order_by(MessageRow.created_at.desc()).limit(limit)


Marker = Callable[[Mapping[str, Any]], dict[str, Any]]


def present_states(records: Sequence[DocumentRecord], sight: Sight = None) -> Marker:
    """What gives a kept citation what has become of its document; `records` are all versions that `sight` sees."""
    known = {record.id: record for record in records}
    present = {record.family: record.id for record in records if record.state == "current"}

    def marked(citation: Mapping[str, Any]) -> dict[str, Any]:
        record = known.get(citation["document_id"])
        if record is None and sight is not None:
            return tombstone(citation)
        # A quote goes with its document, and does not come back with it
        state = record.state if record is not None and citation["quote"] else "removed"
        by = present.get(record.family) if record is not None and state == "superseded" else None
        at = None if record is None else record.state_at
        return _with_words(citation) | {"state": state, "state_at": at, "superseded_by": by}

    return marked


def as_read_by(library: LibraryView, messages: Sequence[Message]) -> tuple[Message, ...]:
    """With nothing of documents that whoever reads them may not see, and what has become of the others."""
    hide = hider(library)

    def read(message: Message) -> Message:
        shown = None if message.answer is None else hide(message.answer)
        if shown is None or shown is message.answer:
            return message
        return replace(message, content=str(shown["answer"]), answer=shown)

    return with_present_states([read(one) for one in messages], library.all_versions(), library.sight)


def with_present_states(
    messages: Sequence[Message], records: Sequence[DocumentRecord], sight: Sight = None
) -> tuple[Message, ...]:
    """Every citation with what has become of its document; `records` are all versions that `sight` sees."""
    marked = present_states(records, sight)

    def told(message: Message) -> Message:
        if message.answer is None:
            return message
        answer = dict(message.answer)
        answer |= {name: [marked(one) for one in answer[name]] for name in ("citations", "passages")}
        return replace(message, answer=answer)

    return tuple(told(message) for message in messages)


def _with_words(citation: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that an earlier version kept have no place in words yet; all they cite are PDFs."""
    words = {
        "place": place(Format.PDF, citation["page"], citation["page_label"]),
        "caution": CAUTIONS.get(citation["health"]),
    }
    return {**words, **citation}


def _role(stored: str) -> Role:
    return "user" if stored == "user" else "assistant"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
