"""A chat completion as it is asked for: the question and what was said before are taken from its messages.

What this assistant has no use for (temperature, max_tokens, user …) is passed over; what would change the meaning of
the answer, and cannot be had, is refused by a sentence.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.openai.errors import CompletionError
from api.openai.replies import without_references
from api.schemas import AskIn, FiltersIn, TurnIn
from assistant.assistant import MAX_QUESTION

HISTORY = 40  # turns
LONGEST_TURN = 20_000  # characters
ONLY_TEXT = (
    "Only text is read here. Leave pictures, sound and files out of the question; "
    "a document is added to the library on its page."
)
Answerer = Literal["auto", "quotes"]
MODELS: dict[str, Answerer] = {"assistant": "auto", "assistant-quotes": "quotes"}


class Loose(BaseModel):
    """Other programs send what they like; what is not named here is passed over."""

    model_config = ConfigDict(extra="allow")


class PartIn(Loose):
    """A piece of a message's content."""

    type: str = "text"
    text: str | None = None


class MessageIn(Loose):
    """`role` is system, developer, user, assistant, tool or function; only a user's words are a question."""

    role: str = Field(examples=["user"], max_length=40)
    content: str | list[PartIn] | None = Field(default=None, examples=["What is a family group conference?"])

    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""

    def is_text(self) -> bool:
        pieces = self.content if isinstance(self.content, list) else []
        return all(part.type in ("text", "input_text", "output_text", "refusal") for part in pieces)


class StreamOptionsIn(Loose):
    include_usage: bool | None = False


class CompletionIn(Loose):
    """`filters` and `insist` are ours, as POST /api/v1/ask takes them."""

    model: str = Field(examples=["assistant"], max_length=200)
    messages: list[MessageIn] = Field(max_length=2000)
    stream: bool | None = False
    stream_options: StreamOptionsIn | None = None
    n: int | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    logprobs: bool | None = None
    filters: FiltersIn = FiltersIn()
    insist: bool = False

    def wants_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


def as_question(asked: CompletionIn) -> AskIn:
    """The question behind a completion. Raises CompletionError, which says what to leave out or to change."""
    answerer = known_model(asked.model)
    _refuse_what_cannot_be_had(asked)
    at = max((n for n, message in enumerate(asked.messages) if message.role == "user"), default=None)
    if at is None:
        raise CompletionError("Send a message of the role “user”: it is the question.", "messages")
    last = asked.messages[at]
    if not last.is_text():
        raise CompletionError(ONLY_TEXT, "messages", "unsupported_content")
    question = last.text().strip()
    if not question:
        raise CompletionError("The last message of the user is empty. Write a question into it.", "messages")
    if len(question) > MAX_QUESTION:
        said = f"This question has {len(question):,} characters; the limit is {MAX_QUESTION:,}. Shorten it."
        raise CompletionError(said, "messages", "string_above_max_length")
    return AskIn(
        question=question,
        history=_turns(asked.messages[:at]),
        filters=asked.filters,
        answerer=answerer,
        insist=asked.insist,
    )


def known_model(name: str) -> Answerer:
    if name not in MODELS:
        known = " or ".join(f"“{model}”" for model in MODELS)
        said = f"There is no model “{name[:80]}” here. Ask {known}."
        raise CompletionError(said, "model", "model_not_found", 404)
    return MODELS[name]


def _turns(messages: list[MessageIn]) -> list[TurnIn]:
    """What people and the assistant said; instructions (system, developer) and the results of tools are neither."""
    turns: list[TurnIn] = []
    for message in messages:
        if text := message.text().strip():
            if message.role == "user":
                turns.append(TurnIn(role="user", content=text[:LONGEST_TURN]))
            elif message.role == "assistant":
                turns.append(TurnIn(role="assistant", content=without_references(text)[:LONGEST_TURN]))
    return turns[-HISTORY:]


def _refuse_what_cannot_be_had(asked: CompletionIn) -> None:
    kind = (asked.response_format or {}).get("type", "text")
    forced = isinstance(asked.tool_choice, dict) or asked.tool_choice == "required"
    wrong = {
        "n": (asked.n or 1) != 1 and "There is one answer to a question here. Leave n out, or set it to 1.",
        "tool_choice": forced and "No tools are called here. Leave tool_choice out, or set it to “none”.",
        "response_format": kind != "text"
        and "Answers are text; their citations stand in the message's annotations. Leave response_format out.",
        "modalities": set(asked.modalities or ["text"]) != {"text"}
        and "Answers are text. Leave modalities out, or set it to [“text”].",
        "logprobs": bool(asked.logprobs) and "There are no token probabilities here. Leave logprobs out.",
    }
    for param, said in wrong.items():
        if isinstance(said, str):
            raise CompletionError(said, param, "unsupported_value")
