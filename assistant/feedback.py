"""What people say of answers: up or down, why, in their own words; for whoever runs the service to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, insert, select

from assistant.conversations import Message, UnknownMessageError, now
from ingest.store.people import NOBODY, ConversationRow, FeedbackRow, MessageRow

Rating = Literal["up", "down"]
Reason = Literal["right", "sourced", "clear", "beside", "wrong_page", "old", "incomplete", "unclear", "missed"]
# The reasons a person may tick, in the order in which they are offered
REASONS: Mapping[Rating, Mapping[Reason, str]] = {
    "up": {"right": "It answers the question", "sourced": "The sources fit", "clear": "Easy to read"},
    "down": {
        "beside": "It does not answer the question",
        "incomplete": "Something is missing",
        "wrong_page": "The source does not say that",
        "old": "Out of date",
        "missed": "The documents do answer it",
        "unclear": "Hard to understand",
    },
}

_C, _F, _M = ConversationRow, FeedbackRow, MessageRow


@dataclass(frozen=True, slots=True)
class Feedback:
    rating: Rating
    reasons: tuple[str, ...]
    words: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Review:
    """Feedback beside the question and the answer that it is about; `owner` is who said it."""

    conversation_id: str
    question: str
    message: Message
    feedback: Feedback
    owner: str = NOBODY


@dataclass(frozen=True, slots=True)
class Reviews:
    """`next` asks for those after these; None when there are no more."""

    reviews: tuple[Review, ...]
    next: str | None


class FeedbackBook:
    """A person says something of their own answers; `counts` and `reviews` are of what everybody said."""

    def __init__(self, engine: Engine, owner: str = NOBODY) -> None:
        self._engine, self._owner = engine, owner

    def owned_by(self, owner: str) -> "FeedbackBook":
        return FeedbackBook(self._engine, owner)

    def put(
        self, conversation_id: str, message_id: str, rating: Rating, reasons: Sequence[Reason] = (), words: str = ""
    ) -> Feedback:
        """Keeps it in place of what was said of this answer before; raises UnknownMessageError."""
        kept = [reason for reason in REASONS[rating] if reason in reasons]
        row = {"rating": rating, "reasons": kept, "words": words.strip(), "updated_at": now()}
        with self._engine.begin() as connection:
            _require_answer(connection, conversation_id, message_id, self._owner)
            connection.execute(delete(_F).where(_F.message_id == message_id))
            connection.execute(insert(_F).values(message_id=message_id, **row))
        return Feedback(rating, tuple(kept), words.strip(), str(row["updated_at"]))

    def clear(self, conversation_id: str, message_id: str) -> None:
        """Raises UnknownMessageError."""
        with self._engine.begin() as connection:
            _require_answer(connection, conversation_id, message_id, self._owner)
            connection.execute(delete(_F).where(_F.message_id == message_id))

    def of(self, conversation_id: str) -> dict[str, Feedback]:
        """What was said of a conversation's answers, by message."""
        wanted = select(_F.message_id, _F.rating, _F.reasons, _F.words, _F.updated_at).join(_M, _M.id == _F.message_id)
        wanted = wanted.join(_C, _C.id == _M.conversation_id).where(_C.owner == self._owner)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.where(_M.conversation_id == conversation_id)).all()
        return {row.message_id: _feedback(row) for row in rows}

    def counts(self) -> dict[str, int]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(_F.rating, func.count()).group_by(_F.rating)).all()
        return {"up": 0, "down": 0} | dict(rows)

    def reviews(self, rating: Rating | None = None, limit: int | None = 20, before: str | None = None) -> Reviews:
        """Newest first."""
        asked = _M.__table__.alias("asked")
        question = select(asked.c.content).where(
            asked.c.conversation_id == _M.conversation_id, asked.c.role == "user", asked.c.created_at < _M.created_at
        )
        newest = question.order_by(asked.c.created_at.desc()).limit(1).scalar_subquery().label("question")
        said = (_F.rating, _F.reasons, _F.words, _F.updated_at)
        wanted = select(*said, _M.id, _M.conversation_id, _M.content, _M.answer, _M.created_at, newest)
        wanted = wanted.add_columns(_C.owner).join(_M, _M.id == _F.message_id)
        wanted = wanted.join(_C, _C.id == _M.conversation_id).order_by(_F.updated_at.desc())
        if rating is not None:
            wanted = wanted.where(_F.rating == rating)
        if before is not None:
            wanted = wanted.where(_F.updated_at < before)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.limit(None if limit is None else limit + 1)).all()
        shown = rows if limit is None else rows[:limit]
        return Reviews(tuple(map(_review, shown)), shown[-1].updated_at if len(rows) > len(shown) else None)


def with_messages(reviews: Sequence[Review], messages: Sequence[Message]) -> tuple[Review, ...]:
    """The reviews with these messages in place of theirs, in their order."""
    return tuple(replace(one, message=message) for one, message in zip(reviews, messages, strict=True))


def reason_words(feedback: Feedback) -> tuple[str, ...]:
    """What was ticked, as it was offered."""
    offered: Mapping[str, str] = {str(reason): words for reason, words in REASONS[feedback.rating].items()}
    return tuple(offered[reason] for reason in feedback.reasons if reason in offered)


def _require_answer(connection: Connection, conversation_id: str, message_id: str, owner: str) -> None:
    answer = (_M.id == message_id) & (_M.conversation_id == conversation_id) & (_M.role == "assistant")
    mine = select(_M.id).join(_C, _C.id == _M.conversation_id).where(answer, _C.owner == owner)
    if connection.execute(mine.with_for_update(of=_M)).first() is None:
        raise UnknownMessageError("This answer is not kept any more. Ask the question again.")


def _review(row: Any) -> Review:
    message = Message(row.id, "assistant", row.content, row.answer, row.created_at)
    return Review(row.conversation_id, row.question or "", message, _feedback(row), row.owner)


def _feedback(row: Any) -> Feedback:
    return Feedback("up" if row.rating == "up" else "down", tuple(row.reasons), row.words, row.updated_at)
