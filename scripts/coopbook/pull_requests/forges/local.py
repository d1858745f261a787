"""No forge at all: a branch of this clone stands for the proposed change, and what would be said is
only printed.
"""

from __future__ import annotations

import re
from datetime import datetime

from ...base.git import GitError
from ...base.messages import _
from ..git import NAME, Clone
from . import Change, Name, State, Statement

HERE = "."
"""This clone as its own remote."""


class Nowhere:
    """A forge on which nobody says anything."""

    def __init__(self, git: Clone, name: Name, base: str, branch: str) -> None:
        if not NAME.fullmatch(branch) or not re.fullmatch(r"[A-Za-z0-9/_-]+", branch):
            raise GitError(_("“{name}” is no name of a branch.", name=branch))
        self.name, self._git, self._base, self._branch = name, git, base, branch

    def change(self, number: int) -> Change:
        return Change(number, "", 0, self._git.commit(self.ref(number)), self._base, "open", "")

    def ref(self, number: int) -> str:
        return f"refs/heads/{self._branch}"

    def statements(self, number: int) -> list[Statement]:
        return []

    def first_seen(self, commit: str) -> datetime | None:
        return None

    def announce(self, commit: str, state: State, words: str, url: str = "") -> None:
        return

    def comment(self, number: int, text: str) -> None:
        return

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        return

    def close(self, number: int) -> None:
        return
