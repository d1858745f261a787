"""Forgejo, and Gitea."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar
from urllib.parse import quote

import msgspec

from ...base.messages import _
from ...decisions import accounts
from . import ForgeError, Name, Setup, State
from .answers import Account, Row, understand
from .http import Refused
from .pulls import CommitStatus, Pulls, Review

VALUES = {"APPROVED": "approve", "REQUEST_CHANGES": "request_changes", "COMMENT": ""}


class ForgejoStatus(CommitStatus, frozen=True, kw_only=True):
    """A status on a commit, which calls its state by another name than GitHub's."""

    state: str = msgspec.field(name="status")


class TimelineRow(Row, frozen=True, kw_only=True):
    """Something that happened to a change; a push (`pull_push`) has its commits in its body."""

    type: str
    user: Account | None = None


class ProtectedBranch(msgspec.Struct, frozen=True, kw_only=True):
    """A branch, and what our account may do there."""

    protected: bool = False
    user_can_push: bool | None = None
    enable_status_check: bool = False
    status_check_contexts: tuple[str, ...] | None = None

    @property
    def required(self) -> tuple[str, ...]:
        return (self.status_check_contexts or ()) if self.enable_status_check else ()


class Forgejo(Pulls):
    """See `Forge`."""

    name: Name = "forgejo"
    longest_words: ClassVar[int] = 255
    page: ClassVar[dict[str, int]] = {"limit": 50}
    newest: ClassVar[dict[str, str | int]] = {"sort": "recentupdate"}
    status: ClassVar[type[CommitStatus]] = ForgejoStatus
    states: ClassVar[dict[State, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failure",
        "error": "error",
    }

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        """See `Forge`. It has to be told, and its repository must allow merges made by hand."""
        if self.change(number).state != "open":
            return
        body = {"Do": "manually-merged", "MergeCommitID": merge, "head_commit_id": head}
        try:
            self.client.send("POST", self._path(f"pulls/{number}/merge"), body)
        except Refused as refused:
            reason = refused.said
        else:
            return
        if self.change(number).state == "open":
            words = _(
                "The vote is recorded, but {host} does not mark the proposal as merged "
                "({reason}): allow manual merges in the repository's settings.",
                host=self.client.host,
                reason=reason,
            )
            raise ForgeError(words)

    def _value(self, row: Review) -> str | None:
        """`official` says who may approve on the forge, which is not who may vote; what was
        dismissed keeps its state beside a flag.
        """
        value = VALUES.get(row.state)
        return "dismissed" if value and row.dismissed else value

    def _pushers(self, number: int, commits: Container[str]) -> list[accounts.Account] | None:
        """From the pushes that its timeline tells, all of them: what was pushed before it was
        opened is its author's to answer for.
        """
        path = self._path(f"issues/{number}/timeline")
        rows = self.client.rows(path, TimelineRow, **self.page)
        found = [self._account_of(row.user) for row in rows if row.type == "pull_push"]
        known = [one for one in found if one is not None]
        return known if len(known) == len(found) else None

    def setup(self, base: str) -> Setup:
        """See `Forge`. Whether merges made by hand are allowed it tells nobody."""
        me = understand(self.client.get("user"), Account)
        found = self._settings()
        branch = self._look(self._path(f"branches/{quote(base, safe='')}"), ProtectedBranch)
        return Setup(
            me.login or "",
            found.default_branch,
            may_push=branch.user_can_push if branch else found.lets_push,
            is_protected=branch.protected if branch else None,
            required=branch.required if branch else None,
            states=None if found.has_actions else {},
        )
