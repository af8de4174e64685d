"""Errors in OpenAI's shape: whatever goes wrong under /v1 comes as `{"error": {message, type, param, code}}`."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from api.errors import ApiError, problem
from api.security import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

KINDS: Mapping[int, str] = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
CODES: Mapping[str, str] = {"key-required": "invalid_api_key"}


class CompletionError(ApiError):
    """A completion that cannot be answered as it is asked for."""

    def __init__(self, message: str, param: str, code: str = "invalid_value", status: int = 400) -> None:
        super().__init__(message)
        self.param, self.code, self.status = param, code, status

    def body(self) -> dict[str, Any]:
        return shape(str(self), self.status, self.code, self.param)


def shape(message: str, status: int, code: str | None, param: str | None = None) -> dict[str, Any]:
    kind = "server_error" if status >= 500 else KINDS.get(status, "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def of_problem(body: Mapping[str, Any]) -> dict[str, Any]:
    """A problem (RFC 9457) as OpenAI's clients read errors."""
    slug = str(body.get("type", "")).removeprefix("urn:problem:")
    rows = body.get("errors") or [{}]
    where = [str(part) for part in rows[0].get("where", ())[1:]]
    said = " ".join(str(body[name]) for name in ("title", "detail") if body.get(name))
    if slug == "invalid-request":  # its title tells of our own fields
        said = f"This request cannot be read: {body.get('detail', '')}."
    return shape(said, int(body["status"]), CODES.get(slug, slug.replace("-", "_")), ".".join(where) or None)


class OpenAiErrors:
    """Stands outside of everything else and rewrites the problems that leave under /v1."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        rewriting = _Rewriting(send)
        try:
            await self._app(scope, receive, rewriting)
        except Exception as error:
            if rewriting.begun:
                raise
            logger.error("A completion failed", exc_info=error)
            await rewriting.refuse(problem(error))


class _Rewriting:
    """Passes an answer on, unless it is a problem: that is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False
        self._held: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            if kind.startswith(b"application/problem+json"):
                self._held = message
                return
            self.begun = True
        elif self._held is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self.refuse(json.loads(self._body), self._held)
            return
        await self._send(message)

    async def refuse(self, body: Mapping[str, Any], start: Message | None = None) -> None:
        self.begun = True
        told = json.dumps(of_problem(body)).encode()
        status = 400 if body["status"] == 422 else body["status"]
        ours = (b"content-type", b"content-length")
        kept = [(name, value) for name, value in (start or {"headers": []})["headers"] if name not in ours]
        length = str(len(told)).encode()
        headers = [*kept, (b"content-type", b"application/json"), (b"content-length", length)]
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": told})
