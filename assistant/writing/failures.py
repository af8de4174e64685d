"""What the client of an endpoint raises, into our errors: the one place that knows both.

That client is imported where it is needed: it takes a second, and most libraries are used without a language model.
"""

import json

import httpx

from assistant.errors import (
    EndpointBusyError,
    EndpointDownError,
    EndpointError,
    EndpointFailedError,
    EndpointKeyError,
    EndpointModelError,
    EndpointReplyError,
    EndpointSlowError,
)


def as_endpoint_error(error: Exception) -> EndpointError:
    """Its message is for the person who asked; nothing of the request is in it."""
    import openai

    if isinstance(error, EndpointError):
        return error
    if isinstance(error, httpx.HTTPStatusError):
        return _of_status(error.response.status_code)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return EndpointSlowError("The language model took too long.")
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code)
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return EndpointReplyError("The language model broke off in the middle.")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return EndpointDownError("The language model cannot be reached.")
    if isinstance(error, openai.APIError):
        return EndpointFailedError("The language model answered with an error of its own.")
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | ValueError | TypeError | AttributeError):
        return EndpointReplyError("The language model's reply could not be read.")
    return EndpointFailedError(f"The language model failed ({type(error).__name__}).")


def _of_status(status: int) -> EndpointError:
    if status in (401, 403):
        return EndpointKeyError("The language model's service refuses the key that is set here.")
    if status == 404:
        return EndpointModelError("The language model's service has no model of the name that is set here.")
    if status == 429:
        return EndpointBusyError("The language model's service has too many requests at the moment.")
    if status in (408, 504):
        return EndpointSlowError("The language model took too long.")
    if 300 <= status < 400:
        return EndpointDownError("The language model's address leads elsewhere, and is not followed there.")
    return EndpointFailedError(f"The language model's service answered with an error ({status}).")


def refuses_schema(error: Exception) -> bool:
    """Whether a request may pass without its `response_format`."""
    import openai

    return isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError) or (
        isinstance(error, openai.APIStatusError) and error.status_code in (415, 501)
    )


def asked_to_wait(error: Exception) -> float | None:
    """Seconds that the service wants us to wait (Retry-After), where it says so in seconds."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
