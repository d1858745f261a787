"""A record's file with other fields: what did not change keeps every byte, comments too.

A library that writes a whole file anew from its tree would touch lines that nobody changed, and whoever reads the change would have to
read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..base.positions import Value
from .reader import parse
from .writer import as_yaml

_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)")


def with_fields(data: bytes, fields: Mapping[str, Value], front_matter: bool = True) -> bytes:
    """A file with some fields set to other values: those above a text, else the whole. ValueError where what it has cannot be read."""
    found = parse(data, front_matter=front_matter)
    if found.faults or not isinstance(found.value, dict):
        raise ValueError("the fields cannot be read")
    after = {**found.value, **fields}
    if after == found.value:
        return data
    text = data.decode("utf-8")
    return (
        edited(text, after, None, after)
        if front_matter
        else _fields(text, found.value, after, list(after))
    ).encode()


def edited(source: str, after: dict[str, Value], body: str | None, order: Iterable[str]) -> str:
    """The text of a file with a body, with the fields `after`, and another body where one is given. `order`: the fields' order, for new ones.

    What was written is read again; should it say anything else than `after`, the whole is written anew.
    """
    found = parse(source.encode(), front_matter=True)
    had: dict[str, Value] = found.value if isinstance(found.value, dict) else {}
    own = found.body if body is None else f"\n{body.strip()}\n" if body.strip() else ""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 1)
    return f"---\n{_fields(chr(10).join(lines[1:end]), had, after, list(order))}---\n{own}"


def _fields(source: str, had: dict[str, Value], after: dict[str, Value], order: list[str]) -> str:
    """The fields as text; should what is left as it was not say what it did, all of them written anew."""
    text = _joined(source, had, after, order)
    again = parse(text.encode(), front_matter=False)
    if again.faults or again.value != after:
        return as_yaml({name: after[name] for name in [*order, *after] if name in after})
    return text


def _joined(source: str, had: dict[str, Value], after: dict[str, Value], names: list[str]) -> str:
    """The fields: those that stay as they stand, those that changed in their place, new ones after the field before them."""
    blocks = _blocks(source)
    kept = [(name, lines) for name, lines in blocks if name is None or name in after]
    for place, (name, _lines) in enumerate(kept):
        if name is not None and had.get(name) != after[name]:
            kept[place] = (name, as_yaml({name: after[name]}))
    there = {name for name, _lines in kept}
    for name in [one for one in after if one not in there]:
        kept.insert(_place(name, kept, names), (name, as_yaml({name: after[name]})))
    return "".join(lines for _name, lines in kept)


def _place(name: str, kept: list[tuple[str | None, str]], names: list[str]) -> int:
    before = names[: names.index(name)] if name in names else names
    return max(
        (place + 1 for place, (one, _lines) in enumerate(kept) if one in before), default=len(kept)
    )


def _blocks(source: str) -> list[tuple[str | None, str]]:
    """Each field with its lines; remarks that stand alone have no name."""
    found: list[tuple[str | None, str]] = []
    for line in source.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n"):
        field = _KEY.match(line)
        if field:
            found.append((field[1], f"{line}\n"))
        elif line.startswith("#") or not found:
            found.append((None, f"{line}\n"))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found
