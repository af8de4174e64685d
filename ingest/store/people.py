"""The tables of what people keep: conversations, what they said of answers, boards. `owner` is a person's id."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ingest.store.base import Base

NOBODY = "local"  # who owns what was kept on a service that asks nobody who they are


class ConversationRow(Base):
    """`title` is the one a person gave; without one its first question serves. `updated_at` is its last message's."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[str]
    title: Mapped[str | None]
    updated_at: Mapped[str] = mapped_column(server_default="", index=True)
    owner: Mapped[str] = mapped_column(server_default=NOBODY, index=True)


class MessageRow(Base):
    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    content: Mapped[str]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[str]
    filters: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # a question's, set by click


class FeedbackRow(Base):
    """What a person said of one answer."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    rating: Mapped[str]  # up or down
    reasons: Mapped[list[Any]]
    words: Mapped[str]
    updated_at: Mapped[str] = mapped_column(index=True)


class BoardRow(Base):
    __tablename__ = "boards"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[str]
    owner: Mapped[str] = mapped_column(server_default=NOBODY, index=True)


class BoardItemRow(Base):
    """A quote or a heading. `citation` is kept as answers keep theirs: see answers.py; `place` orders a board."""

    __tablename__ = "board_items"

    id: Mapped[str] = mapped_column(primary_key=True)
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    kind: Mapped[str]  # quote or heading
    text: Mapped[str]  # of a heading
    note: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(index=True)
    citation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    added_at: Mapped[str]
    removed_at: Mapped[str | None]  # for an hour it can be put back
