"""Ends the process that tries to reach another machine; imported where Python starts, so it imports next to nothing."""

import os
from ipaddress import ip_address
from typing import Any

EXIT = 77


def refuse_the_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: it sees every connection that Python code makes, whoever imported `socket` and when."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        _check(arguments[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _check(arguments[0])


def _check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in (None, "", "localhost") and not _is_loopback(name):
        # An exception could be caught and passed over; this cannot.
        os.write(1, f"reached out to {name}\n".encode())
        os._exit(EXIT)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
