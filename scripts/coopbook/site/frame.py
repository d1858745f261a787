"""What stands around every page: header and foot, from our own templates, so that another site generator would keep them."""

from __future__ import annotations

from . import navigation
from .assets import FOLDER
from .build_info import built_from
from .context import Site
from .shells import Page


def header(site: Site, page: Page) -> str:
    """The header of a page; `page.switch` is put in as it is."""
    values = {
        "active": navigation.active(site, page.section),
        "sign": sign(site),
        "switch": page.switch,
    }
    return site.part(
        "frame/header.html",
        page.path,
        need=site.need if site.audience == "public" else "",
        **values,
    )


def footer(site: Site, page: Page) -> str:
    """The foot of a page: who we are, the legal pages, when the site was built."""
    return site.part("frame/footer.html", page.path, built=built_from(site))


def sign(site: Site) -> str:
    """The co-op's logo, else a drawn sign."""
    logo = (site.coop.get("look") or {}).get("logo")
    return f"files/{logo}" if logo else f"{FOLDER}/sign.svg"
