"""The pages people see: the chat, a document's page, and the sign-in when access keys are set."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from api.boxes import parse_boxes, write_boxes
from api.dependencies import LibraryDep, ServiceDep
from api.security import COOKIE, key_matches, session_token

HERE = Path(__file__).resolve().parent.parent
templates = Jinja2Templates(HERE / "templates")
router = APIRouter(include_in_schema=False)
SHOWN_QUESTIONS = 6


@router.get("/", response_class=HTMLResponse)
def chat(request: Request, service: ServiceDep) -> Response:
    raw = service.programme.raw
    questions = [row["text"] for row in raw.get("questions", [])]
    context = {
        "programme": raw["programme"],
        "questions": questions[:SHOWN_QUESTIONS],
        "more_questions": questions[SHOWN_QUESTIONS:],
        "max_file_mb": service.settings.max_file_mb,
    }
    return page(request, "chat.html", context)


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def viewer(
    request: Request,
    document_id: str,
    library: LibraryDep,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    boxes: str = "",
) -> Response:
    """One page of a document, without any script."""
    marked = write_boxes(parse_boxes(boxes))
    context = {"document": library.document(document_id), "page": library.page(document_id, number), "boxes": marked}
    return page(request, "viewer.html", context)


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in(request: Request) -> Response:
    return page(request, "sign-in.html", {"refused": False})


@router.post("/sign-in")
def signed_in(request: Request, service: ServiceDep, key: Annotated[str, Form(max_length=500)]) -> Response:
    keys = [secret.get_secret_value() for secret in service.settings.api_keys]
    if not key_matches(key, keys):
        return page(request, "sign-in.html", {"refused": True}, 401)
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, session_token(key), httponly=True, samesite="strict", secure=secure)
    return answer


def page(request: Request, name: str, context: dict[str, Any], status: int = 200) -> Response:
    return templates.TemplateResponse(request, name, context, status, {"Cache-Control": "no-store"})
