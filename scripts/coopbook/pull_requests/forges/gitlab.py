"""GitLab: notes are the ballots, for an approval carries neither a text nor the commit it was given
on.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from urllib.parse import quote

from ...base.messages import NOTHING
from . import CONTEXT, Change, Name, State
from .adapter import Adapter, Comment, Status
from .fields import branch, field, link, maybe, moment, sha
from .http import Refused

STATES: dict[str, Literal["open", "merged", "closed"]] = {
    "opened": "open",
    "locked": "open",
    "merged": "merged",
    "closed": "closed",
}
PAGE = {"per_page": 100}


class GitLab(Adapter):
    """See `Forge`."""

    name: Name = "gitlab"
    longest_words: ClassVar[int] = 255
    states: ClassVar[dict[State, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failed",
        "error": "failed",
    }

    def change(self, number: int) -> Change:
        """See `Forge`."""
        row = self.client.get(self._path(f"merge_requests/{number}"))
        state = STATES.get(field(row, "state", str), "closed")
        author, head, base = (
            field(row, "author.id", int),
            sha(row, "sha"),
            branch(row, "target_branch"),
        )
        return Change(
            field(row, "iid", int),
            field(row, "title", str),
            author,
            head,
            base,
            state,
            link(row, "web_url"),
        )

    def _named(self, login: str) -> Any:
        """A list of one, or of none."""
        found = self.client.rows("users", username=login)
        if not found:
            raise Refused(NOTHING, 404)
        return found[0]

    def ref(self, number: int) -> str:
        """See `Forge`."""
        return f"refs/merge-requests/{number}/head"

    def _path(self, rest: str) -> str:
        return f"projects/{quote(self.repository, safe='')}/{rest}"

    def _comments(self, number: int) -> list[Comment]:
        """What the forge itself notes (`system`) was said by nobody."""
        path, page = self._path(f"merge_requests/{number}/notes"), self.change(number).url
        rows = self.client.rows(path, sort="asc", order_by="created_at", **PAGE)
        return [_comment(row, page) for row in rows if not field(row, "system", bool)]

    def _write(self, number: int, text: str) -> None:
        self.client.send("POST", self._path(f"merge_requests/{number}/notes"), {"body": text})

    def _rewrite(self, number: int, comment: int, text: str) -> None:
        self.client.send(
            "PUT", self._path(f"merge_requests/{number}/notes/{comment}"), {"body": text}
        )

    def _statuses(self, commit: str) -> list[Status]:
        path = self._path(f"repository/commits/{commit}/statuses")
        return [_status(row) for row in self.client.rows(path, all="true", name=CONTEXT, **PAGE)]

    def _put(self, commit: str, state: str, words: str, url: str) -> None:
        """A status is a job here. One that waits cannot begin to wait again: other words for it are
        refused, the old ones stay. A commit of another project (a fork's) is on no branch of this
        one and takes none: the comment has to do.
        """
        body = {"state": state, "name": CONTEXT, "description": words} | (
            {"target_url": url} if url else {}
        )
        try:
            self.client.send("POST", self._path(f"statuses/{commit}"), body, again=True)
        except Refused as refused:
            waits = (
                state == "pending"
                and refused.status == 400
                and "cannot transition" in refused.said.lower()
            )
            if not waits and not (
                refused.status == 404 and "References for commit" in refused.said
            ):
                raise

    def _close(self, number: int) -> None:
        self.client.send("PUT", self._path(f"merge_requests/{number}"), {"state_event": "close"})


def _comment(row: Any, page: str) -> Comment:
    number, text = field(row, "id", int), field(row, "body", str)
    author, login = field(row, "author.id", int), field(row, "author.username", str)
    return Comment(
        number,
        author,
        login,
        text,
        moment(row, "created_at"),
        moment(row, "updated_at"),
        f"{page}#note_{number}",
    )


def _status(row: Any) -> Status:
    words, url = maybe(row, "description", str) or "", maybe(row, "target_url", str) or ""
    creator, state = maybe(row, "author.id", int) or 0, field(row, "status", str)
    return Status(
        field(row, "id", int),
        field(row, "name", str),
        creator,
        moment(row, "created_at"),
        state,
        words,
        url,
    )
