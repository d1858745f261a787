"""The sections of the sites are data: what `navigation.yml` names is there, and only what exists is
shown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.records.audience import AUDIENCES, Audience, view_index
from coopbook.records.dialect.words import x_menu
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.site.context import Site
from coopbook.site.navigation import (
    active_entry,
    address,
    at,
    foot,
    has,
    languages_of,
    menu,
    menu_of,
    page_kinds,
    sections,
)
from support.coops import TODAY, TOP

KINDS = load_kinds(TOP)[0]
COOP = "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: FR\nrepository: private\n"
ANA = """\
type: person
name: {display: Ana Lopes}
presence: present
listed: true
consents:
  - {purpose: directory, given: 2026-01-01}
"""
BOARD = "name: {fr: Bureau}\nkind: board\naudience: public\nmandates: []\n"


def site(root: Path, audience: Audience, language: str = "fr") -> Site:
    return Site(view_index(load(root, TODAY).index, audience), language)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_menu_names_sections_that_this_audience_may_have(audience: Audience) -> None:
    found = menu_of(audience)
    named = {*found.entries, *found.foot, *found.parents, *found.parents.values()}
    assert named <= sections().keys()
    assert {sections()[name].audience for name in named} <= {"", audience}
    assert set(found.parents.values()) <= set(found.entries)


def test_sections_name_kinds_and_fields_that_exist() -> None:
    coop = KINDS["coop"].schema["properties"]
    for name, section in sections().items():
        named = {*section.kinds, *filter(None, [section.single])}
        assert named <= KINDS.keys(), name
        assert all(section.field in KINDS[kind].schema["properties"] for kind in section.kinds) or (
            not section.field
        ), name
        top = {field.partition(".")[0] for field in (*section.needs, *section.written)}
        assert top <= coop.keys(), name
        assert section.page == (name in coop["pages"]["properties"]), name


def test_only_what_exists_is_in_the_menu(coop: Callable[..., Path]) -> None:
    bare = site(coop({"coop.yml": COOP, "members/ana-lopes.yml": ANA}), "public")
    assert [link.section for link in menu(bare)] == ["members", "about"]
    assert not has(bare, "decisions/bodies")
    assert not has(bare, "join"), "no page of the wiki is named"
    assert not has(bare, "credentials")
    assert "data" in {link.section for link in foot(bare)}


def test_a_section_appears_with_its_first_record(coop: Callable[..., Path]) -> None:
    root = coop({"coop.yml": COOP, "decisions/bodies/bureau.yml": BOARD})
    assert address(site(root, "public"), "decisions/bodies") == "decisions/bodies/"
    assert not has(site(root, "public"), "decisions/mandates"), "the body has no mandate"
    assert not has(site(root, "public"), "decide"), "members alone have it"
    assert has(site(root, "members"), "decide")


def test_a_language_has_the_sections_in_which_something_is_written(
    coop: Callable[..., Path],
) -> None:
    root = coop({"coop.yml": f"{COOP}tagline: {{fr: Ensemble, en: Together}}\n"})
    english = site(root, "members", "en")
    assert languages_of(english, "home") == ["fr", "en"]
    assert address(english, "life") == "en/life/"
    assert languages_of(english, "about") == ["fr"]
    assert at(english, "about") == "about/"
    assert at(english, "guides/members").startswith("en/guides/")


def test_the_places_of_x_menu_are_entries() -> None:
    for audience, places in (("public", x_menu.PUBLIC), ("members", x_menu.MEMBERS)):
        menu = menu_of(audience)
        assert set(places) - {"menu", "footer", "none"} <= {*menu.entries, *menu.parents}


def test_a_section_below_an_entry_marks_it(coop: Callable[..., Path]) -> None:
    root = coop({"coop.yml": COOP})
    assert active_entry(site(root, "public"), "decisions/bylaws") == "about"
    assert active_entry(site(root, "members"), "decisions/bylaws") == "decide"
    assert active_entry(site(root, "members"), "events") == "life"


def test_kinds_with_pages_stand_in_the_order_of_the_sections(coop: Callable[..., Path]) -> None:
    kinds = [kind.name for kind in page_kinds(site(coop({"coop.yml": COOP}), "members"))]
    assert kinds[:3] == ["member", "project", "body"]
    assert not {"coop", "rules", "vocabulary", "ballot"} & set(kinds)
