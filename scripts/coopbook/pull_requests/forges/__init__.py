"""What a vote needs of a forge, whichever it is: who said what on a proposed change, and a few
words put there in return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ...base.messages import Stopped
from ...decisions.tally.events import Event

Name = Literal["github", "forgejo", "gitlab"]
State = Literal["pending", "success", "failure", "error"]
CONTEXT = "coopbook/vote"
"""The name of our status on a commit."""


class ForgeError(Stopped):
    """The forge refused or did not answer; what it says never holds a token."""


@dataclass(frozen=True)
class Change:
    """A proposed change: `head` is the commit that is proposed, `base` the branch it would go to,
    `author` the forge's number of an account.
    """

    number: int
    title: str
    author: int
    head: str
    base: str
    state: Literal["open", "merged", "closed"]
    url: str


@dataclass(frozen=True)
class Statement:
    """A review or a comment. `commit` is what a review was given on; a comment has none: it counts
    for the text as it stood then. The event has no `text_hash` yet: who has the repository works it
    out.
    """

    event: Event
    commit: str = ""


class Forge(Protocol):
    """One forge, one repository. Every method raises ForgeError."""

    name: Name

    def change(self, number: int) -> Change:
        """A proposed change as it is now."""

    def ref(self, number: int) -> str:
        """The git reference of its head, such as refs/pull/12/head."""

    def statements(self, number: int) -> list[Statement]:
        """All reviews and comments, whatever the number of pages, oldest first; our own comment is
        left out.
        """

    def first_seen(self, commit: str) -> datetime | None:
        """When our status was first put on a commit, by the forge's clock; None when it has
        none.
        """

    def announce(self, commit: str, state: State, words: str, url: str = "") -> None:
        """Put our status on a commit. `words` are cut to what the forge takes."""

    def comment(self, number: int, text: str) -> None:
        """Write our one comment, or change the one that is there; the same text changes nothing."""

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        """The commit `merge`, already on the base, holds `head`: see to it that the forge says so.
        Nothing where it does by itself.
        """

    def close(self, number: int) -> None:
        """Close a change that was not adopted; nothing where it is closed."""
