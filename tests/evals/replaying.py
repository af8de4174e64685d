"""A language model that gives the reply it is handed, through the same door as a real one."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

from assistant.settings import AssistantSettings
from assistant.writing.endpoint import Endpoint, Found, Messages


class Replaying(Endpoint):
    """`reply` is what it answers next; `prompts` what it was told."""

    def __init__(self) -> None:
        super().__init__(AssistantSettings(llm_base_url="http://recorded.invalid/v1"))
        self.reply = ""
        self.prompts: list[str] = []

    def look(self) -> Found:
        return Found("recorded", 8192, False, "recorded")

    def count(self, text: str) -> int:
        return len(text) // 4

    def stream(
        self, prompt: Callable[[bool], Messages], schema: dict[str, Any], leaving: threading.Event
    ) -> Iterator[str]:
        self.prompts.append(prompt(True)[-1][1])
        yield from (self.reply[at : at + 8] for at in range(0, len(self.reply), 8))
