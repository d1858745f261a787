"""Run the checks over a book, and over a change of one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.parallel import spread
from ..records.excerpts import Places
from ..records.index import Index
from ..records.load import Book, Progress
from ..records.model import Record
from ..records.renamed import as_named_in, is_read_as_meant
from . import frozen, past_due
from .acceptance import INVALID, UNUSED, apply_accepted
from .known_faults import lower_known
from .model import Check


@lru_cache(maxsize=1)
def all_checks() -> dict[str, Check]:
    """Every check by its slug, in alphabetical order."""
    names = [
        name
        for _finder, name, is_package in pkgutil.walk_packages(
            [str(Path(__file__).parent)], f"{__package__}."
        )
        if not is_package and name.rpartition(".")[0] != __package__
    ]
    found = [Check.of_module(importlib.import_module(name)) for name in names]
    found += [Check.of_module(past_due), *frozen.CHECKS]
    return {check.slug: check for check in sorted(found, key=lambda check: check.slug)}


def check(
    book: Book, *, only: str = "", progress: Progress = lambda _count: None
) -> list[Diagnostic]:
    """All that is wrong with a book.

    Args:
        book: The co-op, as `load` read it; what was found while reading is always in the result.
        only: The slug of the one check to run; every check where it is empty.
        progress: Told, with 1, that a chunk of the records is done.

    Returns:
        The faults, each with its place, in the order of files and lines.
    """
    wanted = "" if only in (INVALID, UNUSED) else only  # whether a warning is told: all are run
    checks = [one for slug, one in all_checks().items() if not wanted or slug == wanted]
    found = list(book.found)
    dispatch = _Dispatch(checks)

    def check_chunk(chunk: int) -> list[Diagnostic]:
        return [
            item
            for record in book.spool.records(chunk)
            if record.file in book.index.assets  # our own lists are checked where they are made
            for item in dispatch.check_record(record, book.index)
        ]

    for wrong in spread(
        check_chunk, range(book.spool.chunks), book.jobs if book.spool.chunks > 4 else 1
    ):
        found += wrong
        progress(1)
    for one in checks:
        if one.check_index:
            found += _run(one, one.check_index, book.index)
    found = apply_accepted(found, book.index, all_checks(), {one.slug for one in checks})
    if only != wanted:
        found = [item for item in found if item.check == only or item in book.found]
    return place(found, book)


def check_record(record: Record, index: Index) -> list[Diagnostic]:
    """What the checks say of one record alone, such as one that is not written yet."""
    return list(_Dispatch(all_checks().values()).check_record(record, index))


def check_new(records: Iterable[Record], index: Index) -> list[Diagnostic]:
    """What the checks say of records that are not written yet, in an index that holds them."""
    records = list(records)
    files = {record.file for record in records}
    dispatch = _Dispatch(all_checks().values())
    found = [item for record in records for item in dispatch.check_record(record, index)]
    for one in all_checks().values():
        if one.check_index:
            whole = _run(one, one.check_index, index)
            found += [item for item in whole if item.file in files]
    return found


def check_settled(before: Book, after: Book) -> list[Diagnostic]:
    """What was settled in an earlier book and is not what it was, however long ago: minutes,
    wordings of articles, decided proposals, results, ballots.

    Returns:
        The faults, each with its place, in the order of files and lines.
    """
    found = _check_way(before, after, [all_checks()[slug] for slug in frozen.PROOFS])
    was, _renamed = as_named_in(before.index, after.index)
    found += frozen.find_lost_wordings(was, after.index)
    found += frozen.find_unreadable(was, after.index)
    return place(found, after)


def check_change(before: Book, after: Book) -> list[Diagnostic]:
    """What the checks say of the way from one book to another, placed and sorted.

    They see what was there before in the ids of after it: a reference to somebody who was renamed
    did not change.

    Returns:
        The faults, each with its place.
    """
    return place(_check_way(before, after, [*all_checks().values()]), after)


def _check_way(before: Book, after: Book, checks: list[Check]) -> list[Diagnostic]:
    was, renamed = as_named_in(before.index, after.index)
    found = [
        item
        for one in checks
        if one.check_change
        for item in _run(one, one.check_change, was, after.index)
    ]
    found += [
        item
        for written, new in _differing(before, after)
        for old in [renamed.record(written) if is_read_as_meant(written.kind) else written]
        for one in checks
        if one.check_record_change and (not one.kinds or old.kind.name in one.kinds)
        for item in _run(one, one.check_record_change, old, new, was, record=new)
    ]
    found += [
        item
        for one in checks
        if one.check_books
        for item in _run(one, one.check_books, before, after)
    ]
    return found


def check_with_base(before: Book, after: Book, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """All that is wrong with a change: the faults of the book as it would be, and those of the way
    to it, sorted.

    An error that was there before, in a file that the change does not touch, is a warning. Checks
    that are not of changes are left out.

    Args:
        before: The book before the change.
        after: The book as it would be.
        found: What `check` says of `after`.

    Returns:
        The faults, each with its place, in the order of files and lines.
    """
    silent = {slug for slug, one in all_checks().items() if not one.of_changes}
    found = [item for item in found if item.check not in silent]
    errors = any(item.severity == "error" for item in found)
    known = check(before) if errors else []
    whole = [
        *lower_known(found, known, before.index, after.index),
        *check_change(before, after),
    ]
    return sorted(whole, key=lambda item: item.sort_key)


def _differing(before: Book, after: Book) -> Iterator[tuple[Record, Record]]:
    """Each record that was there before with what it is now, where its file differs."""
    now = {
        (old.kind, old.id): (new.kind, new.id)
        for of in before.index.entries.values()
        for old in of.values()
        if (new := after.index.find(old.kind, old.id)) and new.digest != old.digest
    }
    wanted = set(now.values())
    found = (
        {
            key: record
            for record in after.records()
            if (key := (record.kind.name, record.id)) in wanted
        }
        if now
        else {}
    )
    for record in before.records() if now else ():
        there = now.get((record.kind.name, record.id))
        if there in found:
            yield record, found[there]


def place(found: Iterable[Diagnostic], book: Book) -> list[Diagnostic]:
    """Diagnostics with their spans, in the order of files and lines."""
    places = Places(book.root)
    return sorted((places.fill(item) for item in found), key=lambda item: item.sort_key)


class _Dispatch:
    """The checks of one record, found once for each kind: those of a record of which nothing was
    refused, and those of any.
    """

    def __init__(self, checks: Iterable[Check]) -> None:
        self.checks = [check for check in checks if check.check_record]
        self.of_kind: dict[
            tuple[str, bool], list[tuple[Check, Callable[..., Iterable[Diagnostic]]]]
        ] = {}

    def check_record(self, record: Record, index: Index) -> Iterator[Diagnostic]:
        key = record.kind.name, bool(record.refused)
        if key not in self.of_kind:
            self.of_kind[key] = [
                (check, check.check_record)
                for check in self.checks
                if check.check_record and check.looks_at(record)
            ]
        for check, hook in self.of_kind[key]:
            yield from _run(check, hook, record, index, record=record)


def _run(
    check: Check,
    hook: Callable[..., Iterable[Diagnostic]],
    *of: Any,
    record: Record | None = None,
) -> Iterator[Diagnostic]:
    """What a function of a check finds, with the check's slug and severity."""
    try:
        for item in hook(*of):
            # what the check itself calls a warning stays one
            severity = "warning" if item.severity == "warning" else check.severity
            yield replace(item, check=check.slug, severity=severity)
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        item = _failure(record, f"{type(error).__name__}: {error}")
        yield replace(item, check=check.slug, severity=check.severity)


def _failure(record: Record | None, error: str) -> Diagnostic:
    """What is found where a check fails: on a record of another shape, if a co-op has replaced one
    of our kinds. It is no end of the run.

    Returns:
        An error at the record, or at coop.yml where the check was not at one.
    """
    if record is None:
        message = _("This check stumbled over the records as a whole ({error}).", error=error)
        return Diagnostic(
            "coop.yml", message, _("Compare the files in schemas/ with Coopbook's own.")
        )
    message = _("This check stumbled over the record ({error}).", error=error)
    return record.fault(
        message,
        help=_("Compare schemas/{kind}.schema.json with Coopbook's own.", kind=record.kind.name),
    )
