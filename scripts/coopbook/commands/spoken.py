"""Help in the language of the terminal: the commands' own words and those that click writes around them."""

from __future__ import annotations

import inspect
import os
import re
from typing import Any

import click

from ..messages import Message, _, languages, translator

CLICKS = (_("Usage:"), _("Options:"), _("Commands:"), _("[OPTIONS]"), _("COMMAND [ARGS]..."), _("Show this message and exit."))
"""Words that click writes by itself."""


def system_language() -> str:
    """The language of the terminal, as its settings say, such as fr_CA; English where we have no sentences in it."""
    setting = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    found = re.match(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2})\b)?(?![A-Za-z])", setting)
    if not found or found[1].lower() not in languages():
        return "en"
    return f"{found[1].lower()}_{found[2].upper()}" if found[2] else found[1].lower()


def said(message: Message) -> str:
    """A sentence in the language of the terminal."""
    return translator(system_language(), shown=str)(message)


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix=f"{said(CLICKS[0])} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{said(Message(f'{heading}:'))}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Spoken(click.Command):
    """A command whose docstring, and what click writes around it, are in the language of the terminal."""

    context_class = _Context

    def __init__(self, name: str | None, **settings: Any) -> None:
        document = inspect.cleandoc(settings["callback"].__doc__ or "")
        super().__init__(name, **settings | {"help": said(Message(document)), "options_metavar": said(_("[OPTIONS]"))})

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)
        if option is not None:
            option.help = said(_("Show this message and exit."))
        return option


class SpokenGroup(Spoken, click.Group):
    """A group of commands whose help is in the language of the terminal."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings | {"subcommand_metavar": said(_("COMMAND [ARGS]..."))})
