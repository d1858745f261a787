"""GitHub, and GitHub Enterprise."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import ClassVar
from urllib.parse import quote

from msgspec import Struct

from ...decisions import accounts
from . import Name, Setup, State, Statement
from .answers import Account, Row, understand
from .http import Refused
from .pulls import CommitStatus, Pulls, Review

ACTIONS_BOT = 41898282
"""The account of GitHub Actions' own token, which is refused when it asks who it is. From the
README of actions/checkout: 41898282+github-actions[bot]@users.noreply.github.com, where the number
is the account's. On a GitHub of one's own it is another.
"""
ACTIONS_LOGIN = "github-actions[bot]"
VALUES = {
    "APPROVED": "approve",
    "CHANGES_REQUESTED": "request_changes",
    "DISMISSED": "dismissed",
    "COMMENTED": "",
}


EDITORS = (
    "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Comment { editor { login "
    "... on User { uid: databaseId } ... on Bot { uid: databaseId } } } } }"
)
MOST_NODES = 100


class Editor(Struct, frozen=True, kw_only=True):
    """Who edited something last; without a number, an account that is gone."""

    login: str
    uid: int | None = None


class Node(Struct, frozen=True, kw_only=True):
    """A comment or a review, and who edited it last."""

    id: str
    editor: Editor | None = None


class Nodes(Struct, frozen=True, kw_only=True):
    """Those that were asked for; one that is gone, or not for us to see, is none."""

    nodes: tuple[Node | None, ...] = ()


class Edits(Struct, frozen=True, kw_only=True):
    """What GitHub answers to `EDITORS`; nothing where it refuses in words."""

    data: Nodes | None = None


class Activity(Row, frozen=True, kw_only=True):
    """A push to a branch, a merge into it, its creation: the commit it ended at after that."""

    after: str
    actor: Account | None = None


class StatusCheck(Struct, frozen=True, kw_only=True):
    """A status that is required."""

    context: str


class Parameters(Struct, frozen=True, kw_only=True):
    """What a rule of a ruleset says more."""

    required_status_checks: tuple[StatusCheck, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """A rule that holds for a branch."""

    type: str
    ruleset_id: int | None = None
    parameters: Parameters | None = None


class Ruleset(Struct, frozen=True, kw_only=True):
    """A set of rules; whether its rules hold for us."""

    current_user_can_bypass: str = ""


class Contexts(Struct, frozen=True, kw_only=True):
    """The statuses that a protected branch requires."""

    contexts: tuple[str, ...] = ()


class Protection(Struct, frozen=True, kw_only=True):
    """How a branch is protected by what was there before rulesets."""

    enabled: bool = False
    required_status_checks: Contexts | None = None


class ProtectedBranch(Struct, frozen=True, kw_only=True):
    """A branch."""

    protection: Protection | None = None


class Workflow(Row, frozen=True, kw_only=True):
    """A workflow, and whether it runs."""

    path: str
    state: str


class Workflows(Struct, frozen=True, kw_only=True):
    """All of them."""

    workflows: tuple[Workflow, ...]


class OwnToken(Struct, frozen=True, kw_only=True):
    """What the token may that each run is given."""

    can_approve_pull_request_reviews: bool


GUARDS = {"pull_request", "required_status_checks", "update", "merge_queue", "workflows"}
"""The rules by which nobody pushes to a branch by themselves."""


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

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, accounts.Account]:
        """See `Forge`. Its other interface alone tells it; a token that may not ask there learns
        nothing.
        https://docs.github.com/en/graphql/reference/interfaces#comment.
        """
        nodes = [one.node for one in said if one.node]
        found: dict[str, accounts.Account] = {}
        for start in range(0, len(nodes), MOST_NODES):
            answer = self.client.query(EDITORS, ids=nodes[start : start + MOST_NODES])
            if answer is None:
                return found
            known = understand(answer, Edits).data or Nodes()
            found |= {
                node.id: accounts.Account(self.name, editor.login, editor.uid)
                for node in known.nodes
                if node and (editor := node.editor) and editor.uid
            }
        return found

    def _pushers(self, number: int, commits: Container[str]) -> list[accounts.Account] | None:
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

    def setup(self, base: str) -> Setup:
        """See `Forge`. Of the old way to protect a branch only who may change it learns whom it
        lets through; the token of each run it never does.
        """
        login, found = self._login(), self._settings()
        branch = self._look(self._path(f"branches/{quote(base, safe='')}"), ProtectedBranch)
        path = self._path(f"rules/branches/{quote(base, safe='')}")
        rules = self._look(path, list[Rule], **self.page) or []
        guards = {rule.ruleset_id for rule in rules if rule.type in GUARDS}
        old = branch.protection if branch and branch.protection else Protection()
        needed = old.required_status_checks or Contexts()
        more = [one.context for rule in rules for one in _checks(rule)]
        own = self._look(self._path("actions/permissions/workflow"), OwnToken)
        flows = self._look(self._path("actions/workflows"), Workflows, **self.page)
        is_protected = (old.enabled or bool(guards)) if branch else None
        return Setup(
            login,
            found.default_branch,
            may_push=self._may_push(found.lets_push, login, old.enabled, guards),
            is_protected=is_protected,
            required=tuple(dict.fromkeys([*needed.contexts, *more])) if branch else None,
            states={one.path: one.state for one in flows.workflows} if flows else None,
            may_propose=own.can_approve_pull_request_reviews if own else None,
        )

    def _login(self) -> str:
        """Whose the token is; of one of a run, or of an app, the forge does not say it."""
        if isinstance(self._account, str):
            return self._account
        try:
            return understand(self.client.get("user"), Account).login or ""
        except Refused as refused:
            if refused.status != 403 or "integration" not in refused.said:
                raise
        return ACTIONS_LOGIN

    def _may_push(
        self, push: bool | None, login: str, is_old: bool, guards: set[int | None]
    ) -> bool | None:
        """Whether our account goes past all that guards a branch."""
        if not push or not (is_old or guards):
            return push
        if login == ACTIONS_LOGIN:
            return False
        ways = [
            self._look(self._path(f"rulesets/{one}"), Ruleset) or Ruleset()
            for one in guards
            if one is not None
        ]
        if any(one.current_user_can_bypass in ("never", "pull_requests_only") for one in ways):
            return False
        is_known = all(one.current_user_can_bypass for one in ways) and len(ways) == len(guards)
        return True if is_known and not is_old else None


def _checks(rule: Rule) -> tuple[StatusCheck, ...]:
    return rule.parameters.required_status_checks if rule.parameters else ()
