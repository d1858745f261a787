"""No forge at all: a branch of this clone stands for the proposed change, and what would be said is
only printed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import datetime

from ...base.git import GitError
from ...base.messages import _
from ...decisions.accounts import Account
from ..git import NAME, Clone
from . import VOTE, Change, Name, Setup, State, Statement

HERE = "."
"""This clone as its own remote."""


class Nowhere:
    """A forge on which nobody says anything."""

    def __init__(
        self, git: Clone, name: Name, base: str, branch: str, makers: Iterable[Account] = ()
    ) -> None:
        if not NAME.fullmatch(branch) or not re.fullmatch(r"[A-Za-z0-9/_-]+", branch):
            raise GitError(_("“{name}” is no name of a branch.", name=branch))
        self.name, self._git, self._base, self._branch = name, git, base, branch
        self._makers = list(makers)

    def change(self, number: int) -> Change:
        return Change(number, "", 0, self._git.commit(self.ref(number)), self._base, "open", "")

    def changes(self, base: str, since: datetime) -> list[int]:
        return []

    def ref(self, number: int) -> str:
        return f"refs/heads/{self._branch}"

    def statements(self, number: int) -> list[Statement]:
        return []

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, Account]:
        return {}

    def first_seen(self, commit: str) -> datetime | None:
        return None

    def makers(self, number: int, commits: Container[str]) -> list[Account]:
        return self._makers

    def approvers(self, number: int, head: str) -> list[Account]:
        return []

    def announce(
        self, commit: str, state: State, words: str, url: str = "", context: str = VOTE
    ) -> None:
        return

    def comment(self, number: int, text: str, context: str = VOTE, *, first: bool = True) -> None:
        return

    def told_once(self, number: int) -> frozenset[str]:
        return frozenset()

    def tell_once(self, number: int, text: str, names: Iterable[str]) -> None:
        return

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        return

    def setup(self, base: str) -> Setup:
        return Setup("", base)

    def account_number(self, login: str) -> int | None:
        return None

    def close(self, number: int) -> None:
        return
