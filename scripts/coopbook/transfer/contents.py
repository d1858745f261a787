"""The order of a handbook as its own program has it: `SUMMARY.md` of HonKit, GitBook and mdBook,
`nav` of MkDocs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from ..base.positions import Value
from ..yaml_files.reader import parse

SUMMARIES = ("SUMMARY.md", "summary.md")
SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
_SECTION = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_ENTRY = re.compile(r"^(\s*)[-*+]\s+\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^)>]*?)>?\s*\)")
_GROUP = re.compile(r"^(\s*)[-*+]\s+([^\[\n]+)$")
_NAV = re.compile(r"^nav:[^\n]*\n(?:(?:[ \t#-][^\n]*)?\n)*", re.M)


class Place(NamedTuple):
    """A page in the contents: its path from the folder of pages, its title there, and the title of
    the part it stands in.
    """

    path: str
    title: str
    section: str = ""


def read_contents(files: Mapping[str, str]) -> list[Place]:
    """The pages in their order; none where a handbook says nothing of it.

    Args:
        files: The texts of its files by their paths.
    """
    for name in SUMMARIES:
        if name in files:
            return list(_read_summary(files[name]))
    for name in SETTINGS:
        if name in files:
            return list(_read_settings(files[name]))
    return []


def docs_folder(files: Mapping[str, str]) -> str:
    """The folder in which the pages stand: MkDocs' `docs_dir`, mdBook's `src`; empty where they
    stand at the top.
    """
    for name in SETTINGS:
        if name in files:
            said = re.search(r"^docs_dir:\s*[\"']?([\w./-]+)", files[name], re.M)
            return posixpath.normpath(said[1]) if said else "docs"
    return "src" if "src/SUMMARY.md" in files and "SUMMARY.md" not in files else ""


def _read_summary(text: str) -> Iterator[Place]:
    section = ""
    for line in text.splitlines():
        if found := _SECTION.match(line):
            section = _plain(found[1])
        elif found := _ENTRY.match(line):
            path = unquote(found[3].partition("#")[0].partition("?")[0]).strip()
            if path and ":" not in path:
                yield Place(posixpath.normpath(path), _plain(found[2]), section)
        elif (found := _GROUP.match(line)) and not found[1]:
            section = _plain(found[2])


def _read_settings(text: str) -> Iterator[Place]:
    found = _NAV.search(text)
    source = parse(found[0].encode(), front_matter=False) if found else None
    value = source.value if source and not source.faults else None
    if isinstance(value, dict):
        yield from _read_nav(value.get("nav"), "")


def _read_nav(nav: Value, section: str) -> Iterator[Place]:
    for item in nav if isinstance(nav, list) else []:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, part in pairs:
            if isinstance(part, list):
                yield from _read_nav(part, str(title))
            elif isinstance(part, str) and ":" not in part:
                yield Place(posixpath.normpath(part), str(title), section)


def _plain(title: str) -> str:
    """The words of a title without emphasis and code."""
    return re.sub(r"[*`\\]|(?<!\w)_|_(?!\w)", "", title).strip()
