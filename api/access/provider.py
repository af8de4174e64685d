"""Sign-in at an OpenID Connect provider: authorization code with PKCE, by Authlib; the id token is checked by joserfc.

Discovery is read anew for each sign-in that begins, so that a provider that is away is told here and not by a blank
page over there. Signing keys are kept, and read anew when a token names one that is not among them.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.access.errors import ProviderAwayError, SignInError
from api.access.mapping import Identity
from api.access.settings import AccessSettings

logger = logging.getLogger(__name__)

TIMEOUT = 10.0  # seconds
SKEW = 60  # seconds that the provider's clock and ours may differ
# With a shared secret, or none, whoever knows our client id could sign: only public-key signatures count
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# In the body first: in a header a secret with other signs than letters and digits is read differently by many
_SECRET_METHODS = ("client_secret_post", "client_secret_basic")


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send somebody, and what must be known when they come back."""

    url: str
    state: str
    nonce: str
    verifier: str


class Provider:
    """Safe to share between threads. Its methods wait for the provider, and may raise ProviderAwayError."""

    def __init__(self, settings: AccessSettings) -> None:
        self._settings = settings
        self._issuer = str(settings.oidc_issuer)
        self._lock = threading.Lock()
        self._metadata: Mapping[str, Any] = {}
        self._keys: KeySet | None = None

    def begin(self, redirect_uri: str) -> Begun:
        metadata = self._discover()
        state, nonce, verifier = generate_token(43), generate_token(43), generate_token(64)
        with _told(), self._client(metadata, redirect_uri) as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(url, state, nonce, verifier)

    def finish(self, code: str, nonce: str, verifier: str, redirect_uri: str) -> Identity:
        """Who came back with this code. Raises SignInError when anything about it is not as it must be."""
        metadata = self._known_metadata()
        with _told(), self._client(metadata, redirect_uri) as client:
            token = client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=verifier)
            claims = self._checked(token, nonce)
            more = self._userinfo(client, metadata, claims["sub"])
        return Identity.of({**more, **claims}, self._settings.oidc_groups_claim, str(token["id_token"]))

    def farewell(self, id_token: str, back_to: str) -> str | None:
        """Where somebody signs out over there as well; None when the provider has no such place, or is away."""
        try:
            metadata = self._known_metadata()
        except ProviderAwayError:
            return None
        if not (where := metadata.get("end_session_endpoint")):
            return None
        params = {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": back_to,
            "client_id": self._settings.oidc_client_id,
        }
        return str(add_params_to_uri(where, params))

    def _discover(self) -> Mapping[str, Any]:
        address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        metadata = _get_json(address)
        if metadata.get("issuer", "").rstrip("/") != self._issuer.rstrip("/"):
            raise ProviderAwayError(
                f"At {self._issuer} another issuer answers ({metadata.get('issuer')}): set ASSISTANT_OIDC_ISSUER to it."
            )
        with self._lock:
            self._metadata = metadata
        return metadata

    def _known_metadata(self) -> Mapping[str, Any]:
        with self._lock:
            known = self._metadata
        return known or self._discover()

    def _client(self, metadata: Mapping[str, Any], redirect_uri: str) -> OAuth2Client:
        secret = self._settings.oidc_client_secret
        offered = metadata.get("token_endpoint_auth_methods_supported") or _SECRET_METHODS
        method = next((one for one in _SECRET_METHODS if one in offered), _SECRET_METHODS[0]) if secret else "none"
        return OAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            token_endpoint_auth_method=method,
            scope=self._settings.oidc_scopes,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=TIMEOUT,
        )

    def _checked(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of an id token that this provider signed, for us, for this sign-in, and that holds now."""
        if not isinstance(token.get("id_token"), str):
            raise SignInError("The sign-in service sent no id token. Is “openid” among ASSISTANT_OIDC_SCOPES?")
        issuer = self._known_metadata()["issuer"]
        decoded = self._decode(token["id_token"])
        client_id = str(self._settings.oidc_client_id)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}},
            {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=SKEW)
        return dict(claims)

    def _decode(self, id_token: str) -> Any:
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        try:
            return jwt.decode(id_token, self._signing_keys(), registry=registry)
        except (InvalidKeyIdError, BadSignatureError):  # the provider may sign with another key by now
            return jwt.decode(id_token, self._signing_keys(anew=True), registry=registry)

    def _signing_keys(self, anew: bool = False) -> KeySet:
        with self._lock:
            known = self._keys
        if known is None or anew:
            known = KeySet.import_key_set(_get_json(self._known_metadata()["jwks_uri"]))  # type: ignore[arg-type]
            with self._lock:
                self._keys = known
        return known

    def _userinfo(self, client: OAuth2Client, metadata: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        """Many providers tell name, e-mail and groups only there."""
        if not (where := metadata.get("userinfo_endpoint")):
            return {}
        said = client.get(where)
        said.raise_for_status()
        told: dict[str, Any] = said.json() if "json" in said.headers.get("content-type", "") else {}
        if told and told.get("sub") != subject:
            raise SignInError("The sign-in service told of somebody else. Sign in again.")
        return told


@contextmanager
def _told() -> Iterator[None]:
    """The libraries' errors as ours. What the provider said stays in the log: it is written for programmers."""
    try:
        yield
    except (httpx2.TransportError, httpx2.HTTPStatusError) as error:
        logger.warning("The sign-in service failed: %s", type(error).__name__)
        raise ProviderAwayError("It did not answer as it should. Who is signed in already can go on.") from error
    except OAuthError as error:
        logger.warning("A sign-in was refused by the service: %s", error.error)
        raise SignInError("The sign-in service did not accept it any more. Sign in again.") from error
    except (JoseError, ValueError, KeyError, TypeError) as error:
        logger.warning("A sign-in was refused here: %s", error)
        raise SignInError("What the sign-in service sent does not prove who you are. Sign in again.") from error


def _get_json(address: str) -> dict[str, Any]:
    try:
        answer = httpx2.get(address, timeout=TIMEOUT, follow_redirects=True)
        answer.raise_for_status()
        said = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        logger.warning("The sign-in service cannot be read at %s: %s", address, type(error).__name__)
        raise ProviderAwayError("It did not answer. Who is signed in already can go on.") from error
    if not isinstance(said, dict):
        raise ProviderAwayError("It did not answer as a sign-in service does.")
    return said
