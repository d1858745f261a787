"""Rules of decision to begin with: data files, a source a line. Each is to be checked by a jurist
before a co-op relies on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..base.messages import Message, Translator, _, capitalize
from ..base.positions import Path as Place
from ..base.shipped import shipped
from ..records.index import Index
from ..yaml_files.editor import OneLine, render
from ..yaml_files.reader import parse
from .tally.shapes import Localized
from .types import Rules

FOLDER = shipped("presets")
COMMON = "common"
TITLES = {
    "belgian-cooperative": _("a Belgian co-operative company (SC)"),
    "cae": _("for an activity and employment co-op: who has only a support contract does not vote"),
    "quebec-cooperative": _("a cooperative under Québec's law"),
    "scic": _("a French SCIC, whose colleges may weigh votes"),
    "scop-sa": _("a French SCOP with the form of an SA"),
    "scop-sarl": _("a French SCOP with the form of a SARL"),
    "scop-sas": _("a French SCOP with the form of an SAS"),
    "sociocratic": _("decisions by consent, whatever the form in law"),
    "worker-coop-na": _("a worker co-op of North America"),
}
"""What each preset is for."""
_ORDER = [
    "preset",
    "overlays",
    "electorate",
    "categories",
    "paths",
    "fields",
    "maintainers",
    "proxies",
    "colleges",
    "gates",
    "secret",
    "label",
    "channel",
    "min_days",
    "notice_days",
    "agenda_only",
    "show",
    "quorum",
    "threshold",
    "tie",
    "consent",
    "second",
    "examples",
]
_COLUMN = 62
_NO_RULES = ("preset", "overlays", "label")
"""What stands among the rules and was read nowhere: where they come from, what they are called."""


@dataclass(frozen=True)
class Preset:
    """`rules` as decisions/rules.yml holds them; `sources` by place, such as
    categories.ordinary.quorum: where the rule was read, or None where nobody has checked it.
    `before` is the day of the reform that it does not know.
    """

    rules: dict[str, Any]
    sources: dict[str, str | None]
    before: str = ""

    def source(self, *path: str) -> str | None:
        """Where a rule was read: the source of the nearest place around it."""
        near = (".".join(path[:length]) for length in range(len(path), 0, -1))
        return next((self.sources[place] for place in near if place in self.sources), None)

    def origin(self, value: Any, *path: str) -> Message | None:
        """Where a co-op's rule was read, when it says what the preset says; None: a jurist is to
        check it.
        """
        found: Any = self.rules
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        read = [self.source(*path, *leaf) for leaf in _leaves(value, ())]
        return _read_in(read) if found == value and all(read) else None


def preset_names(*, overlays: bool = False) -> list[str]:
    """The bases, or the overlays."""
    every = sorted(file.stem for file in FOLDER.glob("*.yml") if file.stem != COMMON)
    return [name for name in every if _read(name).overlay == overlays]


def preset_title(name: str) -> Message:
    """What a preset is for."""
    return TITLES.get(name, Message(name))


def read_preset(base: str, *overlays: str) -> Preset:
    """A base with overlays upon it. KeyError: there is no such preset."""
    rules: dict[str, Any] = {}
    sources: dict[str, str | None] = {}
    before = ""
    for name in (COMMON, base, *overlays):
        found = _read(name)
        rules, before = _laid_over(rules, found.rules), found.before or before
        sources |= found.sources
    laid = {"overlays": list(overlays)} if overlays else {}
    categories = {name: _in_order(category) for name, category in rules.pop("categories").items()}
    return Preset(
        _in_order({"preset": base, **laid, **rules, "categories": categories}),
        {"preset": None, "overlays": None, **sources},
        before,
    )


class Duty(Struct, frozen=True):
    """What minutes must hold, in the words of the rules, in a country and in a legal form (empty:
    any). `source`: where it was read, nothing where nobody has checked it.
    """

    required: tuple[str, ...]
    source: str | None
    country: str = ""
    form: str = ""


@cache
def duties_by_form() -> tuple[Duty, ...]:
    """What is usual in minutes, by country and legal form; the last line is for all others."""
    found = parse(shipped("minutes.yml").read_bytes(), front_matter=False).value
    return msgspec.convert(found, tuple[Duty, ...])


@cache
def usual_labels() -> dict[str, dict[str, str]]:
    """What the categories of the presets are called, by language: for rules that give theirs no
    label.
    """
    every = (_read(name).rules["categories"] for name in preset_names())
    return {name: one["label"] for found in every for name, one in found.items() if "label" in one}


def label_of_category(rules: Rules, name: str) -> Localized:
    """What a category of decisions is called, by language: as the rules say, else as the presets
    do; nothing where neither says.
    """
    own = rules.categories.get(name)
    return (own.label if own else {}) or usual_labels().get(name, {})


def category_name(rules: Rules, index: Index, name: str, language: str = "") -> str:
    """What a category of decisions is called in a language, the co-op's first where none is named;
    one that nobody gave a name, by its id as people read it.
    """
    return index.text(label_of_category(rules, name), language) or capitalize(name)


@cache
def common_rules() -> Rules:
    """What every preset begins with."""
    return Rules.from_plain(_read(COMMON).rules)


def preset_of_rules(rules: Rules) -> Preset | None:
    """The preset that a co-op's rules say they began with; None where they name none that is
    ours.
    """
    try:
        return read_preset(rules.preset, *rules.overlays)
    except KeyError:
        return None


def render_rules(found: Preset, say: Translator) -> bytes:
    """decisions/rules.yml with, beside each line, where it was read or that a jurist is to check
    it.
    """
    head = [
        _(
            "Rules of decision to begin with. Change them, and have a jurist read them before "
            "you rely on them."
        )
    ]
    if found.before:
        head.append(
            _(
                "They are those before the reform of {date}: the law has changed since.",
                date=found.before,
            )
        )
    notes: dict[Place, str] = {
        path: say(_cite_sources(found, value, path)) for path, value in _lines(found.rules, ())
    }
    return render(_laid_out(found.rules, ()), above=map(say, head), notes=notes)


def _lines(
    rules: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The rules that have a line of their own and a source beside it, by their paths."""
    for name, value in rules.items():
        if _is_block((*path, name)):
            yield from _lines(value, (*path, name))
        elif name not in _NO_RULES:
            yield (*path, name), value


