"""Shells: pages of the theme, rendered once with marks in the gaps, cut at the marks, then filled.

A filled shell is byte for byte what the theme itself would have made of the page (a test holds
that), at the cost of joining strings.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ..base.markdown import Heading

GAPS = ("head", "title", "description", "canonical", "skip", "switch", "side", "toc", "body")
_MARK = re.compile("\ue000([a-z]+)\ue001")


@dataclass(frozen=True)
class Page:
    """One page of a site, without its surroundings.

    Attributes:
        path: its address from the site's root, with a final slash, or `404.html`.
        title: plain text.
        body: HTML.
        section: the section of the navigation that it belongs to.
        description: plain text for search engines.
        language: that of the page.
        toc: its headings below the first.
        top: the id of its first heading.
        head: HTML for its head.
        side: HTML that stands beside the text.
        switch: HTML of the way to its other languages.
    """

    path: str
    title: str
    body: str
    section: str = ""
    description: str = ""
    language: str = "fr"
    toc: tuple[Heading, ...] = ()
    top: str = "top"
    head: str = ""
    side: str = ""
    switch: str = ""

    @property
    def file(self) -> str:
        """Where it is written, from the site's root."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"


def mark(gap: str) -> str:
    """The mark of a gap while the theme renders: private-use characters, which no text can hold."""
    return f"\ue000{gap}\ue001"


@dataclass(frozen=True)
class Shell:
    """A page of the theme, cut: literal pieces and the gaps between them."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]

    def fill(self, page: Page, site_url: str, toc: str) -> bytes:
        """The whole page as bytes.

        Args:
            page: what fills the gaps.
            site_url: the address of the site's root; may be empty.
            toc: the contents list as the theme writes it.
        """
        values = {
            "head": page.head,
            "title": html.escape(page.title),
            "description": html.escape(page.description),
            "canonical": html.escape(site_url + page.path),
            "skip": html.escape(page.top),
            "switch": page.switch,
            "side": page.side,
            "toc": toc,
            "body": page.body,
        }
        out = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            out += (values[gap], piece)
        return "".join(out).encode()


def gaps_of(page: Page, site_url: str) -> frozenset[str]:
    """The gaps that a page fills.

    The theme leaves out what surrounds an empty gap, so each set of gaps has a shell of its own.
    """
    empty = {"description": not page.description, "canonical": not site_url, "toc": not page.toc}
    empty |= {"side": not page.side, "switch": not page.switch}
    return frozenset(gap for gap in GAPS if not empty.get(gap))


def cut_shell(rendered: str, gaps: frozenset[str], *, toc_item: str, dummy: str) -> Shell:
    """Cut a page that the theme rendered with marks.

    Args:
        rendered: the page.
        gaps: those that are marked in it.
        toc_item: how the theme wrote the one marked entry of the contents list.
        dummy: the address of the page that was rendered.

    Raises:
        ValueError: a mark is missing, or something of the dummy page is left: the theme has
            changed, and somebody must look at it.
    """
    if "toc" in gaps:
        if rendered.count(toc_item) != 1:
            raise ValueError("the theme does not write the contents list once")
        rendered = rendered.replace(toc_item, mark("toc"))
    parts = _MARK.split(rendered)
    missing = gaps - set(parts[1::2])
    if missing or dummy in rendered:
        raise ValueError(
            f"the theme leaves out {sorted(missing)}"
            if missing
            else "the theme shows the dummy page's address"
        )
    return Shell(tuple(parts[0::2]), tuple(parts[1::2]))
