"""A record that is renamed keeps its old id in `formerly`.

This check compares with the files before the change (`coopbook check --base`): a record that has
vanished while another one appears with the same name or the same text is a renaming.

## Why
Minutes, ballots and other files say the old id, business cards and other sites carry the old
address. With `formerly` they still mean the same record.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for kind, entries in after.entries.items():
        old = before.by_id(kind)
        lost = {
            key: id
            for id in sorted(old.keys() - entries.keys())
            for key in (old[id].digest, str(old[id].title))
            if key
        }
        for id in sorted(entries.keys() - old.keys()):
            former = lost.get(entries[id].digest) or lost.get(str(entries[id].title))
            if former and not after.find(kind, former):
                yield entries[id].fault(
                    _(
                        "“{old}” is now “{new}”: what says “{old}” would be lost.",
                        old=former,
                        new=id,
                    ),
                    help=_("Add: formerly: [{old}]", old=former),
                )
