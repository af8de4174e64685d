"""Boards: what a person collects, in their order and with their notes, and its exports."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.coach_schemas import (
    BoardIn,
    BoardOut,
    HeadingIn,
    ItemChange,
    ItemOut,
    OrderIn,
    QuoteIn,
    WholeBoardOut,
)
from api.dependencies import BoardsDep, GuardDep, LibraryDep, ServiceDep
from api.exports import FORMATS, ExportFormat, export_board
from api.programs import organisations
from api.schemas import CitationOut
from api.service import Service
from assistant.boards import Board, Boards, Item
from assistant.conversations import present_states
from assistant.pinning import Pin, cite_pin
from assistant.references import References
from ingest.view import LibraryView

router = APIRouter(tags=["boards"])
BoardId = Annotated[str, Path(max_length=64)]


@router.get("/boards")
def boards(boards: BoardsDep) -> dict[str, list[BoardOut]]:
    """There is always one, which also goes by the id `default`."""
    return {"boards": [BoardOut.of(board) for board in boards.all()]}


@router.post("/boards", status_code=201)
def make_board(asked: BoardIn, boards: BoardsDep, guard: GuardDep) -> BoardOut:
    guard.check(asked.name, asked.insist)
    return BoardOut.of(boards.make(asked.name))


@router.get("/boards/{board_id}")
def board(board_id: BoardId, boards: BoardsDep, service: ServiceDep, library: LibraryDep) -> WholeBoardOut:
    return whole_board(service, boards, library, board_id)


@router.patch("/boards/{board_id}")
def rename_board(board_id: BoardId, asked: BoardIn, boards: BoardsDep, guard: GuardDep) -> BoardOut:
    guard.check(asked.name, asked.insist)
    return BoardOut.of(boards.rename(board_id, asked.name))


@router.delete("/boards/{board_id}", status_code=204)
def delete_board(board_id: BoardId, boards: BoardsDep) -> Response:
    boards.delete(board_id)
    return Response(status_code=204)


@router.post("/boards/{board_id}/items", status_code=201)
def add_item(
    board_id: BoardId,
    asked: QuoteIn | HeadingIn,
    boards: BoardsDep,
    service: ServiceDep,
    library: LibraryDep,
    guard: GuardDep,
    response: Response,
) -> ItemOut:
    """A quote is read again from its page, and refused when it is not there; one that is there already: 200."""
    guard.check(asked.heading if isinstance(asked, HeadingIn) else asked.note, asked.insist)
    if isinstance(asked, HeadingIn):
        item, new = boards.add_heading(board_id, asked.heading), True
    else:
        item, new = boards.add_quote(board_id, read_quote(library, asked), asked.note)
    response.status_code = 201 if new else 200
    return one_item(service, boards, library, board_id, item)


@router.patch("/boards/{board_id}/items/{item_id}")
def change_item(
    board_id: BoardId,
    item_id: BoardId,
    asked: ItemChange,
    boards: BoardsDep,
    service: ServiceDep,
    library: LibraryDep,
    guard: GuardDep,
) -> dict[str, Any]:
    """`item` is null once it has been taken off."""
    for words in (asked.note, asked.heading):
        guard.check(words or "", asked.insist)
    item = boards.change(board_id, item_id, asked.note, asked.heading, asked.removed)
    return {"item": one_item(service, boards, library, board_id, item) if item else None}


@router.put("/boards/{board_id}/order")
def order_items(board_id: BoardId, asked: OrderIn, boards: BoardsDep) -> dict[str, list[str]]:
    return {"items": [item.id for item in boards.order(board_id, asked.items)]}


@router.get("/boards/{board_id}/export", response_class=Response)
def export(
    board_id: BoardId, boards: BoardsDep, service: ServiceDep, library: LibraryDep, format: ExportFormat = "docx"
) -> Response:
    """The board with full references, author–date: Word, Markdown, CSV, BibTeX or RIS."""
    board, items, references = present(service, boards, library, board_id)
    data = export_board(format, board.name, items, references)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(board.name)}.{format}"',
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=FORMATS[format], headers=headers)


def read_quote(library: LibraryView, asked: QuoteIn) -> dict[str, Any]:
    """As answers keep a citation, with who said it; raises NotThereError."""
    cited = CitationOut.of(cite_pin(library, asked.pin())).model_dump(mode="json")

    def line(pin: Pin | None) -> dict[str, Any] | None:
        found = cite_pin(library, pin) if pin else None
        return {"text": found.quote, "start": found.start, "end": found.end} if found else None

    return cited | {"speaker": line(asked.beside(asked.speaker)), "lead": line(asked.beside(asked.lead))}


def present(
    service: Service, boards: Boards, library: LibraryView, board_id: str
) -> tuple[Board, list[Item], References]:
    """A board as it stands now: what has become of the documents, and the references of all it cites."""
    board = boards.board(board_id)
    marked = present_states(library.all_versions(), library.sight)
    items = [
        Item(one.id, one.kind, one.text, one.note, marked(one.citation) if one.citation else None, one.added_at)
        for one in boards.items(board.id)
    ]
    return board, items, References([one.citation for one in items if one.citation], organisations(service.programme))


def whole_board(service: Service, boards: Boards, library: LibraryView, board_id: str) -> WholeBoardOut:
    board, items, references = present(service, boards, library, board_id)
    return WholeBoardOut(
        **BoardOut.of(board).model_dump(),
        items=[ItemOut.of(item, references) for item in items],
        references=[entry.text for entry in references.entries],
    )


def one_item(service: Service, boards: Boards, library: LibraryView, board_id: str, item: Item) -> ItemOut:
    """With its reference as the whole board gives it, for a new source may change the letters."""
    return next(one for one in whole_board(service, boards, library, board_id).items if one.id == item.id)


def file_name(name: str) -> str:
    """Letters and digits only: it goes into a header, and onto any file system."""
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name).split())
    return plain[:60].lower() or "board"
