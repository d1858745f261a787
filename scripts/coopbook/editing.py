"""A few fields of a file set to other values, the rest left as somebody wrote it: comments, order, quotes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from .source import parse
from .spans import Value

_FRONT = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.S | re.M)


def with_fields(data: bytes, fields: Mapping[str, Value], front_matter: bool = True) -> bytes:
    """A file with other fields: those above a text, else the whole. ValueError where that cannot be done without changing something else."""
    before = parse(data, front_matter=front_matter)
    if before.faults or not isinstance(before.value, dict):
        raise ValueError("the fields cannot be read")
    if all(before.value.get(name) == value for name, value in fields.items()):
        return data
    text = data.decode("utf-8")
    found = _FRONT.match(text)
    if not front_matter:
        new = _edited(text, fields)
    elif found:
        new = f"{found[1]}{_edited(found[2], fields)}{text[found.start(3) :]}"
    else:
        new = f"---\n{_edited('', fields)}---\n{text}"
    after = parse(new.encode(), front_matter=front_matter)
    if after.faults or after.value != {**before.value, **fields} or after.body != before.body:
        raise ValueError("the fields cannot be edited alone")
    return new.encode()


def _edited(yaml: str, fields: Mapping[str, Value]) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    editor: Any = YAML()
    editor.preserve_quotes, editor.width, editor.allow_unicode = True, 1_000_000, True
    editor.indent(mapping=2, sequence=4, offset=2)
    found = editor.load(yaml) or CommentedMap()
    for name, value in fields.items():
        found[name] = _flow(value)
    out = io.StringIO()
    editor.dump(found, out)
    return out.getvalue()


def _flow(value: Value) -> Value:
    """A map on one line; a date as the bare word that our reader takes for text."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import PlainScalarString

    if isinstance(value, dict):
        found = CommentedMap({name: _flow(item) for name, item in value.items()})
        found.fa.set_flow_style()
        return found
    return PlainScalarString(value) if isinstance(value, str) else value
