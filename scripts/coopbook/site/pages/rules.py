"""How the co-op decides, for its members: each rule of decisions/rules.yml in words, and whether a jurist has still to check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ... import presets
from ...deciding.rulings import Clause, of_category, of_electorate, of_the_rest, who
from ...messages import Message, _
from ...records import dig
from ...spans import Value
from ..context import Maker, Site


class Shown(NamedTuple):
    """A rule as the page shows it: in words, and where it was read; nothing for one that a jurist is to check."""

    words: str
    read_in: str


def index_pages(site: Site) -> Iterator[Maker]:
    entry = site.index.find("rules", "rules")
    if site.audience != "members" or not site.main or entry is None or not entry.sound:
        return
    rules = entry.value
    found = presets.of_rules(rules)
    categories = [
        (category.get("label") or Message(name), _shown(site, rules, found, of_category(name, category)))
        for name, category in rules["categories"].items()
    ]
    values = {
        "rules": rules,
        "preset": [presets.title(name) for name in (rules["preset"], *(rules.get("overlays") or ()))] if found else [],
        "before": found.before if found else "",
        "categories": categories,
        "voters": _shown(site, rules, found, of_electorate(rules)),
        "more": _shown(site, rules, found, of_the_rest(rules)),
        "paths": [(path, site.say(who(word))) for path, word in (rules.get("paths") or {}).items()],
    }
    title = site.text(entry.title) if entry.get("title") else site.say(_("Our rules of decision"))
    yield site.later("decide/rules/", title, "rules.html", section="decide", **values)


def _shown(site: Site, rules: Value, found: presets.Preset | None, clauses: Iterable[Clause]) -> list[Shown]:
    return [Shown(site.say(clause.words), site.say(_read_in(rules, found, clause) or Message(""))) for clause in clauses]


def _read_in(rules: Value, found: presets.Preset | None, clause: Clause) -> Message | None:
    value = dig(rules, *(int(step) if step.isdecimal() else step for step in clause.path))
    return found.origin(value, *clause.path) if found and value is not None else None
