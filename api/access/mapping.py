"""From what the identity provider says of somebody to their role and collections here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.access.errors import NoRoleError
from api.access.person import ROLES, Role
from api.access.settings import AccessSettings

EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as their provider vouches for them; `id_token` is the proof, needed once more to sign out over there."""

    issuer: str
    subject: str
    name: str
    email: str | None
    email_verified: bool
    groups: frozenset[str]
    id_token: str

    @classmethod
    def of(cls, claims: Mapping[str, Any], groups_claim: str, id_token: str) -> "Identity":
        email = _text(claims.get("email"))
        name = _text(claims.get("name")) or _text(claims.get("preferred_username")) or email or str(claims["sub"])
        verified = claims.get("email_verified") in (True, "true")
        groups = _groups(claims.get(groups_claim))
        return cls(str(claims["iss"]), str(claims["sub"]), name[:200], email, verified, groups, id_token)


@dataclass(frozen=True, slots=True)
class Granted:
    """What the provider's word gives somebody; `role` None leaves it to stewards here, as does `sets_collections`."""

    role: Role | None
    sets_collections: bool
    collections: frozenset[str] | None


def granted(identity: Identity, settings: AccessSettings) -> Granted:
    """Raises NoRoleError when roles come with groups, and none of theirs has one."""
    role = _role(identity, settings)
    if _is_first_steward(identity, settings.oidc_first_steward):
        role = "steward"
    if role is None and settings.oidc_roles:
        raise NoRoleError("None of your groups has a role in this assistant. Ask whoever runs it to give one a role.")
    if role == "steward":  # who gives out collections could give themselves any
        return Granted(role, True, None)
    seen = {settings.oidc_collections[one] for one in _of(identity) if one in settings.oidc_collections}
    return Granted(role, bool(settings.oidc_collections), frozenset(seen))


def _role(identity: Identity, settings: AccessSettings) -> Role | None:
    roles = [settings.oidc_roles[one] for one in _of(identity) if one in settings.oidc_roles]
    return max(roles, key=ROLES.index, default=None)  # type: ignore[arg-type]


def _of(identity: Identity) -> frozenset[str]:
    return identity.groups | {EVERYBODY}


def _is_first_steward(identity: Identity, wanted: str | None) -> bool:
    """By e-mail address only where the provider has checked it: elsewhere people may write what they like."""
    if not wanted:
        return False
    by_email = identity.email_verified and (identity.email or "").casefold() == wanted.casefold()
    return identity.subject == wanted or by_email


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _groups(value: object) -> frozenset[str]:
    """A list of names, of objects with a name, or one text with spaces or commas."""
    if isinstance(value, str):
        return frozenset(value.replace(",", " ").split())
    if not isinstance(value, list):
        return frozenset()
    names = [one.get("name") or one.get("value") if isinstance(one, dict) else one for one in value]
    return frozenset(str(one) for one in names if one)
