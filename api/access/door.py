"""Who stands behind a request: the person of its key or of its session, or nobody yet."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from api.access.errors import UnknownKeyError, UnknownPersonError
from api.access.given import GivenKeys
from api.access.keys import KeyBook
from api.access.people import PeopleBook
from api.access.person import LOCAL, Person
from api.access.secrets import new_secret, sealed
from api.access.sessions import Session, SessionBook
from api.access.settings import AccessSettings

LOOKS_EVERY = 5.0  # seconds: whether another process made the first key
COOKIE = "assistant_session"
BEGUN = "assistant_sign_in"  # the cookie of a sign-in that is under way
STRANGER = Person("", "Nobody", "reader", frozenset(), "nobody")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`session` is None for those who bring a key with each request; `tried` says that a key was brought at all."""

    person: Person
    session: Session | None = None
    tried: bool = False

    @property
    def is_known(self) -> bool:
        return self.person is not STRANGER


def asks_by_settings(settings: AccessSettings) -> bool:
    """Whether people are asked who they are, whatever keys the library holds."""
    return bool(settings.api_keys) or settings.oidc_issuer is not None


class Door:
    """Safe to share between threads."""

    def __init__(self, settings: AccessSettings, keys: KeyBook, people: PeopleBook, sessions: SessionBook) -> None:
        self.given = GivenKeys(key.get_secret_value() for key in settings.api_keys)
        self._asks = asks_by_settings(settings)
        self._is_secure = settings.is_secure
        self._keys, self._people, self._sessions = keys, people, sessions
        self._lock = threading.Lock()
        self._looked, self._found = 0.0, False

    def is_locked(self) -> bool:
        """Whether people are asked who they are: as soon as there is any key, or sign-in."""
        if self._asks:
            return True
        with self._lock:
            if time.monotonic() - self._looked > LOOKS_EVERY or not self._looked:
                self._found, self._looked = self._keys.is_any(), time.monotonic()
            return self._found

    def look_again(self) -> None:
        """A key was made, or all were cleared."""
        with self._lock:
            self._looked = 0.0

    def visitor(self, headers: Mapping[str, str], is_tls: bool) -> Visitor:
        """By a key in a header, else by the cookie of a session."""
        if not self.is_locked():
            return Visitor(LOCAL)
        if brought := key_in(headers):
            return Visitor(self.holder(brought) or STRANGER, None, tried=True)
        token = cookie(headers, self.cookie_name(is_tls))
        session = self._sessions.find(token) if token else None
        person = self._behind(session, token) if session else None
        return Visitor(person, session) if person else Visitor(STRANGER)

    def holder(self, secret: str) -> Person | None:
        """Whose key this is."""
        if given := self.given.find(secret):
            return given.person
        key = self._keys.find(secret)
        return key.person() if key else None

    def open_for(self, secret: str) -> str | None:
        """A session's token for whoever has this key."""
        if given := self.given.find(secret):
            token = new_secret()
            return self._sessions.open(token, sealed=sealed(given.key, token), owner=given.person.id)
        key = self._keys.find(secret)
        return self._sessions.open(key_id=key.id) if key else None

    def cookie_name(self, is_tls: bool, name: str = COOKIE) -> str:
        """`__Host-` ties a cookie to this host, to TLS and to no path; without TLS browsers refuse the name."""
        return f"__Host-{name}" if is_tls or self._is_secure else name

    def _behind(self, session: Session, token: str) -> Person | None:
        """As they may now: a role that changed counts at once, a key that was revoked is none."""
        try:
            if session.person_id is not None:
                known = self._people.get(session.person_id)
                return None if known.disabled_at else known.person()
            if session.key_id is not None:
                key = self._keys.get(session.key_id)
                return key.person() if key.state == "valid" else None
        except (UnknownKeyError, UnknownPersonError):
            return None
        given = self.given.behind(str(session.detail.get("sealed", "")), token)
        return given.person if given else None


def key_in(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")


def cookie(headers: Mapping[str, str], name: str) -> str:
    try:
        cookies: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""
