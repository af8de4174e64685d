"""What the service needs beyond the library's own settings; it refuses to start on unsafe values."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from assistant.settings import AssistantSettings


class Settings(AssistantSettings):
    """`api_keys` and `allowed_hosts` are written with commas between them."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    max_upload_mb: int = Field(default=500, ge=1)
    case_data: Literal["refuse", "allow"] = "refuse"  # whether a person may insist on words that may identify a child
    watch_dir: Path | None = None  # a folder whose files the service adds by itself
    ingest: Literal["here", "workers"] = "here"  # who reads uploads: this process, or those of `assistant work`

    @field_validator("api_keys", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _refuse_open_doors(self) -> "Settings":
        if not is_loopback(self.host) and not self.api_keys:
            raise ValueError(
                f"Serving on {self.host} lets other machines in: set ASSISTANT_API_KEYS to one or more "
                "access keys (with commas between them), or serve on 127.0.0.1."
            )
        return self

    @model_validator(mode="after")
    def _refuse_workers_without_servers(self) -> "Settings":
        if self.ingest == "workers" and not self.is_shared:
            raise ValueError(
                "ASSISTANT_INGEST is “workers”, and this library lies in a folder that one process owns: set"
                " ASSISTANT_DATABASE_URL and ASSISTANT_CHROMA_URL, or leave ASSISTANT_INGEST at “here”."
            )
        return self


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
