"""Every address of the application, as its routes have it."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI


def routes_of(app: FastAPI) -> dict[str, Any]:
    """`METHOD /path/{name}` → endpoint; files of /static aside, which hold nothing of anybody."""
    return dict(_walk(app.routes, ""))


def _walk(routes: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):  # what include_router made
            yield from _walk(inner.routes, f"{prefix}{route.include_context.prefix}")
        elif (path := getattr(route, "path", None)) and getattr(route, "methods", None):
            for method in route.methods - {"HEAD"}:
                yield f"{method} {prefix}{path}", route.endpoint
