"""What stands before the pages that are shown on this computer while somebody writes.

A page of another site may not read them: a browser that was told that such a host is this computer
(“DNS rebinding”) still names the host it was given, and is refused. Nothing can be sent here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""What answers a request (PEP 3333)."""

NAMES = frozenset(["127.0.0.1", "localhost", "[::1]"])
_METHODS = frozenset(["GET", "HEAD"])


def local_only(answer: Application) -> Application:
    """The same pages, given to whoever asks this computer by one of its own names, and asks only
    to read.
    """

    def guarded(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("REQUEST_METHOD") not in _METHODS:
            return _refuse(start, "405 Method Not Allowed", ("Allow", "GET, HEAD"))
        if not is_this_computer(environ.get("HTTP_HOST", "")):
            return _refuse(start, "421 Misdirected Request")
        return answer(environ, start)

    return guarded


def is_this_computer(host: str) -> bool:
    """Whether the host that a request names, with or without a port, is the computer itself."""
    name, colon, port = host.rpartition(":")
    bare = name if colon and port.isdigit() else host
    return bare.lower() in NAMES


def _refuse(start: Callable[..., Any], status: str, *headers: tuple[str, str]) -> list[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
    return [status.encode()]
