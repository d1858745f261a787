"""Plain values as YAML, laid out as a person would: blocks for maps and long text, one line for
lists of short words.
"""

from __future__ import annotations

import json
import re
from typing import Any

_BARE = re.compile(
    r"(?:[^\W\d_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<!\s)(?<!:)|\d{4}-\d\d-\d\d|\d\d-\d\d)"
)
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_RESERVED = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_WIDTH = 120


def yaml_text(fields: dict[str, Any]) -> str:
    """A map as the text of a YAML file, or of front matter."""
    return "\n".join(_map(fields, "")) + "\n"


def _map(fields: dict[str, Any], indent: str) -> list[str]:
    out = []
    for key, value in fields.items():
        if isinstance(value, dict):
            out += [f"{indent}{key}:", *_map(value, indent + "  ")]
        elif isinstance(value, list):
            out += _list(key, value, indent)
        elif isinstance(value, str) and "\n" in value:
            out.append(f"{indent}{key}: |")
            out += [f"{indent}  {line}" if line else "" for line in value.rstrip("\n").split("\n")]
        else:
            out.append(f"{indent}{key}: {_scalar(value)}")
    return out


def _list(key: str, items: list[Any], indent: str) -> list[str]:
    if all(
        isinstance(item, str) and _WORD.fullmatch(item) and item not in _RESERVED for item in items
    ):
        line = f"{indent}{key}: [{', '.join(items)}]"
        if len(line) <= _WIDTH:
            return [line]
    out = [f"{indent}{key}:"]
    for item in items:
        if isinstance(item, dict):
            first, *rest = _map(item, indent + "    ")
            out += [f"{indent}  - {first.lstrip()}", *rest]
        else:
            out.append(f"{indent}  - {_scalar(item)}")
    return out


def _scalar(value: str | bool | int | float) -> str:
    if isinstance(value, str):
        return (
            value
            if _BARE.fullmatch(value) and value.lower() not in _RESERVED
            else json.dumps(value, ensure_ascii=False)
        )
    return json.dumps(value)
