"""A problem as a page, for a person who followed a link or mistyped an address; programs get it as JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

_pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
FOR_PROGRAMS = ("/api/", "/v1/", "/mcp")  # nobody is shown a page there, nor led to the sign-in


def wants_page(request: Request) -> bool:
    """Browsers ask for HTML when they open an address; scripts and programs do not."""
    is_ours = not request.url.path.startswith((*FOR_PROGRAMS, "/static/"))
    return request.method == "GET" and is_ours and "text/html" in request.headers.get("accept", "")


def problem_page(body: Mapping[str, Any], headers: Mapping[str, str]) -> HTMLResponse:
    extra = {**headers, "Cache-Control": "no-store"}
    return HTMLResponse(_pages.get_template("problem.html").render(problem=body), body["status"], extra)
