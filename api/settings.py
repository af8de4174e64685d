"""What the service needs beyond the library's own settings; it refuses to start on unsafe values."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from api.access.settings import AccessSettings, Words, is_loopback, split_words

__all__ = ["Settings", "is_loopback"]


class Settings(AccessSettings):
    """`allowed_hosts` are written with commas between them."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    allowed_hosts: Words = ()
    max_upload_mb: int = Field(default=500, ge=1)
    case_data: Literal["refuse", "allow"] = "refuse"  # whether a person may insist on words that may identify a child
    watch_dir: Path | None = None  # a folder whose files the service adds by itself

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return tuple(split_words(value)) if isinstance(value, str) else value
