"""An account of a forge belongs to one member.

## Why
Who may change a member's file, and later who may vote, is read from the account: one account for
two members gives one of them the other's rights.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Member
from ...records.index import Entry, Index

KIND = "member"


def check_index(index: Index) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str, str | int], Entry] = {}
    for entry in index.of("member"):
        for number, account in enumerate(Member.of(entry).accounts):
            for name, value in (("login", account.login.casefold()), ("uid", account.uid)):
                if value is None or value == "":
                    continue
                key = (account.forge, name, value)
                if key in seen:
                    yield entry.fault(
                        _("This account is already that of {file}.", file=seen[key].file),
                        "accounts",
                        number,
                        name,
                        help=_("Keep it in one of the two."),
                    )
                    break
                seen[key] = entry
