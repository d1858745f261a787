"""While somebody writes: one save is one new site, a fault is shown on top of the last good one,
and its mending takes it away.

Neither server says on its own how often it built. Pages that it serves ask it for the number of the
site they come from, and wait there for a newer one (live reload): so do these tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from support.commands import run
from support.coops import write_book
from support.serving import (
    HEADLINE,
    MEMBER,
    PAGE,
    QUIET,
    Server,
    coopbook_serve,
    save,
    serving,
)

FAULT = re.compile(rf"{re.escape(MEMBER)}:\d+:\d+: ")


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_save_a_fault_and_its_mending(book: Path, audience: str) -> None:
    text = (book / MEMBER).read_text(encoding="utf-8")
    assert HEADLINE in text
    with serving(book, coopbook_serve("--audience", audience)) as server:
        assert HEADLINE in server.page(PAGE)
        first = server.number()
        save(book, text.replace(HEADLINE, "Je dessine dehors"))
        second = _next(server, first)
        assert "Je dessine dehors" in server.page(PAGE)
        assert server.newer(second, QUIET) is None, "one save, two sites"

        save(book, text.replace("name:", "name: [", 1))
        third = _next(server, second)
        for page in (server.page(), server.page(PAGE)):
            _shows_a_fault(page)
        assert "Je dessine dehors" in server.page(PAGE), "the last good site is gone"

        save(book, text.replace("type:", "type: [", 1))
        fourth = _next(server, third)
        _shows_a_fault(server.page())

        save(book, text)
        _next(server, fourth)
        assert HEADLINE in server.page(PAGE)
        assert FAULT.findall(server.page()) == []


def _next(server: Server, number: int) -> int:
    new = server.newer(number)
    assert new is not None, "a save, and no new site"
    return new


def _shows_a_fault(page: str) -> None:
    """The fault with its place stands above all that the page shows, and no fault of before."""
    top, _header, rest = page.partition("<header")
    assert len(FAULT.findall(top)) == 1
    assert "<h1" in rest


def test_a_fault_from_the_start_is_shown_alone(book: Path) -> None:
    text = (book / MEMBER).read_text(encoding="utf-8")
    save(book, text.replace("name:", "name: [", 1))
    with serving(book, coopbook_serve()) as server:
        assert len(FAULT.findall(server.page())) == 1
        first = server.number()
        save(book, text)
        _next(server, first)
        assert FAULT.findall(server.page()) == []
        assert HEADLINE in server.page(PAGE)


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_coop_without_settings_of_the_generator_is_shown_itself(
    book: Path, audience: str
) -> None:
    for file in book.glob("mkdocs*"):
        file.unlink()
    with serving(book, coopbook_serve("--audience", audience)) as server:
        assert HEADLINE in server.page(PAGE)
        first = server.number()
        text = (book / MEMBER).read_text(encoding="utf-8")
        save(book, text.replace(HEADLINE, "Je dessine dehors"))
        _next(server, first)
        assert "Je dessine dehors" in server.page(PAGE)


RUN = {
    "hooks": "hooks: [hook.py]\n",
    "tag": "site_name: !!python/object/apply:pathlib.Path.touch\n  - !!python/object/apply:pathlib.Path [ran]\n",  # noqa: E501
    "inherit": "INHERIT: other/base.yml\n",
    "theme": "theme: {name: material, custom_dir: other}\n",
}


@pytest.mark.parametrize("settings", RUN)
def test_nothing_that_a_coop_tells_the_generator_is_run(book: Path, settings: str) -> None:
    (book / "other").mkdir()
    (book / "hook.py").write_text("from pathlib import Path\n\nPath('ran').touch()\n")
    (book / "other/base.yml").write_text("hooks: [../hook.py]\n")
    (book / "other/main.html").write_text("RAN")
    own = (book / "mkdocs.yml").read_text() if settings in ("hooks", "inherit") else ""
    (book / "mkdocs.yml").write_text(own + RUN[settings])
    built = run("build", book, "--audience", "public", "--out", book.with_name("out"))
    assert built.returncode == 1
    with serving(book, coopbook_serve()) as server:
        page = server.page()
    assert "mkdocs.yml:" in page
    assert "RAN" not in page
    assert list(book.parent.rglob("ran")) == []


HOME = {"mkdocs.yml": "Les Essais", "mkdocs.members.yml": "Aujourd&#39;hui"}


@pytest.mark.parametrize("config", HOME)
def test_mkdocs_serve_serves_too(book: Path, config: str) -> None:
    (book / "build" / "staging").mkdir(parents=True)
    with serving(
        book, lambda port: ["mkdocs", "serve", "-f", config, "-a", f"127.0.0.1:{port}"]
    ) as server:
        assert f'<h1 id="top">{HOME[config]}' in server.page()
        assert "Content-Security-Policy" not in server.page(), (
            "the generator's own script for reloading would be refused"
        )
        assert ("secretariat/" in server.page()) == (config == "mkdocs.members.yml")
        first = server.number()
        save(
            book,
            (book / MEMBER).read_text(encoding="utf-8").replace(HEADLINE, "Je dessine dehors"),
        )
        _next(server, first)
        assert "Je dessine dehors" in server.page(PAGE)


@pytest.mark.parametrize(
    ("method", "host", "status"),
    [
        ("GET", "127.0.0.1:{port}", 200),
        ("HEAD", "localhost:{port}", 200),
        ("GET", "LOCALHOST", 200),
        ("GET", "evil.example", 421),
        ("GET", "evil.example:{port}", 421),
        ("GET", "127.0.0.1.evil.example", 421),
        ("GET", "", 421),
        ("POST", "127.0.0.1:{port}", 405),
        ("PUT", "localhost", 405),
    ],
)
def test_a_page_is_given_to_this_computer_alone(
    local: Server, method: str, host: str, status: int
) -> None:
    asked = HTTPConnection("127.0.0.1", local.port, timeout=30)
    asked.putrequest(method, f"/{PAGE}", skip_host=True)
    if host:
        asked.putheader("Host", host.format(port=local.port))
    asked.endheaders()
    answer = asked.getresponse()
    assert answer.status == status
    assert (HEADLINE in answer.read().decode()) is (status == 200 and method == "GET")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The members' site of a small co-op, shown while somebody writes."""
    root = tmp_path_factory.mktemp("local") / "book"
    root.mkdir()
    with serving(write_book(root), coopbook_serve("--audience", "members")) as server:
        yield server
