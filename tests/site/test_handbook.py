"""Real input that nobody here wrote: a worker co-op's handbook becomes the wiki of a new co-op,
whole, linked and told of its faults.

The handbook is not ours to give: it is looked for in the folder that COOPBOOK_HANDBOOK names, else
beside the repository.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import comrak
import pytest
from support.commands import run
from support.coops import TODAY, TOP
from support.sites import HEADINGS, Html, Site, build, skip_loudly

HANDBOOK = Path(os.environ.get("COOPBOOK_HANDBOOK") or TOP.parent / "shared" / "real" / "handbook")
PAGES = 87
COOP = """format: 2
name: Handbook
languages: [en]
country: CA
repository: private
legal:
  name: Handbook
  seat: Toronto
  neq: "1234567897"
  privacy:
    title: Privacy officer
    email: privacy@handbook.example
"""


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A co-op whose wiki is the handbook."""
    if not HANDBOOK.is_dir():
        skip_loudly(f"no real handbook: {HANDBOOK} is no folder; COOPBOOK_HANDBOOK names another")
    root = tmp_path_factory.mktemp("handbook")
    for file in (path for path in HANDBOOK.rglob("*") if path.is_file()):
        target = root / "wiki" / file.relative_to(HANDBOOK)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (root / "coop.yml").write_text(COOP, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def site(coop: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    out = tmp_path_factory.mktemp("sites")
    build(coop, out, "--audience", "members")
    return Site(out / "members")


@pytest.fixture(scope="module")
def told(coop: Path) -> list[dict[str, Any]]:
    """What `check` says of links that lead nowhere."""
    day = TODAY.isoformat()
    done = run("check", coop, "--format", "json", "--lang", "en", "--today", day)
    assert done.returncode == 0, done.stdout
    return [
        item for item in map(json.loads, done.stdout.splitlines()) if item["check"] == "broken-link"
    ]


def sources(coop: Path) -> dict[str, Path]:
    """The file behind each page: README stands for its folder."""
    files = sorted((coop / "wiki").rglob("*.md"))
    return {_address(file.relative_to(coop).with_suffix("").as_posix()): file for file in files}


def _address(path: str) -> str:
    return f"{path.removesuffix('/README')}/index.html"


def comraks(text: str) -> Html:
    """The same text by the Markdown library alone, in GitHub's dialect."""
    options = comrak.ExtensionOptions()
    for name in ("table", "strikethrough", "autolink", "tasklist", "footnotes"):
        setattr(options, name, True)
    options.header_id_prefix = ""
    return Html(f'<div class="coop-body">{comrak.render_markdown(text, options)}</div>')


def test_every_file_has_its_page(coop: Path, site: Site) -> None:
    pages = sources(coop)
    assert len(pages) == PAGES, "this is not the handbook that these tests were written for"
    assert pages.keys() - site.pages.keys() == set()


def test_every_page_is_found_from_the_start_of_the_wiki(coop: Path, site: Site) -> None:
    """By the tool's navigation alone: the handbook itself has a page that lists all the others."""
    assert (
        sources(coop).keys() - site.reachable("wiki/index.html", inside="wiki/", written=False)
        == set()
    )


def test_every_page_has_all_its_headings_items_tables_and_code(coop: Path, site: Site) -> None:
    def counts(page: Html) -> dict[str, int]:
        """Headings are counted together: a text that leaves a level out has its lower ones
        raised.
        """
        return {tag: page.written[tag] for tag in ("li", "table", "pre")} | {
            "headings": sum(page.written[tag] for tag in HEADINGS)
        }

    ours = {page: counts(site.pages[page]) for page in sources(coop)}
    theirs = {
        page: counts(comraks(file.read_text(encoding="utf-8")))
        for page, file in sources(coop).items()
    }
    assert sum(count for tags in theirs.values() for count in tags.values()) > PAGES * 10
    assert {page: (ours[page], theirs[page]) for page in theirs if ours[page] != theirs[page]} == {}


def test_every_heading_has_the_id_that_the_forge_gives_it(coop: Path, site: Site) -> None:
    wanted = {
        page: comraks(file.read_text(encoding="utf-8")).ids for page, file in sources(coop).items()
    }
    assert sum(map(len, wanted.values())) > PAGES
    assert {
        page: lost
        for page, ids in wanted.items()
        if (lost := sorted({*ids} - {*site.pages[page].ids}))
    } == {}


def test_every_link_leads_somewhere_or_check_tells_it(
    coop: Path, site: Site, told: list[dict[str, Any]]
) -> None:
    warned = {
        (item["file"], anchor)
        for item in told
        for anchor in re.findall("heading “(.*)”", item["message"])
    }
    faults = []
    for page, html in site.pages.items():
        file = sources(coop).get(page)
        name = file.relative_to(coop).as_posix() if file else ""
        for link in html.links:
            fault = site.fault(page, link.url)
            if fault and (name, unquote(link.url.partition("#")[2])) not in warned:
                faults.append(f"{fault} ({link.tag} {link.rel})")
    assert faults == []


def test_every_link_that_is_left_out_is_told(
    coop: Path, site: Site, told: list[dict[str, Any]]
) -> None:
    """A link that leads nowhere is a page's words without an address: as many of them as warnings,
    page by page.
    """
    warned = Counter(item["file"] for item in told if "heading “" not in item["message"])
    left_out = {
        file.relative_to(coop).as_posix(): site.pages[page].unlinked
        for page, file in sources(coop).items()
    }
    assert {name: count for name, count in left_out.items() if count} == dict(warned)


def test_no_link_to_another_page_is_lost(coop: Path, site: Site) -> None:
    """Each link of a text to a file of the handbook is on its page, and leads to that file's
    page.
    """
    lost = defaultdict(list)
    for page, file in sources(coop).items():
        ours = {site.leads(page, link.url) for link in site.pages[page].links}
        for target, fragment in _targets(coop, file):
            if (target, fragment) not in ours:
                lost[page].append((target, fragment))
    assert dict(lost) == {}


def _targets(coop: Path, file: Path) -> Iterator[tuple[str, str]]:
    """The pages that a text names by relative paths to files that exist, read without the tool."""
    pages = {source: page for page, source in sources(coop).items()}
    for link in comraks(file.read_text(encoding="utf-8")).links:
        path, _, fragment = link.url.partition("#")
        target = coop / posixpath.normpath(
            posixpath.join(file.relative_to(coop).parent.as_posix(), unquote(path))
        )
        if (
            link.tag == "a"
            and path
            and ":" not in path
            and not path.startswith("/")
            and target in pages
        ):
            yield pages[target], unquote(fragment)
