"""One page, as text and as a picture with the cited boxes marked."""

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.boxes import parse_boxes, write_boxes
from api.dependencies import LibraryDep
from ingest.pdf import draw_page

router = APIRouter(tags=["pages"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]
SCALE = 1.7


# Before the text's route, so that "3.png" is not taken for a page number.
@router.get("/documents/{document_id}/pages/{n}.png", response_class=Response)
def picture(request: Request, document_id: str, n: Number, library: LibraryDep, boxes: str = "") -> Response:
    """An id names the bytes themselves, so a picture never changes."""
    marked = parse_boxes(boxes)
    library.page(document_id, n)
    tag = sha256(f"{document_id} {n} {write_boxes(marked)} {SCALE}".encode()).hexdigest()[:32]
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, max-age=86400"}
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(draw_page(library.file_path(document_id), n, marked, SCALE), 200, headers, "image/png")


@router.get("/documents/{document_id}/pages/{n}")
def page(document_id: str, n: Number, library: LibraryDep) -> dict[str, Any]:
    read = library.page(document_id, n)
    return {
        "document_id": document_id,
        "page": read.number,
        "page_label": read.label,
        "text": read.text,
        "health": read.health,
        "detail": read.detail,
        "width": read.width,
        "height": read.height,
    }
