"""axe-core finds nothing wrong on any type of page of the two sites: in both languages, on a phone
and a screen, in light and in dark. The four looks of a page are shared out over its languages.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page
from support.browsers import AUDIENCES, LANGUAGES, WIDTHS, Opener, Served, go, pages

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that another choice of colours can break: the others read what is the same in light and
in dark.
"""

RUN = """async (options) => (await axe.run(document, {...options, resultTypes: ['violations'], preload: false})).violations.map(
  (one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.any.map((check) => check.message).join(' ')).join(' | '))"""  # noqa: E501


LOOKS = [(width, scheme) for width in WIDTHS.values() for scheme in ("light", "dark")]
"""Each width in light and in dark."""


def looks(site: Served, path: str, language: str) -> list[tuple[int, str]]:
    """How a page is looked at: at each width in light and in dark, where it exists in one language;
    else each language takes half of these, a width in light and the other in dark.
    """
    bare = path.removeprefix(language)
    if bare.startswith("no/") or not all(site.has(one + bare) for one in LANGUAGES):
        return LOOKS
    return LOOKS[::3] if language else LOOKS[1:3]


def violations(page: Page, address: str, ways: list[tuple[int, str]]) -> list[str]:
    """What axe-core finds on a page in light, and in dark what of it is of colour."""
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.emulate_media(color_scheme="light")
    go(page, address)
    page.evaluate(AXE)
    found = []
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        options = WHOLE if scheme == "light" else COLOURS
        found += [f"{address} {width} {scheme}: {fault}" for fault in page.evaluate(RUN, options)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_axe_finds_nothing(
    sites: dict[str, Served], opened: Opener, audience: str, language: str
) -> None:
    site, page = sites[audience], opened(reduced_motion="reduce")
    paths = pages(site, audience, language)
    assert len(paths) > 15
    found = [violations(page, site.home + path, looks(site, path, language)) for path in paths]
    assert [fault for faults in found for fault in faults] == []


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
    told = " ".join(page.evaluate(RUN, WHOLE))
    assert [
        rule for rule in ("image-alt", "color-contrast", "empty-heading") if rule not in told
    ] == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.querySelector('.coop-footer p').style.color = '#555'")
    assert "color-contrast" in " ".join(page.evaluate(RUN, COLOURS))
