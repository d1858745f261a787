"""A member's `formerly` names nobody else: no id that was somebody else's before this change.

This check compares with the files before the change (`coopbook check --base`). Two files of one
person may become one, where both have the same name.

## Why
What was voted, signed and mandated under an id is theirs who bear it in `formerly`. Whoever could
add a colleague's would have their votes and their mandates.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index

KIND = "member"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of(KIND):
        own = before.by_id(KIND).get(entry.id)
        for number, old in enumerate(entry.formerly):
            was = before.find(KIND, old)
            if own and was and was.id not in (entry.id, own.id) and was.title != own.title:
                yield entry.fault(
                    _("“{id}” was somebody else: {file}.", id=old, file=was.file),
                    "formerly",
                    number,
                    help=_("Take it out of this list."),
                )
