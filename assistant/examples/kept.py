"""Examples in their table: made by document in the background, and gone with the document's pages."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from assistant.browse import browse
from assistant.examples.find import find_examples
from assistant.examples.stretch import Example, Line
from assistant.examples.themes import Themes
from assistant.shelf import Shelf
from ingest.programme import Programme
from ingest.store.schema import DocumentRow, ExaminedRow, ExampleRow
from ingest.types import Span

RULES = 2  # to be raised with every change of what the rules find


def rules_of(programme: Programme) -> str:
    """What the table depends on besides the documents: these rules, and the programme's names and themes."""
    return f"{RULES}:{programme.fingerprint[:16]}"


def lacking(shelf: Shelf, rules: str) -> Sequence[str]:
    """Documents on the shelf that these rules have not gone over, the newest last."""
    with shelf.library.connect() as connection:
        done = set(connection.execute(select(ExaminedRow.document_id).where(ExaminedRow.rules == rules)).scalars())
    return [document for document in shelf.documents if document not in done]


def look(shelf: Shelf, document_id: str, stopped: Callable[[], bool], themes: Themes, rules: str) -> None:
    """Goes over one document and keeps what is found; nothing when it was stopped, or the document has gone."""
    found = find_examples(shelf, document_id, browse(shelf, document_id, stopped))
    if stopped():
        return
    title = shelf.documents[document_id].title
    rows = [_row(document_id, title, example, themes) for example in found]
    with shelf.library.begin() as connection:
        _replace(connection, document_id, rows, rules)


def _replace(connection: Connection, document_id: str, rows: list[dict[str, object]], rules: str) -> None:
    _forget(connection, document_id)
    # Read after the first write, and held, so that nobody removes the document in between
    state = select(DocumentRow.state).where(DocumentRow.id == document_id).with_for_update()
    if connection.execute(state).scalar_one_or_none() != "current":
        return
    _forget(connection, document_id)  # another process may have kept its own until now
    if rows:
        connection.execute(insert(ExampleRow), rows)
    connection.execute(insert(ExaminedRow).values(document_id=document_id, rules=rules))


def _forget(connection: Connection, document_id: str) -> None:
    for table in (ExampleRow, ExaminedRow):
        connection.execute(delete(table).where(table.document_id == document_id))


def _row(document_id: str, title: str, example: Example, themes: Themes) -> dict[str, object]:
    lead = example.lead.text if example.lead else ""
    speaker = example.speaker.text if example.speaker else ""
    article, kind = example.article, example.kind.value
    return {
        "id": _number(document_id, kind, example.span),
        "document_id": document_id,
        "page": example.span.page,
        "start": example.span.start,
        "end": example.span.end,
        "kind": kind,
        "article": article.number if article else None,
        "heading": example.heading,
        "speaker": _ends(example.speaker),
        "lead": _ends(example.lead),
        "models": list(example.models),
        "adopters": list(example.councils),
        "themes": list(themes.find(f"{lead} {example.text}", example.heading)),
        "words": _searched((example.text, speaker, lead, example.heading, article.title if article else "", title)),
    }


def _number(document_id: str, kind: str, span: Span) -> int:
    """The same wherever this stands; 52 bits, which every program reads as they are."""
    place = f"{document_id} {kind} {span.page} {span.start} {span.end}"
    return int(hashlib.sha256(place.encode()).hexdigest()[:13], 16)


def _ends(line: Line | None) -> list[int] | None:
    return [line.span.start, line.span.end] if line else None


def _searched(parts: Iterable[str]) -> str:
    return searchable("\n".join(parts))


def searchable(text: str) -> str:
    """As texts and what is looked for in them are compared: without case, with plain quotation marks."""
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())
