"""The words of the interface's description."""

from collections.abc import Mapping
from typing import Any

ABOUT = """\
Every answer is made of statements, and every statement cites quotes that stand on a page, letter for letter:
`text[start:end] == quote`, where `text` is what `GET /api/v1/documents/{document_id}/pages/{n}` gives.

**Signing in.** On the machine itself nothing is asked, unless access keys are set. Elsewhere send a key as
`Authorization: Bearer KEY` or `X-API-Key: KEY`.

**Errors** are problems of RFC 9457 (`application/problem+json`): `title` is a sentence that says what to do. Under
`/v1` they have OpenAI's shape instead.

**Case data.** A question that may identify a child or a family is answered by 409, with an edited version to send
instead (`edited`); nothing of it is kept.

The same is offered to other programs by `/v1/chat/completions` (OpenAI's protocol) and `/mcp` (Model Context Protocol).
"""
STREAM = """\
Server-sent events, each with `event:` and one line of JSON in `data:`. First `question` (`standalone_question`,
`conversation_id`, `safety`), then `evidence` (`passages`), `progress` while a language model writes, `delta` (`text`,
with its `statement` or `note`), `reset` when a language model failed and what was shown is taken back. Always at the
end: `done`, with the whole answer as POST /api/v1/ask gives it, or `error`, with a problem. Lines that begin with a
colon keep the connection open.
"""

TAGS: list[dict[str, Any]] = [
    {"name": "questions", "description": "Ask, and search."},
    {"name": "chat completions", "description": "For programs that speak to language models: OpenAI's protocol."},
    {"name": "documents", "description": "What answers are made from."},
    {"name": "collections", "description": "Documents that only some may see."},
    {"name": "uploads", "description": "Documents in, read in the background as jobs."},
    {"name": "pages", "description": "One page, as text and as a picture."},
    {"name": "conversations", "description": "Questions and answers that were kept."},
    {"name": "feedback", "description": "What people said of answers."},
    {"name": "examples", "description": "Quotes, figures, stories and practice examples."},
    {"name": "boards", "description": "Collected examples, in order, with notes and exports."},
    {"name": "start", "description": "For who is new: reading paths, glossary, timeline, profiles."},
    {"name": "programme", "description": "The programme as data."},
    {"name": "access", "description": "Who may come in, and what is kept of oneself."},
    {"name": "health", "description": "Whether the service lives, and whether it can answer."},
]

# Module and function of a route → what a client calls it
IDS: Mapping[str, str] = {
    "questions.suggested": "suggestions",
    "conversations.conversations": "list_conversations",
    "conversations.rename": "rename_conversation",
    "conversations.delete": "delete_conversation",
    "feedback.put": "give_feedback",
    "feedback.take_back": "take_back_feedback",
    "feedback.reviews": "list_feedback",
    "feedback.table": "feedback_as_csv",
    "documents.documents": "list_documents",
    "collections.collections": "list_collections",
    "documents.move": "move_document",
    "documents.answers": "answers_citing_document",
    "documents.remove": "remove_document",
    "documents.file": "document_file",
    "jobs.upload": "upload_documents",
    "jobs.jobs": "list_jobs",
    "jobs.cancel": "cancel_job",
    "pages.picture": "page_picture",
    "start.start": "reading_paths",
    "boards.boards": "list_boards",
    "boards.export": "export_board",
    "me.export": "export_own_data",
    "me.delete_mine": "delete_own_data",
    "people.keys": "list_keys",
    "people.people": "list_people",
    "people.audit": "audit_trail",
}
SUMMARIES: Mapping[str, str] = {
    "ask": "Ask a question",
    "chat": "Ask a question, and read the answer as it comes",
    "search": "Find the passages nearest to some words",
    "upload_documents": "Add documents",
    "create_chat_completion": "Ask as one asks a language model",
}
EXAMPLES: Mapping[str, Any] = {
    "ask": {"question": "What is a family group conference?"},
    "chat": {"question": "What is a family group conference?", "answerer": "quotes"},
    "create_chat_completion": {
        "model": "assistant",
        "messages": [{"role": "user", "content": "What is a family group conference?"}],
    },
}
_BYTES = {"format": "binary"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
# What is sent as it is: operation → media types with what their schema adds
BYTES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "document_file": {
        "application/pdf": _BYTES,
        f"{_OFFICE}.wordprocessingml.document": _BYTES,
        f"{_OFFICE}.presentationml.presentation": _BYTES,
        **{f"text/{kind}": {} for kind in ("html", "markdown", "plain")},
    },
    "page_picture": {"image/png": _BYTES},
    "feedback_as_csv": {"text/csv": {}},
    "metrics": {"text/plain": {}},
    "export_own_data": {"application/json": {"type": "object"}},
    "export_board": {
        f"{_OFFICE}.wordprocessingml.document": _BYTES,
        **{kind: {} for kind in ("text/markdown", "text/csv", "application/x-bibtex")},
        "application/x-research-info-systems": {},
    },
}
PROBLEMS: Mapping[int, str] = {
    400: "The body cannot be read, or holds what cannot be had; the message says what to change.",
    401: "No access key, or a wrong one.",
    403: "Asked from another site's page, or by somebody whose role does not allow it.",
    404: "There is nothing of this id.",
    409: "Not as things stand: it may identify a child or a family, or has changed meanwhile.",
    410: "The document was removed.",
    413: "More than one request may carry, or than there is room for.",
    421: "Asked under a host name that this service does not go by.",
    422: "Something in the request is missing or wrong; the title says what to write.",
    429: "Too much at once. Wait a while.",
    500: "The assistant failed; its log says why.",
    503: "The assistant is starting, or too busy. Try again in a few seconds.",
    507: "The disk is full.",
}
