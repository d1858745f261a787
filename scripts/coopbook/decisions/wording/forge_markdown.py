"""Words inside a comment on a forge, which is Markdown."""

from __future__ import annotations

from ...base.markdown import escape_markdown
from ...base.messages import Message, Translator, _, show_value


def escape_value(value: object) -> str:
    """A value inside a Markdown text: it makes no heading, no link, no picture and calls nobody."""
    return escape_markdown(show_value(value))


def pair(say: Translator, name: str, value: str) -> str:
    """What it is and what of it; both are marked already."""
    return say(_("{name}: {value}", name=Message(name), value=Message(value)))
