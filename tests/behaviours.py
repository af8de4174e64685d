"""What an endpoint may do to its caller: see endpoints.py."""

import json
from collections.abc import Mapping

from evals.recording import print_of
from tests.endpoints import Behaviour, Exchange, Reply, Sent


def says(reply: Reply) -> Behaviour:
    """Answers as it should; `reply` may depend on what was sent."""
    return lambda exchange: exchange.whole(_said(reply, exchange.sent))


def refuses_schema(then: Behaviour) -> Behaviour:
    """An older server that knows no `response_format`."""

    def behave(exchange: Exchange) -> None:
        if "response_format" in exchange.sent.body:
            exchange.send_json(400, _error("response_format is not supported", "invalid_request_error"))
        else:
            then(exchange)

    return behave


def waits_then(reply: Reply) -> Behaviour:
    """Not a letter before the test releases it."""

    def behave(exchange: Exchange) -> None:
        if not exchange.hold():
            raise ConnectionAbortedError
        exchange.whole(_said(reply, exchange.sent))

    return behave


def stalls_after(reply: Reply) -> Behaviour:
    """Streams this, then nothing for ever, with the line open."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, "text/event-stream" if exchange.sent.streams else "application/json")
        if exchange.sent.streams:
            exchange.stream(_said(reply, exchange.sent))
        exchange.hold_for_ever()

    return behave


def pauses_after(first: Reply, rest: Reply) -> Behaviour:
    """Streams the first part, waits for the test, streams the rest."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, "text/event-stream")
        exchange.stream(_said(first, exchange.sent))
        if not exchange.hold():
            raise ConnectionAbortedError
        exchange.stream(_said(rest, exchange.sent))
        exchange.chunk("", "stop")
        exchange.write(b"data: [DONE]\n\n")

    return behave


def cut_after(reply: Reply) -> Behaviour:
    """Ends in the middle, without a reason and without [DONE]."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, "text/event-stream" if exchange.sent.streams else "application/json")
        if exchange.sent.streams:
            exchange.stream(_said(reply, exchange.sent))
        else:
            exchange.write(
                json.dumps({"choices": [{"message": {"content": _said(reply, exchange.sent)}}]})[:-9].encode()
            )

    return behave


def fails(status: int, words: str = "no", headers: Mapping[str, str] | None = None) -> Behaviour:
    return lambda exchange: exchange.send_json(status, _error(words, "error"), headers)


def too_many(seconds: int = 0) -> Behaviour:
    return fails(429, "Rate limit reached", {"Retry-After": str(seconds)})


def unknown_model() -> Behaviour:
    return fails(404, "The model does not exist or you do not have access to it")


def wrong_key() -> Behaviour:
    return fails(401, "Incorrect API key provided")


def redirects(to: str) -> Behaviour:
    return fails(307, "elsewhere", {"Location": to})


def raw(data: bytes, kind: str = "text/event-stream", status: int = 200) -> Behaviour:
    """These bytes and nothing else."""

    def behave(exchange: Exchange) -> None:
        exchange.head(status, kind)
        exchange.write(data)

    return behave


def html() -> Behaviour:
    """What a proxy's sign-in page looks like from here."""
    return raw(b"<!doctype html><title>Sign in</title><script>alert(1)</script><p>Please sign in</p>", "text/html")


def garbage() -> Behaviour:
    return raw(b'data: {"choices": [{"delta"\n\ndata: ]]]]\n\n: \x00\x01\n\nevent: ?\ndata: 7\n\ndata: null\n\n')


def invalid_utf8() -> Behaviour:
    chunk = b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\xc3\x28"}}]}\n\ndata: [DONE]\n\n'
    return raw(chunk)


def one_line(letters: int = 2_000_000) -> Behaviour:
    """An event that never ends a line."""
    return raw(b'data: {"choices": [{"index": 0, "delta": {"content": "' + b"a" * letters)


def recorded(replies: Mapping[str, str], otherwise: str = "") -> Behaviour:
    """Replays what a model said: replies by the print of the prompt, as evals/recording.py keeps them."""
    return lambda exchange: exchange.whole(replies.get(prompt_of(exchange.sent), otherwise))


def prompt_of(sent: Sent) -> str:
    return print_of([(message["role"], message["content"]) for message in sent.body["messages"]])


def _said(reply: Reply, sent: Sent) -> str:
    return reply if isinstance(reply, str) else reply(sent)


def _error(words: str, kind: str) -> dict[str, object]:
    return {"error": {"message": words, "type": kind, "code": None}}
