"""What the tests of built sites share: the build, the fingerprint of a folder, and pages read link
by link.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple, NoReturn
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from coopbook.base.diagnostics import Diagnostic
from coopbook.records.audience import Audience
from coopbook.records.load import Book
from coopbook.site.mkdocs_hook import prepare_site

from support.commands import Ran, run
from support.coops import TODAY

HOST = "site.invalid"
"""Where a site seems to stand while its links are followed in the folder."""

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
MEMBER = "members/lena-moreau.yml"
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def skip_loudly(reason: str) -> NoReturn:
    """Skip, and say so in the summary too: what was not tried must not look like what passed."""
    warnings.warn(f"NOT TESTED: {reason}", stacklevel=2)
    pytest.skip(reason)


def build_arguments(root: Path, out: Path, *more: str) -> list[str]:
    """What is typed behind `coopbook` to build a co-op's sites on the tests' day."""
    day = TODAY.isoformat()
    return ["build", str(root), "--out", str(out), "--today", day, "--lang", "en", *more]


def try_build(root: Path, out: Path, *options: str) -> Ran:
    """How a build ends."""
    return run(*build_arguments(root, out, *options))


def build(root: Path, out: Path, *options: str) -> Path:
    """The sites of a co-op, made by the command, which must succeed."""
    done = try_build(root, out, *options)
    assert done.returncode == 0, done.output
    return out


def write_site(book: Book, found: list[Diagnostic], audience: Audience, out: Path) -> None:
    """Make one site of a book that need not be checked, and put it in place."""
    prepare_site(book, found, audience, out, lambda count: None).put()


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder by its path, with a hash of its bytes; empty where there is no
    folder.
    """
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def naming(folder: Path, *words: str) -> list[str]:
    """The files of a folder whose path or bytes, unpacked, hold one of these words."""
    return sorted(
        name
        for path in folder.rglob("*")
        if path.is_file()
        for name in [path.relative_to(folder).as_posix()]
        for data in [path.read_bytes()]
        for plain in [gzip.decompress(data) if path.suffix == ".gz" else data]
        if any(word.encode() in name.encode() + plain for word in words)
    )


def changed(root: Path, name: str = "changed", called: str = "Léna Moreau-Dupont") -> Path:
    """The same co-op after a member has written something else."""
    other = root.with_name(name)
    shutil.copytree(root, other)
    member = other / MEMBER
    text = member.read_text(encoding="utf-8")
    assert "Léna Moreau" in text
    member.write_text(text.replace("Léna Moreau", called), encoding="utf-8")
    return other


def broken(root: Path) -> int:
    """Put a fault of YAML into a member's file; its line."""
    member = root / MEMBER
    lines = member.read_text(encoding="utf-8").splitlines()
    lines.insert(4, "  usual: Encre: Papier")
    member.write_text("\n".join(lines), encoding="utf-8")
    return 5


def left_over(out: Path) -> list[str]:
    return sorted(
        path.name
        for path in out.iterdir()
        if path.name.endswith((".new", ".old", ".trash", ".exchange"))
    )


class Link(NamedTuple):
    """An address on a page; `written`: in a text that somebody wrote, not in what the tool puts
    around it.
    """

    tag: str
    attribute: str
    url: str
    rel: str = ""
    written: bool = False


class Html(HTMLParser):
    """A page: its links, ids, elements, and what stands in the texts that members wrote."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.unlinked = 0
        self.base = ""
        self.redirect = False
        self.noindex = False
        self._depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.ids += [values["id"]] if "id" in values else []
        self.links += (link._replace(written=self._depth > 0) for link in _links(tag, values))
        self.base = values.get("href", "") if tag == "base" else self.base
        self.redirect |= values.get("http-equiv") == "refresh"
        self.noindex |= values.get("name") == "robots" and "noindex" in values.get("content", "")
        self._count(tag, values)

    def _count(self, tag: str, values: dict[str, str]) -> None:
        if self._depth:
            self.written[tag] += 1
            self.unlinked += (tag == "a" and "href" not in values) or values.get(
                "class"
            ) == "coop-no-image"
        if tag not in VOID and (self._depth or "coop-body" in values.get("class", "").split()):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID:
            self._depth -= 1


def _links(tag: str, values: dict[str, str]) -> Iterator[Link]:
    for name in ("href", "src", "action", "data", "poster"):
        if name in values and tag != "base":
            yield Link(tag, name, values[name], values.get("rel", ""))
    for choice in filter(None, values.get("srcset", "").split(",")):
        yield Link(tag, "srcset", choice.split()[0])
    if values.get("http-equiv") == "refresh":
        yield Link(tag, "content", values.get("content", "").partition("url=")[2])


class Site:
    """A built site: its pages, and where their links lead."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every page by its file's path."""
        files = sorted(self.folder.rglob("*.html"))
        return {
            path.relative_to(self.folder).as_posix(): Html(path.read_text(encoding="utf-8"))
            for path in files
        }

    @cached_property
    def files(self) -> set[str]:
        return {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def leads(self, page: str, url: str) -> tuple[str, str] | None:
        """The file and the fragment that a link of a page names; None for another site."""
        start = f"https://{HOST}/{page.removesuffix('index.html')}"
        parts = urlsplit(urljoin(urljoin(start, self.pages[page].base), url))
        if (parts.scheme, parts.netloc) != ("https", HOST):
            return None
        path = unquote(parts.path).removeprefix("/")
        return (f"{path}index.html" if not path or path.endswith("/") else path), unquote(
            parts.fragment
        )

    def fault(self, page: str, url: str) -> str:
        """Why a link of a page leads nowhere in this site; nothing where it leads somewhere."""
        target = self.leads(page, url)
        if target is None:
            return ""
        file, fragment = target
        if file not in self.files:
            return f"{page}: {url}: there is no {file}"
        lost = fragment and file in self.pages and fragment not in self.pages[file].ids
        return f"{page}: {url}: there is no “{fragment}” in {file}" if lost else ""

    def reachable(self, start: str, *, inside: str = "", written: bool = True) -> set[str]:
        """The pages in a folder that somebody finds from one by following <a href>; not those in
        texts where `written` is false.
        """
        found, left = {start}, [start]
        while left:
            page = left.pop()
            links = (
                link
                for link in self.pages[page].links
                if link.tag == "a" and written >= link.written
            )
            targets = (self.leads(page, link.url) for link in links)
            new = {
                target[0]
                for target in targets
                if target and target[0] in self.pages and target[0].startswith(inside)
            } - found
            found |= new
            left += new
        return found
