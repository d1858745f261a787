"""The command line: in this process for most tests, as a process of its own where that is what is
tested.
"""

from __future__ import annotations

import gettext
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import coopbook
from click import formatting
from click.testing import CliRunner

TERMINAL = ("GITHUB_", "COOPBOOK_", "LC_", "LANG", "COLUMNS")
"""How the settings begin that change what a command prints."""

Settings = Mapping[str, str]


class _Runner(CliRunner):
    """click's, but for the width: it is that of the terminal, as in a program."""

    @contextmanager
    def isolation(self, *arguments: Any, **settings: Any) -> Iterator[Any]:
        with super().isolation(*arguments, **settings) as streams:
            formatting.FORCED_WIDTH = None
            yield streams


class Ran(NamedTuple):
    """How a command ended."""

    args: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str
    output: str
    """Both, as a terminal shows them."""


def environment(**settings: str) -> dict[str, str]:
    """This machine's environment, without what changes what a command prints: a terminal in
    English, if nothing else is set.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith(TERMINAL)}
    return plain | {"LANG": "C.UTF-8", "COLUMNS": "80"} | settings


def run(
    *arguments: str | Path,
    settings: Settings | None = None,
    cwd: Path | None = None,
    input: str | None = None,
) -> Ran:
    """Run `coopbook` in this process.

    Args:
        arguments: What is typed behind `coopbook`.
        settings: The whole environment; `environment()` if left out. Its language is that of help
            and messages.
        cwd: The folder it runs in.
        input: What is typed at its questions.

    Returns:
        Its exit code, and what it printed.

    Raises:
        Exception: The command stumbled. A member would read one sentence; a test wants the
            traceback.
    """
    words = tuple(map(str, arguments))
    terminated = signal.getsignal(signal.SIGTERM)
    with _environment(settings or environment()), chdir(cwd) if cwd else nullcontext():
        os.environ.setdefault("COOPBOOK_DEBUG", "1")
        try:
            with _command_line(words) as cli:
                result = _Runner().invoke(cli.main, words, input=input, prog_name="coopbook")
        finally:
            signal.signal(signal.SIGTERM, terminated)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(words, result.exit_code, result.stdout, result.stderr, result.output)


def run_process(
    *arguments: str | Path, settings: Settings | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python -m coopbook` as a process of its own: for what this process cannot show, such as
    signals and pipes.
    """
    return subprocess.run(
        process_command(*arguments),
        cwd=cwd,
        env=dict(settings or environment()),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def process_command(*arguments: str | Path) -> list[str]:
    """The words that start `coopbook` as a process."""
    return [sys.executable, "-m", "coopbook", *map(str, arguments)]


@contextmanager
def _environment(settings: Settings) -> Iterator[None]:
    before = dict(os.environ)
    _set_environment(settings)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(settings: Settings) -> None:
    os.environ.clear()
    os.environ.update(settings)
    time.tzset()


def import_in_english() -> None:
    """Import the command line as for an English terminal: the texts of its help are made while it
    is imported.
    """
    with _environment(environment()):
        cli = import_module("coopbook.cli")
        for name in cli.COMMANDS:
            import_module(f"coopbook.cli.{name}")


@contextmanager
def _command_line(words: tuple[str, ...]) -> Iterator[ModuleType]:
    """The command line as a new program has it. Its help, and what click says, are in the language
    it is imported in: for any but English its modules are imported anew.
    """
    natural, domain = _imported(), gettext.textdomain("messages")
    spoken: str = natural["coopbook.cli._language"].system_language()
    english = _asked_language(words) == spoken == "en"
    for name in () if english else natural:
        del sys.modules[name]
    try:
        yield import_module("coopbook.cli")
    finally:
        gettext.textdomain(domain)
        for name in _imported():
            del sys.modules[name]
        sys.modules.update(natural)
        coopbook.cli = natural["coopbook.cli"]


def _asked_language(words: tuple[str, ...]) -> str:
    return words[words.index("--lang") + 1] if "--lang" in words[:-1] else "en"


def _imported() -> dict[str, ModuleType]:
    modules = dict(sys.modules)
    return {
        name: module for name, module in modules.items() if f"{name}.".startswith("coopbook.cli.")
    }
