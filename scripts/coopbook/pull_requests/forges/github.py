"""GitHub, and GitHub Enterprise."""

from __future__ import annotations

from typing import ClassVar

from . import Name, State
from .http import Refused
from .pulls import CommitStatus, Pulls, Review

ACTIONS_BOT = 41898282
"""The account of GitHub Actions' own token, which is refused when it asks who it is. From the
README of actions/checkout: 41898282+github-actions[bot]@users.noreply.github.com, where the number
is the account's. On a GitHub of one's own it is another.
"""
VALUES = {
    "APPROVED": "approve",
    "CHANGES_REQUESTED": "request_changes",
    "DISMISSED": "dismissed",
    "COMMENTED": "",
}


class GitHub(Pulls):
    """See `Forge`."""

    name: Name = "github"
    longest_words: ClassVar[int] = 140
    page: ClassVar[dict[str, int]] = {"per_page": 100}
    status: ClassVar[type[CommitStatus]] = CommitStatus
    states: ClassVar[dict[State, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failure",
        "error": "error",
    }

    def _who(self) -> int:
        try:
            return super()._who()
        except Refused as refused:
            if refused.status != 403 or "integration" not in refused.said:
                raise
        return ACTIONS_BOT

    def _value(self, row: Review) -> str | None:
        """A review that was dismissed keeps its date: it undoes what was said until then, and a
        vote given later stands.
        """
        return VALUES.get(row.state)
