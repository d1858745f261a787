"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from ..base.messages import _, translator
from ._exits import file_of, refusals, tell_mistake
from ._language import SpokenGroup, language_kept, let_click_speak, say_in_terminal, system_language

OUR_MISTAKE = 70
"""How a command leaves when it is at fault itself (sysexits' EX_SOFTWARE)."""

NEW_OBJECTS = 200_000
"""Objects made before Python looks for cycles of what nobody holds any more: by default it looks
about 75 times while a small co-op is checked, finds nothing, and takes an eighth of the time.
"""
atexit.register(gc.freeze)  # and it looks once more, through everything, before the process ends

NOBODY_READS = 128 + 13
"""How a command leaves when nobody reads what it prints: as the shell writes SIGPIPE."""

COMMANDS = [
    *(
        "assembly",
        "build",
        "bylaws",
        "check",
        "codeowners",
        "doctor",
        "erase",
        "explain",
        "export",
        "history",
        "import",
        "init",
        "leave",
        "new",
        "preset",
    ),
    *("remind", "rename", "rollback", "serve", "tally", "terms", "tidy"),
    *("upgrade", "verify", "vote"),
]


@contextmanager
def _silent_when_nobody_reads() -> Iterator[None]:
    """Leave without a word where what we print goes to nobody any more, as in `coopbook explain |
    head -1`.
    """
    try:
        yield
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # what is still to be printed at the very end, too
        raise SystemExit(NOBODY_READS) from None


def _make_streams_fit() -> None:
    """Let each channel take any sentence: what its encoding lacks is written as its number, and one
    that is closed takes all and keeps nothing.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Lazy(SpokenGroup):
    def list_commands(self, context: click.Context) -> list[str]:
        return COMMANDS

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{name}").command
        return command

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run what was typed."""
        gc.set_threshold(NEW_OBJECTS)
        _make_streams_fit()
        let_click_speak()
        with _silent_when_nobody_reads(), language_kept(always=True):
            try:
                return super().main(*arguments, **settings)
            finally:
                sys.stdout.flush()

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read what was typed; what is asked of the program itself is answered here."""
        with _silent_when_nobody_reads():
            return super().make_context(*arguments, **settings)

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a mistake of ours is told in a sentence, not in a traceback
        (COOPBOOK_DEBUG=1 shows it).
        """
        try:
            with _silent_when_nobody_reads(), refusals(context):
                return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            sentence = _(
                "The disk refused: {reason} ({file}).",
                reason=error.strerror or error,
                file=file_of(error),
            )
            print(translator(system_language())(sentence), file=sys.stderr)
            raise SystemExit(1) from None
        except Exception as error:
            if os.environ.get("COOPBOOK_DEBUG"):
                raise
            tell_mistake(error, translator(system_language()))
            raise SystemExit(OUR_MISTAKE) from None


@click.group(
    cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(
    package_name="coopbook", help=say_in_terminal(_("Show the version and exit."))
)
def main() -> None:
    """A cooperative's book: check its files, build its two sites."""
    # Leave through the clean-up of temporary folders.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
