"""How a command leaves when it cannot do what was asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..base.messages import Message, Misuse, Remark, Stopped, Translator, _, translator
from ._language import system_language

FAILED, MISUSED = 1, 2
_MOST_PARTS = 4
_VOICE = "coopbook.voice"
"""Where a call's context keeps the translator that its refusals are said with."""


def speak(say: Translator) -> Translator:
    """Say what stops this call in the language of `say` from now on; before, it is the
    terminal's.
    """
    if context := click.get_current_context(silent=True):
        context.meta[_VOICE] = say
    return say


@contextmanager
def refusals(context: click.Context) -> Iterator[None]:
    """Print what stops a call, and leave: with 2 where it was called wrongly, else with 1."""
    try:
        yield
    except Stopped as stopped:
        warn(stopped.messages, context.meta.get(_VOICE) or translator(system_language()))
        raise SystemExit(MISUSED if isinstance(stopped, Misuse) else FAILED) from None


def warn(messages: Iterable[Message], say: Translator) -> None:
    """Print sentences on the error channel, one a line."""
    for message in messages:
        print(say(message).rstrip(), file=sys.stderr)


def tell_mistake(error: Exception, say: Translator) -> None:
    """Say that we are at fault ourselves."""
    sentence = _(
        "This is a mistake in Coopbook, not in your files: {error}. Please report it.",
        error=f"{type(error).__name__}: {error}",
    )
    warn([sentence], say)


def file_of(error: OSError) -> str:
    """The file that the disk refused, by the end of its path, which says most; “…” where the system
    did not say which it was.
    """
    path = Path(os.fsdecode(error.filename)) if error.filename else Path("…")
    return (
        str(path) if len(path.parts) <= _MOST_PARTS else str(Path("…", *path.parts[-_MOST_PARTS:]))
    )


def tell(remarks: Iterable[Remark], say: Translator) -> None:
    """Print what was done, and on the error channel what to look at."""
    for remark in remarks:
        print(say(remark.message).rstrip(), file=sys.stderr if remark.caution else sys.stdout)


def require_coop(root: Path) -> None:
    """Raises Misuse where the folder is no co-op's, or its files are of another format."""
    from ..records.opening import refusal

    if wrong := refusal(root):
        raise Misuse(wrong)
