"""What a page weighs for whoever loads it: a profile at the first visit, and the next page."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from support.browsers import LANGUAGES, WIDTHS, Opener, Served

FIRST, NEXT = 60 * 1024, 15 * 1024
"""The most bytes of a first visit of a profile, and of a page after it."""
PACKED = frozenset([".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"])
"""What a host sends compressed; pictures and fonts are so already."""


def weight(file: Path) -> int:
    data = file.read_bytes()
    return len(gzip.compress(data, 9)) if file.suffix in PACKED else len(data)


def loaded(page: Page, site: Served, path: str) -> dict[str, int]:
    """Every file of a site that the browser asks for when it opens a page, with its weight, all of
    the page seen.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(site.home + path, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    files = {
        one: site.folder / (f"{one}index.html" if not one or one.endswith("/") else one)
        for one in asked
    }
    return {one: weight(file) for one, file in files.items()}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_and_the_next_page(
    sites: dict[str, Served], opened: Opener, language: str, width: str
) -> None:
    site, phone = sites["public"], width == "phone"
    for profile, after in (("lena-moreau", "claire-le-goff"), ("claire-le-goff", "lena-moreau")):
        page = opened(WIDTHS[width], device_scale_factor=2 if phone else 1)
        first = loaded(page, site, f"{language}members/{profile}/")
        assert any(path.endswith(".webp") for path in first), first
        assert sum(first.values()) <= FIRST, first
        more = loaded(page, site, f"{language}members/{after}/")
        new = {path: size for path, size in more.items() if path not in first}
        assert sum(new.values()) <= NEXT, new
        assert any(path.endswith(f"{after}/") for path in new)
