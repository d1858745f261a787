"""What every little forge has: people who talk, a clock, a socket, and what was asked of it; see
forge_servers.py.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from coopbook.pull_requests.forges import Forge
from coopbook.pull_requests.forges.opening import forge_for
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

logging.getLogger("werkzeug").setLevel(logging.ERROR)
TOKEN = "canary-0f3b9c7d5e21"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOT = (9000, "coopbook-bot")
HEAD = "a" * 40
Row = dict[str, Any]
Answer = tuple[int, Any]


class _Server(HTTPServer):
    """One that stops at once: by itself it looks only twice a second whether it should."""

    def thread_target(self) -> None:
        assert self.server is not None
        self.server.serve_forever(poll_interval=0.01)


@dataclass
class Talk:
    """A comment; on GitLab also what the forge notes by itself (`system`). `who` is 0 when the
    account is gone.
    """

    id: int
    who: int
    login: str
    text: str
    at: datetime
    changed: datetime
    system: bool = False
    editor: tuple[int, str] | None = None


@dataclass
class Review:
    """A review; `state` is approve, request_changes or comment, as in an event."""

    id: int
    who: int
    login: str
    state: str
    commit: str
    at: datetime
    text: str = ""
    dismissed: bool = False


@dataclass
class Status:
    id: int
    commit: str
    state: str
    context: str
    words: str
    url: str
    at: datetime
    who: int = BOT[0]
    login: str = BOT[1]


@dataclass
class Push:
    """A push to the branch that is proposed; `who` is 0 when the account is gone."""

    id: int
    who: int
    login: str
    commit: str
    at: datetime


@dataclass
class FakeForge(ABC):
    """A forge with one repository and one proposed change.

    `state` is open, merged or closed. With `git`, a repository, the change is merged as soon as its
    `base` holds `head`, where the forge notices that by itself. `now` is its clock: it moves a
    minute with each thing done at no given time.
    """

    repository: str = "co/book"
    number: int = 12
    author: tuple[int, str] = (1000, "author")
    head: str = HEAD
    base: str = "main"
    title: str = "Change article 5"
    git: Path | None = None
    most: int = 100
    now: datetime = START
    anonymous: bool = False
    """Whether the token's account may not ask who it is, as GitHub Actions' own token."""
    bot: tuple[int, str] = BOT
    main: str = "main"
    """What it takes for the main branch."""
    may_push: bool = True
    protected: bool = False
    required: list[str] = field(default_factory=list)
    """The statuses that the protected branch requires."""
    tells: bool = True
    """Whether the token may see settings."""
    accounts: dict[str, int] = field(default_factory=dict)
    """Who has an account besides the bot, with its number."""
    comments: list[Talk] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    requests: list[tuple[str, str, Row, Any]] = field(default_factory=list)
    """Method, path, query and body of each request, in order."""
    faults: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    """The seconds that the adapter would have slept."""

    name = ""
    root = ""
    """What all paths begin with."""

    def __post_init__(self) -> None:
        self._ids, self._state, self._script = 100, "open", list[Callable[[Request], Response]]()
        self._server = _Server(host="127.0.0.1")
        self._server.expect_request(re.compile(".*")).respond_with_handler(self._respond)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.stop()
        assert not self.faults, "\n".join(self.faults)

    # what people and tests do

    def say(self, actor_id: int, login: str, text: str, at: datetime | None = None) -> int:
        """A comment; its number."""
        when = self._at(at)
        self.comments.append(Talk(self._id(), actor_id, login, text, when, when))
        return self.comments[-1].id

    def edit(
        self,
        comment: int,
        text: str,
        at: datetime | None = None,
        by: tuple[int, str] | None = None,
    ) -> None:
        """Somebody changes a comment: its author, where nobody else is named."""
        found = self._talk(comment)
        found.text, found.changed = text, self._at(at)
        found.editor = by or (found.who, found.login)

    def delete(self, comment: int) -> None:
        self.comments.remove(self._talk(comment))

    def review(
        self,
        actor_id: int,
        login: str,
        state: str,
        commit: str = "",
        at: datetime | None = None,
        text: str = "",
    ) -> int:
        """A review of a commit, of the head when none is named; its number."""
        self.reviews.append(
            Review(self._id(), actor_id, login, state, commit or self.head, self._at(at), text)
        )
        return self.reviews[-1].id

    def dismiss(self, review: int) -> None:
        next(one for one in self.reviews if one.id == review).dismissed = True

    def leave(self, actor_id: int) -> None:
        """Somebody's account is deleted; what they said stays."""
        for one in [*self.comments, *self.reviews]:
            if one.who == actor_id:
                one.who = 0

    def push(self, head: str, who: int = 0, login: str = "") -> None:
        """The change proposes another commit, pushed by its author where nobody else is named."""
        who, login = (who, login) if login else self.author
        self.head = head
        self.pushes.append(Push(self._id(), who, login, head, self._at(None)))
        self._note_push(who, login)

    def _note_push(self, who: int, login: str) -> None:
        """What the forge itself says of a push among the comments: nothing, on most."""
        return

    @property
    def state(self) -> str:
        if self._state == "open" and self.git and self.notices and self.reaches(self.head):
            self._state = "merged"
        return self._state

    @state.setter
    def state(self, value: str) -> None:
        self._state = value

    notices = True
    """Whether it sees by itself that the base holds the head."""

    def reaches(self, commit: str) -> bool:
        """Whether the base holds a commit; with no repository at hand, yes."""
        command = ["git", "-C", str(self.git), "merge-base", "--is-ancestor", commit, self.base]
        return (
            not self.git
            or subprocess.run(command, capture_output=True, check=False).returncode == 0
        )

    # how it is reached

    @property
    def api(self) -> str:
        """Where the adapter asks."""
        return f"http://127.0.0.1:{self._server.port}{self.root}"

    @property
    def web(self) -> str:
        """The repository's address."""
        return f"https://forge.example/{self.repository}"

    def adapter(
        self, token: str = TOKEN, account: int | str | None = None, seconds: float = 5
    ) -> Forge:
        """The adapter that speaks with this forge, and does not really sleep."""
        return forge_for(
            self.name, self.api, self.repository, token, account, seconds, self.pauses.append
        )

    def script(self, *answers: Response | Callable[[Request], Response]) -> None:
        """Give these answers to the next requests, whatever they ask."""
        self._script += [
            answer if callable(answer) and not isinstance(answer, Response) else _always(answer)
            for answer in answers
        ]

    # how it answers

    def _respond(self, request: Request) -> Response:
        path = (
            request.environ["RAW_URI"].partition("?")[0]
            if "RAW_URI" in request.environ
            else request.path
        )
        body = json.loads(request.data) if request.data else None
        self.requests.append((request.method, path, request.args.to_dict(), body))
        if self._script:
            return self._script.pop(0)(request)
        if not self._knows(request):
            return json_answer(401, {"message": "Bad credentials"})
        try:
            return self._answer(request, path.removeprefix(self.root), body)
        except (AssertionError, KeyError) as fault:
            self.faults.append(f"{request.method} {path}: {type(fault).__name__} {fault}")
            return json_answer(422, {"message": f"{fault}"})

    def _knows(self, request: Request) -> bool:
        return request.headers.get("Authorization") in (f"Bearer {TOKEN}", f"token {TOKEN}")

    def _answer(self, request: Request, path: str, body: Any) -> Response:
        for pattern, handler in self._routes():
            method, _space, form = pattern.partition(" ")
            found = re.fullmatch(form, path)
            if method == request.method and found:
                answer = handler(body, *(unquote(part) for part in found.groups()))
                return (
                    self._listed(request, answer[1])
                    if isinstance(answer[1], list)
                    else json_answer(*answer)
                )
        asks_what_may_be_missing = r"/(?:pulls|issues|merge_requests)/\d+|/branches/|/rulesets/"
        if re.search(asks_what_may_be_missing, path) is None and not path.startswith("/user"):
            self.faults.append(f"{request.method} {path} is nothing that {self.name} knows")
        return json_answer(404, {"message": "Not Found"})

    def _window(self, request: Request, name: str, rows: list[Any]) -> tuple[int, int, list[Any]]:
        """The page that is asked for, how many there are, and its rows."""
        size, page = (
            min(int(request.args.get(name, 30)), self.most),
            int(request.args.get("page", 1)),
        )
        return page, -(-len(rows) // size), rows[(page - 1) * size : page * size]

    @abstractmethod
    def _routes(self) -> Iterator[tuple[str, Callable[..., Answer]]]:
        """Method and path, and what answers."""

    @abstractmethod
    def _listed(self, request: Request, rows: list[Any]) -> Response:
        """One page of a list."""

    def _who(self, _body: Any) -> Answer:
        return (
            (403, {"message": "Resource not accessible by integration"})
            if self.anonymous
            else (200, self._myself())
        )

    @abstractmethod
    def _myself(self) -> Row: ...

    def _id(self) -> int:
        self._ids += 1
        return self._ids

    def _at(self, at: datetime | None) -> datetime:
        if at is None:
            self.now += timedelta(minutes=1)
        return at or self.now

    def _talk(self, comment: int) -> Talk:
        return next(one for one in self.comments if one.id == int(comment))

    def _mine(self, comment: str) -> Talk | None:
        """A comment of our own account; nobody else's may be changed."""
        found = self._talk(int(comment))
        return found if found.who == self.bot[0] else None

    def _posted(self, text: str) -> Talk:
        return self._talk(self.say(*self.bot, text))

    def _put_status(self, commit: str, state: str, context: str, words: str, url: str) -> Status:
        self.statuses.append(
            Status(self._id(), commit, state, context, words, url, self._at(None), *self.bot)
        )
        return self.statuses[-1]


def moment(at: datetime, precision: str = "seconds") -> str:
    """An instant as forges write it."""
    return at.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def json_answer(status: int, value: Any) -> Response:
    return Response(
        "" if value is None else json.dumps(value), status, content_type="application/json"
    )


def _always(answer: Response) -> Callable[[Request], Response]:
    return lambda _request: answer
