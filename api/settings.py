"""What the service needs beyond the library's own settings; it refuses to start on unsafe values."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from assistant.settings import AssistantSettings

WRONG_ORIGIN = "“{}” is no origin; write https://intranet.example, several with commas between them"
_ORIGIN = re.compile(r"(https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?)/?", re.I)


def _origin(text: str) -> str:
    """Scheme, host and port as browsers write them: it goes into a header, and opens the door to what it names."""
    found = _ORIGIN.fullmatch(text.strip())
    if found is None:
        raise ValueError(WRONG_ORIGIN.format(text[:80]))
    return found[1].lower()


Origin = Annotated[str, AfterValidator(_origin)]


class Settings(AssistantSettings):
    """`api_keys` and `allowed_hosts` are written with commas between them."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    embed_origins: Annotated[tuple[Origin, ...], NoDecode] = ()  # whose pages may show the chat in a frame
    max_upload_mb: int = Field(default=500, ge=1)
    case_data: Literal["refuse", "allow"] = "refuse"  # whether a person may insist on words that may identify a child
    watch_dir: Path | None = None  # a folder whose files the service adds by itself

    @field_validator("api_keys", "allowed_hosts", "embed_origins", mode="before")
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


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
