"""What kept answers and boards hold of a document: its quotes go when it is removed, each citation is a tombstone.

The field names are those of the HTTP contract, in which answers are kept.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Self

from sqlalchemy import Connection, Text, cast, select, true, update

from ingest.store.dialect import dialect_of
from ingest.store.people import BoardItemRow, ConversationRow, MessageRow
from ingest.store.reads import IN_ONE_STATEMENT

GONE = "[The document that said this has been removed from the library.]"


@dataclass(frozen=True, slots=True)
class Quoting:
    """A kept answer, and the documents whose words it quotes."""

    conversation_id: str
    message_id: str
    created_at: str
    documents: frozenset[str]

    def without(self, documents: Collection[str]) -> Self:
        return replace(self, documents=self.documents.difference(documents))


def conversations_as_of(connection: Connection) -> dict[str, str]:
    """Every conversation, and when its last message was written."""
    rows = connection.execute(select(ConversationRow.id, ConversationRow.updated_at))
    return {row.id: row.updated_at for row in rows}


def owned_conversations(connection: Connection, owner: str) -> frozenset[str]:
    return frozenset(connection.scalars(select(ConversationRow.id).where(ConversationRow.owner == owner)))


def quoting_answers(connection: Connection, conversations: Sequence[str]) -> Iterator[Quoting]:
    """The answers of these conversations that quote a document; the database takes them apart, not Python."""
    row = MessageRow
    cited, document, quote = dialect_of(connection).citations_in(row.answer)
    columns = (row.id, row.conversation_id, row.created_at, document.label("document"))
    quoted = select(*columns).select_from(row).join(cited, true())
    quoted = quoted.where(row.answer.is_not(None), quote != "")
    for start in range(0, len(conversations), IN_ONE_STATEMENT):
        mine = quoted.where(row.conversation_id.in_(conversations[start : start + IN_ONE_STATEMENT]))
        rows = connection.execute(mine.order_by(row.conversation_id, row.created_at, row.id)).all()
        for (conversation, at, message), same in groupby(
            rows, lambda one: (one.conversation_id, one.created_at, one.id)
        ):
            yield Quoting(conversation, message, at, frozenset(one.document for one in same))


def hide_quotes(connection: Connection, document_id: str) -> None:
    """Empties the quotes, passages and sentences that came from this document, in every kept answer and board."""
    row = MessageRow
    naming = cast(row.answer, Text).contains(document_id)  # of 10,000 answers few name it, and only those are read
    for message_id, answer in connection.execute(select(row.id, row.answer).where(naming)).all():
        if any(one["document_id"] == document_id for one in (*answer["citations"], *answer["passages"])):
            hidden = hide_in(answer, {document_id}, _tombstone)
            kept = update(row).where(row.id == message_id)
            connection.execute(kept.values(answer=hidden, content=hidden["answer"]))
    _hide_on_boards(connection, document_id)


def _hide_on_boards(connection: Connection, document_id: str) -> None:
    """What a person wrote beside a quote stays."""
    row = BoardItemRow
    mine = select(row.id, row.citation).where(row.document_id == document_id)
    for item_id, citation in connection.execute(mine).all():
        hidden = _tombstone(citation) | {"speaker": None, "lead": None}
        connection.execute(update(row).where(row.id == item_id).values(citation=hidden))


def hide_in(
    answer: Mapping[str, Any], documents: Collection[str], tombstone: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """The answer without what these documents gave to it."""
    citations = [tombstone(one) if one["document_id"] in documents else one for one in answer["citations"]]
    passages = [one for one in answer["passages"] if one["document_id"] not in documents]
    quotes = {one["number"]: one["quote"] for one in citations if one["quote"]}
    statements = [_statement(one, quotes) for one in answer["statements"]]
    changed: dict[str, Any] = {"citations": citations, "passages": passages, "statements": statements}
    if statements != answer["statements"]:
        changed["answer"] = "\n\n".join(f"{one['text']} {_markers(one)}".strip() for one in statements)
    return {**answer, **changed}


def _tombstone(citation: dict[str, Any]) -> dict[str, Any]:
    return citation | {"quote": "", "start": 0, "end": 0, "boxes": [], "state": "removed"}


def _statement(statement: dict[str, Any], quotes: dict[int, str]) -> dict[str, Any]:
    """As it was while every sentence it shows still has a quote behind it."""
    if all(number in quotes for number in statement["citations"]):
        return statement
    beside = {name: None for name in ("heading", "as_of", "working") if name in statement}
    return statement | beside | {"text": GONE}


def _markers(statement: dict[str, Any]) -> str:
    return "".join(f"[{number}]" for number in statement["citations"])
