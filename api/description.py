"""The description of the HTTP interface at /api/v1/openapi.json, whole enough to make a client of.

FastAPI describes what routes declare; here is added what they cannot: short names, every error, the ways to sign in,
what streams, and the answers made of plain values.
"""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from api.described import ANSWERS, ProblemOut
from api.description_words import ABOUT, BYTES, EXAMPLES, IDS, PROBLEMS, STREAM, SUMMARIES, TAGS
from api.openai.schemas import ErrorOut

Operation = dict[str, Any]
REF = "#/components/schemas/{model}"
WITH_BODY = ("post", "put", "patch")
OPEN = ("/health", "/ready")


def operation_id(route: APIRoute) -> str:
    """What a client made of the description calls it: the name of the route's function, unless that says too little."""
    return IDS.get(f"{route.endpoint.__module__.rpartition('.')[2]}.{route.name}", route.name)


def describe_with(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """For `app.openapi`; made at the first request for it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    return openapi


def describe(app: FastAPI) -> dict[str, Any]:
    made: dict[str, Any] = get_openapi(
        title=app.title,
        version=version("programme-assistant"),
        summary="Questions to a programme's documents, answered in sentences that name their page.",
        description=ABOUT,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = made["components"]["schemas"]
    models = [(model, "serialization") for model in {*ANSWERS.values(), ProblemOut, ErrorOut}]
    schemas |= models_json_schema(models, ref_template=REF)[1]["$defs"]  # type: ignore[arg-type]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    made["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "An access key."},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same, in another header."},
    }
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    _name_tags(made)
    return made


def _name_tags(made: dict[str, Any]) -> None:
    """Tags that no words are written for yet stand at the end by their names."""
    used = dict.fromkeys(tag for ways in made["paths"].values() for one in ways.values() for tag in one.get("tags", ()))
    told = [tag for tag in made["tags"] if tag["name"] in used]
    made["tags"] = told + [{"name": tag} for tag in used if tag not in {one["name"] for one in told}]


def _complete(path: str, method: str, operation: Operation) -> None:
    name = operation["operationId"]
    operation["summary"] = SUMMARIES.get(name) or name.replace("_", " ").capitalize()
    operation.setdefault("description", f"{operation['summary']}.")
    if path not in OPEN:
        operation["security"] = [{"bearer": []}, {"key": []}, {}]  # none on the machine itself, where no keys are set
    _complete_answer(name, operation["responses"])
    if example := EXAMPLES.get(name):
        operation["requestBody"]["content"]["application/json"]["example"] = example
    _complete_errors(path, method, operation)


def _complete_answer(name: str, responses: dict[str, Any]) -> None:
    good = responses[next(code for code in responses if code.startswith("2"))]
    if good["description"] == "Successful Response":
        good["description"] = "Done." if "content" not in good and name not in BYTES else "What was asked for."
    if name in ANSWERS:
        good["content"] = {"application/json": {"schema": {"$ref": REF.format(model=ANSWERS[name].__name__)}}}
    elif name in BYTES:
        kinds = {kind: {"schema": {"type": "string", **BYTES[name][kind]}} for kind in BYTES[name]}
        good["content"] = kinds
    elif name == "chat":
        good["description"] = STREAM


def _complete_errors(path: str, method: str, operation: Operation) -> None:
    """Every error there can be, in one shape: the problems of RFC 9457, or OpenAI's under /v1."""
    is_theirs = path.startswith("/v1/")
    responses = operation["responses"]
    for code in ("422", *(("default",) if "default" in responses else ())):
        responses.pop(code, None)
    model, kind = ("ErrorOut", "application/json") if is_theirs else ("ProblemOut", "application/problem+json")
    content = {kind: {"schema": {"$ref": REF.format(model=model)}}}
    for code in _codes(path, method, operation, is_theirs):
        responses.setdefault(str(code), {"description": PROBLEMS[code], "content": content})
    operation["responses"] = dict(sorted(responses.items()))


def _codes(path: str, method: str, operation: Operation, is_theirs: bool) -> set[int]:
    codes = {500, 503} if path in OPEN else {401, 403, 421, 429, 500, 503}
    takes = bool(operation.get("parameters") or operation.get("requestBody"))
    if takes:
        codes |= {400} if is_theirs else {422}
    if "{" in path:
        codes |= {404} if is_theirs else {404, 410}
    if method in WITH_BODY:
        codes |= {400, 409, 413} if not is_theirs else {413}
    if operation["operationId"] in ("ask", "chat", "reading_paths", "create_chat_completion", "metrics"):
        codes |= {404}
    if operation["operationId"] in ("search", "examples", "cancel_job", "cancel_file", "remove_document"):
        codes |= {409}
    if operation["operationId"] == "upload_documents":
        codes |= {404, 507}
    return codes
