"""Forgejo, and Gitea."""

from __future__ import annotations

from typing import Any, ClassVar

from ...base.messages import _
from . import ForgeError, Name, State
from .fields import field, maybe
from .http import Refused
from .pulls import Pulls

VALUES = {"APPROVED": "approve", "REQUEST_CHANGES": "request_changes", "COMMENT": ""}


class Forgejo(Pulls):
    """See `Forge`."""

    name: Name = "forgejo"
    longest_words: ClassVar[int] = 255
    page: ClassVar[dict[str, int]] = {"limit": 50}
    status_state: ClassVar[str] = "status"
    states: ClassVar[dict[State, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failure",
        "error": "error",
    }

    def merged(self, number: int, head: str, merge: str) -> None:
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

    def _value(self, row: Any) -> str | None:
        """`official` says who may approve on the forge, which is not who may vote; what was
        dismissed keeps its state beside a flag.
        """
        value = VALUES.get(field(row, "state", str))
        return "dismissed" if value and maybe(row, "dismissed", bool) else value
