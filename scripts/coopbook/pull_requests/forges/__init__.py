"""What a vote needs of a forge, whichever it is: who said what on a proposed change, and a few
words put there in return.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ...base.messages import Stopped
from ...decisions.accounts import Account
from ...decisions.tally.events import Event

Name = Literal["github", "forgejo", "gitlab"]
State = Literal["pending", "success", "failure", "error"]
VOTE, PATHS = "coopbook/vote", "coopbook/paths"
"""The names of our statuses on a commit: where its vote stands, and whether those who made it may
make it.
"""


_APPROVAL = re.compile(r"`?/(?:accord|approve)[ \t]+(?P<commit>[0-9a-f]{10,64})`?[ \t.!]*")


def write_approval(head: str) -> str:
    """The command by which somebody approves of a head in a comment, in French."""
    return f"/accord {head[:10]}"


def approves(text: str, head: str) -> bool:
    """Whether a comment approves of a head: a line says so, and names its commit."""
    found = (_APPROVAL.fullmatch(line.strip()) for line in text.splitlines())
    return any(one and head.startswith(one["commit"]) for one in found)


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
    out. `node` is what the forge calls it where it tells who edited it.
    """

    event: Event
    commit: str = ""
    node: str = ""

    @property
    def is_review(self) -> bool:
        """Whether it is a review, one that takes no side as well."""
        return self.event.kind == "review" or bool(self.commit)


@dataclass(frozen=True)
class Setup:
    """How a repository stands on its forge. None, where the forge or the token does not tell.

    Attributes:
        login: Whose the token is.
        main: The branch that the forge takes for the main one.
        may_push: Whether the token's account may push to the base.
        is_protected: Whether the base is, so that only changes that were looked at come there.
        required: The statuses without which nothing comes to the base.
        states: What the forge says of each of its workflows, by its file; `active` is well.
        may_propose: Whether the runner's own token may open a change.
        is_secret_kept: Whether the secret that holds our token reaches no proposed change.
        has_clock: Whether anything runs by the clock, where that is no matter of a file.
    """

    login: str
    main: str
    may_push: bool | None = None
    is_protected: bool | None = None
    required: tuple[str, ...] | None = None
    states: dict[str, str] | None = None
    may_propose: bool | None = None
    is_secret_kept: bool | None = None
    has_clock: bool | None = None


class Forge(Protocol):
    """One forge, one repository. Every method raises ForgeError."""

    name: Name

    def change(self, number: int) -> Change:
        """A proposed change as it is now."""

    def changes(self, base: str, since: datetime) -> list[int]:
        """The numbers of the changes to a branch that are open, and of those that something was
        done to since an instant; in order.
        """

    def ref(self, number: int) -> str:
        """The git reference of its head, such as refs/pull/12/head."""

    def statements(self, number: int) -> list[Statement]:
        """All reviews and comments, whatever the number of pages, oldest first; our own comment is
        left out.
        """

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, Account]:
        """Who edited these statements of a change last, by their `node`; those of which the forge
        does not tell are left out.
        """

    def first_seen(self, commit: str) -> datetime | None:
        """When our status was first put on a commit, by the forge's clock; None when it has
        none.
        """

    def makers(self, number: int, commits: Container[str]) -> list[Account]:
        """The accounts that opened a change and pushed to it, as far as its present `commits` are
        theirs; none where the forge does not say who pushed one of them.
        """

    def approvers(self, number: int, head: str) -> list[Account]:
        """The accounts that approve of exactly this head, by a review or by a comment
        (`write_approval`).
        """

    def announce(
        self, commit: str, state: State, words: str, url: str = "", context: str = VOTE
    ) -> None:
        """Put one of our statuses on a commit. `words` are cut to what the forge takes."""

    def comment(self, number: int, text: str, context: str = VOTE, *, first: bool = True) -> None:
        """Write our one comment of a status, or change the one that is there; the same text changes
        nothing. Without `first`, none is written where there is none.
        """

    def told_once(self, number: int) -> frozenset[str]:
        """The names of all that `tell_once` has told on a change's page."""

    def tell_once(self, number: int, text: str, names: Iterable[str]) -> None:
        """Write a comment of its own, which stays as it is: whom it names gets a mail, as nobody
        does whom an altered comment names. `names` are what `told_once` knows it by.
        """

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        """The commit `merge`, already on the base, holds `head`: see to it that the forge says so.
        Nothing where it does by itself.
        """

    def setup(self, base: str) -> Setup:
        """How the repository and its branch `base` stand. Asks only, and changes nothing."""

    def account_number(self, login: str) -> int | None:
        """The number of an account; None where the forge has none of that name."""

    def close(self, number: int) -> None:
        """Close a change that was not adopted; nothing where it is closed."""
