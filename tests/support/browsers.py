"""The example's two sites in a real browser, served as a host would: fixtures, and one page of each
type.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from coopbook.site.security import CONTENT_SECURITY_POLICY
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.sites import skip_loudly

LEFT = "net::ERR_ABORTED"
"""How a request ends whose page was left before the answer came: no fault of the page."""

CONTENT = "main article.md-content__inner"
WIDTHS = {"phone": 390, "screen": 1280}
LANGUAGES = ("", "en/")
BOTH = (
    "",
    "members/",
    "members/lena-moreau/",
    "members/ewen-madec/",
    "members/gwenaelle-prat/",
    "members/compagnie-basse-mer/",
    "offers/",
    "trades/",
    "trades/photographe/",
    "trades/illustration/nantes/",
    "skills/",
    "skills/photo-portrait/",
    "offices/",
    "offices/nantes/",
    "projects/",
    "projects/estran/",
    "decisions/bodies/",
    "decisions/mandates/",
    "decisions/by/state/in-force/",
    "decisions/by/year/2026/",
    "decisions/bodies/conseil-d-administration/",
    "decisions/proposals/",
    "decisions/proposals/prendre-part-a-distance/",
    "decisions/results/prendre-part-a-distance-2/",
    "decisions/proposals/elire-le-premier-lien/",
    "decisions/results/elire-le-cercle-accueil/",
    "decisions/bylaws/statuts/",
    "decisions/bylaws/statuts/associes/",
    "decisions/minutes/assemblee-generale-2026-06-18/",
    "about/",
    "contact/",
    "credentials/",
    "legal/",
    "events/",
    "events/portes-ouvertes-nantes-2026/",
    "events/cafe-du-vendredi-montreal-2027-01/",
    "wiki/",
    "wiki/metier/",
    "wiki/metier/fixer-son-prix/",
    "wiki/metier/setting-a-price/",
    "wiki/rejoindre/",
    "wiki/pour-les-clients/",
    "404.html",
)
"""One page of each type that both sites have: profiles with a photo, without one, with the notice
of a situation, of an organisation…
"""

MORE = {
    "public": ("data/", "no/such/page/"),
    "members": (
        "mine/",
        "members/lena-moreau/views/",
        "members/ines-benali/",
        "members/ines-benali/views/",
        "decide/",
        "decide/rules/",
        "votes/",
        "members/lena-moreau/votes/",
        "decisions/answers/",
        "decisions/proposals/deux-jours-sans-reunion/",
        "decisions/proposals/parler-chacun-son-tour/",
        "decisions/proposals/un-fourgon-pour-les-chantiers/",
        "decisions/results/",
        "decisions/results/un-journal-de-bord-commun/",
        "actions/",
        "guides/",
        "guides/members/",
        "life/",
        "helpers/",
        "secretariat/",
        "wiki/outils/nos-outils/",
        "wiki/vie-de-la-coop/glossaire/",
    ),
}
AUDIENCES = tuple(MORE)


class Served(NamedTuple):
    """A built site: its folder, and its address with the header of `coopbook.site.security`, and
    without any.
    """

    folder: Path
    home: str
    bare: str

    def has(self, path: str) -> bool:
        return (self.folder / path / "index.html").is_file() or (self.folder / path).is_file()


def pages(site: Served, audience: str, language: str = "") -> list[str]:
    """One page of each type of a site in a language: those that it has there. Each that is named is
    there in some language.
    """
    every = (*BOTH, *MORE[audience])
    assert [
        path
        for path in every
        if not path.startswith("no/") and not any(site.has(one + path) for one in LANGUAGES)
    ] == []
    named = [language + path for path in every]
    return [path for path in named if site.has(path) or path.startswith("no/")]


class Handler(SimpleHTTPRequestHandler):
    """A site as a host serves it: the address of a page that does not exist shows the site's own
    page for that.
    """

    policy = ""
    protocol_version = "HTTP/1.1"
    """Connections are kept, as by a host."""

    def translate_path(self, path: str) -> str:
        found = Path(super().translate_path(path))
        return str(found if found.exists() or found.suffix else Path(self.directory) / "404.html")

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests say what was wrong."""


class Guarded(Handler):
    policy = CONTENT_SECURITY_POLICY


@contextmanager
def served(folder: Path, handler: type[Handler] = Guarded) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        reason = (
            "there is no chromium here: the sites were not seen in a browser (apt install chromium)"
        )
        pytest.fail(reason) if os.environ.get("CI") == "true" else skip_loudly(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(browser: Browser, example_sites: Path) -> Iterator[dict[str, Served]]:
    """Each audience's site. The browser comes first: without it nothing is built."""
    public, members = example_sites / "public", example_sites / "members"
    with (
        served(public) as one,
        served(public, Handler) as two,
        served(members) as three,
        served(members, Handler) as four,
    ):
        yield {"public": Served(public, one, two), "members": Served(members, three, four)}


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens an empty page of a width, with or without JavaScript; other options are
    Playwright's.
    """
    contexts: list[BrowserContext] = []

    def new(width: int = WIDTHS["screen"], *, javascript: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=javascript, **more
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


REFUSED = (
    "addEventListener('securitypolicyviolation', (one) => console.error(`refused "
    "${one.violatedDirective} ${one.blockedURI}`))"
)


def watched(page: Page, home: str) -> list[str]:
    """What goes wrong on a page from now on, what its policy refuses among it."""
    faults: list[str] = []
    page.add_init_script(REFUSED)
    host = urlsplit(home).netloc

    def requested(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            faults.append(f"asks {request.url}")

    def told(message: Any) -> None:
        """What the console says; browsers ask for favicon.ico on their own where a page names no
        icon, as one that leads on.
        """
        place = message.location.get("url", "")
        if message.type in {"error", "warning"} and not place.endswith("/favicon.ico"):
            faults.append(f"console: {message.text} {place}")

    page.on("request", requested)
    page.on(
        "requestfailed",
        lambda request: (
            faults.append(f"{request.url}: {request.failure}") if request.failure != LEFT else None
        ),
    )
    page.on(
        "response",
        lambda answer: (
            faults.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None
        ),
    )
    page.on("console", told)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    return faults


SEEN = f"() => Boolean(document.querySelector('{CONTENT} h1')?.checkVisibility())"


def go(page: Page, address: str) -> None:
    """To a page, or from an old address to the new one: its heading is seen."""
    page.goto(address)
    if not page.evaluate(SEEN):  # a script of ours costs less than Playwright's own on each page
        page.locator(f"{CONTENT} h1").first.wait_for(state="visible")
