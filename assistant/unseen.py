"""Kept answers and boards as somebody reads them who may not see all that they cite, or no longer may.

What such a document gave is gone from them, as if it had been removed, and its name with it. Nothing is changed where
they are kept: whoever may see it reads them whole.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ingest.store.answers import hide_in
from ingest.view import LibraryView

NOT_HERE = "A document that is not in the library"
Hide = Callable[[Mapping[str, Any]], Mapping[str, Any]]  # a kept answer, to what may be read of it

_NOTHING: Mapping[str, Any] = {
    "document_id": "",
    "document_title": NOT_HERE,
    "file_name": "",
    "published": None,
    "article": None,
    "authors": [],
    "page": 1,
    "page_label": None,
    "health": "read",
    "quote": "",
    "start": 0,
    "end": 0,
    "boxes": [],
    "url": "",
    "place": "page 1",
    "caution": None,
    "format": "pdf",
    "state": "removed",
    "state_at": None,
    "superseded_by": None,
}


def hider(library: LibraryView) -> Hide:
    """For kept answers; whoever sees all of the library reads them as they are."""
    if library.sight is None:
        return lambda answer: answer

    def hide(answer: Mapping[str, Any]) -> Mapping[str, Any]:
        cited = {one["document_id"] for one in (*answer["citations"], *answer["passages"])}
        unseen = cited - library.known_among(cited)
        return hide_in(answer, unseen, tombstone) if unseen else answer

    return hide


def tombstone(citation: Mapping[str, Any]) -> dict[str, Any]:
    """A citation of which nothing is told but its number."""
    lines = {name: None for name in ("speaker", "lead") if name in citation}
    return {**_NOTHING, **lines, **({"number": citation["number"]} if "number" in citation else {})}
