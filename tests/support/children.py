"""Commands in a child that is killed, or waits, at an exact moment: the interpreter tells of each
change of a file before it is made.

A child is forked from this process, which has imported all that the command needs. It counts the
events of the interpreter (`sys.addaudithook`) and acts at one of them, so that a test never waits
for a while and hopes.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coopbook.cli import main

Hook = Callable[[str, tuple[Any, ...]], None]
"""Called in the child with each event's name and values."""

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def is_write(event: str, values: tuple[Any, ...]) -> bool:
    """Whether a file or a folder is about to be made, changed or taken away."""
    if event == "open":
        return isinstance(values[2], int) and bool(values[2] & _WRITING)
    return event in _CHANGES or is_exchange(event, values)


def is_exchange(event: str, values: tuple[Any, ...]) -> bool:
    """Whether two folders are about to be exchanged in one step."""
    return event == "ctypes.dlsym" and "renameat2" in values


@dataclass
class Child:
    """A command at work."""

    pid: int
    log: Path

    def wait(self) -> int:
        """How it ended: its exit code, or the number of a signal below zero."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def start(
    arguments: list[str],
    log: Path,
    hook: Hook | None = None,
    before: Callable[[], None] = lambda: None,
) -> Child:
    """Run `coopbook` in a child of this process.

    Args:
        arguments: What is typed behind `coopbook`.
        log: The file for what it prints.
        hook: Told of each event of the interpreter from the start of the command.
        before: Done in the child first.

    Returns:
        The child; somebody must wait for it.
    """
    child = os.fork()
    if child:
        return Child(child, log)
    code: Any = 1
    try:
        printed = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        sys.stdout, sys.stderr = (open(number, "w", closefd=False) for number in (1, 2))  # noqa: SIM115
        before()
        if hook:
            sys.addaudithook(hook)
        main.main(arguments, prog_name="coopbook")
    except SystemExit as left:
        code = left.code or 0
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def kill_at(number: int, counted: Callable[[str, tuple[Any, ...]], bool] = is_write) -> Hook:
    """A hook that kills its process just before the event of this number, from 1, among those that
    are counted.
    """
    seen = 0

    def hook(event: str, values: tuple[Any, ...]) -> None:
        nonlocal seen
        if counted(event, values):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def count_writes(arguments: list[str], folder: Path) -> int:
    """How many writes a command makes that nobody interrupts."""
    reading, writing = os.pipe()

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if is_write(event, values):
            os.write(writing, b".")

    child = start(arguments, folder / "log", hook)
    os.close(writing)
    count = 0
    while some := os.read(reading, 4096):
        count += len(some)
    os.close(reading)
    assert child.wait() == 0, child.log.read_text()
    return count


class Signal:
    """Tells one process, across a fork, that another has come to a point."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        self.sent = False

    def send(self) -> None:
        """Say that the point is reached."""
        self.sent = True
        os.write(self._writing, b".")

    def wait(self) -> None:
        """Wait until it is."""
        assert os.read(self._reading, 1) == b"."


def wait_hook(site: Path, waits: Signal) -> Hook:
    """A hook that tells when its process waits for the lock of a site: it has asked three times,
    and did not get it.
    """
    lock, asked = str(site.with_name(f".{site.name}.lock")), 0

    def hook(event: str, values: tuple[Any, ...]) -> None:
        nonlocal asked
        if event == "open" and str(values[0]) == lock:
            asked += 1
            if asked == 3:
                waits.send()

    return hook
