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


_MAY_BE_EMPTY = (
    *("public_url", "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_first_steward"),
    *("keep_conversations_days", "keep_feedback_days", "keep_audit_days", "keep_uploads_days"),
)


class AccessSettings(AssistantSettings):
    """Lists are written with commas, pairs as `group=role` with commas or as JSON, limits as `30/minute`."""

    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Access keys, with commas between them: a key alone is a steward's, `name:role:key` has a name and a role."""

    public_url: str | None = None
    """The address under which people open the page, as in https://assistant.example; sign-in needs it."""

    trusted_proxies: Words = ()
    """Addresses or networks of proxies whose `X-Forwarded-For` and `-Proto` are believed."""

    oidc_issuer: str | None = None
    """The identity provider (OpenID Connect) that people sign in at."""

    oidc_client_id: str | None = None
    """What the provider calls this service."""

    oidc_client_secret: SecretStr | None = None
    """Its secret over there; without one it is a public client, which PKCE protects."""

    oidc_name: str = "your organisation's account"
    """What the button says after “Sign in with”."""

    oidc_scopes: str = "openid profile email"
    """What is asked of the provider; some want `groups` here."""

    oidc_groups_claim: str = "groups"
    """Under which name the provider tells somebody's groups."""

    oidc_roles: Pairs = Field(default={})
    """Roles by group, as `group=role` with commas or as JSON, `*` for everybody; without, stewards give roles here."""

    oidc_collections: Pairs = Field(default={})
    """Collections by group, as `group=collection`; without, stewards give them here."""

    oidc_first_steward: str | None = None
    """The verified e-mail address, or the subject, of the first steward."""

    session_hours: float = Field(default=12, gt=0, le=720)
    """So long somebody stays signed in at most."""

    session_idle_minutes: float = Field(default=120, gt=0)
    """So long somebody stays signed in without doing anything."""

    limit_person: str = "600/minute"
    """How many requests one person may send; of no account where nobody is asked who they are."""

    limit_address: str = "3000/minute"
    """How many requests one address may send."""

    limit_questions: str = "30/minute"
    """How many questions one person may ask."""

    limit_sign_in: str = "10/minute"
    """How many failed keys, and how many sign-ins begun, one address may send."""

    limit_upload_mb: str = "5000/hour"
    """How many megabytes one person may upload."""

    keep_conversations_days: int | None = Field(default=None, ge=1, le=36_500)
    """Conversations go so many days after their last message; without, when somebody deletes them."""

    keep_feedback_days: int | None = Field(default=None, ge=1, le=36_500)
    """What people said of answers goes after so many days."""

    keep_audit_days: int | None = Field(default=365, ge=1, le=36_500)
    """Entries of the audit trail go after so many days."""

    keep_sessions_days: int = Field(default=0, ge=0, le=3650)
    """Sessions go so many days after they ended."""

    keep_uploads_days: int | None = Field(default=90, ge=1, le=36_500)
    """Who uploaded which file when is kept so many days; the documents are not meant."""

    audit_questions: bool = False
    """Whether the audit trail says what was asked."""

    @field_validator("api_keys", "trusted_proxies", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(split_words(value)) if isinstance(value, str) else value

    @field_validator("oidc_roles", "oidc_collections", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return split_pairs(value) if isinstance(value, str) else value

    @field_validator(*_MAY_BE_EMPTY, mode="before")
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
