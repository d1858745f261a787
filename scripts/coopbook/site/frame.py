"""What stands around every page: header and foot, from our own templates.

Another site generator would keep them.
"""

from __future__ import annotations

from .assets import FOLDER
from .assets import path as asset_path
from .build_info import describe_build
from .context import Site
from .mailto import need_address
from .navigation import active_entry, foot, has, menu
from .rendering import render_part
from .shells import Page


def render_header(site: Site, page: Page) -> str:
    """The header of a page; `page.switch` is put in as it is."""
    return render_part(
        site,
        "frame/header.html",
        page.path,
        menu=menu(site),
        active=active_entry(site, page.section),
        sign=sign_path(site),
        switch=page.switch,
        need=need_address(site) if site.audience == "public" and has(site, "members") else "",
    )


def render_footer(site: Site, page: Page) -> str:
    """The foot of a page: who we are, the legal pages, when the site was built; on paper the page's
    address instead, which a square code tells, too, where the page is made to be printed.
    """
    return render_part(
        site,
        "frame/footer.html",
        page.path,
        foot=foot(site),
        built=describe_build(site),
        code=asset_path("lean-qr.js", site.coop),
    )


def sign_path(site: Site) -> str:
    """The path of the co-op's logo, else of a drawn sign."""
    logo = site.settings.look.logo
    return f"files/{logo}" if logo else f"{FOLDER}/sign.svg"
