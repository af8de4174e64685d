"""Who may come in, how much they may ask for, and how long what they leave behind is kept."""

import json
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Annotated, Any, Self, get_args
from urllib.parse import urlsplit

from limits import parse
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from api.access.person import Role
from assistant.settings import AssistantSettings

Words = Annotated[tuple[str, ...], NoDecode]
Pairs = Annotated[Mapping[str, str], NoDecode]
Days = Annotated[int, Field(ge=1, le=36_500)]


class AccessSettings(AssistantSettings):
    """Lists are written with commas, pairs as `group=role` with commas or as JSON, limits as `30/minute`."""

    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()  # a key alone is a steward's; else name:role:key
    public_url: str | None = None  # under which people open the page, as in https://assistant.example
    trusted_proxies: Words = ()  # addresses or networks whose X-Forwarded-For and -Proto are believed

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None  # none: a public client, which PKCE protects
    oidc_name: str = "your organisation's account"  # what the button says after “Sign in with”
    oidc_scopes: str = "openid profile email"
    oidc_groups_claim: str = "groups"
    oidc_roles: Pairs = Field(default_factory=dict)  # group → role, * for everybody; none: stewards give roles here
    oidc_collections: Pairs = Field(default_factory=dict)  # group → collection; none: stewards give them here
    oidc_first_steward: str | None = None  # the verified e-mail address, or the subject, of the first steward

    session_hours: float = Field(default=12, gt=0, le=720)
    session_idle_minutes: float = Field(default=120, gt=0)

    limit_person: str = "600/minute"
    limit_address: str = "3000/minute"
    limit_questions: str = "30/minute"  # a person's
    limit_sign_in: str = "10/minute"  # failed attempts, and beginnings, from one address
    limit_upload_mb: str = "5000/hour"  # a person's

    keep_conversations_days: Days | None = None  # since the last message; none: until somebody deletes them
    keep_feedback_days: Days | None = None
    keep_audit_days: Days | None = 365
    keep_sessions_days: Annotated[int, Field(ge=0, le=3650)] = 0  # after they ended
    keep_uploads_days: Days | None = 90  # who uploaded which file when, not the documents

    audit_questions: bool = False  # whether the audit trail says what was asked

    @field_validator("api_keys", "trusted_proxies", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(split_words(value)) if isinstance(value, str) else value

    @field_validator("oidc_roles", "oidc_collections", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return split_pairs(value) if isinstance(value, str) else value

    @field_validator(
        "public_url", "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_first_steward", mode="before"
    )
    @classmethod
    def _nothing_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("limit_person", "limit_address", "limit_questions", "limit_sign_in", "limit_upload_mb")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        try:
            parse(value)
        except ValueError as error:
            raise ValueError(f"“{value}” is no limit: write it as 30/minute or 5000/hour.") from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one, strict=False)
            except ValueError as error:
                raise ValueError(f"“{one}” is no address or network, as in 10.0.0.7 or 10.0.0.0/24.") from error
        return value

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://x")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("Write the address alone, as in https://assistant.example.")
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _refuse_half_a_sign_in(self) -> Self:
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise ValueError(
                "Sign-in needs both ASSISTANT_OIDC_ISSUER and ASSISTANT_OIDC_CLIENT_ID: set both, or neither."
            )
        if self.oidc_issuer and not self.oidc_roles and not self.oidc_first_steward:
            raise ValueError(
                "With sign-in somebody must be the first steward, or nobody could give the others a role: set"
                " ASSISTANT_OIDC_FIRST_STEWARD to their e-mail address, or ASSISTANT_OIDC_ROLES to group=steward."
            )
        if self.oidc_issuer and not _is_protected(self.oidc_issuer):
            raise ValueError("ASSISTANT_OIDC_ISSUER must begin with https:// (http:// only on this computer).")
        if wrong := [role for role in self.oidc_roles.values() if role not in get_args(Role)]:
            raise ValueError(
                f"ASSISTANT_OIDC_ROLES names “{wrong[0]}”, which is no role: reader, editor and steward are."
            )
        return self

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over TLS whatever the request says."""
        return (self.public_url or "").startswith("https:")


def _is_protected(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def split_words(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def split_pairs(value: str) -> dict[str, str]:
    """`a=b, c=d`, or JSON where the names have commas in them."""
    if value.lstrip().startswith("{"):
        loaded: dict[str, Any] = json.loads(value)
        return {str(name): str(one) for name, one in loaded.items()}
    pairs = [part.rpartition("=") for part in split_words(value)]
    if wrong := [name or one for name, mark, one in pairs if not (mark and name.strip() and one.strip())]:
        raise ValueError(f"“{wrong[0]}” is no pair: write group=role, with commas between them.")
    return {name.strip(): one.strip() for name, _, one in pairs}
