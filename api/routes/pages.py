"""One page, as text and as a picture with the cited boxes marked."""

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.boxes import parse_boxes, write_boxes
from api.dependencies import LibraryDep
from ingest.formats.draw import draw_flow_page
from ingest.pdf import draw_page
from ingest.types import Format

router = APIRouter(tags=["pages"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]
SCALE = 1.7


# Before the text's route, so that "3.png" is not taken for a page number.
@router.get("/documents/{document_id}/pages/{n}.png", response_class=Response)
def picture(
    request: Request, document_id: str, n: Number, library: LibraryDep, boxes: str = "", crop: bool = False
) -> Response:
    """With `crop` only what is around the boxes.

    Sent once, and asked for again each time: a browser must not show the pages of a document that was removed.
    """
    marked = parse_boxes(boxes)
    read = library.page(document_id, n)
    tag = sha256(f"{document_id} {n} {write_boxes(marked)} {SCALE} {crop} {read.text}".encode()).hexdigest()[:32]
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if library.document(document_id).format is Format.PDF:
        drawn = draw_page(library.file_path(document_id), n, marked, SCALE, crop)
    else:
        drawn = draw_flow_page(read, marked, SCALE, crop)
    return Response(drawn, 200, headers, "image/png")


@router.get("/documents/{document_id}/pages/{n}")
def page(document_id: str, n: Number, library: LibraryDep) -> dict[str, Any]:
    read = library.page(document_id, n)
    return {
        "document_id": document_id,
        "state": library.document(document_id).state,
        "page": read.number,
        "page_label": read.label,
        "text": read.text,
        "health": read.health,
        "detail": read.detail,
        "width": read.width,
        "height": read.height,
    }
