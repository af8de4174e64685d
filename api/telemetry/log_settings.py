"""How each process that stays writes its log: the service, and workers beside it."""

from typing import Literal

from ingest.settings import IngestSettings


class LogSettings(IngestSettings):
    log_format: Literal["text", "json"] = "text"
    """How the log is written to standard error: `text` for people, `json` with one object a line for programs."""

    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """From which level on; at `info` there is a line for each request, and at `debug` people's words may be in it."""
