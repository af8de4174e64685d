"""Conversations as the library keeps them: a refresh, a lost connection or a restart loses no answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, insert, select

from assistant.cite import CAUTIONS, place
from assistant.errors import AssistantError
from assistant.types import Turn
from ingest.records import DocumentRecord
from ingest.store.schema import ConversationRow, MessageRow
from ingest.types import Format

Role = Literal["user", "assistant"]


class UnknownConversationError(AssistantError):
    pass


@dataclass(frozen=True, slots=True)
class Message:
    """`answer` is the whole answer as it was sent, for an assistant's message."""

    id: str
    role: Role
    content: str
    answer: Mapping[str, Any] | None
    created_at: str


class Conversations:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, conversation_id: str | None) -> str:
        """The id of this conversation, or of a new one; raises UnknownConversationError."""
        if conversation_id is not None:
            self._require(conversation_id)
            return conversation_id
        new = uuid.uuid4().hex
        with self._engine.begin() as connection:
            connection.execute(insert(ConversationRow).values(id=new, created_at=_now()))
        return new

    def add(
        self,
        conversation_id: str,
        role: Role,
        content: str,
        answer: Mapping[str, Any] | None = None,
        message_id: str | None = None,
    ) -> str:
        """Keeps one message and returns its id."""
        row = {
            "id": message_id or uuid.uuid4().hex,
            "conversation_id": conversation_id,
            "role": role,
            "content": content,
            "answer": answer,
            "created_at": _now(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(MessageRow).values(row))
        return str(row["id"])

    def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """In the order in which they were written; raises UnknownConversationError."""
        self._require(conversation_id)
        row = MessageRow
        chosen = select(row.id, row.role, row.content, row.answer, row.created_at)
        mine = chosen.where(row.conversation_id == conversation_id).order_by(row.created_at)
        with self._engine.connect() as connection:
            found = connection.execute(mine).all()
        return tuple(Message(id_, _role(role), *rest) for id_, role, *rest in found)

    def turns(self, conversation_id: str, limit: int) -> tuple[Turn, ...]:
        """The last turns, as the history of the next question."""
        return tuple(Turn(message.role, message.content) for message in self.messages(conversation_id)[-limit:])

    def _require(self, conversation_id: str) -> None:
        with self._engine.connect() as connection:
            wanted = select(ConversationRow.id).where(ConversationRow.id == conversation_id)
            known = connection.execute(wanted).first()
        if known is None:
            raise UnknownConversationError("This conversation is not in the library. Start a new one.")


def with_present_states(messages: Sequence[Message], records: Sequence[DocumentRecord]) -> tuple[Message, ...]:
    """Every citation with what has become of its document; `records` are all versions of all documents."""
    known = {record.id: record for record in records}
    present = {record.file_name: record.id for record in records if record.state == "current"}

    def marked(citation: Mapping[str, Any]) -> dict[str, Any]:
        record = known.get(citation["document_id"])
        # A quote goes with its document, and does not come back with it
        state = record.state if record is not None and citation["quote"] else "removed"
        by = present.get(record.file_name) if record is not None and state == "superseded" else None
        at = None if record is None else record.state_at
        return _with_words(citation) | {"state": state, "state_at": at, "superseded_by": by}

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
