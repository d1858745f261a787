"""Pages of the members' site that say what there is to do: my page, the secretariat, “Decide”."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from coopbook.base.shipped import shipped
from coopbook.cli import COMMANDS
from coopbook.site.errands import ERRANDS, Errand, guide_part
from support.decided import Sites, closed, files, sites

OPEN_ACTION = """  - {id: bail, what: Demander un bail, owner: bob, due: 2026-12-05, status: open}
"""


@pytest.fixture
def built(coop: Callable[..., Path], tmp_path: Path) -> Sites:
    given = files()
    minutes = given["decisions/minutes/assemblee.md"]
    given["decisions/minutes/assemblee.md"] = minutes.replace(
        "actions:\n", f"actions:\n{OPEN_ACTION}"
    )
    root = coop(given)
    closed(root)
    return sites(root, tmp_path / "out")


def waiting(page: str) -> str:
    """What a member's own page says waits for them; nothing where nothing does."""
    found = re.search(r"<ul[^>]* data-waiting>(.*?)</ul>", page, re.S)
    return html.unescape(found[1]) if found else ""


def test_what_waits_for_somebody_stands_on_their_own_page_alone(built: Sites) -> None:
    bob, ana = (
        waiting(built["members"][f"members/{id}/views/index.html"]) for id in ("bob", "ana")
    )
    assert "Fermer le lundi" in bob, "a vote that is open"
    assert "Demander un bail" in bob, "what Bob took on"
    assert "Trésorier" in bob, "a mandate that ended and was not renewed"
    assert "Fermer le lundi" in ana
    assert "Demander un bail" not in ana
    assert "Trésorier" not in ana


def test_the_page_of_the_day_has_a_place_for_what_waits(built: Sites) -> None:
    page = built["members"]["index.html"]
    assert 'data-waiting-of="members/*/views/"' in page
    assert "data-waiting-of" not in built["public"]["index.html"]


def test_the_secretariat_starts_each_errand_from_its_page(built: Sites) -> None:
    page = built["members"]["secretariat/index.html"]
    top = "https://forge.example/essais/livre"
    assert f'href="{top}/actions/workflows/assembly.yml"' in page
    assert f'href="{top}/actions/workflows/publish.yml"' in page
    assert f'href="{top}/pulls"' in page
    for one in ERRANDS:
        assert f"<code>{one.command}</code>" in page


@pytest.mark.parametrize("errand", ERRANDS, ids=lambda one: one.title.text)
def test_an_errand_names_what_is_there(errand: Errand) -> None:
    for language in ("fr", "en"):
        assert guide_part(errand.guide, errand.part, language)
    assert errand.command.split()[1] in COMMANDS
    if errand.workflow:
        starter = shipped("starter") / "forges"
        assert (starter / "github/dot-github/workflows" / errand.workflow).is_file()
        assert (starter / "forgejo/dot-forgejo/workflows" / errand.workflow).is_file()


def test_a_proposal_can_be_begun_from_its_page(built: Sites) -> None:
    page = built["members"]["decide/index.html"]
    assert f'guides/deciding/#{guide_part("deciding", "Propose", "fr")}"' in page
    address = next(
        found.replace("&amp;", "&")
        for found in re.findall(r'href="([^"]+)"', page)
        if "/new/" in found
    )
    asked = parse_qs(urlsplit(address).query)
    assert asked["filename"] == ["decisions/proposals/titre-de-la-proposition.md"]
    assert "status: draft" in asked["value"][0], "nobody may vote before its author says so"
    assert "category: ordinary" in asked["value"][0]


def test_a_vote_that_has_not_opened_is_announced_and_not_asked_for(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    given = files()
    later = given["decisions/proposals/lundi.md"]
    given["decisions/proposals/lundi.md"] = later.replace("2026-11-02", "2026-11-25")
    root = coop(given)
    closed(root)
    pages = sites(root, tmp_path / "out")["members"]
    assert "Fermer le lundi" not in pages["index.html"]
    assert "Fermer le lundi" not in waiting(pages["members/bob/views/index.html"])
    mine = pages["members/bob/votes/index.html"]
    assert "Fermer le lundi" not in mine.partition('id="_soon"')[0]
    assert "Fermer le lundi" in mine.partition('id="_soon"')[2]
