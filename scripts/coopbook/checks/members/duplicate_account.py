"""An account of a forge belongs to one member.

## Why
Who may change a member's file, and later who may vote, is read from the account: one account for
two members gives one of them the other's rights.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Entry, Index

KIND = "member"


def check_index(index: Index) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str, object], Entry] = {}
    for entry in index.of("member"):
        for number, account in enumerate(entry.get("accounts") or []):
            for name in ("login", "uid"):
                value = account.get(name)
                key = (
                    account.get("forge"),
                    name,
                    value.casefold() if isinstance(value, str) else value,
                )
                if value is None:
                    continue
                if key in seen:
                    yield entry.error(
                        _("This account is already that of {file}.", file=seen[key].file),
                        "accounts",
                        number,
                        name,
                        help=_("Keep it in one of the two."),
                    )
                    break
                seen[key] = entry
