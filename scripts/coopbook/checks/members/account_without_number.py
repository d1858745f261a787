"""An account on the co-op's forge has its number (`uid`), by which votes and changes know it.

The forge shows the number of an account to programs; where somebody votes without it, the comment
below the vote names it.

## Why
A login can change hands, a number cannot. Without it a vote is nobody's, and so is a change.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Member
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    forge = index.settings.forge.kind
    for number, account in enumerate(Member.of(record).accounts):
        if forge and account.forge == forge and account.uid is None:
            yield record.fault(
                _(
                    "The account “{login}” has no number: no vote and no change of it counts.",
                    login=account.login,
                ),
                *("accounts", number, "login"),
                help=_("Add “uid”, the forge's own number of the account."),
            )
