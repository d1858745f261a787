"""A server that shows the sites while somebody writes, seen from a reader."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from support.commands import environment

MEMBER, PAGE = "members/lena-moreau.yml", "members/lena-moreau/"


HEADLINE = "Je donne une image claire"


START, QUIET = 40.0, 2.5
"""Seconds: how long a server may take to start or to build, and how long it must build nothing
more.
"""


class Server:
    """A server that runs, seen from a reader."""

    def __init__(self, port: int) -> None:
        self.port = port

    def page(self, path: str = "", wait: float = START) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=wait) as answer:
            return str(answer.read().decode())

    def number(self) -> int:
        """The number of the site that is served."""
        found = re.search(r"livereload\((\d+), \d+\)", self.page())
        assert found, "the page does not ask for a newer one"
        return int(found[1])

    def newer(self, number: int, wait: float = START) -> int | None:
        """The number of the next site as soon as it is there; None when it does not come."""
        try:
            new = int(self.page(f"livereload/{number}/1", wait))
        except TimeoutError:
            return None
        return new if new > number else None


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(root: Path, command: Callable[[int], list[str]]) -> Iterator[Server]:
    """A server that answers; it and its children end with the block."""
    port, log = free_port(), root.with_name("log")
    log.with_name("temporary").mkdir()
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command(port)],
            cwd=root,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment(TMPDIR=str(log.with_name("temporary"))),
            start_new_session=True,
        )
    try:
        server = Server(port)
        _wait_for(server, process, log)
        yield server
    finally:
        _end(process)


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            server.page()
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"no answer: {log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()


def save(root: Path, text: str) -> None:
    """Save a member's file in one step, as editors do."""
    new = root.with_name("being-saved")
    new.write_text(text, encoding="utf-8")
    new.replace(root / MEMBER)


def coopbook_serve(*options: str) -> Callable[[int], list[str]]:
    return lambda port: ["coopbook", "serve", ".", "--port", str(port), *options]
