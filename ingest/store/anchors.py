"""Quotes in kept answers and on boards, found again on pages that were read anew.

The field names are those of the HTTP contract, in which answers are kept.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from ingest.store.people import BoardItemRow, MessageRow

HIDDEN = "[What stood here was hidden in the document, and is left out now.]"
Texts = Mapping[int, str]  # of a document's pages, by number


def find_quotes_again(connection: Connection, document_id: str, texts: Texts) -> None:
    """Every quote of this document gets the place where it stands now; one that stands nowhere goes."""
    row = MessageRow
    for message_id, answer in connection.execute(select(row.id, row.answer).where(row.answer.is_not(None))).all():
        if not any(one["document_id"] == document_id for one in (*answer["citations"], *answer["passages"])):
            continue
        found = _answer(answer, document_id, texts)
        if found != answer:
            connection.execute(update(row).where(row.id == message_id).values(answer=found, content=found["answer"]))
    board = BoardItemRow
    for item_id, citation in connection.execute(
        select(board.id, board.citation).where(board.document_id == document_id)
    ).all():
        found = _placed(citation, texts)
        if found != citation:
            # Who speaks and what leads there are places on the page too
            moved = found | {"speaker": None, "lead": None}
            connection.execute(update(board).where(board.id == item_id).values(citation=moved))


def _answer(answer: dict[str, Any], document_id: str, texts: Texts) -> dict[str, Any]:
    def placed(one: dict[str, Any]) -> dict[str, Any]:
        return _placed(one, texts) if one["document_id"] == document_id else one

    citations = [placed(one) for one in answer["citations"]]
    passages = [one for one in map(placed, answer["passages"]) if one["quote"]]
    gone = {one["number"] for one in citations if not one["quote"]}
    told = [one | {"text": HIDDEN} if gone & set(one["citations"]) else one for one in answer["statements"]]
    changed: dict[str, Any] = {"citations": citations, "passages": passages, "statements": told}
    if told != answer["statements"]:
        lines = [(one["text"], "".join(f"[{number}]" for number in one["citations"])) for one in told]
        changed["answer"] = "\n\n".join(f"{text} {markers}".strip() for text, markers in lines)
    return answer | changed


def _placed(citation: dict[str, Any], texts: Texts) -> dict[str, Any]:
    """As it was where its words still stand there; else with the nearest place on its page, or on another page."""
    quote, page, start = citation["quote"], citation["page"], citation["start"]
    if not quote or texts.get(page, "")[start : citation["end"]] == quote:
        return citation
    for number in (page, *sorted(texts.keys() - {page})):
        places = _places(quote, texts.get(number, ""))
        if places:
            at = min(places, key=lambda place: abs(place - start))
            moved = citation | {"page": number, "start": at, "end": at + len(quote)}
            return moved if number == page else moved | {"boxes": [], "page_label": None}
    return citation | {"quote": "", "start": 0, "end": 0, "boxes": []}


def _places(quote: str, text: str) -> list[int]:
    found, at = list[int](), text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found
