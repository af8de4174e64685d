"""The language model behind an OpenAI-compatible address: what is there, how much it reads, and its replies."""

import logging
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx

from assistant.errors import EndpointBusyError, EndpointError
from assistant.settings import AssistantSettings
from assistant.writing.failures import as_endpoint_error, refuses_schema
from assistant.writing.streaming import TICK, Call, Loop, Patience

logger = logging.getLogger(__name__)

WINDOW = 4096  # tokens, where neither the settings nor the service tell
REPLY = 500  # tokens of a reply
LETTERS = 3.0  # a token of English has four; a cautious guess where its tokenizer is not known
LOOK = 5.0  # seconds
AGAIN = 5.0  # seconds until a service that did not answer is asked again what it has: nobody queues for that
COUNTING = 2.0  # seconds

Messages = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the service told of itself. `window` in tokens; `tokenizes`: it counts tokens for us."""

    model: str
    window: int
    tokenizes: bool
    said: str

    @property
    def name(self) -> str:
        """Short, for people."""
        return name_of(self.model)


def name_of(model: str) -> str:
    """Servers of one model call it by its file, with the whole path: «qwen2.5-1.5b-q4» is enough."""
    file = model.replace("\\", "/").rsplit("/", 1)[-1] if model.endswith(".gguf") else model
    return file.removesuffix(".gguf")


class Endpoint:
    """Safe to share between threads. `counts` tells what became of the requests since the start."""

    def __init__(self, settings: AssistantSettings) -> None:
        if settings.llm_base_url is None:
            raise ValueError("There is no endpoint without ASSISTANT_LLM_BASE_URL.")
        self._settings = settings
        self._base = settings.llm_base_url.rstrip("/")
        self._slots = threading.BoundedSemaphore(settings.llm_at_once)
        self._loop = Loop()
        self._lock = threading.Lock()
        self._found: Found | None = None
        self._failed: tuple[float, EndpointError] | None = None
        self._takes_schema = True
        self.counts: Counter[str] = Counter()

    def look(self) -> Found:
        """Asks the service what it has, once; while it cannot be reached, again after a while. Raises EndpointError."""
        with self._lock:
            if self._found is not None:
                return self._found
            if self._failed is not None and time.monotonic() < self._failed[0] + AGAIN:
                raise self._failed[1]
            try:
                self._found = self._ask_what_is_there()
            except EndpointError as error:
                self._failed = (time.monotonic(), error)
                raise
            return self._found

    def warm(self) -> None:
        """Loads what the first question would wait for, and looks."""
        import llama_index.llms.openai_like  # noqa: F401

        try:
            self.look()
        except EndpointError as error:
            logger.info("%s", error)

    def count(self, text: str) -> int:
        """Tokens, by the model's own tokenizer where the service offers it, else a cautious guess."""
        found = self.look()
        if found.tokenizes:
            try:
                return self._count_there(text)
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                logger.debug("The service did not count")
                with self._lock:
                    self._found = replace(found, tokenizes=False)
        return int(len(text) / LETTERS) + 1

    def stream(
        self, prompt: Callable[[bool], Messages], schema: dict[str, Any], leaving: threading.Event
    ) -> Iterator[str]:
        """The pieces of a reply to `prompt(takes_schema)`. Raises EndpointError; ends early when `leaving` is set."""
        patience = Patience(self._settings.llm_silence, self._settings.llm_timeout)
        if not self._has_slot(patience.silence / 2, leaving):
            return
        try:
            found = self.look()
        except EndpointError:
            self._slots.release()
            raise
        call = Call(lambda client: self._reply(client, found, prompt, schema), patience, leaving, self._slots.release)
        yield from call.run(self._loop.get())

    def _has_slot(self, patience: float, leaving: threading.Event) -> bool:
        """False when the reader left while waiting for one. Raises EndpointBusyError."""
        end = time.monotonic() + patience
        while not self._slots.acquire(timeout=TICK):
            if leaving.is_set():
                return False
            if time.monotonic() > end:
                raise EndpointBusyError("The language model has too much to do at the moment.")
        return True

    def close(self) -> None:
        self._loop.stop()

    async def _reply(
        self, client: httpx.AsyncClient, found: Found, prompt: Callable[[bool], Messages], schema: dict[str, Any]
    ) -> AsyncIterator[str]:
        """With a schema first; a service that refuses it is not asked for one again."""
        if self._takes_schema:
            heard = False
            try:
                async for piece in self._chat(client, found, prompt(True), {"response_format": schema}):
                    heard = True
                    yield piece
                return
            except Exception as error:
                if heard or not refuses_schema(error):
                    raise
                self._takes_schema = False
                logger.info("The language model takes no JSON schema: it is asked for lines with markers.")
        async for piece in self._chat(client, found, prompt(False), {}):
            yield piece

    async def _chat(
        self, client: httpx.AsyncClient, found: Found, prompt: Messages, extra: dict[str, Any]
    ) -> AsyncIterator[str]:
        # Imported here: it takes half a second, and most libraries are used without a language model
        from llama_index.core.llms import ChatMessage
        from llama_index.llms.openai_like import OpenAILike

        key = self._settings.llm_api_key
        model = OpenAILike(
            model=found.model,
            api_base=self._base,
            api_key=key.get_secret_value() if key else "none",
            is_chat_model=True,
            context_window=found.window,
            max_tokens=REPLY,
            temperature=0.0,
            max_retries=0,
            timeout=self._settings.llm_silence,
            async_http_client=client,
        )
        told = [ChatMessage(role=role, content=text) for role, text in prompt]
        async for piece in await model.astream_chat(told, **extra):
            if piece.delta:
                yield piece.delta

    def _ask_what_is_there(self) -> Found:
        wanted = self._settings.llm_model
        try:
            listed = self._listed()
        except EndpointError as error:
            if wanted is None:
                raise
            return Found(wanted, self._settings.llm_context or WINDOW, False, f"{wanted} (not seen yet: {error})")
        ids = [str(one.get("id", "")) for one in listed]
        model = wanted or next(iter(ids), "")
        if not model:
            raise EndpointError("The language model's service lists no model: set ASSISTANT_LLM_MODEL.")
        own = next((one for one in listed if one.get("id") == model), {})
        window = self._settings.llm_context or _window_of(own) or WINDOW
        missing = "" if model in ids else ", which the service does not list"
        return Found(model, window, self._tokenizes(), f"{name_of(model)}{missing}, reads {window:,} tokens")

    def _listed(self) -> list[dict[str, Any]]:
        """The models that the service lists, as it tells of them."""
        try:
            answer = httpx.get(f"{self._base}/models", headers=self._headers(), timeout=LOOK)
            answer.raise_for_status()
            rows = answer.json()["data"]
            return [row for row in rows if isinstance(row, dict)]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise as_endpoint_error(error if isinstance(error, httpx.HTTPError) else ValueError()) from None

    def _tokenizes(self) -> bool:
        try:
            return self._count_there("two words") > 0
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    def _count_there(self, text: str) -> int:
        """As llama.cpp (`content` → `tokens`) and vLLM (`prompt` → `count`) offer it, beside /v1."""
        body = {"content": text, "prompt": text}
        url = f"{self._base.removesuffix('/v1')}/tokenize"
        answer = httpx.post(url, json=body, headers=self._headers(), timeout=COUNTING)
        answer.raise_for_status()
        told = answer.json()
        return int(told["count"]) if "count" in told else len(told["tokens"])

    def _headers(self) -> dict[str, str]:
        key = self._settings.llm_api_key
        return {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}


def _window_of(model: dict[str, Any]) -> int | None:
    """Tokens, under the names that llama.cpp, vLLM and others give it."""
    meta = model.get("meta")
    places = (meta if isinstance(meta, dict) else {}, model)
    found = (place.get(name) for place in places for name in ("n_ctx", "max_model_len", "context_length"))
    return next((int(value) for value in found if isinstance(value, int) and value > 0), None)
