"""All that decides who may come in, built once."""

from dataclasses import dataclass

from sqlalchemy import Engine

from api.access.audit import AuditBook
from api.access.door import Door
from api.access.errors import OpenDoorError
from api.access.housekeeping import Housekeeping
from api.access.keys import KeyBook
from api.access.limits import Limits
from api.access.own import OwnData
from api.access.people import PeopleBook
from api.access.provider import Provider
from api.access.retention import Retention
from api.access.sessions import SessionBook
from api.access.settings import AccessSettings, is_loopback


@dataclass(frozen=True, slots=True)
class Access:
    settings: AccessSettings
    keys: KeyBook
    people: PeopleBook
    sessions: SessionBook
    audit: AuditBook
    own: OwnData
    retention: Retention
    housekeeping: Housekeeping
    limits: Limits
    door: Door
    provider: Provider | None  # None without sign-in

    @classmethod
    def of(cls, settings: AccessSettings, engine: Engine) -> "Access":
        keys, people, sessions = KeyBook(engine), PeopleBook(engine), SessionBook(engine, settings)
        audit, retention = AuditBook(engine), Retention(engine, settings)
        return cls(
            settings=settings,
            keys=keys,
            people=people,
            sessions=sessions,
            audit=audit,
            own=OwnData(engine),
            retention=retention,
            housekeeping=Housekeeping(keys, sessions, retention, audit),
            limits=Limits(settings),
            door=Door(settings, keys, people, sessions),
            provider=Provider(settings) if settings.oidc_issuer else None,
        )

    def refuse_open_door(self, host: str) -> None:
        """Raises OpenDoorError when other machines could come in and nobody would be asked who they are."""
        refuse_open_door(self.settings, host, asks=self.door.is_locked())


def refuse_open_door(settings: AccessSettings, host: str, asks: bool) -> None:
    """`asks`: whether people are asked who they are. Raises OpenDoorError when other machines could come in unasked."""
    if not is_loopback(host) and not asks:
        raise OpenDoorError(
            f"Serving on {host} lets other machines in. First make an access key with `assistant keys make NAME"
            " --role steward`, or set ASSISTANT_API_KEYS, or set up sign-in with ASSISTANT_OIDC_ISSUER and"
            " ASSISTANT_OIDC_CLIENT_ID; or serve on 127.0.0.1."
        )
    if settings.trusted_proxies and not asks:
        raise OpenDoorError(
            "ASSISTANT_TRUSTED_PROXIES lets other machines in through a proxy. First make an access key with"
            " `assistant keys make NAME --role steward`, or set up sign-in with ASSISTANT_OIDC_ISSUER."
        )
    if not is_loopback(host) and settings.oidc_issuer and settings.public_url is None:
        raise OpenDoorError(
            "Sign-in needs to know under which address people open the page: set ASSISTANT_PUBLIC_URL, as in"
            " https://assistant.example, and register that address with /sign-in/callback at the provider."
        )
