"""What the Content-Security-Policy refuses is told, and nothing that it refuses is written into a
page (`test_browser.py` opens every page under it).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from coopbook.site.security import META_POLICY
from support.browsers import (
    AUDIENCES,
    Handler,
    Opener,
    Served,
    served,
    watched,
)


def test_the_policy_can_refuse(opened: Opener, tmp_path: Path) -> None:
    """A script of another host, a style and a script written into the page: each is told."""
    head = f'<meta http-equiv="Content-Security-Policy" content="{META_POLICY}">'
    (tmp_path / "index.html").write_text(
        f"<!doctype html>{head}<title>x</title><p style=color:red><script>x</script><img "
        f"src=https://a.example/>"
    )
    with served(tmp_path, Handler) as home:
        page = opened()
        faults = watched(page, home)
        page.goto(home)
        page.wait_for_load_state("load")
        told = " ".join(faults)
    assert [
        part
        for part in ("style-src-attr", "script-src-elem", "img-src")
        if f"refused {part}" not in told
    ] == []


LEADING = frozenset(["href", "src", "action", "formaction", "data"])


class _Inline(HTMLParser):
    """What a page has written into it that a strict policy refuses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.found += [
            f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")
        ]
        self.found += [
            f"<{tag} {value}>"
            for name, value in attrs
            if name in LEADING and re.match(r"\s*javascript:(?! )", value or "", re.I)
        ]
        self.found += (
            ["<style>"]
            if tag == "style"
            else ["<script>"]
            if tag == "script" and "src" not in names
            else []
        )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_written_into_a_page(sites: dict[str, Served], audience: str) -> None:
    files = sorted(sites[audience].folder.rglob("*.html"))
    assert len(files) > 200
    found = {
        file: inline
        for file in files
        if (inline := _Inline(file.read_text(encoding="utf-8")).found)
    }
    assert found == {}


def test_what_is_written_into_a_page_is_found() -> None:
    bad = (
        "<p style='a'><a onclick='b' href=' "
        "JavaScript:c'><script>d</script><style></style><script src=e></script>"
    )
    assert _Inline(bad).found == [
        "<p style>",
        "<a onclick>",
        "<a  JavaScript:c>",
        "<script>",
        "<style>",
    ]
