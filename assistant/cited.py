"""What cites a document: how many answers of late, and which, newest first."""

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select

from assistant.conversations import present_states
from ingest.records import DocumentRecord
from ingest.store.answers import Quoting, conversations_as_of, owned_conversations, quoting_answers
from ingest.store.people import NOBODY, MessageRow

DAYS, SHOWN = 30, 50

_M = MessageRow


@dataclass(frozen=True, slots=True)
class CitingAnswer:
    """`citations` are those of the document alone, with what has become of the version they are from."""

    conversation_id: str
    message_id: str
    question: str
    created_at: str
    citations: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CitingAnswers:
    """`count` is of all there are; `next` asks for those after these, None when there are no more."""

    answers: tuple[CitingAnswer, ...]
    count: int
    next: str | None


class CitedBook:
    """Answers do not change once they are kept, so each is taken apart once: a conversation when it has grown."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, tuple[Quoting, ...]]] = {}  # by conversation: as of when, its answers

    def counts(self, records: Sequence[DocumentRecord], days: int = DAYS) -> dict[str, int]:
        """How many answers cited each present document in any of its versions; `records` are all versions of all."""
        present = {one.family: one.id for one in records if one.state == "current"}
        of = {one.id: present[one.family] for one in _kept(records) if one.family in present}
        found: Counter[str] = Counter()
        for answer in self._answers(records, days):
            found.update({of[document] for document in answer.documents if document in of})
        return dict(found)

    def answers(
        self,
        document: DocumentRecord,
        records: Sequence[DocumentRecord],
        days: int = DAYS,
        limit: int = SHOWN,
        before: str | None = None,
        owner: str = NOBODY,
    ) -> CitingAnswers:
        """Those of one person that cited any version of this document; `records` are all versions of all documents."""
        mine = frozenset(one.id for one in _kept(records) if one.family == document.family)
        found = [answer for answer in self._answers(records, days) if not mine.isdisjoint(answer.documents)]
        found = self._owned(found, owner)
        found.sort(key=_place, reverse=True)
        rest = found if before is None else [one for one in found if _place(one) < before]
        with self._engine.connect() as connection:
            shown = _told(connection, rest[:limit], mine, records)
        return CitingAnswers(shown, len(found), _place(rest[limit - 1]) if len(rest) > limit else None)

    def _owned(self, answers: Sequence[Quoting], owner: str) -> list[Quoting]:
        with self._engine.connect() as connection:
            theirs = owned_conversations(connection, owner)
        return [answer for answer in answers if answer.conversation_id in theirs]

    def _answers(self, records: Sequence[DocumentRecord], days: int) -> Iterator[Quoting]:
        since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
        gone = {record.id for record in records if record.state == "removed"}
        known = self._up_to_date(gone)
        return (answer for _, answers in known for answer in answers if answer.created_at >= since)

    def _up_to_date(self, gone: Collection[str]) -> list[tuple[str, tuple[Quoting, ...]]]:
        with self._lock, self._engine.connect() as connection:
            present = conversations_as_of(connection)
            kept = {one: told for one, told in self._known.items() if told[0] == present.get(one)}
            grown = [one for one in present if one not in kept]
            found: dict[str, list[Quoting]] = {one: [] for one in grown}
            for answer in quoting_answers(connection, grown):
                found[answer.conversation_id].append(answer)
            self._known = kept | {one: (present[one], tuple(answers)) for one, answers in found.items()}
            # A document that comes back does not bring back the quotes that went with it
            for one, (at, answers) in self._known.items():
                if any(not answer.documents.isdisjoint(gone) for answer in answers):
                    self._known[one] = (at, tuple(answer.without(gone) for answer in answers))
            return list(self._known.values())


def _kept(records: Sequence[DocumentRecord]) -> Iterator[DocumentRecord]:
    return (record for record in records if record.state != "removed")


def _place(answer: Quoting) -> str:
    return f"{answer.created_at}~{answer.message_id}"


def _told(
    connection: Connection, wanted: Sequence[Quoting], documents: Collection[str], records: Sequence[DocumentRecord]
) -> tuple[CitingAnswer, ...]:
    asked = _M.__table__.alias("asked")
    before = (asked.c.conversation_id == _M.conversation_id) & (asked.c.created_at < _M.created_at)
    question = select(asked.c.content).where(before, asked.c.role == "user")
    newest = question.order_by(asked.c.created_at.desc()).limit(1).scalar_subquery().label("question")
    rows = select(_M.id, _M.answer, newest).where(_M.id.in_([one.message_id for one in wanted]))
    found = {row.id: row for row in connection.execute(rows)}
    marked = present_states(records)  # of one document, which is seen

    def citations(answer: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
        return tuple(marked(one) for one in answer["citations"] if one["document_id"] in documents and one["quote"])

    return tuple(
        CitingAnswer(one.conversation_id, row.id, row.question or "", one.created_at, citations(row.answer))
        for one in wanted
        if (row := found.get(one.message_id)) is not None
    )
