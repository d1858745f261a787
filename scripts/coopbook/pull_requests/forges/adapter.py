"""What the three forges have in common: our comments, our statuses, who made a change, and the
order of what was said.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar, TypeVar
from urllib.parse import quote

from ...base.messages import _
from ...decisions.accounts import Account
from ...decisions.tally.events import Event
from . import VOTE, Change, ForgeError, Name, Setup, State, Statement, approves
from .answers import Row, understand
from .http import Client, Refused, rest

T = TypeVar("T")
_MARK = "<!-- coopbook:"
"""How we know our comments again, where our own account wrote them."""
_NAMES = re.compile(r"<!-- coopbook:([a-z0-9-]+) -->")
LOOKS = 6
"""How often we look whether a forge has noticed a merge."""


def mark_of(context: str) -> str:
    """What our comment of a status begins with, which no reader sees."""
    return f"{_MARK}{context.rpartition('/')[2]} -->"


@dataclass(frozen=True)
class Comment:
    """A comment as a forge has it. `author` is 0 where the account is gone."""

    id: int
    author: int
    login: str
    text: str
    at: datetime
    changed: datetime
    url: str
    node: str = ""

    @property
    def statement(self) -> Statement:
        edited = self.changed if self.changed > self.at else None
        return Statement(
            Event(
                "comment",
                self.text,
                self.at,
                self.author,
                self.login,
                edited_at=edited,
                url=self.url,
                number=self.id,
            ),
            node=self.node,
        )


@dataclass(frozen=True)
class Status:
    """A status on a commit: who put it there, and since when. `state` is the forge's own word."""

    id: int
    context: str
    creator: int
    at: datetime
    state: str
    words: str
    url: str


