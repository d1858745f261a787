"""axe-core finds nothing wrong on any type of page of the two sites: in both languages, on a phone
and a screen, in light and in dark. The ways to look at a page are shared out over its languages.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Page
from support.browsers import AUDIENCES, LANGUAGES, WIDTHS, Opener, Served, go, pages

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that another choice of colours can break, which take three quarters of axe-core's time:
the others read what is the same in light and in dark.
"""
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}}
OTHERS = {
    "runOnly": TAGS,
    "rules": {
        "target-size": {"enabled": True},
        **{rule: {"enabled": False} for rule in OF_COLOURS},
    },
}

RUN = """async (options) => (await axe.run(document, {...options, resultTypes: ['violations'], preload: false})).violations.map(
  (one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.any.map((check) => check.message).join(' ')).join(' | '))"""  # noqa: E501


class Look(NamedTuple):
    """A width, a choice of colours, and the rules that are looked at so."""

    width: str
    scheme: Literal["light", "dark"]
    rules: dict[str, Any]


def looks(site: Served, path: str, language: str, number: int) -> list[Look]:
    """How a page is looked at: at both widths; its colours in light at one width and in dark at the
    other, and the other way round on the next page. Where it exists in both languages, each takes
    half of these.
    """
    narrow, wide = WIDTHS
    one, other = (narrow, wide) if number % 2 else (wide, narrow)
    halves = [
        [Look(narrow, "light", OTHERS), Look(one, "light", COLOURS)],
        [Look(wide, "light", OTHERS), Look(other, "dark", COLOURS)],
    ]
    bare = path.removeprefix(language)
    if bare.startswith("no/") or not all(site.has(start + bare) for start in LANGUAGES):
        return halves[0] + halves[1]
    return halves[LANGUAGES.index(language)]


def violations(page: Page, address: str, ways: list[Look]) -> list[str]:
    """What axe-core finds on a page."""
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.emulate_media(color_scheme="light")
    go(page, address)
    page.evaluate(AXE)
    found = []
    for width, scheme, rules in ways:
        page.set_viewport_size({"width": WIDTHS[width], "height": 844})
        page.emulate_media(color_scheme=scheme)
        found += [f"{address} {width} {scheme}: {fault}" for fault in page.evaluate(RUN, rules)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_axe_finds_nothing(
    sites: dict[str, Served], opened: Opener, audience: str, language: str
) -> None:
    site, page = sites[audience], opened(reduced_motion="reduce")
    paths = pages(site, audience, language)
    assert len(paths) > 15
    found = [
        fault
        for number, path in enumerate(paths)
        for fault in violations(page, site.home + path, looks(site, path, language, number))
    ]
    assert found == []


def test_axe_can_find(sites: dict[str, Served], opened: Opener) -> None:
    """A page spoilt in each way that the widths and colours are tried for."""
    page: Any = opened()
    go(page, sites["public"].home + "members/lena-moreau/")
    page.evaluate(AXE)
    page.evaluate(
        "document.querySelector('h1').replaceChildren(new Image(9, 9)); "
        "document.querySelector('.coop-footer p').style.color = '#ccc'"
    )
    page.evaluate(
        "document.querySelector('.coop-lead').innerHTML = '<a href=a>a</a><a href=b>b</a>'"
    )
    told = " ".join([*page.evaluate(RUN, OTHERS), *page.evaluate(RUN, COLOURS)])
    assert [
        rule for rule in ("image-alt", "color-contrast", "empty-heading") if rule not in told
    ] == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.querySelector('.coop-footer p').style.color = '#555'")
    assert "color-contrast" in " ".join(page.evaluate(RUN, COLOURS))