def _is_block(path: tuple[str, ...]) -> bool:
    """Whether a map of rules has a line for each of them; what belongs to one rule stands between
    braces.
    """
    return path in [(), ("categories",), ("paths",), ("fields",)] or path[:-1] == ("categories",)


def _laid_out(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_laid_out(part, (*path, "")) for part in value]
    if not isinstance(value, dict):
        return value
    parts = {name: _laid_out(part, (*path, name)) for name, part in value.items()}
    return parts if _is_block(path) else OneLine(parts)


def _cite_sources(found: Preset, value: Any, path: tuple[str, ...]) -> Message:
    """What stands beside a line: its sources, and whether some of it has none."""
    return _read_in([found.source(*path, *leaf) for leaf in _leaves(value, ())])


def _read_in(read: list[str | None]) -> Message:
    sources = "; ".join(dict.fromkeys(one for one in read if one))
    if not sources:
        return _("to be checked by a jurist")
    return (
        Message(sources)
        if all(read)
        else _("{sources}; the rest is to be checked by a jurist", sources=sources)
    )


def _in_order(value: dict[str, Any]) -> dict[str, Any]:
    return dict(
        sorted(
            value.items(),
            key=lambda item: _ORDER.index(item[0]) if item[0] in _ORDER else len(_ORDER),
        )
    )


class _File(Struct, frozen=True):
    """A file of rules to begin with. `overlay`: it is laid upon another."""

    rules: dict[str, Any]
    sources: dict[str, str | None]
    before: str = ""
    overlay: bool = False


def _read(name: str) -> _File:
    file = FOLDER / f"{name}.yml"
    if name != Path(name).name or not file.is_file():
        raise KeyError(name)
    return msgspec.convert(parse(file.read_bytes(), front_matter=False).value, _File)


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """What stands above wins; a name with nothing behind it takes away what stands below."""
    found = dict(below)
    for name, value in above.items():
        if value is None:
            found.pop(name, None)
        elif (
            isinstance(value, dict)
            and isinstance(found.get(name), dict)
            and "fraction" not in value
        ):
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
