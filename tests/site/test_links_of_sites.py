"""Every link of the example's two sites: it leads somewhere, loads nothing from elsewhere, finds
every page, and keeps the members' site secret.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from coopbook.records.kinds import LANGUAGE, content_folders, load_kinds, taken_folders
from support.coops import TOP
from support.sites import Html, Link, Site

AUDIENCES = ("public", "members")
ADDRESS = {
    "public": "https://ateliers-du-large.example/",
    "members": "https://membres.ateliers-du-large.example/",
}
TEXT = (".html", ".json", ".xml", ".txt", ".js", ".css", ".svg", ".map")
LEAVING = frozenset(["https", "mailto", "tel"])


@pytest.fixture(scope="module")
def sites(example_sites: Path) -> dict[str, Site]:
    return {audience: Site(example_sites / audience) for audience in AUDIENCES}


@pytest.fixture(params=AUDIENCES)
def audience(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(sites: dict[str, Site], audience: str) -> Site:
    return sites[audience]


def every_link(site: Site) -> list[tuple[str, Link]]:
    found = [(page, link) for page, html in site.pages.items() for link in html.links]
    assert len(found) > 1000
    return found


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Site) -> None:
    assert [fault for page, link in every_link(site) if (fault := site.fault(page, link.url))] == []


def test_no_kind_of_a_co_ops_own_can_take_a_folder_of_ours(site: Site) -> None:
    ours = {
        path.name for path in site.folder.iterdir() if path.is_dir() and len(path.name) != LANGUAGE
    }
    assert ours - content_folders(load_kinds(TOP)[0]) - taken_folders() == set()


def _stray(page: str, link: Link) -> bool:
    """Whether an address is of a form that a page may not have: ours are relative, others' stand in
    <a> alone.
    """
    parts = urlsplit(link.url)
    if link.rel in {"canonical", "alternate"}:
        return False
    if parts.scheme or parts.netloc:
        return (
            link.tag != "a"
            or parts.scheme not in LEAVING
            or (parts.scheme == "https" and not parts.netloc)
        )
    return link.url.startswith("/") and page != "404.html"


def test_every_address_is_relative_or_a_link_to_another_site(site: Site) -> None:
    assert [(page, link) for page, link in every_link(site) if _stray(page, link)] == []


def test_every_canonical_address_is_the_pages_own(site: Site, audience: str) -> None:
    wrong = [
        (page, link.url)
        for page, link in every_link(site)
        if link.rel == "canonical"
        and link.url != ADDRESS[audience] + page.removesuffix("index.html")
    ]
    assert wrong == []


def test_styles_load_nothing_from_elsewhere(site: Site) -> None:
    """The pages themselves are held by the tests above; a style sheet could still name another host
    or a file that is not there.
    """
    styles = {
        path: (site.folder / path).read_text(encoding="utf-8")
        for path in site.files
        if path.endswith(".css")
    }
    assert styles
    named = [
        (path, url)
        for path, text in styles.items()
        for url in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]+)", text)
    ]
    ours = [(path, url) for path, url in named if not url.startswith(("data:", "#"))]
    assert {url for _path, url in ours} >= {"figtree.woff2"}
    assert [
        (path, url) for path, url in ours if f"{path.rpartition('/')[0]}/{url}" not in site.files
    ] == []


def test_every_id_is_once_on_its_page(site: Site) -> None:
    assert {page: twice for page, html in site.pages.items() if (twice := _twice(html))} == {}


def _twice(html: Html) -> list[str]:
    return sorted({id for id in html.ids if html.ids.count(id) > 1})


def test_every_page_is_found_from_the_home_page(site: Site) -> None:
    wanted = {page for page, html in site.pages.items() if page != "404.html" and not html.redirect}
    assert wanted - site.reachable("index.html") == set()


def test_an_old_address_leads_to_the_new_one(site: Site) -> None:
    redirects = {page: html for page, html in site.pages.items() if html.redirect}
    targets = {
        page: {site.leads(page, link.url) for link in html.links}
        for page, html in redirects.items()
    }
    assert targets == {"members/lena-kerbrat/index.html": {("members/lena-moreau/index.html", "")}}


# What search engines are told


def in_sitemap(site: Site) -> list[str]:
    root = ElementTree.parse(site.folder / "sitemap.xml").getroot()
    found = [
        place.text or "" for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert all(address.startswith(ADDRESS["public"]) for address in found)
    return [f"{address.removeprefix(ADDRESS['public'])}index.html" for address in found]


def test_the_sitemap_lists_pages_that_exist_once_each(sites: dict[str, Site]) -> None:
    site = sites["public"]
    listed = in_sitemap(site)
    assert len(listed) == len(set(listed)) > 10
    assert [page for page in listed if page not in site.pages or site.pages[page].noindex] == []


def test_the_sitemap_lists_every_page_that_may_be_read(sites: dict[str, Site]) -> None:
    site = sites["public"]
    assert {page for page, html in site.pages.items() if not html.noindex} - set(
        in_sitemap(site)
    ) == set()


def test_the_members_site_asks_not_to_be_read(sites: dict[str, Site]) -> None:
    site = sites["members"]
    assert "sitemap.xml" not in site.files
    assert "Disallow: /\n" in (site.folder / "robots.txt").read_text()
    assert [page for page, html in site.pages.items() if not html.noindex] == []


# What the public may not know


def secrets() -> set[str]:
    """The members' site, the forge, and all that could name a member who is not listed."""
    coop = yaml.safe_load((TOP / "coop.yml").read_text(encoding="utf-8"))
    found = {
        coop["members_site"],
        urlsplit(coop["members_site"]).netloc,
        coop["forge"]["url"],
        coop["forge"]["url"].partition("://")[2],
    }
    for file in (TOP / "members").glob("*.yml"):
        member = yaml.safe_load(file.read_text(encoding="utf-8"))
        if not (member.get("listed") or member.get("alumni")):
            found |= {
                file.stem,
                member["name"]["display"],
                member["name"]["sort"],
                member.get("email", file.stem),
            }
        found |= {str(account["uid"]) for account in member.get("accounts", []) if "uid" in account}
    return found


