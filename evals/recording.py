"""What a real model replied, kept: `assistant evals record` asks a live endpoint, everything else replays its words.

`replies.jsonl` has one reply a line: the question of `starter-questions.jsonl`, the reply as it came, seconds to its
first piece and to its end, the model, and a hash of the prompt, so that a reply to another prompt is told. Replies
about the journals hold their sentences and are kept outside the project (`--to`).
"""

import argparse
import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from assistant.writing.endpoint import Endpoint, Found, Messages
from assistant.writing.write import Writer
from evals.questions import GoldenQuestion
from evals.run import ask, bench
from evals.sets import QuestionSet, journals_set, starter_set
from ingest.programme import load_programme

REPLIES = Path(__file__).with_name("replies.jsonl")
WINDOW = 8192  # tokens, of the model that was recorded


@dataclass(frozen=True, slots=True)
class Recorded:
    """`first` and `whole` are seconds; `first` is None where nothing came."""

    question_id: str
    question: str
    prompt: str
    reply: str
    first: float | None
    whole: float
    model: str


class RecordingError(Exception):
    """A recording cannot be read; the message names the line."""


def read_replies(path: Path = REPLIES) -> tuple[Recorded, ...]:
    """Raises RecordingError."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(_row(f"{path.name}, line {number}", line) for number, line in enumerate(lines, 1))


def _row(place: str, line: str) -> Recorded:
    try:
        return Recorded(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise RecordingError(f"{place}: give exactly the fields of a recorded reply ({error}).") from error


def print_of(prompt: Messages) -> str:
    """The same for the same passages and question, whatever form of reply the rules ask for."""
    return hashlib.sha256(prompt[-1][1].encode()).hexdigest()[:16]


def question_of(prompt: Messages) -> str:
    return prompt[-1][1].rpartition("Question: ")[2]


class ReplayingEndpoint(Endpoint):
    """Gives the recorded reply to each question; `stale` counts those that were replies to another prompt."""

    def __init__(self, replies: Sequence[Recorded]) -> None:
        super().__init__(AssistantSettings(llm_base_url="http://recorded.invalid/v1"))
        self._replies: Mapping[str, Recorded] = {one.question: one for one in replies}
        self.stale = 0

    def look(self) -> Found:
        model = next((one.model for one in self._replies.values()), "recorded")
        return Found(model, WINDOW, False, model)

    def count(self, text: str) -> int:
        return len(text) // 4

    def stream(
        self, prompt: Callable[[bool], Messages], schema: dict[str, Any], leaving: threading.Event
    ) -> Iterator[str]:
        recorded = self._replies.get(question_of(prompt(True)))
        if recorded is None:
            return
        self.stale += recorded.prompt != print_of(prompt(True))
        yield from (recorded.reply[at : at + 8] for at in range(0, len(recorded.reply), 8))


class RecordingEndpoint(Endpoint):
    """Passes on what the real one replies, and keeps it in `taken`."""

    def __init__(self, settings: AssistantSettings) -> None:
        super().__init__(settings)
        self.taken: Recorded | None = None

    def stream(
        self, prompt: Callable[[bool], Messages], schema: dict[str, Any], leaving: threading.Event
    ) -> Iterator[str]:
        asked, begun, reply = prompt(True), time.monotonic(), ""
        first: float | None = None
        try:
            for piece in super().stream(prompt, schema, leaving):
                first = time.monotonic() - begun if first is None else first
                reply += piece
                yield piece
        finally:
            seconds = round(time.monotonic() - begun, 2)
            begins = None if first is None else round(first, 2)
            name = self.look().name
            self.taken = Recorded("", question_of(asked), print_of(asked), reply, begins, seconds, name)


def record(
    questions: Sequence[GoldenQuestion], assistant: Assistant, endpoint: RecordingEndpoint
) -> Iterator[Recorded]:
    """One row for each question that the model was asked; those that the quotes refuse never reach it."""
    for question in questions:
        endpoint.taken = None
        ask(question, assistant, "auto")
        if endpoint.taken is not None:
            yield Recorded(**asdict(endpoint.taken) | {"question_id": question.id})


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="assistant evals record", description=__doc__)
    parser.add_argument("--to", type=Path, default=REPLIES, metavar="FILE", help="where the replies are added")
    parser.add_argument("--journals", type=Path, metavar="FOLDER", help="ask about the journals; needs --to")
    parser.add_argument("--limit", type=int, default=10_000, help="how many questions")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="further question files on the journals")
    given = parser.parse_args(arguments)
    settings = AssistantSettings()
    if settings.llm_base_url is None:
        parser.error("Set ASSISTANT_LLM_BASE_URL to the address of a language model.")
    if given.journals and given.to == REPLIES:
        parser.error("Replies about the journals hold their sentences: say where they go with --to.")
    about = journals_set(given.journals, given.questions) if given.journals else starter_set()
    known = {one.question_id for one in read_replies(given.to)} if given.to.exists() else set()
    _record_all(about, known, settings, given.to, given.limit)
    return 0


def _record_all(about: QuestionSet, known: set[str], settings: AssistantSettings, to: Path, limit: int) -> None:
    """Adds a line as soon as a reply is there: a stop loses nothing."""
    endpoint = RecordingEndpoint(settings)
    lacking = [question for question in about.questions if question.id not in known][:limit]
    with bench(about.documents) as at, to.open("a", encoding="utf-8") as out:
        assistant = Assistant(at.library, load_programme(), Writer(endpoint))
        for row in record(lacking, assistant, endpoint):
            out.write(f"{json.dumps(asdict(row), ensure_ascii=False)}\n")
            out.flush()
            print(f"{row.question_id}: {row.whole:.0f} s", flush=True)
    endpoint.close()


if __name__ == "__main__":
    sys.exit(main())
