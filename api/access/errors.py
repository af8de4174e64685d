"""AccessError                 root; every message is a sentence that says what to do
├── OpenDoorError           it would serve other machines, and ask nobody who they are
├── UnknownKeyError         no key of this id or name
├── KeyNameError            a key of this name is in use, or the name cannot be one
├── UnknownPersonError      nobody of this id
├── UnknownCollectionError  a collection that is not there cannot be given
├── LastStewardError        nobody could let people in any more
├── LimitedError            too many requests, sign-ins, questions or megabytes
├── FormError               a form that was not sent from our own page, or too late
├── SignInError             what came back from the sign-in service cannot be used
├── NoRoleError             signed in over there, but nobody here gave them a role
└── ProviderAwayError       the sign-in service cannot be reached
"""

from collections.abc import Mapping


class AccessError(Exception):
    retryable = False


class OpenDoorError(AccessError):
    pass


class UnknownKeyError(AccessError):
    pass


class KeyNameError(AccessError):
    pass


class UnknownPersonError(AccessError):
    pass


class UnknownCollectionError(AccessError):
    pass


class LastStewardError(AccessError):
    pass


class LimitedError(AccessError):
    """`seconds` until it is worth trying again."""

    retryable = True

    def __init__(self, message: str, seconds: int = 60) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(seconds)}


class FormError(AccessError):
    pass


class SignInError(AccessError):
    pass


class NoRoleError(AccessError):
    pass


class ProviderAwayError(AccessError):
    retryable = True


PROBLEMS: Mapping[type[Exception], tuple[int, str]] = {
    AccessError: (500, "Who you are could not be found out. Try again."),
    OpenDoorError: (500, "Set access keys or sign-in before other machines are let in."),
    UnknownKeyError: (404, "There is no such access key."),
    KeyNameError: (409, "Give the key another name."),
    UnknownPersonError: (404, "There is no such person here."),
    UnknownCollectionError: (422, "Name collections that are there."),
    LastStewardError: (409, "Somebody must stay a steward. Make another person one first."),
    LimitedError: (429, "This is more than one person may ask for at a time. Wait a moment, then try again."),
    FormError: (403, "This form is too old, or is not ours. Load the page again, then send it once more."),
    SignInError: (400, "This sign-in cannot be used. Sign in again."),
    NoRoleError: (403, "Your account is known, but has no role here. Ask whoever runs the assistant."),
    ProviderAwayError: (503, "The sign-in service cannot be reached. Try again in a few minutes."),
}
