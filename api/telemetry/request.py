"""The request in hand: what it is called in log lines, problems and traces, and how it was refused."""

import re
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

HEADER = "X-Request-ID"
API = "/api/v1"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
UNROUTED = {"/static/": "/static/{path}", "/metrics": "/metrics"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(slots=True)
class About:
    """`problem` is the kind of the problem it was answered with, as in `urn:problem:case-data`."""

    id: str
    problem: str | None = None
    status: int = 500


current: ContextVar[About | None] = ContextVar("request", default=None)


def begin(given: str | None) -> About:
    """Under the id that the caller gave, where its letters can do no harm in a log; else under a new one."""
    about = About(given if given and _SAFE.fullmatch(given) else uuid.uuid4().hex)
    current.set(about)
    return about


def template(scope: Mapping[str, Any]) -> str:
    """The route as it was declared, as in `/api/v1/documents/{document_id}`: never what a person put in its place."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return next((one for start, one in UNROUTED.items() if scope["path"].startswith(start)), "none")
    inside = scope["path"].startswith(f"{API}/") and not path.startswith(API)
    return f"{API}{path}" if inside else str(path)


def method(scope: Mapping[str, Any]) -> str:
    return scope["method"] if scope["method"] in METHODS else "other"