class Adapter(ABC):
    """One forge, one repository, one account; see `Forge`. `account` is our own where the forge
    does not tell it: its number, or the name it logs in with.
    """

    name: Name
    longest_words: ClassVar[int]
    states: ClassVar[dict[State, str]]

    def __init__(
        self,
        client: Client,
        repository: str,
        account: int | str | None = None,
        sleep: Callable[[float], None] = rest,
    ) -> None:
        self.client, self.repository, self._account, self._sleep = (
            client,
            repository,
            account,
            sleep,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client.host!r}, {self.repository!r})"

    @abstractmethod
    def change(self, number: int) -> Change: ...
    @abstractmethod
    def changes(self, base: str, since: datetime) -> list[int]: ...
    @abstractmethod
    def ref(self, number: int) -> str: ...
    @abstractmethod
    def _comments(self, number: int) -> list[Comment]: ...
    @abstractmethod
    def _write(self, number: int, text: str) -> None: ...
    @abstractmethod
    def _rewrite(self, number: int, comment: int, text: str) -> None: ...
    @abstractmethod
    def _statuses(self, commit: str, context: str) -> list[Status]: ...
    @abstractmethod
    def _put(self, commit: str, state: str, words: str, url: str, context: str) -> None: ...
    @abstractmethod
    def _close(self, number: int) -> None: ...
    @abstractmethod
    def setup(self, base: str) -> Setup: ...

    def _who(self) -> int:
        return understand(self.client.get("user"), Row).id

    def account_number(self, login: str) -> int | None:
        """See `Forge`."""
        try:
            return self._find_account(login).id
        except Refused as refused:
            if refused.status != 404:
                raise
        return None

    def _look(self, path: str, kind: type[T], **query: str | int) -> T | None:
        """What a path of the repository holds; None where it is not there, or not for us."""
        try:
            return understand(self.client.get(path, **query), kind)
        except Refused as refused:
            if refused.status not in (403, 404):
                raise
        return None

    def _number_of(self, login: str) -> int:
        """The number of the account of this name; one is taken for another by no forge."""
        number = self.account_number(login)
        if number is not None:
            return number
        raise ForgeError(
            _(
                "{host} has no account “{login}”: write the name that stands above its comments.",
                host=self.client.host,
                login=login,
            )
        )

    def _find_account(self, login: str) -> Row:
        """What the forge says of the account of this name."""
        return understand(self.client.get(f"users/{quote(login, safe='')}"), Row)

    @abstractmethod
    def _pushers(self, number: int, commits: Container[str]) -> list[Account] | None:
        """The accounts that pushed the commits of a change; None where one of them is unknown."""

    @abstractmethod
    def _author(self, number: int) -> Account | None:
        """The account that opened a change; None where it is gone."""

    def makers(self, number: int, commits: Container[str]) -> list[Account]:
        """See `Forge`."""
        author, pushers = self._author(number), self._pushers(number, commits)
        if author is None or pushers is None:
            return []
        return list(dict.fromkeys([author, *pushers]))

    def approvers(self, number: int, head: str) -> list[Account]:
        """See `Forge`. Of the reviews of an account the last counts; of its comments one that
        nobody edited, for no forge says who did.
        """
        last: dict[int, tuple[str, bool]] = {}
        for said in sorted(self._reviews(number), key=lambda one: one.event.order):
            event = said.event
            if event.kind == "review" and event.actor_id:
                last[event.actor_id] = event.login, event.value == "approve" and said.commit == head
        for one in self._comments(number):
            if one.author and one.changed <= one.at and approves(one.text, head):
                last[one.author] = one.login, True
        return [Account(self.name, login, uid) for uid, (login, yes) in last.items() if yes]

    def _reviews(self, number: int) -> list[Statement]:
        """Where reviews are ballots."""
        return []

    @cached_property
    def me(self) -> int:
        """The number of our own account."""
        return (
            self._number_of(self._account)
            if isinstance(self._account, str)
            else self._account or self._who()
        )

    def statements(self, number: int) -> list[Statement]:
        """See `Forge`."""
        spoken = [
            comment.statement for comment in self._comments(number) if not self._ours(comment)
        ]
        return sorted([*spoken, *self._reviews(number)], key=lambda one: one.event.order)

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, Account]:
        """See `Forge`. Forgejo does not tell who edited a comment of somebody else's."""
        return {}

    def comment(self, number: int, text: str, context: str = VOTE, *, first: bool = True) -> None:
        """See `Forge`."""
        mark = mark_of(context)
        whole = f"{mark}\n{text.strip()}"
        me = (
            self.me
        )  # asked before anything is written: under a wrong name, each run would write one more
        had = next(
            (one for one in self._comments(number) if mark in one.text and one.author == me), None
        )
        if had is None:
            if first:
                self._write(number, whole)
        elif had.text.replace("\r\n", "\n").strip() != whole:
            self._rewrite(number, had.id, whole)

    def told_once(self, number: int) -> frozenset[str]:
        """See `Forge`."""
        ours = [one for one in self._comments(number) if self._ours(one)]
        return frozenset(name for one in ours for name in _NAMES.findall(one.text))

    def tell_once(self, number: int, text: str, names: Iterable[str]) -> None:
        """See `Forge`."""
        marks = "\n".join(map(mark_of, names))
        self._write(number, f"{marks}\n{text.strip()}")

    def first_seen(self, commit: str) -> datetime | None:
        """See `Forge`. A commit that the forge has not got (any more) was never seen."""
        try:
            return min((one.at for one in self._ours_on(commit, VOTE)), default=None)
        except Refused as refused:
            if refused.status not in (404, 422):
                raise
        return None

    def announce(
        self, commit: str, state: State, words: str, url: str = "", context: str = VOTE
    ) -> None:
        """See `Forge`. What stands there already is not said again: forges keep each status, and
        GitHub no more than a thousand.
        """
        words = words if len(words) <= self.longest_words else words[: self.longest_words - 1] + "…"
        last = max(self._ours_on(commit, context), key=lambda one: (one.at, one.id), default=None)
        if not last or (last.state, last.words, last.url) != (self.states[state], words, url):
            self._put(commit, self.states[state], words, url, context)

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        """See `Forge`. GitHub and GitLab notice by themselves that the base holds the head: they
        are given a little time.
        """
        for turn in range(LOOKS):
            if self.change(number).state != "open":
                return
            if turn < LOOKS - 1:
                self._sleep(2.0)

    def close(self, number: int) -> None:
        """See `Forge`."""
        if self.change(number).state == "open":
            self._close(number)

    def _ours(self, comment: Comment) -> bool:
        """By the mark and by the account: anybody can paste the one."""
        return _MARK in comment.text and comment.author == self.me

    def _ours_on(self, commit: str, context: str) -> list[Status]:
        return [
            one
            for one in self._statuses(commit, context)
            if one.context == context and one.creator == self.me
        ]
