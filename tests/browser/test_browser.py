"""The example's two sites in a real browser: nothing from elsewhere, no error, nothing wider than a
phone, and all of it without JavaScript.
"""

from __future__ import annotations

import pytest
from coopbook.site.security import CONTENT_SECURITY_POLICY, META_POLICY
from playwright.sync_api import Page
from support.browsers import (
    AUDIENCES,
    CONTENT,
    LANGUAGES,
    WIDTHS,
    Opener,
    Served,
    go,
    pages,
    watched,
)

TEXTS = """(selector) => {
  const content = document.querySelector(selector);
  const all = content.cloneNode(true);
  all.querySelectorAll("[data-js], [data-results], [data-mine], .coop-mosaic[aria-hidden=true], .coop-hero .coop-chips > li:nth-child(n+9), details:not([open]) > :not(summary)").forEach((one) => one.remove());
  return [all.textContent, content.innerText];
}"""  # noqa: E501
"""What stands in a page, and what is seen of it. The first is without what works with JavaScript
alone and is hidden without it, without what unfolds, and without what a phone leaves out of the
home page: decoration, and trades beyond the eighth, which the list of all trades names too.
"""


SHAPE = """() => [document.documentElement.scrollWidth, window.innerWidth,
  document.querySelectorAll("h1").length,
  document.querySelector("meta[http-equiv=Content-Security-Policy]").content]"""
"""How wide a page is, and its window; its headings of the first level; the policy it states."""


def look_at(page: Page, address: str, faults: list[str]) -> list[str]:
    """A page's faults, those of its shape and of its policy among them."""
    go(page, address)
    width, most, headings, policy = page.evaluate(SHAPE)
    found = [f"{address}: {fault}" for fault in faults]
    faults.clear()
    found += [f"{address}: {width} px wide on {most}"] if width > most else []
    found += [f"{address}: {headings} h1"] if headings != 1 else []
    return found + ([f"{address}: {policy}"] if policy != META_POLICY else [])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_are_whole_under_their_policy(
    sites: dict[str, Served], opened: Opener, audience: str, width: str
) -> None:
    """The policy stands in a header for one width, for the other in the page alone."""
    site, page = sites[audience], opened(WIDTHS[width])
    home = site.home if width == "screen" else site.bare
    policy = page.request.head(home).headers.get("content-security-policy")
    assert policy == (CONTENT_SECURITY_POLICY if width == "screen" else None)
    faults = watched(page, home)
    paths = [path for language in LANGUAGES for path in pages(site, audience, language)]
    assert [fault for path in paths for fault in look_at(page, home + path, faults)] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_speak_without_javascript(
    sites: dict[str, Served], opened: Opener, audience: str
) -> None:
    """Every word that stands in a page is to be seen."""
    page = opened(WIDTHS["phone"], javascript=False)
    hidden: dict[str, tuple[str, str]] = {}
    for path in [
        path for language in LANGUAGES for path in pages(sites[audience], audience, language)
    ]:
        go(page, sites[audience].home + path)
        written, seen = ("".join(text.split()) for text in page.evaluate(TEXTS, CONTENT))
        hidden |= {path: (seen, written)} if seen != written or len(seen) < 40 else {}
    assert hidden == {}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_visitor_finds_somebody_to_write_to(
    sites: dict[str, Served], opened: Opener, audience: str, language: str, width: str
) -> None:
    """From the home page by links alone, without JavaScript: the directory, a trade, a member, an
    e-mail address.
    """
    page, home = opened(WIDTHS[width], javascript=False), sites[audience].home + language
    page.goto(home)
    if width == "phone":
        page.locator(".coop-menu summary").click()
    for step in ("members/", "trades/", "trades/graphisme/", "members/lena-moreau/"):
        page.locator(f"a[href$='{step}']:visible").first.click()
        page.wait_for_url(home + step)
    assert page.locator("a[href^='mailto:lena.moreau@']:visible").count() >= 1
