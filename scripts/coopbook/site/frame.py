"""What stands around every page: header and foot, from our own templates, so that another site generator would keep them."""

from __future__ import annotations

from . import navigation
from .assets import FOLDER
from .context import Site
from .engine import templates
from .shells import Page


def header(site: Site, page: Page) -> str:
    """The header of a page; `page.switch` is put in as it is."""
    return _rendered(
        site,
        page,
        "frame/header.html",
        active=navigation.active(site, page.section),
        need=navigation.need_address(site) if site.audience == "public" else "",
        sign=sign(site),
        switch=page.switch,
    )


def footer(site: Site, page: Page) -> str:
    return _rendered(site, page, "frame/footer.html", built="")


def sign(site: Site) -> str:
    """The co-op's logo, else a drawn sign."""
    logo = (site.coop.get("look") or {}).get("logo")
    return f"files/{logo}" if logo else f"{FOLDER}/sign.svg"


def _rendered(site: Site, page: Page, template: str, **values: object) -> str:
    return str(templates().get_template(template).render(site=site, _=site.sentence, href=lambda to: site.href(to, page.path), **values))
