"""The example's two sites in a real browser: nothing from elsewhere, no error, nothing wider than a
phone, and all of it without JavaScript.
"""

from __future__ import annotations

import pytest
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

WRITTEN = """(content) => {
  const all = content.cloneNode(true);
  all.querySelectorAll("[data-js], [data-results], [data-mine], .coop-mosaic[aria-hidden=true], .coop-hero .coop-chips > li:nth-child(n+9), details:not([open]) > :not(summary)").forEach((one) => one.remove());
  return all.textContent;
}"""  # noqa: E501
"""What stands in a page, without what works with JavaScript alone and is hidden without it, without
what unfolds, and without what a phone leaves out of the home page: decoration, and trades beyond
the eighth, which the list of all trades names too.
"""


def looked_at(page: Page, address: str, faults: list[str]) -> list[str]:
    """A page's faults, those of its shape among them."""
    go(page, address)
    page.wait_for_load_state("load")
    width, most = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    found = [f"{address}: {fault}" for fault in faults]
    faults.clear()
    found += [f"{address}: {width} px wide on {most}"] if width > most else []
    headings = page.locator("h1").count()
    return found + ([f"{address}: {headings} h1"] if headings != 1 else [])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_are_whole(
    sites: dict[str, Served], opened: Opener, audience: str, width: str
) -> None:
    page, home = opened(WIDTHS[width]), sites[audience].home
    faults = watched(page, home)
    paths = [path for language in LANGUAGES for path in pages(sites[audience], audience, language)]
    assert [fault for path in paths for fault in looked_at(page, home + path, faults)] == []


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
        content = page.locator(CONTENT)
        written, seen = (
            "".join(text.split()) for text in (content.evaluate(WRITTEN), content.inner_text())
        )
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
