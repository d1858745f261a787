"""What GitHub and Forgejo have in common: the same addresses, and reviews that are ballots."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from ...decisions import accounts
from ...decisions.tally.events import Event
from . import Change, Statement
from .adapter import Adapter, Comment, Status
from .answers import (
    Account,
    Branch,
    Instant,
    RepositoryName,
    Row,
    Target,
    Tip,
    author_of,
    commit_of,
    not_understood,
    understand,
    web_address,
)


class Repository(Struct, frozen=True, kw_only=True):
    """The repository that a change comes from."""

    full_name: RepositoryName


class Rights(Struct, frozen=True, kw_only=True):
    """What our account may do in a repository."""

    push: bool = False


class Settings(Struct, frozen=True, kw_only=True):
    """A repository's own settings."""

    default_branch: str
    permissions: Rights | None = None
    has_actions: bool = True

    @property
    def lets_push(self) -> bool | None:
        return self.permissions.push if self.permissions else None


class Head(Tip, frozen=True, kw_only=True):
    """The branch that is proposed; a fork that is gone has no repository."""

    ref: Branch
    repo: Repository | None = None


class PullRequest(Struct, frozen=True, kw_only=True):
    """A proposed change."""

    number: int
    title: str
    state: str
    merged: bool | None = None
    user: Account | None = None
    head: Head
    base: Target
    html_url: str | None = None

    @property
    def became(self) -> Literal["open", "merged", "closed"]:
        if self.state == "open":
            return "open"
        return "merged" if self.merged else "closed"


class PullRow(Row, frozen=True, kw_only=True):
    """A proposed change in a list of them."""

    number: int
    base: Target
    updated_at: Instant


class IssueComment(Row, frozen=True, kw_only=True):
    """A comment below a proposed change."""

    user: Account | None = None
    body: str | None = None
    created_at: Instant
    updated_at: Instant
    html_url: str | None = None
    node_id: str = ""

    @property
    def plain(self) -> Comment:
        author, login = author_of(self.user)
        at, changed, url = self.created_at, self.updated_at, web_address(self.html_url)
        return Comment(self.id, author, login, self.body or "", at, changed, url, self.node_id)


class Review(Row, frozen=True, kw_only=True):
    """A review; one that was not given yet has no instant."""

    user: Account | None = None
    body: str | None = None
    state: str
    dismissed: bool | None = None
    submitted_at: Instant | None = None
    commit_id: str | None = None
    html_url: str | None = None
    node_id: str = ""


class CommitStatus(Row, frozen=True, kw_only=True):
    """A status on a commit."""

    context: str
    creator: Account | None = None
    created_at: Instant
    state: str
    description: str | None = None
    target_url: str | None = None

    @property
    def plain(self) -> Status:
        creator, _login = author_of(self.creator)
        words, url = self.description or "", self.target_url or ""
        return Status(self.id, self.context, creator, self.created_at, self.state, words, url)


class Pulls(Adapter):
    """Pull requests."""

    page: ClassVar[dict[str, int]]
    """How a page's size is asked for."""
    status: ClassVar[type[CommitStatus]]
    """What the forge says of a status."""
    newest: ClassVar[dict[str, str | int]]
    """How a list of changes is asked for that begins with the one last altered."""

    def change(self, number: int) -> Change:
        """See `Forge`."""
        found = self._pull(number)
        author, _login = author_of(found.user)
        head, base, url = found.head.sha, found.base.ref, web_address(found.html_url)
        return Change(found.number, found.title, author, head, base, found.became, url)

    def changes(self, base: str, since: datetime) -> list[int]:
        """See `Forge`. Of the closed ones those on the first page of the newest are looked at."""
        path = self._path("pulls")
        rows = self.client.rows(path, PullRow, state="open", **self.page)
        late = self.client.get(path, state="closed", **self.newest, **self.page)
        if not isinstance(late, list):
            raise not_understood("[…]")
        rows += [row for one in late if (row := understand(one, PullRow)).updated_at >= since]
        return sorted({row.number for row in rows if row.base.ref == base})

    def _pull(self, number: int) -> PullRequest:
        return understand(self.client.get(self._path(f"pulls/{number}")), PullRequest)

    def _author(self, number: int) -> accounts.Account | None:
        return self._account_of(self._pull(number).user)

    def _account_of(self, user: Account | None) -> accounts.Account | None:
        uid, login = author_of(user)
        return accounts.Account(self.name, login, uid) if uid else None

    def ref(self, number: int) -> str:
        """See `Forge`."""
        return f"refs/pull/{number}/head"

    def _path(self, rest: str) -> str:
        return f"repos/{self.repository}/{rest}"

    def _settings(self) -> Settings:
        return understand(self.client.get(f"repos/{self.repository}"), Settings)

    def _comments(self, number: int) -> list[Comment]:
        path = self._path(f"issues/{number}/comments")
        return [row.plain for row in self.client.rows(path, IssueComment, **self.page)]

    def _write(self, number: int, text: str) -> None:
        self.client.send("POST", self._path(f"issues/{number}/comments"), {"body": text})

    def _rewrite(self, number: int, comment: int, text: str) -> None:
        self.client.send("PATCH", self._path(f"issues/comments/{comment}"), {"body": text})

    def _statuses(self, commit: str, context: str) -> list[Status]:
        path = self._path(f"commits/{commit}/statuses")
        return [row.plain for row in self.client.rows(path, self.status, **self.page)]

    def _put(self, commit: str, state: str, words: str, url: str, context: str) -> None:
        body = {"state": state, "context": context, "description": words} | (
            {"target_url": url} if url else {}
        )
        self.client.send("POST", self._path(f"statuses/{commit}"), body, again=True)

    def _close(self, number: int) -> None:
        self.client.send("PATCH", self._path(f"pulls/{number}"), {"state": "closed"})

    def _reviews(self, number: int) -> list[Statement]:
        rows = self.client.rows(self._path(f"pulls/{number}/reviews"), Review, **self.page)
        return [said for row in rows for said in [self._review(row)] if said]

    def _review(self, row: Review) -> Statement | None:
        """A ballot, or a comment where the review takes no side. One that is not given yet, or says
        nothing, is neither.
        """
        value, text = self._value(row), row.body or ""
        if value is None or (not value and not text.strip()):
            return None
        if row.submitted_at is None:
            raise not_understood("submitted_at")
        (actor, login), url = author_of(row.user), web_address(row.html_url)
        event = Event(
            "review" if value else "comment",
            value or text,
            row.submitted_at,
            actor,
            login,
            reason=text if value else "",
            url=url,
            number=row.id,
        )
        return Statement(event, commit_of(row.commit_id), row.node_id)

    def _value(self, row: Review) -> str | None:
        """What a review's state is called in an event; empty where it takes no side, None where it
        is not given yet.
        """
        raise NotImplementedError
