"""Oneself: who one is here, what is kept of one, to take along and to delete."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from api.access_schemas import GoneOut, MeOut
from api.dependencies import AccessDep, LibraryDep, PersonDep
from assistant.conversations import present_states
from assistant.unseen import hider
from ingest.view import LibraryView

router = APIRouter(tags=["access"])


@router.get("/me")
def me(access: AccessDep, person: PersonDep) -> MeOut:
    collections = None if person.collections is None else sorted(person.collections)
    kept = access.own.counts(person.id)
    return MeOut(id=person.id, name=person.name, role=person.role, collections=collections, via=person.via, kept=kept)


@router.get("/me/export", response_class=Response)
def export(access: AccessDep, person: PersonDep, library: LibraryDep) -> Response:
    """Everything that is kept of the person who asks, as one JSON file."""
    data = json.dumps(_as_seen(access.own.export(person.id), library), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
    return Response(data, 200, headers, "application/json")


@router.delete("/me/data")
def delete_mine(access: AccessDep, person: PersonDep) -> GoneOut:
    """Every conversation, what was said of its answers, every board. Nothing brings it back."""
    return GoneOut(gone=access.own.delete(person.id))


@router.delete("/me/sessions")
def sign_out_everywhere(access: AccessDep, person: PersonDep) -> GoneOut:
    """In every browser. Keys go on: a steward revokes them."""
    return GoneOut(gone={"sessions": access.sessions.close_of(person)})


def _as_seen(kept: Mapping[str, Any], library: LibraryView) -> dict[str, Any]:
    """Without the quotes of documents that the person could see once, and may not see today."""
    hide, marked = hider(library), present_states(library.all_versions(), library.sight)

    def message(one: dict[str, Any]) -> dict[str, Any]:
        shown = one["answer"] and hide(one["answer"])
        return one if shown is one["answer"] else one | {"answer": shown, "content": shown["answer"]}

    def item(one: dict[str, Any]) -> dict[str, Any]:
        cited = one["citation"] and marked(one["citation"])
        return one | {"citation": cited, "document_id": cited["document_id"] if cited else None}

    talks = [talk | {"messages": [message(one) for one in talk["messages"]]} for talk in kept["conversations"]]
    boards = [board | {"items": [item(one) for one in board["items"]]} for board in kept["boards"]]
    return {**kept, "conversations": talks, "boards": boards}
