"""Plain value -> YAML text, as a person would write it: the way back from `reader.parse`. Only the
editor uses it.

PyYAML's emitter, told what our reader takes for a number. Text that other readers of YAML would
take for something else (no, 12:30, 01000) gets quotes too; a date needs none. Lines become a block,
a short list stands on one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from ..base.positions import Value
from .events import FLOAT

_SHORT = 90
_BEYOND_BMP = "\U00010000"
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_ENDLESS = 1_000_000


class OneLine(dict[str, Value]):
    """A map that is written between braces, on one line."""


class _Items(list[Value]):
    """A list that is written with an item on each line."""


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
    """What is no text without quotes: all that YAML 1.1 says save dates, and our numbers."""
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
    """Lines as a block, but for a text that ends in empty lines: PyYAML closes a block that keeps
    them with `...`, which ends the document.
    """
    style = "|" if "\n" in text else None
    if text == "\n" or text.endswith("\n\n"):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: Any, items: list[Value]) -> Any:
    short = (
        all(isinstance(item, str) and "\n" not in item for item in items)
        and sum(map(len, items)) < _SHORT
    )
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


def _one_line(dumper: Any, value: OneLine) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _items(dumper: Any, items: _Items) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", list(items), flow_style=False)


_Dumper.yaml_implicit_resolvers = _resolvers()
_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(OneLine, _one_line)
_Dumper.add_representer(_Items, _items)


def as_yaml(value: Mapping[str, Value]) -> str:
    """Fields as YAML, in their order; nothing for no fields."""
    return _dump(dict(value)) if value else ""


def as_item(value: Value) -> str:
    """An item of a list as YAML, behind its hyphen."""
    return _dump(_Items([value]))


def on_one_line(value: Value) -> str:
    """A value as it stands between brackets, without a line break."""
    return _dump(OneLine(k=value)).removeprefix("{k: ").removesuffix("}\n")


def _dump(value: Value) -> str:
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_ENDLESS,
        default_flow_style=False,
    )
    return text
