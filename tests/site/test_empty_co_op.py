"""A co-op without anybody yet: nothing leads to an empty place, and nothing speaks of elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.records.audience import Audience, view_index
from coopbook.records.load import load
from coopbook.records.pictures import initials
from coopbook.site.context import Site
from coopbook.site.navigation import at, has, menu
from coopbook.site.people import search_example
from support.coops import TODAY

Coop = Callable[..., Path]
COOP = """\
format: 2
name: Les Essais
languages: [fr]
country: BE
repository: private
offices: {liege: {name: {fr: Liège}, city: Liège, country: BE}}
"""
ANA = """\
type: person
name: {display: Ana Lopes}
presence: present
listed: true
consents:
  - {purpose: directory, given: 2026-01-01}
"""
TRADE = "trades: [photographe]\n"
OFFER = "offers: [{id: a, title: {fr: Portrait}, kind: offer, audience: public}]\n"


def site(root: Path, audience: Audience = "public") -> Site:
    return Site(view_index(load(root, TODAY).index, audience), "fr")


def entries(root: Path, audience: Audience = "public") -> list[str]:
    return [link.section for link in menu(site(root, audience))]


def test_empty_places_leave_the_menu(coop: Coop) -> None:
    root = coop({"coop.yml": COOP})
    assert entries(root) == ["about"]
    assert entries(root, "members") == ["home", "life", "secretariat"]
    assert not has(site(root), "offers")
    assert at(site(root), "offers") == "offers/", "the page is there for old addresses"


def test_a_place_comes_into_the_menu_with_what_it_holds(coop: Coop) -> None:
    root = coop({"coop.yml": COOP, "members/ana-lopes.yml": ANA})
    assert entries(root) == ["members", "about"]
    assert entries(root, "members") == ["home", "members", "life", "mine", "secretariat"]
    root = coop({"coop.yml": COOP, "members/ana-lopes.yml": ANA + OFFER})
    assert entries(root) == ["members", "offers", "about"]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("", "un métier, une ville"),
        (TRADE, "photographe Liège"),
        (TRADE + "place: {city: Namur, country: BE}\n", "photographe Namur"),
    ],
)
def test_the_example_of_a_search_finds_somebody_of_the_co_op(
    coop: Coop, more: str, wanted: str
) -> None:
    root = coop({"coop.yml": COOP, "members/ana-lopes.yml": f"{ANA}office: liege\n{more}"})
    assert search_example(site(root)) == wanted


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Zoé Gagnon-Lefebvre", "ZG"),
        ("Marie-Claude Dupont", "MD"),
        ("Élodie", "É"),
        ("#Aptic", "A"),
        ("24ème", "2"),
        ("L’Atelier du Large", "LL"),
        ("Jean (dit Jo)", "JJ"),
        ("—", "·"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