def hidden_pages() -> set[str]:
    """Pages of the wiki and of bodies that are for members."""
    files = [*(TOP / "wiki").rglob("*.md"), *(TOP / "decisions").rglob("*.yml")]
    hidden = (
        file.relative_to(TOP)
        for file in files
        if "\naudience: members\n" in file.read_text(encoding="utf-8")
    )
    return {path.with_suffix("").as_posix() for path in hidden if path.stem != "README"}


def _texts(site: Site) -> dict[str, str]:
    """What the site says, apart from the theme's own programs."""
    return {
        path: (site.folder / path).read_text(encoding="utf-8")
        for path in site.files
        if path.endswith(TEXT)
    }


def test_the_public_site_names_nothing_that_is_for_members(sites: dict[str, Site]) -> None:
    texts, words = _texts(sites["public"]), secrets()
    assert len(words) >= 8
    assert (
        sorted(
            (path, word)
            for word in words
            for path, text in texts.items()
            if word in text or word in path
        )
        == []
    )
    told = " ".join(_texts(sites["members"]).values())
    assert [word for word in words if "@" in word and word not in told] == [], (
        "these are no secrets: nobody is told them"
    )


def test_the_public_site_has_no_page_that_is_for_members(sites: dict[str, Site]) -> None:
    names = hidden_pages()
    assert len(names) >= 10
    for path, text in _texts(sites["public"]).items():
        assert not [
            name
            for name in names
            if f"{name}/" in f"/{path}" or f"{name.partition('/')[2]}/" in text
        ], path
    shown = sites["members"].files
    assert [
        name for name in names if not {f"{name}/index.html", f"en/{name}/index.html"} & shown
    ] == [], "a translation is in its own tree"


def test_the_public_site_has_no_photo_of_somebody_hidden(sites: dict[str, Site]) -> None:
    listed = {
        file.stem
        for file in (TOP / "members").glob("*.yml")
        if yaml.safe_load(file.read_text(encoding="utf-8")).get("listed") is True
    }
    shown = {
        path.split("/")[2] for path in sites["public"].files if path.startswith("files/members/")
    }
    assert shown
    assert shown - listed == set()
