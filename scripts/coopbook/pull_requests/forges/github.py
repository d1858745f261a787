"""GitHub, and GitHub Enterprise."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from ...decisions import judgement
from . import Name, State
from .answers import Account, Row
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


class Activity(Row, frozen=True, kw_only=True):
    """A push to a branch, a merge into it, its creation: the commit it ended at after that."""

    after: str
    actor: Account | None = None


class GitHub(Pulls):
    """See `Forge`."""

    name: Name = "github"
    longest_words: ClassVar[int] = 140
    page: ClassVar[dict[str, int]] = {"per_page": 100}
    newest: ClassVar[dict[str, str | int]] = {"sort": "updated", "direction": "desc"}
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

    def _pushers(self, number: int, commits: Container[str]) -> list[judgement.Account] | None:
        """From the activity of the branch that is proposed; what was pushed over there since left
        the change. Nobody is known where the fork is gone, or hides it.
        https://docs.github.com/en/rest/repos/repos#list-repository-activities.
        """
        head = self._pull(number).head
        if head.repo is None:
            return None
        path = f"repos/{head.repo.full_name}/activity"
        try:
            every = self.client.rows(path, Activity, ref=f"refs/heads/{head.ref}", **self.page)
        except Refused as refused:
            if refused.status not in (403, 404):
                raise
            return None
        found = [self._account_of(one.actor) for one in every if one.after in commits]
        known = [one for one in found if one is not None]
        pushed = head.sha in {one.after for one in every}
        return known if pushed and len(known) == len(found) else None
