"""A record's file with other fields: what did not change keeps every byte, comments too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..source import parse
from ..spans import Value
from ..writing import as_file, as_yaml

_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)")


def edited(source: str, after: dict[str, Value], body: str | None, order: Iterable[str]) -> str:
    """The file's text with the fields `after`, and another body where one is given. `order`: the fields' order, for new ones.

    What was written is read again; should it say anything else than `after`, the whole is written anew.
    """
    found = parse(source.encode(), front_matter=True)
    had: dict[str, Value] = found.value if isinstance(found.value, dict) else {}
    names = list(order)
    text = _joined(source, had, after, names)
    own = found.body if body is None else f"\n{body.strip()}\n" if body.strip() else ""
    whole = f"---\n{text}---\n{own}"
    again = parse(whole.encode(), front_matter=True)
    if again.faults or again.value != after:
        return as_file({name: after[name] for name in [*names, *after] if name in after}, own)
    return whole


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
    return max((place + 1 for place, (one, _lines) in enumerate(kept) if one in before), default=len(kept))


def _blocks(source: str) -> list[tuple[str | None, str]]:
    """Each field with its lines; remarks that stand alone have no name."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = lines.index("---", 1) if "---" in lines[1:] else next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    found: list[tuple[str | None, str]] = []
    for line in lines[1:end]:
        field = _KEY.match(line)
        if field:
            found.append((field[1], f"{line}\n"))
        elif line.startswith("#") or not found:
            found.append((None, f"{line}\n"))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found
