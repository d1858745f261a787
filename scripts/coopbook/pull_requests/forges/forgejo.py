"""Forgejo, and Gitea."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from ...base.messages import _
from . import ForgeError, Name, State
from .http import Refused
from .pulls import CommitStatus, Pulls, Review

VALUES = {"APPROVED": "approve", "REQUEST_CHANGES": "request_changes", "COMMENT": ""}


class ForgejoStatus(CommitStatus, frozen=True, kw_only=True):
    """A status on a commit, which calls its state by another name than GitHub's."""

    state: str = msgspec.field(name="status")


class Forgejo(Pulls):
    """See `Forge`."""

    name: Name = "forgejo"
    longest_words: ClassVar[int] = 255
    page: ClassVar[dict[str, int]] = {"limit": 50}
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
