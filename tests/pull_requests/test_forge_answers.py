"""Whatever a forge answers, or does not: a sentence, no traceback, and the token in nothing that is
shown, kept or logged.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from coopbook.pull_requests.forges import ForgeError
from coopbook.pull_requests.forges.http import LONGEST_PAUSE, TRIES
from coopbook.pull_requests.forges.opening import forge_for
from support.forges.servers import FORGES, HEAD, TOKEN, FakeForge, FakeGitHub, forge
from werkzeug import Request, Response


@pytest.fixture(params=list(FORGES))
def server(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    with forge(request.param) as found:
        yield found


def answer(status: int, body: Any = None, **headers: str) -> Response:
    content = (
        body
        if isinstance(body, str | bytes)
        else json.dumps(body if body is not None else {"message": "No."})
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(content, status, {"Content-Type": "application/json"} | named)


def refused(do: Callable[[], Any], caplog: pytest.LogCaptureFixture) -> str:
    """The sentence; the token is nowhere, neither in logs nor in what a traceback with all its
    values would show.
    """
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ForgeError) as caught:
        do()
    error = caught.value
    seen = traceback.TracebackException.from_exception(error, capture_locals=True)
    everything = [
        str(error),
        repr(error),
        repr(error.args),
        repr(error.message),
        repr(vars(error)),
        caplog.text,
        *seen.format(),
    ]
    assert not [one for one in everything if TOKEN in one]
    assert error.__cause__ is None
    assert not isinstance(error.__context__, httpx.HTTPError), (
        "it would hold the request, and that the token"
    )
    assert str(error).endswith((".", "?")), str(error)
    return str(error)


def too_many(seconds: float) -> Callable[[Request], Response]:
    """No more requests until an instant, as GitHub says it."""
    return lambda _request: answer(
        403, X_RateLimit_Remaining="0", X_RateLimit_Reset=str(int(time.time() + seconds))
    )


def again_in(seconds: float) -> Callable[[Request], Response]:
    return lambda _request: answer(429, Retry_After=formatdate(time.time() + seconds, usegmt=True))


def reset_in(seconds: float) -> Callable[[Request], Response]:
    """As GitLab says it."""
    return lambda _request: answer(429, RateLimit_Reset=str(int(time.time() + seconds)))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (answer(401), "does not accept the token"),
        (
            answer(403, {"message": "Resource not accessible by personal access token"}),
            "has not the right",
        ),
        (answer(404), "knows nothing at"),
        (answer(410), "refuses (410: No.)"),
        (answer(422, {"message": {"base": ["x"]}}), "refuses (422"),
        (too_many(3600), "no more requests for the next 3"),
        (answer(429, Retry_After="7200"), "no more requests for the next 7200 seconds"),
        (answer(429, Retry_After="9" * 12), "no more requests for the next 9"),
        (answer(200, '{"number": 12, "ti'), "does not answer as a forge does"),
        (
            answer(200, "<html>Sign in</html>", Content_Type="text/html"),
            "does not answer as a forge does",
        ),
        (answer(200, b"\xff\xfe\x00"), "does not answer as a forge does"),
        (answer(200, "[" * 5000 + "]" * 5000), "does not answer as a forge does"),
        (answer(200, []), "not understood"),
        (answer(200, {}), "not understood"),
        (answer(200, "null"), "not understood"),
        (
            answer(301, Location="https://elsewhere.example/repos/co/book"),
            "another address (elsewhere.example)",
        ),
        (answer(302, Location="//elsewhere.example/"), "another address (elsewhere.example)"),
        (answer(302, Location="/?"), "from one address to the next"),
        (answer(401, {"message": f"Bad token {TOKEN}"}), "does not accept the token"),
        (answer(422, {"message": f"Bad token {TOKEN}"}), "Bad token …"),
    ],
)
def test_a_bad_answer_is_a_sentence_and_is_not_asked_again(
    server: FakeForge, given: Any, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(*[given] * 6)
    adapter = server.adapter()
    assert sentence in refused(lambda: adapter.change(12), caplog)
    assert not server.pauses
    assert TOKEN not in repr(adapter) + repr(vars(adapter))


def test_a_wrong_token_is_refused_by_the_forge_itself(
    server: FakeForge, caplog: pytest.LogCaptureFixture
) -> None:
    assert "does not accept the token" in refused(
        lambda: server.adapter(TOKEN + "x").change(12), caplog
    )
    assert "knows nothing at" in refused(lambda: server.adapter().change(13), caplog)


@pytest.mark.parametrize(
    ("given", "pauses"),
    [
        (answer(500, "<h1>500</h1>"), None),
        (answer(502), None),
        (answer(503), None),
        (too_many(30), [30.0]),
        (answer(403, {"message": "You have exceeded a secondary rate limit."}), [60.0]),
        (answer(403, {"message": "Slow down."}, Retry_After="7"), [7.0]),
        (answer(429, Retry_After="7"), [7.0]),
        (again_in(20), [20.0]),
        (reset_in(10), [10.0]),
        (answer(429, Retry_After="soon"), [60.0]),
        (answer(429, X_RateLimit_Reset="inf"), [60.0]),
        (answer(429, X_RateLimit_Reset="nan"), [60.0]),
        (reset_in(-500), [1.0]),
    ],
)
def test_a_forge_that_is_ill_or_busy_is_asked_again(
    server: FakeForge, given: Any, pauses: list[float] | None
) -> None:
    server.script(given)
    assert server.adapter().change(12).head == HEAD
    assert len(server.requests) == 2
    assert len(server.pauses) == 1
    assert pauses is None or server.pauses == pytest.approx(pauses, abs=5)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_but_not_for_ever(server: FakeForge, status: int, caplog: pytest.LogCaptureFixture) -> None:
    server.script(*[answer(status, Retry_After="5")] * (TRIES + 3))
    refused(lambda: server.adapter().change(12), caplog)
    assert len(server.requests) == TRIES
    assert len(server.pauses) == TRIES - 1
    assert all(0 < pause <= LONGEST_PAUSE for pause in server.pauses)


def test_no_answer_in_time_is_a_sentence(
    server: FakeForge, caplog: pytest.LogCaptureFixture
) -> None:
    done = threading.Event()

    def late(_request: Request) -> Response:
        done.wait(20)
        return answer(200)

    server.script(*[late] * TRIES)
    assert "did not answer in time" in refused(
        lambda: server.adapter(seconds=0.1).change(12), caplog
    )
    done.set()
    assert len(server.pauses) == TRIES - 1


@pytest.fixture
def raw() -> Iterator[Callable[[bytes], str]]:
    """A server that gives these bytes to whoever connects, then hangs up; its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(content: bytes) -> None:
        while True:
            try:
                one, _address = listening.accept()
            except OSError:
                return
            with one:
                one.recv(65536)
                one.sendall(content)

    def start(content: bytes) -> str:
        threading.Thread(target=serve, args=(content,), daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    listening.close()


@pytest.mark.parametrize(
    "content",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
    ],
)
@pytest.mark.parametrize("name", list(FORGES))
def test_what_is_no_http_is_a_sentence(
    name: str, content: bytes, raw: Callable[[bytes], str], caplog: pytest.LogCaptureFixture
) -> None:
    adapter = forge_for(name, raw(content), "co/book", TOKEN, sleep=lambda seconds: None)
    assert "cannot be reached" in refused(lambda: adapter.change(12), caplog)


