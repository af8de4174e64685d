"""Which role each address takes, and which requests the audit trail keeps. What is not named here is for stewards."""

from collections.abc import Mapping
from typing import Literal

from api.access.person import Person, Role
from api.errors import RoleError

Needed = Role | Literal["anyone"]

_READER = """
GET /  GET /c/{conversation_id}  GET /c/{conversation_id}/{message_id}  GET /library  GET /library/{document_id}
GET /library/{document_id}/answers  GET /documents/{document_id}  GET /start  GET /glossary  GET /models/{entity_id}
GET /innovators/{entity_id}  GET /adopters/{entity_id}  GET /examples  GET /board  GET /account
POST /sign-out  POST /account/sign-out-everywhere  POST /account/delete
GET /api/v1/me  GET /api/v1/me/export  DELETE /api/v1/me/data  DELETE /api/v1/me/sessions
POST /api/v1/ask  POST /api/v1/chat  GET /api/v1/search  GET /api/v1/writer  GET /api/v1/filters
GET /api/v1/suggestions  GET /api/v1/conversations  GET /api/v1/conversations/{conversation_id}
PATCH /api/v1/conversations/{conversation_id}  DELETE /api/v1/conversations/{conversation_id}
PUT /api/v1/conversations/{conversation_id}/messages/{message_id}/feedback
DELETE /api/v1/conversations/{conversation_id}/messages/{message_id}/feedback
GET /api/v1/documents  GET /api/v1/documents/{document_id}  GET /api/v1/documents/{document_id}/answers
GET /api/v1/documents/{document_id}/file  GET /api/v1/documents/{document_id}/pages/{n}.png
GET /api/v1/documents/{document_id}/pages/{n}  GET /api/v1/programme  GET /api/v1/start  GET /api/v1/glossary
GET /api/v1/timeline  GET /api/v1/models/{entity_id}  GET /api/v1/innovators/{entity_id}
GET /api/v1/adopters/{entity_id}  GET /api/v1/examples  GET /api/v1/boards  POST /api/v1/boards
GET /api/v1/boards/{board_id}  PATCH /api/v1/boards/{board_id}  DELETE /api/v1/boards/{board_id}
POST /api/v1/boards/{board_id}/items  PATCH /api/v1/boards/{board_id}/items/{item_id}
PUT /api/v1/boards/{board_id}/order  GET /api/v1/boards/{board_id}/export  GET /api/v1/openapi.json
GET /api/v1/collections  GET /embed  GET /embed/c/{conversation_id}  GET /embed/c/{conversation_id}/{message_id}
GET /v1/models  GET /v1/models/{model}  POST /v1/chat/completions
"""
_EDITOR = """
POST /api/v1/documents  PATCH /api/v1/documents/{document_id}  DELETE /api/v1/documents/{document_id}
GET /api/v1/jobs  GET /api/v1/jobs/{job_id}
DELETE /api/v1/jobs/{job_id}  DELETE /api/v1/jobs/{job_id}/files/{n}
"""
_STEWARD = """
GET /feedback  GET /api/v1/feedback  GET /api/v1/feedback.csv
GET /people  POST /people/keys  POST /people/keys/{key_id}/revoke  POST /people/{person_id}
POST /people/{person_id}/delete  GET /audit
GET /api/v1/keys  POST /api/v1/keys  DELETE /api/v1/keys/{key_id}
POST /api/v1/collections  PATCH /api/v1/collections/{name}
DELETE /api/v1/collections/{name}  GET /metrics
GET /api/v1/people  PATCH /api/v1/people/{person_id}  DELETE /api/v1/people/{person_id}  GET /api/v1/audit
"""
_ANYONE = """
GET /health  GET /ready  GET /embed.js  GET /sign-in  POST /sign-in  GET /sign-in/start  GET /sign-in/callback
"""


def _listed(needed: Needed, text: str) -> dict[str, Needed]:
    words = text.split()
    return {f"{method} {path}": needed for method, path in zip(words[::2], words[1::2], strict=True)}


RIGHTS: Mapping[str, Needed] = (
    _listed("reader", _READER) | _listed("editor", _EDITOR) | _listed("steward", _STEWARD) | _listed("anyone", _ANYONE)
)

AUDITED: Mapping[str, str] = {
    "POST /api/v1/documents": "documents.add",
    "DELETE /api/v1/documents/{document_id}": "documents.remove",
    "PATCH /api/v1/documents/{document_id}": "documents.move",
    "POST /api/v1/collections": "collections.make",
    "PATCH /api/v1/collections/{name}": "collections.rename",
    "DELETE /api/v1/collections/{name}": "collections.delete",
    "DELETE /api/v1/jobs/{job_id}": "documents.cancel",
    "DELETE /api/v1/jobs/{job_id}/files/{n}": "documents.cancel",
    "GET /api/v1/boards/{board_id}/export": "export.board",
    "GET /api/v1/feedback.csv": "export.feedback",
    "GET /api/v1/me/export": "export.own-data",
    "DELETE /api/v1/me/data": "own-data.delete",
    "POST /account/delete": "own-data.delete",
    "DELETE /api/v1/me/sessions": "sign-out.everywhere",
    "POST /account/sign-out-everywhere": "sign-out.everywhere",
    "POST /api/v1/keys": "keys.make",
    "POST /people/keys": "keys.make",
    "DELETE /api/v1/keys/{key_id}": "keys.revoke",
    "POST /people/keys/{key_id}/revoke": "keys.revoke",
    "PATCH /api/v1/people/{person_id}": "people.change",
    "POST /people/{person_id}": "people.change",
    "DELETE /api/v1/people/{person_id}": "people.delete",
    "POST /people/{person_id}/delete": "people.delete",
}


def check_right(method: str, path: str, person: Person) -> None:
    """`path` as the route has it, with its names in braces. Raises RoleError."""
    needed = RIGHTS.get(f"{method} {path}", "steward")
    if needed != "anyone" and not (person.via != "nobody" and person.may(needed)):
        raise RoleError(f"This takes the role of {needed}, and yours is {person.role}.")
