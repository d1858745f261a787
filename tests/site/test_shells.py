"""A filled shell is byte for byte what the theme itself makes of the page."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coopbook.base.markdown import Heading
from coopbook.decisions.named_voters import with_named_voters
from coopbook.decisions.polls import with_answers
from coopbook.records.addresses import has_pages
from coopbook.records.audience import view, view_index
from coopbook.records.load import load
from coopbook.site.context import Site
from coopbook.site.mkdocs_hook import DUMMY, configure
from coopbook.site.pages import index_pages
from coopbook.site.pages.records import record_page
from coopbook.site.shells import GAPS, Page, cut_shell, mark
from coopbook.site.toc import nest
from mkdocs.commands.build import build as mkdocs_build
from support.coops import TODAY, TOP


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[tuple[Site, Page]], Path]:
    """The theme, every page of the members' site, and the built site."""
    book = load(TOP, TODAY)
    out = tmp_path_factory.mktemp("shells") / "members"
    config = configure(book, [], "members", out, lambda count: None)
    mkdocs_build(config)
    index = view_index(book.index, "members")
    pages = []
    for language in index.languages:
        site = Site(index, language)
        shown = [
            view(
                with_answers(with_named_voters(record, book.index), book.index),
                book.index,
                "members",
            )
            for record in book.records()
            if has_pages(record.kind)
        ]
        pages += [
            (site, page) for record in shown if record and (page := record_page(site, record))
        ]
        pages += [(site, make()) for make in index_pages(site)]
    return config.plugins["coopbook"].theme, pages, out


def escaped(page: Page) -> Page:
    texts = {name: html.escape(getattr(page, name)) for name in ("title", "description", "top")}
    return replace(page, **texts)


def test_filled_pages_are_the_themes_own(made: tuple[Any, list[tuple[Site, Page]], Path]) -> None:
    theme, pages, out = made
    assert len(pages) > 100
    for site, page in pages:
        address = html.escape((site.coop.get("members_site") or "") + page.path)
        expected = theme.render(site, escaped(page), nest(page.toc), canonical=address)
        assert (out / page.file).read_bytes() == expected.encode(), page.path


def test_values_cannot_break_out_of_their_gap(
    made: tuple[Any, list[tuple[Site, Page]], Path],
) -> None:
    theme, pages, _out = made
    site = pages[0][0]
    bad = '"><script>alert(1)</script>'
    page = Page(
        "members/x/", bad, "<h1>x</h1>", "members", bad, toc=(Heading(2, bad, bad),), top=bad
    )
    assert b"<script>alert" not in theme.shell(site, page).fill(
        page, "https://a.example/", theme.toc(page.toc)
    )


def test_a_theme_that_leaves_out_a_mark_is_refused() -> None:
    gaps = frozenset(GAPS) - {"toc"}
    whole = "".join(mark(gap) for gap in GAPS if gap in gaps)
    assert cut_shell(whole, gaps, toc_item="", dummy=DUMMY).gaps[0] == "head"
    with pytest.raises(ValueError, match="title"):
        cut_shell(whole.replace(mark("title"), ""), gaps, toc_item="", dummy=DUMMY)
    with pytest.raises(ValueError, match="dummy"):
        cut_shell(whole + DUMMY, gaps, toc_item="", dummy=DUMMY)
    with pytest.raises(ValueError, match="contents"):
        cut_shell(whole, gaps | {"toc"}, toc_item="<li>", dummy=DUMMY)
