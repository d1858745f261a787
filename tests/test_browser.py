"""The example's two sites in a real browser: nothing from elsewhere, no error, nothing wider than a phone, and all of it without JavaScript."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import TOP
from playwright.sync_api import Browser, Page, sync_playwright
from sites import build, skip_loudly

LEFT = "net::ERR_ABORTED"
"""How a request ends whose page was left before the answer came: no fault of the page."""

CONTENT = "main article.md-content__inner"
WIDTHS = {"phone": 390, "screen": 1280}
EVERYWHERE = (
    "",
    "members/",
    "members/lena-moreau/",
    "offers/",
    "trades/",
    "trades/graphisme/",
    "skills/",
    "offices/nantes/",
    "projects/",
    "projects/estran/",
    "decisions/bodies/",
    "decisions/bodies/conseil-d-administration/",
    "about/",
)
"""Kinds of pages that both sites have, in both languages."""

MORE = {
    "public": ("members/lena-kerbrat/", "wiki/", "wiki/metier/fixer-son-prix/", "legal/", "data/", "404.html", "no/such/page/"),
    "members": ("wiki/", "wiki/outils/nos-outils/", "wiki/vie-de-la-coop/glossaire/", "members/ines-benali/", "warnings/", "404.html"),
}
PAGES = [(audience, path) for audience, more in MORE.items() for path in (*EVERYWHERE, *(f"en/{path}" for path in EVERYWHERE), *more)]


class Handler(SimpleHTTPRequestHandler):
    """A site as a host serves it: the address of a page that does not exist shows the site's own page for that."""

    def translate_path(self, path: str) -> str:
        found = Path(super().translate_path(path))
        return str(found if found.exists() or found.suffix else Path(self.directory) / "404.html")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests say what was wrong."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        reason = "there is no chromium here: the sites were not seen in a browser (apt install chromium)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else skip_loudly(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sites(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of each audience's site. The browser comes first: without it nothing is built."""
    out = build(TOP, tmp_path_factory.mktemp("example"))
    with served(out / "public") as public, served(out / "members") as members:
        yield {"public": public, "members": members}


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens an empty page of a width, with or without JavaScript."""
    contexts = []

    def new(width: int, *, javascript: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=javascript)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


def watched(page: Page, home: str) -> list[str]:
    """What goes wrong on a page from now on."""
    faults: list[str] = []
    host = urlsplit(home).netloc

    def requested(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            faults.append(f"asks {request.url}")

    def told(message: Any) -> None:
        """What the console says; browsers ask for favicon.ico on their own where a page names no icon, as one that leads on."""
        place = message.location.get("url", "")
        if message.type in {"error", "warning"} and not place.endswith("/favicon.ico"):
            faults.append(f"console: {message.text} {place}")

    page.on("request", requested)
    page.on("requestfailed", lambda request: faults.append(f"{request.url}: {request.failure}") if request.failure != LEFT else None)
    page.on("response", lambda answer: faults.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    page.on("console", told)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    return faults


def looked_at(page: Page, address: str, faults: list[str]) -> list[str]:
    """A page's faults, those of its shape among them."""
    _go(page, address)
    page.wait_for_load_state("load")
    width, most = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    found = [f"{address}: {fault}" for fault in faults]
    faults.clear()
    found += [f"{address}: {width} px wide on {most}"] if width > most else []
    headings = page.locator("h1").count()
    return found + ([f"{address}: {headings} h1"] if headings != 1 else [])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("audience", MORE)
def test_pages_are_whole(sites: dict[str, str], opened: Opener, audience: str, width: str) -> None:
    page, home = opened(WIDTHS[width]), sites[audience]
    faults = watched(page, home)
    paths = [path for one, path in PAGES if one == audience]
    assert [fault for path in paths for fault in looked_at(page, home + path, faults)] == []


@pytest.mark.parametrize("audience", MORE)
def test_pages_speak_without_javascript(sites: dict[str, str], opened: Opener, audience: str) -> None:
    """Every word that stands in a page is to be seen."""
    page = opened(WIDTHS["phone"], javascript=False)
    hidden: dict[str, tuple[str, str]] = {}
    for path in [path for one, path in PAGES if one == audience]:
        _go(page, sites[audience] + path)
        content = page.locator(CONTENT)
        written, seen = ("".join(text.split()) for text in (content.text_content() or "", content.inner_text()))
        hidden |= {path: (seen, written)} if seen != written or len(seen) < 40 else {}
    assert hidden == {}


def _go(page: Page, address: str) -> None:
    """To a page, or from an old address to the new one: its heading is seen."""
    page.goto(address)
    page.locator(f"{CONTENT} h1").first.wait_for(state="visible")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("audience", MORE)
def test_a_visitor_finds_somebody_to_write_to(sites: dict[str, str], opened: Opener, audience: str, language: str, width: str) -> None:
    """From the home page by links alone, without JavaScript: the directory, a trade, a member, an e-mail address."""
    page, home = opened(WIDTHS[width], javascript=False), sites[audience] + language
    page.goto(home)
    for step in ("members/", "trades/", "trades/graphisme/", "members/lena-moreau/"):
        page.locator(f"{CONTENT} a[href$='{step}']:visible").first.click()
        page.wait_for_url(home + step)
    assert page.locator("a[href^='mailto:lena.moreau@']:visible").count() >= 1
