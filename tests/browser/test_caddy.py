"""The example's two sites behind Debian's caddy with the file that we ship: nothing of the members'
site without a login, whatever is asked.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from coopbook.records.load import load
from coopbook.site.security import CONTENT_SECURITY_POLICY, HEADERS, META_POLICY
from support.commands import environment
from support.coops import TODAY, TOP
from support.serving import free_port
from support.sites import skip_loudly

CADDYFILE = TOP / "docs" / "examples" / "Caddyfile"
START = 20.0
"""Seconds that the server may take to start."""

LOGIN, PASSWORD = "ana-lopes", "sésame, ouvre-toi"
HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(css|js)$")
METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "PROPFIND",
    "get",
    "X",
)
TRICKS = (
    "//",
    "/./",
    "/%2e/",
    "/%2e%2e/",
    "/../",
    "/..%2fmembers/",
    "/%2e%2e/members/index.html",
    "/..%2f..%2fmembers%2findex.html",
    "/..%5cmembers%5cindex.html",
    "/public/../members/index.html",
    "/members/..%2f",
    "/members/..;/",
    "//members.test/",
    "/index.html/",
    "/index.html%00",
    "/index.html%20",
    "/INDEX.HTML",
    "/404.html",
    "/robots.txt",
    "/assets/../index.html",
    "/?login",
    "/%",
    "*",
)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Caddy:
    """A server that runs, asked for both sites on its one port."""

    port: int
    out: Path

    def host(self, audience: str) -> str:
        return f"{audience}.test:{self.port}"

    def ask(self, audience: str, path: str, *, method: str = "GET", login: str = "") -> Answer:
        """What a browser gets that knows a site's name and, perhaps, `name:password`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=START)
        headers = {"Host": self.host(audience)}
        if login:
            headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
        connection.request(method, path, headers=headers)
        answer = _read(connection.getresponse())
        connection.close()
        return answer

    def say(self, request: str) -> Answer | None:
        """What comes back for the very bytes of a request; None where the connection is only
        closed.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=START) as line:
            line.sendall(request.encode("latin-1"))
            received = b""
            while part := line.recv(65536):
                received += part
        if not received:
            return None
        response = HTTPResponse(_Received(received))  # type: ignore[arg-type]
        response.begin()
        return _read(response)


class _Received:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self.data)


def _read(response: HTTPResponse) -> Answer:
    return Answer(
        response.status,
        {name.lower(): value for name, value in response.getheaders()},
        response.read(),
    )


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("caddy")
    if found is None:
        reason = (
            "there is no caddy here: nobody tried to get at the members' site (apt install caddy)"
        )
        pytest.fail(reason) if os.environ.get("CI") == "true" else skip_loudly(reason)
    return found


def settings(folder: Path, port: int, out: Path, ours: Path = CADDYFILE) -> dict[str, str]:
    """What an administrator sets, and folders of the server's own; a configuration around ours has
    no port for administration.
    """
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\nimport {ours}\n")
    names = {
        f"COOPBOOK_{name.upper()}": f"http://{name}.test:{port}" for name in ("public", "members")
    }
    own = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    return environment(
        **names, **own, COOPBOOK_SITES=str(out), COOPBOOK_LOGINS=str(folder / "logins")
    )


def run_command(program: str, folder: Path) -> list[str]:
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(scope="module")
def caddy(
    program: str, example_sites: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caddy]:
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    out = folder / "sites"
    shutil.copytree(example_sites, out)
    for audience in ("public", "members"):
        (out / audience / ".hidden").write_text("of nobody")
    hashed = subprocess.run(
        [program, "hash-password", "--plaintext", PASSWORD],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (folder / "logins").write_text(f"{LOGIN} {hashed}\n")
    with running(program, folder, settings(folder, port, out)):
        _wait_for(port, folder / "log")
        yield Caddy(port, out)


@contextmanager
def running(program: str, folder: Path, names: dict[str, str]) -> Iterator[None]:
    """The server, for as long as the block."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(run_command(program, folder), env=names, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(START)


def _wait_for(port: int, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"no answer: {log.read_text()}")


def addresses(folder: Path) -> list[str]:
    """Every file of a site and every folder that shows one, as a browser asks for it."""
    files = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".hidden"
    ]
    found = [f"/{quote(file)}" for file in files] + [
        f"/{quote(file.removesuffix('index.html'))}" for file in files
    ]
    assert len(found) > 300
    return list(dict.fromkeys(found))


def refused(answer: Answer | None) -> bool:
    """Nothing of a site came back."""
    return answer is None or (
        answer.status not in {200, 206, 304} and b"Ateliers" not in answer.body
    )


# The members' site


@pytest.mark.parametrize("login", ["", f"{LOGIN}:wrong", f"nobody:{PASSWORD}", f"{LOGIN}:", ":"])
def test_without_a_login_every_file_is_refused(caddy: Caddy, login: str) -> None:
    """The status, and no byte."""
    for path in addresses(caddy.out / "members"):
        answer = caddy.ask("members", path, login=login)
        assert (answer.status, answer.body) == (401, b""), path
        assert "location" not in answer.headers, path
        assert "max-age" not in answer.headers["cache-control"], path


