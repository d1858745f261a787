"""Rules of decision to begin with: data files, a source a line. Each is to be checked by a jurist before a co-op relies on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .source import parse

FOLDER = Path(__file__).parent / "presets"
COMMON = "common"


@dataclass(frozen=True)
class Preset:
    """`rules` as decisions/rules.yml holds them; `sources` by place, such as categories.ordinary.quorum: where the rule was read, or None
    where nobody has checked it. `before` names the reform that it does not know."""

    rules: dict[str, Any]
    sources: dict[str, str | None]
    before: str = ""

    def source(self, *path: str) -> str | None:
        """Where a rule was read: the source of the nearest place around it."""
        near = (".".join(path[:length]) for length in range(len(path), 0, -1))
        return next((self.sources[place] for place in near if place in self.sources), None)

    def unsourced(self) -> Iterator[str]:
        """Places about which the preset does not even say that they are not checked."""
        for path in _leaves(self.rules, ()):
            if not any(".".join(path[:length]) in self.sources for length in range(len(path), 0, -1)):
                yield ".".join(path)


def names(*, overlays: bool = False) -> list[str]:
    """The bases, or the overlays."""
    every = sorted(file.stem for file in FOLDER.glob("*.yml") if file.stem != COMMON)
    return [name for name in every if bool(_read(name).get("overlay")) == overlays]


def preset(base: str, *overlays: str) -> Preset:
    """A base with overlays upon it. KeyError: there is no such preset."""
    rules: dict[str, Any] = {}
    sources: dict[str, str | None] = {}
    before = ""
    for name in (COMMON, base, *overlays):
        found = _read(name)
        rules, before = _laid_over(rules, found["rules"]), found.get("before", before)
        sources |= found["sources"]
    return Preset({"preset": base, **rules}, {"preset": None, **sources}, before)


def _read(name: str) -> dict[str, Any]:
    file = FOLDER / f"{name}.yml"
    if name != Path(name).name or not file.is_file():
        raise KeyError(name)
    found: dict[str, Any] = parse(file.read_bytes(), front_matter=False).value
    return found


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """What stands above wins; a name with nothing behind it takes away what stands below."""
    found = dict(below)
    for name, value in above.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, dict) and isinstance(found.get(name), dict) and "fraction" not in value:
            found[name] = _laid_over(found[name], value)
        else:
            found[name] = value
    return found


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _leaves(part, (*path, name))
    else:
        yield path
