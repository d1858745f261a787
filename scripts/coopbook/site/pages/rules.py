"""How the co-op decides, for its members: each rule of decisions/rules.yml in words, and whether a
jurist has still to check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from ...base.collation import sort_key
from ...base.messages import Message, _, capitalize, own_words, pgettext
from ...base.positions import Value
from ...decisions import presets
from ...decisions.kinds import PROPOSAL, RULES
from ...decisions.mandates import mandates_held, mandates_of_role
from ...decisions.permissions import Changer, changers, own_fields
from ...decisions.types import Rules
from ...decisions.wording.rules_text import (
    Clause,
    Names,
    category_clauses,
    electorate_clauses,
    other_clauses,
    permission_words,
)
from ...records.addresses import has_pages
from ...records.core_kinds import MEMBER
from ...records.model import Kind, dig
from ..context import Site
from ..navigation import at, has
from ..rendering import Maker, defer_page


class Shown(NamedTuple):
    """A rule as the page shows it: in words, and where it was read; nothing for one that a jurist
    is to check.
    """

    words: Markup
    read_in: str


def index_pages(site: Site) -> Iterator[Maker]:
    entry, spoken = (
        site.index.find(RULES, "rules"),
        site.addresses.languages_of_list(site.index.of(PROPOSAL)),
    )
    if (
        site.audience != "members"
        or site.language not in spoken
        or entry is None
        or not entry.sound
    ):
        return
    typed, rules, names = (
        Rules.of(entry),
        entry.value,
        Names(site.texts.category, lambda role: _role(site, role)),
    )
    found = presets.preset_of_rules(typed)
    categories = [
        (
            presets.label_of_category(typed, name) or Message(capitalize(name)),
            _shown_clauses(site, rules, found, category_clauses(name, category)),
        )
        for name, category in typed.categories.items()
    ]
    values = {
        "rules": rules,
        "preset": [presets.preset_title(name) for name in (typed.preset, *typed.overlays)]
        if found
        else [],
        "before": found.before if found else "",
        "categories": categories,
        "voters": _shown_clauses(site, rules, found, electorate_clauses(typed)),
        "more": _shown_clauses(site, rules, found, other_clauses(typed, names)),
        "changers": _changers(site, typed, names),
        "paths": [
            (path, site.texts.say(permission_words(word, names)))
            for path, word in typed.paths.items()
        ],
        "own_fields": list(_own_fields(site, typed)),
        "alternates": site.addresses.paths("decide/rules/", spoken),
    }
    title = site.texts.title(entry) if typed.title else site.words.say(_("Our rules of decision"))
    yield defer_page(
        site,
        "decide/rules/",
        title,
        "rules.html",
        section="decide",
        **values | _tell_checked(values),
    )


def _tell_checked(values: dict[str, Any]) -> dict[str, Any]:
    """Whether no rule was read anywhere, and whether fewer than half were: what holds of most is
    said once.
    """
    every = [
        *values["voters"],
        *values["more"],
        *(one for _label, found in values["categories"] for one in found),
    ]
    read = sum(bool(one.read_in) for one in every)
    return {"unread": bool(every) and not read, "few_read": 2 * read < len(every)}


ROLES = {"secretary": pgettext("role", "Secretary")}
"""Roles that the presets name: a mandate with such a role may not exist yet."""


def _role(site: Site, role: str) -> Markup:
    """What a role is called: as the mandate of it that is held today, else the last one; the word
    itself where there is none.
    """
    today = [mandate for _body, mandate in mandates_held(site.index, role, site.index.today)]
    found = today or [mandate for _body, mandate in mandates_of_role(site.index, role)]
    return (
        site.texts.localized(found[0].role)
        if found and found[0].role
        else Markup.escape(site.words.say(ROLES.get(role) or own_words(capitalize(role))))
    )


def _changers(
    site: Site, rules: Rules, names: Names
) -> list[tuple[list[tuple[str, str]], list[str], Markup]]:
    """The titles of kinds with their lists' addresses, the patterns that mean none, and who may
    change them.
    """
    found = changers(rules, [*site.index.kinds.values(), *site.index.unshown])
    said = [(one, site.texts.say(permission_words(one.who, names))) for one in found]
    return [(_kinds(site, one), one.patterns, words[:1].upper() + words[1:]) for one, words in said]


def _own_fields(site: Site, rules: Rules) -> Iterator[Markup]:
    """What members change of their own record, by the fields' titles."""
    properties = site.index.kinds[MEMBER].properties
    for name in own_fields(rules, MEMBER):
        if name in properties:
            yield site.texts.field_name(properties[name], name)


def _kinds(site: Site, one: Changer) -> list[tuple[str, str]]:
    """Kinds in alphabetical order; one that lives in the folder of another is part of that."""
    owners = {kind.folder for kind in one.kinds if "x-slug" not in kind.schema}
    shown = [kind for kind in one.kinds if "x-slug" not in kind.schema or kind.folder not in owners]
    return sorted(
        ((site.words.say(kind.title_plural), _address(site, kind)) for kind in shown),
        key=lambda pair: sort_key(pair[0]),
    )


def _address(site: Site, kind: Kind) -> str:
    return at(site, kind.folder) if has_pages(kind) and has(site, kind.folder) else ""


def _shown_clauses(
    site: Site, rules: Value, found: presets.Preset | None, clauses: Iterable[Clause]
) -> list[Shown]:
    return [
        Shown(
            site.texts.say(clause.words),
            site.words.say(_read_in(rules, found, clause) or Message("")),
        )
        for clause in clauses
    ]


def _read_in(rules: Value, found: presets.Preset | None, clause: Clause) -> Message | None:
    value = dig(rules, *(int(step) if step.isdecimal() else step for step in clause.path))
    return found.origin(value, *clause.path) if found and value is not None else None
