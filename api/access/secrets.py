"""Random secrets, and what is kept of them.

A key or a session token is 256 bits from the system's random source. Nobody can try them all, so a plain SHA-256 is
kept: slow hashes (bcrypt, Argon2) are for what people choose, and would cost each request a tenth of a second.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def new_id() -> str:
    return secrets.token_hex(6)


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def sealed(secret: str, with_: str) -> str:
    """What proves later that `secret` was given, to whoever brings `with_` again, and tells nothing without it."""
    return hmac.new(with_.encode(), secret.encode(), sha256).hexdigest()


def same(given: str, known: str) -> bool:
    """In a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode(), known.encode())


def now() -> str:
    return moment()


def moment(days: float = 0, minutes: float = 0) -> str:
    """As the library writes times; so far from now."""
    return (datetime.now(UTC) + timedelta(days=days, minutes=minutes)).isoformat(timespec="microseconds")
