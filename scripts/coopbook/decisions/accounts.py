"""Accounts on a forge, and whose they are: by the number that the forge gave, never by the name."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..base.messages import NOTHING, Message, _
from ..records.core_kinds import MEMBER
from ..records.index import Index
from .types import Member

Forge = Literal["github", "forgejo", "gitlab"]


class Account(Struct, frozen=True):
    """An account of a forge. `uid` is the forge's own number of it: a login can change hands."""

    forge: Forge
    login: str
    uid: int


class Actor(Struct, frozen=True):
    """An account, and whose it is on the base; nobody's where `member` is empty."""

    account: Account
    member: str = ""
    hint: Message = NOTHING


def identify(index: Index, account: Account) -> Actor:
    """Say whose an account is, by its number.

    Returns:
        The actor. Where no member has the number, the hint says what is missing.
    """
    named = ""
    for entry in index.of(MEMBER):
        for own in Member.of(entry).accounts_on(account.forge):
            if own.uid == account.uid:
                return Actor(account, entry.id)
            if own.uid is None and own.login.casefold() == account.login.casefold():
                named = entry.file
    if named:
        hint = _(
            "“@{login}” stands in {file} without its number: add “uid: {uid}” there.",
            login=account.login,
            file=named,
            uid=account.uid,
        )
    else:
        hint = _(
            "No member has the account “@{login}”, number {uid}, under “accounts”.",
            login=account.login,
            uid=account.uid,
        )
    return Actor(account, "", hint)
