"""What GitHub and Forgejo have in common: the same addresses, and reviews that are ballots."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from ...decisions.tally.events import Event
from . import CONTEXT, Change, Said
from .adapter import GHOST, Adapter, Comment, Status
from .fields import branch, field, link, maybe, maybe_sha, moment, sha


class Pulls(Adapter):
    """Pull requests."""

    page: ClassVar[dict[str, int]]
    """How a page's size is asked for."""
    status_state: ClassVar[str]
    """What a status calls its state."""

    def change(self, number: int) -> Change:
        """See `Forge`."""
        row = self.client.get(self._path(f"pulls/{number}"))
        open_, merged = field(row, "state", str) == "open", maybe(row, "merged", bool)
        state: Literal["open", "merged", "closed"] = (
            "open" if open_ else "merged" if merged else "closed"
        )
        author, _login = person(row, "user")
        head, base = sha(row, "head.sha"), branch(row, "base.ref")
        return Change(
            field(row, "number", int),
            field(row, "title", str),
            author,
            head,
            base,
            state,
            link(row, "html_url"),
        )

    def ref(self, number: int) -> str:
        """See `Forge`."""
        return f"refs/pull/{number}/head"

    def _path(self, rest: str) -> str:
        return f"repos/{self.repository}/{rest}"

    def _comments(self, number: int) -> list[Comment]:
        return [
            _comment(row)
            for row in self.client.rows(self._path(f"issues/{number}/comments"), **self.page)
        ]

    def _write(self, number: int, text: str) -> None:
        self.client.send("POST", self._path(f"issues/{number}/comments"), {"body": text})

    def _rewrite(self, number: int, comment: int, text: str) -> None:
        self.client.send("PATCH", self._path(f"issues/comments/{comment}"), {"body": text})

    def _statuses(self, commit: str) -> list[Status]:
        rows = self.client.rows(self._path(f"commits/{commit}/statuses"), **self.page)
        return [_status(row, self.status_state) for row in rows]

    def _put(self, commit: str, state: str, words: str, url: str) -> None:
        body = {"state": state, "context": CONTEXT, "description": words} | (
            {"target_url": url} if url else {}
        )
        self.client.send("POST", self._path(f"statuses/{commit}"), body, again=True)

    def _close(self, number: int) -> None:
        self.client.send("PATCH", self._path(f"pulls/{number}"), {"state": "closed"})

    def _reviews(self, number: int) -> list[Said]:
        rows = self.client.rows(self._path(f"pulls/{number}/reviews"), **self.page)
        return [said for row in rows for said in [self._review(row)] if said]

    def _review(self, row: Any) -> Said | None:
        """A ballot, or a comment where the review takes no side. One that is not given yet, or says
        nothing, is neither.
        """
        value, text = self._value(row), maybe(row, "body", str) or ""
        if value is None or (not value and not text.strip()):
            return None
        actor, login = person(row, "user")
        number, at, url, commit = (
            field(row, "id", int),
            moment(row, "submitted_at"),
            link(row, "html_url"),
            maybe_sha(row, "commit_id"),
        )
        if value:
            return Said(
                Event("review", value, at, actor, login, reason=text, url=url, number=number),
                commit,
            )
        return Said(Event("comment", text, at, actor, login, url=url, number=number), commit)

    def _value(self, row: Any) -> str | None:
        """What a review's state is called in an event; empty where it takes no side, None where it
        is not given yet.
        """
        raise NotImplementedError


def person(row: Any, path: str) -> tuple[int, str]:
    """The number and the name of an account; 0 where it is gone (null on GitHub, -1 on Forgejo)."""
    number = maybe(row, f"{path}.id", int) or 0
    return (number, field(row, f"{path}.login", str)) if number > 0 else (0, GHOST)


def _comment(row: Any) -> Comment:
    author, login = person(row, "user")
    text = maybe(row, "body", str) or ""
    return Comment(
        field(row, "id", int),
        author,
        login,
        text,
        moment(row, "created_at"),
        moment(row, "updated_at"),
        link(row, "html_url"),
    )


def _status(row: Any, state: str) -> Status:
    creator, _login = person(row, "creator")
    words, url = maybe(row, "description", str) or "", maybe(row, "target_url", str) or ""
    context, at = field(row, "context", str), moment(row, "created_at")
    return Status(field(row, "id", int), context, creator, at, field(row, state, str), words, url)
