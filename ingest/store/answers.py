"""What kept answers and boards hold of a document: its quotes go when it is removed, each citation is a tombstone.

The field names are those of the HTTP contract, in which answers are kept.
"""

from typing import Any

from sqlalchemy import Connection, select, update

from ingest.store.people import BoardItemRow, MessageRow

GONE = "[The document that said this has been removed from the library.]"


def hide_quotes(connection: Connection, document_id: str) -> None:
    """Empties the quotes, passages and sentences that came from this document, in every kept answer and board."""
    row = MessageRow
    for message_id, answer in connection.execute(select(row.id, row.answer).where(row.answer.is_not(None))).all():
        if any(one["document_id"] == document_id for one in (*answer["citations"], *answer["passages"])):
            hidden = _hide(answer, document_id)
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


def _hide(answer: dict[str, Any], document_id: str) -> dict[str, Any]:
    citations = [_tombstone(one) if one["document_id"] == document_id else one for one in answer["citations"]]
    passages = [one for one in answer["passages"] if one["document_id"] != document_id]
    quotes = {one["number"]: one["quote"] for one in citations if one["quote"]}
    statements = [_statement(one, quotes) for one in answer["statements"]]
    changed: dict[str, Any] = {"citations": citations, "passages": passages, "statements": statements}
    if statements != answer["statements"]:
        changed["answer"] = "\n\n".join(f"{one['text']} {_markers(one)}".strip() for one in statements)
    return answer | changed


def _tombstone(citation: dict[str, Any]) -> dict[str, Any]:
    return citation | {"quote": "", "start": 0, "end": 0, "boxes": [], "state": "removed"}


def _statement(statement: dict[str, Any], quotes: dict[int, str]) -> dict[str, Any]:
    """As it was while every sentence it shows still has a quote behind it."""
    if all(number in quotes for number in statement["citations"]):
        return statement
    return statement | {"text": GONE}


def _markers(statement: dict[str, Any]) -> str:
    return "".join(f"[{number}]" for number in statement["citations"])
