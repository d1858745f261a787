"""Plain value -> text of a file, as a person would write it: the way back from `source.parse`.

PyYAML's emitter, told what our reader takes for a number. Text that other readers of YAML would take for something else (no, 12:30,
01000) gets quotes too; a date needs none. Lines become a block, a short list stands on one line.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from ..base.positions import Value
from .events import FLOAT

_SHORT = 90
_BEYOND_BMP = "\U00010000"
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_ENDLESS = 1_000_000


class _Dumper(yaml.SafeDumper):
    """As our own files are written: lists indented, double quotes where some are needed."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> Any:
        event: Any = self.event
        text = str(event.value)
        if self.simple_key_context and _KEY.fullmatch(text):
            event.implicit = (True, True)  # a key is text however it looks
            return ""
        style = super().choose_scalar_style()
        plain = (
            '"' not in text and "\\" not in text and max(text, default="") < _BEYOND_BMP
        )  # else the emitter would write escapes
        return '"' if style == "'" and plain else style

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _resolvers() -> dict[str, list[Any]]:
    """What is no text without quotes: all that YAML 1.1 says, save dates, and our reader's numbers."""
    of = yaml.SafeDumper.yaml_implicit_resolvers
    found = {
        first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
        for first, pairs in of.items()
    }
    for first in "+-0123456789":
        found.setdefault(first, []).append(
            ("tag:yaml.org,2002:float", re.compile(f"(?:{FLOAT.pattern})\\Z"))
        )
    return found


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    )


def _list(dumper: Any, items: list[Value]) -> Any:
    short = (
        all(isinstance(item, str) and "\n" not in item for item in items)
        and sum(map(len, items)) < _SHORT
    )
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


_Dumper.yaml_implicit_resolvers = _resolvers()
_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def as_yaml(value: Mapping[str, Value]) -> str:
    """Fields as YAML, in their order; nothing for no fields."""
    if not value:
        return ""
    return yaml.dump(
        dict(value),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_ENDLESS,
        default_flow_style=False,
    )


def as_comment(text: str) -> str:
    """A remark for whoever opens the file."""
    return (
        textwrap.fill(
            text, 100, initial_indent="# ", subsequent_indent="# ", break_long_words=False
        )
        + "\n"
    )


def as_file(value: Mapping[str, Value], body: str | None = None, comment: str = "") -> str:
    """A whole file: fields alone, or, with a body, fields above a text."""
    fields = as_yaml(value) + comment
    if body is None:
        return fields
    return f"---\n{fields}---\n" + (f"\n{body.strip()}\n" if body.strip() else "")