def test_with_a_login_every_file_is_there(caddy: Caddy) -> None:
    folder = caddy.out / "members"
    for path in addresses(folder):
        answer = caddy.ask("members", path, login=f"{LOGIN}:{PASSWORD}")
        file = folder / (path[1:] + "index.html" if path.endswith("/") else path[1:])
        assert (answer.status, answer.body) == (200, file.read_bytes()), path
        assert "public" not in answer.headers["cache-control"]


@pytest.mark.parametrize("method", METHODS)
def test_no_method_leads_around_the_login(caddy: Caddy, method: str) -> None:
    for path in ("/", "/members/", "/api/v1/members.json"):
        answer = caddy.say(
            f"{method} {path} HTTP/1.1\r\nHost: {caddy.host('members')}\r\nConnection: "
            f"close\r\nContent-Length: 0\r\n\r\n"
        )
        assert answer is None or (
            answer.status in {400, 401, 405, 501} and len(answer.body) < 100
        ), path


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_around_the_login(caddy: Caddy, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = caddy.say(
            f"{method} {path} HTTP/1.1\r\nHost: {caddy.host('members')}\r\nConnection: "
            f"close\r\n\r\n"
        )
        asked_of_nothing = path == "*" and answer and answer.body == b""
        assert (
            answer is None
            or asked_of_nothing
            or (answer.status in {400, 401} and len(answer.body) < 100)
        )


def test_no_path_leads_from_the_public_site_to_the_members(caddy: Caddy) -> None:
    for path in (
        *TRICKS,
        "/../members/warnings/index.html",
        "/..%2fmembers/warnings/index.html",
        "/%2e%2e%2fmembers/warnings/",
    ):
        answer = caddy.say(
            f"GET {path} HTTP/1.1\r\nHost: {caddy.host('public')}\r\nConnection: close\r\n\r\n"
        )
        assert (
            answer is None
            or answer.status != 200
            or answer.body in {file.read_bytes() for file in published(caddy)}
        ), path


@pytest.mark.parametrize(
    "host",
    [
        "members.test",
        "MEMBERS.TEST:{port}",
        "members.test.:{port}",
        "127.0.0.1:{port}",
        "",
        "public.test@members.test:{port}",
    ],
)
def test_no_name_leads_around_the_login(caddy: Caddy, host: str) -> None:
    """Another way to write the name gives the login, or nothing at all."""
    for first in ("/", f"http://{caddy.host('members')}/"):
        for version in ("1.1", "1.0"):
            answer = caddy.say(
                f"GET {first} HTTP/{version}\r\nHost: "
                f"{host.format(port=caddy.port)}\r\nConnection: close\r\n\r\n"
            )
            assert answer is None or answer.status in {400, 401} or answer.body == b""


def test_two_names_at_once(caddy: Caddy) -> None:
    members, public = caddy.host("members"), caddy.host("public")
    for one, other in ((members, public), (public, members)):
        assert refused(
            caddy.say(
                f"GET / HTTP/1.1\r\nHost: {one}\r\nHost: {other}\r\nConnection: close\r\n\r\n"
            )
        )
    asked = caddy.say(
        f"GET http://{members}/ HTTP/1.1\r\nHost: {public}\r\nConnection: close\r\n\r\n"
    )
    assert asked is not None
    assert (asked.status, asked.body) == (401, b"")
    for header in ("X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"):
        asked = caddy.say(
            f"GET / HTTP/1.1\r\nHost: {members}\r\n{header}: {public}\r\nConnection: close\r\n\r\n"
        )
        assert asked is not None
        assert asked.status == 401


def test_without_a_file_of_logins_it_does_not_start(program: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        run_command(program, tmp_path),
        env=settings(tmp_path, free_port(), tmp_path),
        capture_output=True,
        text=True,
        timeout=START,
        check=False,
    )
    assert ran.returncode != 0
    assert "logins" in ran.stderr


# Behind the accounts that members have already, as the guides say


class Accounts(BaseHTTPRequestHandler):
    """In the place of oauth2-proxy: it knows who has a cookie."""

    def do_GET(self) -> None:
        known = self.path.startswith("/oauth2/sign_in") or self.headers.get("Cookie") == "member"
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(b"Who are you?")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests say what was wrong."""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guides_other_login(caddy: Caddy, program: str, tmp_path: Path, language: str) -> None:
    guide = (TOP / "docs" / "guides" / f"publishing.{language}.md").read_text()
    block = re.findall(r"```caddyfile\n(.*?)```", guide, re.S)[0]
    with ThreadingHTTPServer(("127.0.0.1", 0), Accounts) as accounts:
        Thread(target=accounts.serve_forever, daemon=True).start()
        block = block.replace("127.0.0.1:4180", f"127.0.0.1:{accounts.server_port}")
        ours, count = re.subn(
            r"\t\tbasicauth \{.*?\n\t\t\}\n", lambda found: block, CADDYFILE.read_text(), flags=re.S
        )
        assert count == 1
        (tmp_path / "ours").write_text(ours)
        other = Caddy(free_port(), caddy.out)
        with running(
            program, tmp_path, settings(tmp_path, other.port, caddy.out, tmp_path / "ours")
        ):
            _wait_for(other.port, tmp_path / "log")
            _asks_for_the_account(other)
        accounts.shutdown()


def _asks_for_the_account(caddy: Caddy) -> None:
    for path in addresses(caddy.out / "members"):
        answer = caddy.ask("members", path)
        assert (answer.status, answer.body) == (302, b""), path
        assert answer.headers["location"].startswith("/oauth2/sign_in?rd="), path
    host = caddy.host("members")
    assert caddy.ask("members", "/oauth2/sign_in").body == b"Who are you?"
    for path in TRICKS:
        assert refused(
            caddy.say(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        ), path
    answer = caddy.say(
        f"GET /members/ HTTP/1.1\r\nHost: {host}\r\nCookie: member\r\nConnection: close\r\n\r\n"
    )
    assert answer is not None
    assert (answer.status, answer.body) == (
        200,
        (caddy.out / "members" / "members" / "index.html").read_bytes(),
    )


# The public site


def published(caddy: Caddy) -> list[Path]:
    return [
        path
        for path in (caddy.out / "public").rglob("*")
        if path.is_file() and path.name != ".hidden"
    ]


def test_everybody_reads_the_public_site(caddy: Caddy) -> None:
    for path in addresses(caddy.out / "public"):
        answer = caddy.ask("public", path)
        assert answer.status == 200, path
        assert (
            HEADERS.items() <= {name: answer.headers.get(name.lower()) for name in HEADERS}.items()
        ), path
        cached = answer.headers["cache-control"]
        assert cached == (
            "max-age=31536000, immutable" if HASHED.search(path) else "max-age=300"
        ), path


def test_the_public_site_has_no_trace_of_the_members(caddy: Caddy) -> None:
    index = load(TOP, TODAY).index
    hidden = [entry for kind in ("member", "page") for entry in index.of(kind) if not entry.public]
    traces = [urlsplit(index.coop["members_site"]).hostname]
    traces += [
        f"{index.kinds[entry.kind].folder}/{entry.id}/"
        for entry in hidden
        if "/" in entry.id or entry.kind == "member"
    ]
    traces += [str(entry.title) for entry in hidden if entry.kind == "member"]
    assert len(traces) > 5
    marks = [trace.encode() for trace in traces]
    answers = [(path, caddy.ask("public", path).body) for path in addresses(caddy.out / "public")]
    assert [(path, mark) for path, body in answers for mark in marks if mark in body] == []
    shown = caddy.ask("members", "/members/", login=f"{LOGIN}:{PASSWORD}").body
    assert [mark for mark in marks if mark in shown], (
        "the same search finds nothing on the members' site either"
    )


@pytest.mark.parametrize("audience", ["public", "members"])
def test_the_sites_own_page_is_shown_for_an_unknown_address(caddy: Caddy, audience: str) -> None:
    page = (caddy.out / audience / "404.html").read_bytes()
    for path in (
        "/no/such/page/",
        "/.hidden",
        "/members/.hidden",
        "/.git/config",
        "/nothing.0123abcd.min.js",
    ):
        answer = caddy.ask(audience, path, login=f"{LOGIN}:{PASSWORD}")
        assert (answer.status, answer.body) == (404, page), path
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["cache-control"] == "no-store"


def test_a_folder_is_not_listed(caddy: Caddy) -> None:
    for path in ("/assets/", "/assets/javascripts/", "/files/", "/api/v1/"):
        assert not (caddy.out / "public" / path.strip("/") / "index.html").exists()
        assert caddy.ask("public", path).status == 404


def test_pages_are_sent_smaller(caddy: Caddy) -> None:
    for name in ("gzip", "zstd"):
        asked = (
            f"GET /members/ HTTP/1.1\r\nHost: {caddy.host('public')}\r\nAccept-Encoding: "
            f"{name}\r\nConnection: close\r\n\r\n"
        )
        answer = caddy.say(asked)
        assert answer is not None
        assert answer.headers["content-encoding"] == name


# One text in three places


def test_the_headers_are_the_same_everywhere(example_sites: Path) -> None:
    text = CADDYFILE.read_text()
    for name, value in HEADERS.items():
        assert text.count(f'\t\t{name} "{value}"\n') == 1
    assert f"{META_POLICY}; frame-ancestors 'none'" == CONTENT_SECURITY_POLICY
    lines = (example_sites / "public" / "_headers").read_text().splitlines()
    assert lines == ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    assert not (example_sites / "members" / "_headers").exists()
