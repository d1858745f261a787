"""While somebody writes: one save is one new site, a fault is shown on top of the last good one, and its mending takes it away.

Neither server says on its own how often it built. Pages that it serves ask it for the number of the site they come from, and wait there
for a newer one (live reload): so do these tests.
"""

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

import pytest
from sites import environment

MEMBER, PAGE = "members/lena-moreau.yml", "members/lena-moreau/"
FAULT = re.compile(rf"{re.escape(MEMBER)}:\d+:\d+: ")
HEADLINE = "Je donne une image claire"
START, QUIET = 40.0, 2.5
"""Seconds: how long a server may take to start or to build, and how long it must build nothing more."""


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


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_save_a_fault_and_its_mending(example: Path, audience: str) -> None:
    text = (example / MEMBER).read_text(encoding="utf-8")
    assert HEADLINE in text
    with serving(example, coopbook_serve("--audience", audience)) as server:
        assert HEADLINE in server.page(PAGE)
        first = server.number()
        save(example, text.replace(HEADLINE, "Je dessine dehors"))
        second = _next(server, first)
        assert "Je dessine dehors" in server.page(PAGE)
        assert server.newer(second, QUIET) is None, "one save, two sites"

        save(example, text.replace("name:", "name: [", 1))
        third = _next(server, second)
        for page in (server.page(), server.page(PAGE)):
            _shows_a_fault(page)
        assert "Je dessine dehors" in server.page(PAGE), "the last good site is gone"

        save(example, text.replace("type:", "type: [", 1))
        fourth = _next(server, third)
        _shows_a_fault(server.page())

        save(example, text)
        _next(server, fourth)
        assert HEADLINE in server.page(PAGE)
        assert FAULT.findall(server.page()) == []


def _next(server: Server, number: int) -> int:
    new = server.newer(number)
    assert new is not None, "a save, and no new site"
    return new


def _shows_a_fault(page: str) -> None:
    """The fault with its place stands above all that the page shows, and no fault of before."""
    top, _header, rest = page.partition("<header")
    assert len(FAULT.findall(top)) == 1
    assert "<h1" in rest


def test_a_fault_from_the_start_is_shown_alone(example: Path) -> None:
    text = (example / MEMBER).read_text(encoding="utf-8")
    save(example, text.replace("name:", "name: [", 1))
    with serving(example, coopbook_serve()) as server:
        assert len(FAULT.findall(server.page())) == 1
        first = server.number()
        save(example, text)
        _next(server, first)
        assert FAULT.findall(server.page()) == []
        assert HEADLINE in server.page(PAGE)


HOME = {"mkdocs.yml": "La coopérative des indépendant·es", "mkdocs.members.yml": "Aujourd&#39;hui"}


@pytest.mark.parametrize("config", HOME)
def test_mkdocs_serve_serves_too(example: Path, config: str) -> None:
    (example / "build" / "staging").mkdir(parents=True)
    with serving(
        example, lambda port: ["mkdocs", "serve", "-f", config, "-a", f"127.0.0.1:{port}"]
    ) as server:
        assert f'<h1 id="top">{HOME[config]}' in server.page()
        assert "Content-Security-Policy" not in server.page(), (
            "the generator's own script for reloading would be refused"
        )
        assert ("secretariat/" in server.page()) == (config == "mkdocs.members.yml")
        first = server.number()
        save(
            example,
            (example / MEMBER).read_text(encoding="utf-8").replace(HEADLINE, "Je dessine dehors"),
        )
        _next(server, first)
        assert "Je dessine dehors" in server.page(PAGE)
