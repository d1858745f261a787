"""A record that is gone while a new one looks very like it was probably renamed, and its content
changed with its name: then the new one keeps the old id in `formerly`.

This check compares with the files before the change (`coopbook check --base`). Alike are two
records that have at least half of what lists and checks read in common, and in it two values at
least that no other record had.

## Why
Somebody who takes another name changes the file's name and what stands in it at once. Without
`formerly`, the minutes they signed and the ballots they cast would be nobody's.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Value
from ...records.index import Entry, Index

SEVERITY = "warning"
MOST = 200
"""With more records gone or new at once, nobody renamed one: the co-op was laid out anew."""


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for kind in after.entries:
        old, new = before.by_id(kind), after.by_id(kind)
        gone = [old[id] for id in sorted(old.keys() - new.keys()) if not after.find(kind, id)]
        come = [new[id] for id in sorted(new.keys() - old.keys())]
        if gone and come and len(gone) <= MOST >= len(come):
            yield from _find_alike(gone, come, old)


def _find_alike(
    gone: list[Entry], come: list[Entry], every: Mapping[str, Entry]
) -> Iterator[Diagnostic]:
    shared = Counter(part for entry in every.values() for part in _parts(entry))
    for entry in come:
        best = max(gone, key=lambda one: _likeness(_parts(one), _parts(entry), shared))
        same_name = best.title == entry.title or best.digest == entry.digest  # `lost-id` tells it
        if not same_name and _likeness(_parts(best), _parts(entry), shared) >= 1 / 2:
            message = _(
                "“{new}” is new and very like “{old}”, which is gone.", old=best.id, new=entry.id
            )
            help = _("If it was renamed, add: formerly: [{old}]", old=best.id)
            yield entry.fault(message, help=help)


def _likeness(old: frozenset[str], new: frozenset[str], shared: Mapping[str, int]) -> float:
    """How much two records have in common, from 0 to 1; 0 where others have all of it as well."""
    common = old & new
    telling = sum(shared[part] == 1 for part in common)
    return len(common) / len(old | new) if telling > 1 else 0


def _parts(entry: Entry) -> frozenset[str]:
    """What the index keeps of a record, each value with its place, and its text."""
    return frozenset([*_leaves(entry.value, ()), *([f"text {entry.text}"] if entry.text else [])])


def _leaves(value: Value, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, (*path, "-"))
    elif path[:1] != ("formerly",):
        yield json.dumps([path, value], ensure_ascii=False)
