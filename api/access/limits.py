"""How often, and how much: a person's requests, questions and uploads, and what comes from one address."""

import math
import time
from collections.abc import Callable

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from api.access.errors import LimitedError
from api.access.keys import PREFIX
from api.access.settings import AccessSettings

MB = 1_000_000
QUESTIONS = ("/api/v1/ask", "/api/v1/chat", "/v1/chat/completions")


class Limits:
    """Counted in this process: with several processes each counts its own."""

    def __init__(self, settings: AccessSettings) -> None:
        storage = MemoryStorage()
        self._window = MovingWindowRateLimiter(storage)
        self._counter = SlidingWindowCounterRateLimiter(storage)  # as cheap for 5,000 as for five
        self._person = parse(settings.limit_person)
        self._address = parse(settings.limit_address)
        self._questions = parse(settings.limit_questions)
        self._sign_in = parse(settings.limit_sign_in)
        self._upload = parse(settings.limit_upload_mb)

    def from_address(self, address: str) -> None:
        """Raises LimitedError, as all of these do."""
        self._hit(self._address, f"address {address}", f"{self._address} from one address")

    def by_person(self, person_id: str, method: str, path: str, upload_bytes: int) -> None:
        self._hit(self._person, f"person {person_id}", f"{self._person} for one person")
        if method == "POST" and path in QUESTIONS:
            self.question(person_id)
        if upload_bytes:
            megabytes = max(1, math.ceil(upload_bytes / MB))
            said = f"{self._upload} for one person, in megabytes of uploads"
            self._hit(self._upload, f"upload {person_id}", said, cost=megabytes)

    def question(self, person_id: str) -> None:
        said = f"{self._questions} for one person, questions alone"
        self._hit(self._questions, f"questions {person_id}", said, self._window)

    def sign_in_begins(self, address: str) -> None:
        self._hit(
            self._sign_in, f"sign-in {address}", f"{self._sign_in} from one address, sign-ins alone", self._window
        )

    def sign_in_may(self, address: str, key: str) -> None:
        """Whether this key may be tried from there; those that fail are counted, by `sign_in_failed`.

        The library's own keys always may: nobody guesses 256 bits, and one program with a wrong key must not shut out
        all the others behind the same address. Keys that people chose for the settings may be guessed.
        """
        if key and not key.startswith(f"{PREFIX}_") and not self._window.test(self._sign_in, f"failed {address}"):
            raise _limited(self._sign_in, f"{self._sign_in} failed attempts from one address", self._left(address))

    def sign_in_failed(self, address: str) -> None:
        self._window.hit(self._sign_in, f"failed {address}")

    def _left(self, address: str) -> Callable[[], float]:
        return lambda: self._window.get_window_stats(self._sign_in, f"failed {address}").reset_time

    def _hit(
        self,
        item: RateLimitItem,
        who: str,
        said: str,
        by: MovingWindowRateLimiter | SlidingWindowCounterRateLimiter | None = None,
        cost: int = 1,
    ) -> None:
        limiter = by or self._counter
        if not limiter.hit(item, who, cost=cost):
            raise _limited(item, said, lambda: limiter.get_window_stats(item, who).reset_time)


def _limited(item: RateLimitItem, said: str, reset: Callable[[], float]) -> LimitedError:
    seconds = min(item.get_expiry(), max(1, math.ceil(reset() - time.time())))
    return LimitedError(f"The limit is {said}; it is worth trying again in {seconds} seconds.", seconds)
