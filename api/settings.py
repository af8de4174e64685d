"""What the service needs beyond the library's own settings; it refuses to start on unsafe values."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_settings import NoDecode

from api.access.settings import AccessSettings, Words, is_loopback, split_words
from api.telemetry.log_settings import LogSettings

__all__ = ["Settings", "is_loopback"]

WRONG_ORIGIN = "“{}” is no origin; write https://intranet.example, several with commas between them"
_ORIGIN = re.compile(r"(https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?)/?", re.I)


def _origin(text: str) -> str:
    """Scheme, host and port as browsers write them: it goes into a header, and opens the door to what it names."""
    found = _ORIGIN.fullmatch(text.strip())
    if found is None:
        raise ValueError(WRONG_ORIGIN.format(text[:80]))
    return found[1].lower()


Origin = Annotated[str, AfterValidator(_origin)]


class Settings(AccessSettings, LogSettings):
    """`allowed_hosts` and `embed_origins` are written with commas between them."""

    host: str = "127.0.0.1"
    """The address to serve on; one that other machines can reach is refused without keys or sign-in."""

    port: int = Field(default=8000, ge=0, le=65535)
    """The port to serve on."""

    allowed_hosts: Words = ()
    """Further names under which the page may be opened, with commas between them; behind a proxy, say."""

    embed_origins: Annotated[tuple[Origin, ...], NoDecode] = ()
    """Whose pages may show the chat in a frame, besides its own: origins with commas between them."""

    max_upload_mb: int = Field(default=500, ge=1)
    """The largest upload, all its files together, in MB."""

    case_data: Literal["refuse", "allow"] = "refuse"
    """Whether a person may insist on a question that may identify a child or a family."""

    watch_dir: Path | None = None
    """A folder whose files the service adds by itself."""

    ingest: Literal["here", "workers"] = "here"
    """Who reads uploads: this process, or those of `assistant work` (`workers`)."""

    metrics: Literal["steward", "loopback", "off"] = "steward"
    """Who reads `/metrics`: stewards; with `loopback` also programs of this machine, unasked; or nobody (`off`)."""

    traces: bool = False
    """Whether traces are sent by OpenTelemetry; the usual `OTEL_…` variables say where to."""

    stop_seconds: float = Field(default=20.0, ge=0, le=600)
    """How long answers under way may go on when the service is stopped, in seconds."""

    @field_validator("allowed_hosts", "embed_origins", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return tuple(split_words(value)) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _refuse_workers_without_servers(self) -> "Settings":
        if self.ingest == "workers" and not self.is_shared:
            raise ValueError(
                "ASSISTANT_INGEST is “workers”, and this library lies in a folder that one process owns: set"
                " ASSISTANT_DATABASE_URL and ASSISTANT_CHROMA_URL, or leave ASSISTANT_INGEST at “here”."
            )
        return self

    @model_validator(mode="after")
    def _refuse_unknown_protocols(self) -> "Settings":
        name = "OTEL_EXPORTER_OTLP_PROTOCOL"
        if self.traces and (protocol := os.environ.get(name) or "grpc") != "grpc":
            raise ValueError(f"Traces are sent by gRPC, and {name} says {protocol}: set it to grpc, or take it away.")
        return self
