"""The conversations a library keeps: listed newest first, searched by their words, renamed and deleted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, func, null, or_, select, tuple_, update

from assistant.conversations import GONE, UnknownConversationError, content_of
from ingest.store.people import NOBODY, ConversationRow, MessageRow
from ingest.view import LibraryView

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

    def find(
        self, words: str = "", limit: int = 30, before: str | None = None, library: LibraryView | None = None
    ) -> Listing:
        """Newest first; every one of the words must stand in the title, a question or an answer.

        In an answer only where the reader may see it: `library` is what they see.
        """
        wanted = words.split()[:WORDS]
        asked = exists().where(_M.conversation_id == _C.id, _M.role == "user")
        chosen = select(_C.id).where(_C.owner == self._owner, asked)
        for word in wanted:
            chosen = chosen.where(or_(_C.title.icontains(word, autoescape=True), exists().where(_in_message(word))))
        if before is not None:
            moment, _, last = before.partition("~")
            chosen = chosen.where(tuple_(_C.updated_at, _C.id) < (moment, last))
        chosen = chosen.order_by(_C.updated_at.desc(), _C.id.desc())
        partly = library is not None and library.sight is not None and bool(wanted)
        with self._engine.connect() as connection:
            candidates = connection.scalars(chosen if partly else chosen.limit(limit + 1))
            held = (one for one in candidates if not partly or _holds(connection, one, wanted, library))
            ids = list(islice(held, limit + 1))
            rows = _summaries(connection, ids[:limit])
            found = tuple(_summary(row, _place(connection, row.id, wanted, library)) for row in rows)
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


def _place(
    connection: Connection, conversation_id: str, words: Sequence[str], library: LibraryView | None
) -> Found | None:
    """The first message with one of the words: the rarest in a message is likely the longest."""
    for word in sorted(words, key=len, reverse=True):
        if found := next(_messages_with(connection, conversation_id, word, library), None):
            return Found(found[0], excerpt(found[1], word))
    return None


def _holds(connection: Connection, conversation_id: str, words: Sequence[str], library: LibraryView | None) -> bool:
    """Whether every word stands in what may be read of it."""
    title = connection.scalar(select(_C.title).where(_C.id == conversation_id)) or ""
    return all(
        word.lower() in title.lower() or any(_messages_with(connection, conversation_id, word, library))
        for word in words
    )


def _messages_with(
    connection: Connection, conversation_id: str, word: str, library: LibraryView | None
) -> Iterator[tuple[str, str]]:
    """Id and content of each, in order."""
    partly = library is not None and library.sight is not None
    wanted = select(_M.id, _M.content, _M.answer if partly else null().label("answer"))
    holding = wanted.where(_M.conversation_id == conversation_id, _M.content.icontains(word, autoescape=True))
    for row in connection.execute(holding.order_by(_M.created_at)):
        content = content_of(row.content, row.answer, library)
        if content == row.content or word.lower() in content.lower():
            yield row.id, content


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
