"""Words inside a comment on a forge, which is Markdown."""

from __future__ import annotations

import re

from ...base.markdown import escape_markdown
from ...base.messages import Message, Translator, _, show_value

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def escape_value(value: object) -> str:
    """A value inside a Markdown text: it makes no heading, no link, no picture and calls nobody."""
    return escape_markdown(show_value(value))


def is_login(text: str) -> bool:
    """Whether a text can be the name of an account."""
    return _LOGIN.fullmatch(text) is not None


def mention(login: str) -> str:
    """An account as its forge calls it; other words call nobody."""
    return f"@{login}" if is_login(login) else escape_value(login)


def pair(say: Translator, name: str, value: str) -> str:
    """What it is and what of it; both are marked already."""
    return say(_("{name}: {value}", name=Message(name), value=Message(value)))