def test_nobody_there_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    adapter = forge_for(
        "github", f"http://127.0.0.1:{port}", "co/book", TOKEN, sleep=lambda seconds: None
    )
    assert "cannot be reached" in refused(lambda: adapter.change(12), caplog)


def genuine(server: FakeForge) -> Callable[[Request], Response]:
    """The forge's own answer, in the middle of a script."""
    return lambda request: server._answer(
        request,
        request.environ["RAW_URI"].partition("?")[0].removeprefix(server.root),
        request.json if request.data else None,
    )


def changed(server: FakeForge, path: str, value: Any) -> Callable[[Request], Response]:
    """The forge's own answer, with one value changed; a list's rows all alike."""

    def respond(request: Request) -> Response:
        found = json.loads(genuine(server)(request).get_data())
        for row in found if isinstance(found, list) else [found]:
            *above, last = path.split(".")
            for name in above:
                row = row[name]
            row[last] = value
        return answer(200, found)

    return respond


HEADS = {"github": "head.sha", "forgejo": "head.sha", "gitlab": "sha"}
BASES = {"github": "base.ref", "forgejo": "base.ref", "gitlab": "target_branch"}


@pytest.mark.parametrize(
    "value", [None, 3, True, "", "--upload-pack=evil", "a" * 39, "A" * 40, HEAD + "\n", ["x"], {}]
)
def test_a_head_that_is_no_commit_never_reaches_git(
    server: FakeForge, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(changed(server, HEADS[server.name], value))
    assert "not understood" in refused(lambda: server.adapter().change(12), caplog)


@pytest.mark.parametrize(
    "value", [None, 3, "", "--force", "a b", "a..b", "a:b", "main\n", "x" * 300]
)
def test_nor_does_a_base_that_is_no_branch(
    server: FakeForge, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(changed(server, BASES[server.name], value))
    assert "not understood" in refused(lambda: server.adapter().change(12), caplog)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("created_at", None),
        ("created_at", "2026-03-02T09:00:00"),
        ("created_at", "yesterday"),
        ("updated_at", 5),
        ("body", 5),
        ("id", "x"),
        ("id", True),
    ],
)
def test_a_comment_of_another_shape_is_a_sentence(
    server: FakeForge, path: str, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.say(1001, "ana", "/voter pour")
    if server.name == "gitlab":
        server.script(genuine(server))
    server.script(changed(server, path, value))
    assert "not understood" in refused(lambda: server.adapter().statements(12), caplog)


@pytest.mark.parametrize(
    "rows", [{}, {"comments": []}, [1], [None], [{"body": "x"}], [{"id": []}], "x"]
)
def test_a_list_of_another_shape_is_a_sentence(
    server: FakeForge, rows: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(answer(200, json.dumps(rows)))
    assert "not understood" in refused(lambda: server.adapter().first_seen(HEAD), caplog)


def test_the_token_goes_to_no_other_host(caplog: pytest.LogCaptureFixture) -> None:
    with FakeGitHub() as server, FakeGitHub() as other:
        for away in (
            "https://elsewhere.example/",
            other.api,
            other.api.replace("127.0.0.1", "localhost"),
            "ftp://127.0.0.1/",
        ):
            server.script(
                answer(200, [], Link=f'<{away}/?page=2>; rel="next"'),
                answer(307, Location=f"{away}/user"),
            )
            assert "another address" in refused(lambda: server.adapter().first_seen(HEAD), caplog)
            assert "another address" in refused(lambda: server.adapter().change(12), caplog)
        server.script(answer(200, [], Link='<http://127.0.0.1:x/>; rel="next"'))
        assert "not understood" in refused(lambda: server.adapter().first_seen(HEAD), caplog)
        assert other.requests == []


def test_a_repository_that_moved_on_the_same_host_is_followed(server: FakeForge) -> None:
    server.script(lambda request: answer(301, Location=request.environ["RAW_URI"]))
    assert server.adapter().change(12).head == HEAD


def test_a_list_without_end_is_left(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopbook.pull_requests.forges.http.MOST_PAGES", 5)
    with FakeGitHub() as server:
        server.script(*[lambda request: answer(200, [], Link=f'<{request.url}>; rel="next"')] * 6)
        assert "has no end" in refused(lambda: server.adapter().first_seen(HEAD), caplog)


def test_a_comment_is_never_written_twice(
    server: FakeForge, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault may hide that it was written: the next run finds it by its mark. A status may well be
    put twice.
    """
    adapter = server.adapter()
    adapter.me  # type: ignore[attr-defined] # noqa: B018 - asked before the script begins
    reads = [genuine(server)] * (2 if server.name == "gitlab" else 1)
    server.script(*reads, answer(500))
    refused(lambda: adapter.comment(12, "Vote ouvert."), caplog)
    assert [method for method, *_rest in server.requests].count("POST") == 1
    server.script(genuine(server), answer(500))
    adapter.announce(HEAD, "pending", "Vote ouvert")
    assert len(server.statuses) == 1
