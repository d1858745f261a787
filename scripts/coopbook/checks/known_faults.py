"""Faults that a change did not make: they were there before it, in files that it does not touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from ..base.diagnostics import Diagnostic
from ..records.index import Index

Known = tuple[str, str, str, str]


def lower_known(
    found: Iterable[Diagnostic], known: Iterable[Diagnostic], before: Index, after: Index
) -> list[Diagnostic]:
    """Errors that were there before as warnings: they block whoever mends them, not somebody else's
    change.

    Such an error stands in a record whose file has the same digest before and after, and the same
    check said the same words of the same place. As many are lowered as there were: one more is the
    change's. Faults of the files by which all others are judged (coop.yml, the rules of decision,
    schemas) stay errors: where those cannot be read, checks keep silent.

    Args:
        found: the faults of the book after the change.
        known: those of the book before it.
        before: the index before the change.
        after: the index after it.
    """
    had = Counter(map(_key, known))
    lowered = []
    for item in found:
        if item.severity == "error" and had[_key(item)] and _is_untouched(item.file, before, after):
            had[_key(item)] -= 1
            lowered.append(replace(item, severity="warning"))
        else:
            lowered.append(item)
    return lowered


def _key(item: Diagnostic) -> Known:
    return item.check, item.file, repr(item.message), repr((item.path, item.on_key))


def _is_untouched(file: str, before: Index, after: Index) -> bool:
    old, new = before.by_file.get(file), after.by_file.get(file)
    return (
        old is not None
        and new is not None
        and old.digest == new.digest != ""
        and not after.kinds[new.kind].single
    )
