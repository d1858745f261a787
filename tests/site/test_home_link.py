"""The co-op's name leads home from every page, whatever languages the home page has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from support.sites import build

COOP = "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
MEMBER = """\
type: person
name: {display: Zoé Marin}
headline: {fr: Je dessine, en: I draw}
bio: {en: I draw.}
presence: present
listed: false
"""
BRAND = re.compile(r'class="coop-brand" href="([^"]*)"')


def test_the_name_of_the_co_op_leads_to_a_page_that_is_there(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    out = build(coop({"coop.yml": COOP, "members/zoe.yml": MEMBER}), tmp_path / "out")
    pages = sorted(out.rglob("index.html"))
    assert out / "members/en/members/zoe/index.html" in pages
    for page in pages:
        for link in BRAND.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / link / "index.html").is_file(), (page, link)
