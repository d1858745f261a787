"""Help in the language of the terminal: the commands' own words and those that click writes around
them.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from ..base.messages import LOCALES, Message, _, document_message, languages, translator

DOMAIN = "click"
"""The text domain of what click says by itself: a part of our catalogues, compiled apart."""


ASKED = "coopbook.language"
"""Where a call's context keeps the language that `--lang` asks for."""


def system_language() -> str:
    """The language that `--lang` asks for, else that of the terminal, as its settings say, such as
    fr_CA; English where we have no sentences in it. LANGUAGE goes before the others, but for a
    terminal that has none (C, POSIX): so GNU's gettext does, which click asks.
    """
    context = click.get_current_context(silent=True)
    if context and (asked := context.meta.get(ASKED)):
        return str(asked)
    setting = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
    )
    if re.match(r"(?!C\b|POSIX\b).", setting):
        setting = os.environ.get("LANGUAGE", "").partition(":")[0] or setting
    found = re.match(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2})\b)?(?![A-Za-z])", setting)
    if not found or found[1].lower() not in languages():
        return "en"
    return f"{found[1].lower()}_{found[2].upper()}" if found[2] else found[1].lower()


def say_in_terminal(message: Message) -> str:
    """A sentence in the language of the terminal."""
    return translator(system_language(), shown=str)(message)


def let_click_speak() -> None:
    """Have click's own words in the language of the terminal, too: it asks for them in the
    program's text domain.
    """
    if system_language() != "en":
        gettext.bindtextdomain(DOMAIN, LOCALES)
        gettext.textdomain(DOMAIN)


def speak_as_asked(
    context: click.Context, _option: click.Parameter, language: str | None
) -> str | None:
    """Tell what is wrong with a call in the language that its `--lang` asks for; click knows no
    other place for it than LANGUAGE.
    """
    if language:
        context.meta[ASKED] = os.environ["LANGUAGE"] = language
        let_click_speak()
        for kind in (one.type for one in context.command.params):
            if isinstance(kind, click.Path):  # it was named before anybody asked
                kind.name = gettext.gettext(
                    "path"
                    if kind.dir_okay and kind.file_okay
                    else "file"
                    if kind.file_okay
                    else "directory"
                )
    return language


@contextmanager
def language_kept(always: bool) -> Iterator[None]:
    """Put LANGUAGE back as it was: at the end of a program `always`, else where the call is right,
    before we start any other program.
    """
    had, right = os.environ.get("LANGUAGE"), False
    try:
        yield
        right = True
    finally:
        if right or always:
            os.environ.pop("LANGUAGE", None)
            os.environ.update({} if had is None else {"LANGUAGE": had})


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        words = say_in_terminal(_("{heading}:", heading=heading))
        self.write(f"{'':>{self.current_indent}}{words}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Spoken(click.Command):
    """A command whose docstring, and what click writes around it, are in the language of the
    terminal.
    """

    context_class = _Context

    def __init__(self, name: str | None, **settings: Any) -> None:
        help = say_in_terminal(document_message(settings["callback"].__doc__))
        super().__init__(
            name,
            **settings | {"help": help, "options_metavar": say_in_terminal(_("[OPTIONS]"))},
        )

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read what was typed."""
        with language_kept(always=False):
            return super().make_context(*arguments, **settings)


class SpokenGroup(Spoken, click.Group):
    """A group of commands whose help is in the language of the terminal."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(
            name, **settings | {"subcommand_metavar": say_in_terminal(_("COMMAND [ARGS]..."))}
        )
