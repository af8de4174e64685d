"""POST /v1/chat/completions, GET /v1/models: the assistant for programs that speak to language models."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from api import events
from api.dependencies import PersonDep, ServiceDep
from api.openai.completions import Completion
from api.openai.errors import CompletionError
from api.openai.replies import Reply
from api.openai.requests import MODELS, CompletionIn, as_question, known_model
from api.openai.schemas import CompletionOut, ModelOut, ModelsOut
from api.openai.wire import host_of, wire
from api.programs import replied
from assistant.errors import CaseDataError

ABOUT = {
    "assistant": "Answers from the documents: in own words where a language model is set up here, else in quotes.",
    "assistant-quotes": "Answers from the documents, in their own words only.",
}
SINCE = 1_760_000_000  # when there were such models first; clients want a moment
router = APIRouter(prefix="/v1", tags=["chat completions"])
_EVENT = {"type": "object", "properties": {"data": {"type": "string", "description": "A chunk as JSON, or [DONE]."}}}
STREAM = {
    "description": "The completion; with `stream` its chunks, as server-sent events that `[DONE]` ends.",
    "content": {"text/event-stream": {"itemSchema": _EVENT}},
}


@router.post("/chat/completions", response_model=CompletionOut, responses={200: STREAM})
async def create_chat_completion(
    asked: CompletionIn, service: ServiceDep, person: PersonDep, request: Request
) -> Response | CompletionOut:
    """The answer to the last message of the user, with its citations: `annotations`, and references under the text.

    What was said before is taken from the messages; nothing is kept. Parameters that mean nothing here are passed over.
    """
    question = as_question(asked)
    completion = Completion(asked, Reply(host_of(request)))
    if asked.stream:
        chunks = completion.stream(lambda tell, leaving: replied(service, question, person, tell, leaving))
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(wire(chunks), media_type="text/event-stream", headers=headers)
    try:
        answer = await events.whole(lambda leaving: replied(service, question, person, None, leaving), request)
    except CaseDataError as error:
        return completion.refused(error)
    return completion.answered(answer)


@router.get("/models")
async def list_models() -> ModelsOut:
    """The models to choose from: both answer from the same documents."""
    return ModelsOut(data=[_model(name) for name in MODELS])


@router.get("/models/{model}")
async def retrieve_model(model: Annotated[str, Path(max_length=200, examples=["assistant"])]) -> ModelOut:
    """One of the models."""
    known_model(model)
    return _model(model)


async def not_as_asked(_request: Request, error: Exception) -> Response:
    """A request that cannot be answered as it is."""
    assert isinstance(error, CompletionError)
    return JSONResponse(error.body(), error.status)


def _model(name: str) -> ModelOut:
    return ModelOut(id=name, created=SINCE, owned_by="programme-assistant", description=ABOUT[name])
