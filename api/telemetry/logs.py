"""The log: lines for people or JSON for programs, each with the request it belongs to, and no person's words.

Below debug, of an error its class and the places in the program are written, not its message: that may hold a
question or the name of a file. Keys that are set here are blotted out wherever they stand.
"""

import json
import logging
import sys
import traceback
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from opentelemetry.trace import get_current_span
from pydantic import SecretStr
from rich.console import Console
from rich.text import Text

from api.telemetry.log_settings import LogSettings
from api.telemetry.request import current

LOUD = (
    "llama_index",
    "sentence_transformers",
    "httpx",
    "httpx2",
    "httpcore",
    "openai",
    "chromadb",
    "urllib3",
    "asyncio",
    "sqlalchemy",
)
SHORTEST = 4  # letters; blotting out shorter ones would spoil every line


def configure(settings: LogSettings) -> None:
    """Writes everything that this process logs to standard error, as the settings say."""
    handler = logging.StreamHandler(sys.stderr)
    told = settings.log_level == "debug"
    kind = JsonLines if settings.log_format == "json" else Lines
    handler.setFormatter(kind(_secrets(settings), told))
    logging.captureWarnings(True)  # else Python writes them as it likes, in the midst of JSON
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in LOUD:  # addresses that they ask, and bodies that they send, are theirs to tell at debug alone
        logging.getLogger(name).setLevel(logging.NOTSET if told else logging.WARNING)


class Say:
    """What `assistant serve` tells whoever started it: as text, or as lines of the log where that is JSON."""

    def __init__(self, settings: LogSettings) -> None:
        self._console = None if settings.log_format == "json" else Console(stderr=True)
        self._logger = logging.getLogger("api.serve")
        self._logger.setLevel(logging.INFO)

    def print(self, line: str, *, markup: bool = True, highlight: bool = True, style: str | None = None) -> None:
        if self._console is not None:
            self._console.print(line, markup=markup, highlight=highlight, style=style)
        else:
            self._logger.info("%s", Text.from_markup(line).plain if markup else line)


def _secrets(settings: LogSettings) -> tuple[str, ...]:
    """All values that the settings call secret, and the password within an address."""
    held: list[str] = []
    for value in dict(settings).values():
        for one in value if isinstance(value, tuple | list | frozenset) else (value,):
            if isinstance(one, SecretStr):
                said = one.get_secret_value()
                held += [said, _password(said), said.rpartition(":")[2]]  # a key may stand behind a name and a role
    return tuple(one for one in held if len(one) >= SHORTEST)


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""


class Lines(logging.Formatter):
    """For people."""

    def __init__(self, secrets: Collection[str], messages: bool) -> None:
        super().__init__("%(levelname)s %(message)s")
        self._secrets, self._messages = secrets, messages

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written it out in full
        about = current.get()
        line = super().format(record)
        facts = getattr(record, "facts", None)
        if facts and "ms" in facts:
            line += f" in {facts['ms']} ms"
        return self.blot(f"{line} [{about.id}]" if about is not None else line)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name that logging calls)
        if self._messages:
            return super().formatException(ei)
        return "\n".join(_places(ei[1]))

    def blot(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


class JsonLines(Lines):
    """One object a line: time, level, logger, message; where there is one, request_id, trace_id, error; and facts."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "logger": record.name}
        row["message"] = record.getMessage()
        about, span = current.get(), get_current_span().get_span_context()
        if about is not None:
            row["request_id"] = about.id
        if span.is_valid:
            row["trace_id"] = f"{span.trace_id:032x}"
        row |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            row["error"] = self.formatException(record.exc_info)
        return self.blot(json.dumps(row, ensure_ascii=False, default=str))


def _places(error: BaseException | None) -> list[str]:
    """The error and what caused it: class and frames, as a traceback shows them, without messages."""
    lines: list[str] = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            lines.append("caused by")
    return lines
