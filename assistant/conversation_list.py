"""The conversations a library keeps: listed newest first, searched by their words, renamed and deleted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, func, or_, select, tuple_, update

from assistant.conversations import GONE, UnknownConversationError
from ingest.store.people import NOBODY, ConversationRow, MessageRow

TITLE = 80  # characters of a first question that serves as a title
WORDS = 12  # of a search that count
AROUND = 70  # characters shown on each side of a word that was found
_MARKS = re.compile(r"\*\*|\[\d+\]")

_C, _M = ConversationRow, MessageRow


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a search stand in a conversation."""

    message_id: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`named` says whether a person gave the title; without that it is the first question, shortened."""

    conversation_id: str
    title: str
    named: bool
    questions: int
    created_at: str
    updated_at: str
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """`next` asks for the conversations after these; None when there are no more."""

    conversations: tuple[Summary, ...]
    next: str | None


class ConversationList:
    """Those of one person: what belongs to others is not there, by its id neither."""

    def __init__(self, engine: Engine, owner: str = NOBODY) -> None:
        self._engine, self._owner = engine, owner

    def owned_by(self, owner: str) -> "ConversationList":
        return ConversationList(self._engine, owner)

    def find(self, words: str = "", limit: int = 30, before: str | None = None) -> Listing:
        """Newest first; every one of the words must stand in the title, a question or an answer."""
        wanted = words.split()[:WORDS]
        asked = exists().where(_M.conversation_id == _C.id, _M.role == "user")
        chosen = select(_C.id).where(_C.owner == self._owner, asked)
        for word in wanted:
            chosen = chosen.where(or_(_C.title.icontains(word, autoescape=True), exists().where(_in_message(word))))
        if before is not None:
            moment, _, last = before.partition("~")
            chosen = chosen.where(tuple_(_C.updated_at, _C.id) < (moment, last))
        chosen = chosen.order_by(_C.updated_at.desc(), _C.id.desc()).limit(limit + 1)
        with self._engine.connect() as connection:
            ids = list(connection.execute(chosen).scalars())
            rows = _summaries(connection, ids[:limit])
            found = tuple(_summary(row, _place(connection, row.id, wanted)) for row in rows)
        more = f"{found[-1].updated_at}~{found[-1].conversation_id}" if len(ids) > limit else None
        return Listing(found, more)

    def get(self, conversation_id: str) -> Summary:
        """Raises UnknownConversationError."""
        with self._engine.connect() as connection:
            mine = select(_C.id).where(self._is(conversation_id))
            rows = _summaries(connection, list(connection.scalars(mine)))
        if not rows:
            raise UnknownConversationError(GONE)
        return _summary(rows[0])

    def rename(self, conversation_id: str, title: str | None) -> Summary:
        """Without a title it goes by its first question again. Raises UnknownConversationError."""
        kept = " ".join((title or "").split()) or None
        with self._engine.begin() as connection:
            connection.execute(update(_C).where(self._is(conversation_id)).values(title=kept))
        return self.get(conversation_id)

    def delete(self, conversation_id: str) -> None:
        """With its messages and what was said of its answers. Raises UnknownConversationError."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(_C).where(self._is(conversation_id)).returning(_C.id)).all()
        if not gone:
            raise UnknownConversationError(GONE)

    def _is(self, conversation_id: str) -> ColumnElement[bool]:
        return (_C.id == conversation_id) & (_C.owner == self._owner)


def _in_message(word: str) -> ColumnElement[bool]:
    return (_M.conversation_id == _C.id) & _M.content.icontains(word, autoescape=True)


def _summaries(connection: Connection, ids: Sequence[str]) -> Sequence[Row[tuple[str, str | None, str, str, str, int]]]:
    asked = (_M.conversation_id == _C.id) & (_M.role == "user")
    first = select(_M.content).where(asked).order_by(_M.created_at).limit(1).scalar_subquery()
    count = select(func.count()).where(asked).scalar_subquery()
    columns = (_C.id, _C.title, _C.created_at, _C.updated_at, first.label("first"), count.label("questions"))
    wanted = select(*columns).where(_C.id.in_(ids)).order_by(_C.updated_at.desc(), _C.id.desc())
    return connection.execute(wanted).all()


def _summary(row: Row[tuple[str, str | None, str, str, str, int]], found: Found | None = None) -> Summary:
    title = row.title or shortened(row.first or "")
    return Summary(row.id, title, bool(row.title), row.questions, row.created_at, row.updated_at, found)


def _place(connection: Connection, conversation_id: str, words: Sequence[str]) -> Found | None:
    """The first message with one of the words: the rarest in a message is likely the longest."""
    for word in sorted(words, key=len, reverse=True):
        wanted = select(_M.id, _M.content).where(_M.conversation_id == conversation_id)
        holds = wanted.where(_M.content.icontains(word, autoescape=True)).order_by(_M.created_at).limit(1)
        if row := connection.execute(holds).first():
            return Found(row.id, excerpt(row.content, word))
    return None


def shortened(question: str) -> str:
    """A question as a title: one line, cut at a word."""
    text = " ".join(question.split())
    if len(text) <= TITLE:
        return text
    cut = text.rfind(" ", TITLE // 2, TITLE)
    return f"{text[: cut if cut > 0 else TITLE]} …"


def excerpt(content: str, word: str) -> str:
    """The words around one that was found, without the marks of an answer."""
    text = " ".join(_MARKS.sub("", content).split())
    at = max(0, text.lower().find(word.lower()))
    start, end = max(0, at - AROUND), min(len(text), at + len(word) + AROUND)
    start = text.find(" ", start, at) + 1 or start if start else 0
    end = text.rfind(" ", at + len(word), end) if end < len(text) and " " in text[at + len(word) : end] else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
