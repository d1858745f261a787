"""What a forge answers, as typed values: an answer of another shape than we know is a ForgeError,
and what goes to git is looked at first.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from ...base.messages import _
from . import ForgeError

T = TypeVar("T")
Commit = Annotated[str, Meta(pattern=r"\A[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")]
Branch = Annotated[
    str,
    Meta(pattern=r"\A(?!.*[.][.])[^-\s\x00-\x1f\x7f~^:?*\[\\][^\s\x00-\x1f\x7f~^:?*\[\\]{0,249}\Z"),
]
"""A branch's name that git takes for nothing else."""
RepositoryName = Annotated[
    str, Meta(pattern=r"\A(?![.])[A-Za-z0-9_.-]{1,100}/(?![.]{1,2}\Z)[A-Za-z0-9_.-]{1,100}\Z")
]
"""A repository's owner and name, which lead to no other address."""
Instant = Annotated[datetime, Meta(tz=True)]
GHOST = "ghost"
"""Who wrote something and has no account any more."""
_PLACE = re.compile(r"at `[$][.]?([^`]*)`")
_MISSING = re.compile(r"required field `([^`]*)`")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Row(Struct, frozen=True, kw_only=True):
    """An object of a list that a forge gives: each has its number."""

    id: int


class Account(Struct, frozen=True, kw_only=True):
    """An account; its number is not positive where it is gone."""

    id: int | None = None
    login: str | None = None


class Tip(Struct, frozen=True, kw_only=True):
    """The commit that a branch ends at."""

    sha: Commit


class Target(Struct, frozen=True, kw_only=True):
    """The branch that a change would go to."""

    ref: Branch


class Reason(Struct, frozen=True, kw_only=True):
    """Why a forge refuses, from whatever place each keeps it in."""

    message: Any = None
    error: Any = None

    @property
    def words(self) -> str:
        return str(self.message or self.error or "")


def understand(answer: Any, kind: type[T]) -> T:
    """An answer, or a row of one, as a value of a type. Raises ForgeError, naming the field that is
    missing or of another kind.
    """
    try:
        return msgspec.convert(answer, kind)
    except msgspec.ValidationError as error:
        place, missing = _PLACE.search(str(error)), _MISSING.search(str(error))
        names = [found[1] for found in (place, missing) if found]
    raise not_understood(".".join(name for name in names if name) or "…")


def not_understood(name: str) -> ForgeError:
    """An answer of another shape than we know: what was looked for in it."""
    return ForgeError(
        _(
            "The forge's answer is not understood: “{name}” is missing, or something else "
            "than it was.",
            name=name,
        )
    )


def author_of(account: Account | None) -> tuple[int, str]:
    """The number and the name of an account; 0 where it is gone (null on GitHub, -1 on Forgejo)."""
    if account is None or account.id is None or account.id <= 0:
        return 0, GHOST
    if account.login is None:
        raise not_understood("login")
    return account.id, account.login


def commit_of(text: str | None) -> str:
    """A commit; empty where the forge has forgotten it."""
    return text if text and _COMMIT.fullmatch(text) else ""


def web_address(text: str | None) -> str:
    """An address on the web; empty where it is none."""
    return text if text and text.startswith(("https://", "http://")) else ""
