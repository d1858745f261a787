"""Run the checks over a book, and over a change of one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..base.diagnostics import Diagnostic, Severity
from ..base.messages import _
from ..base.parallel import spread
from ..records.excerpts import Places
from ..records.index import Index
from ..records.load import Book, Progress
from ..records.model import Record


@lru_cache(maxsize=1)
def all_checks() -> dict[str, ModuleType]:
    """Every check by its slug."""
    found = {
        name.rpartition(".")[2].replace("_", "-"): name
        for _finder, name, is_package in pkgutil.walk_packages(
            [str(Path(__file__).parent)], f"{__package__}."
        )
        if not is_package and name.rpartition(".")[0] != __package__
    }
    return {slug: importlib.import_module(found[slug]) for slug in sorted(found)}


def check(
    book: Book, *, only: str = "", progress: Progress = lambda count: None
) -> list[Diagnostic]:
    """All that is wrong with a book, placed and sorted. `only` runs one rule (what was found while reading is always told)."""
    rules = {slug: module for slug, module in all_checks().items() if not only or slug == only}
    found = list(book.found)
    records = {
        slug: module.check_record
        for slug, module in rules.items()
        if hasattr(module, "check_record")
    }

    def check_chunk(chunk: int) -> list[Diagnostic]:
        return [
            item
            for record in book.spool.records(chunk)
            for item in _check_record(record, book.index, records)
        ]

    for wrong in spread(
        check_chunk, range(book.spool.chunks), book.jobs if book.spool.chunks > 4 else 1
    ):
        found += wrong
        progress(1)
    for slug, module in rules.items():
        if hasattr(module, "check_index"):
            found += _stamped(slug, _guarded(module.check_index, book.index))
    return placed(found, book)


def of_record(record: Record, index: Index) -> list[Diagnostic]:
    """What the rules say of one record alone, such as one that is not written yet."""
    return list(
        _check_record(
            record,
            index,
            {
                slug: module.check_record
                for slug, module in all_checks().items()
                if hasattr(module, "check_record")
            },
        )
    )


def check_change(before: Book, after: Book) -> list[Diagnostic]:
    """What the rules say of the way from one book to another."""
    found = [
        item
        for slug, module in all_checks().items()
        if hasattr(module, "check_change")
        for item in _stamped(slug, _guarded(module.check_change, before.index, after.index))
    ]
    rules = {
        slug: module.check_record_change
        for slug, module in all_checks().items()
        if hasattr(module, "check_record_change")
    }
    found += [
        item
        for old, new in _differing(before, after)
        for slug, rule in rules.items()
        for item in _stamped(slug, _guarded(rule, old, new, record=new))
    ]
    return placed(found, after)


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


def placed(found: Iterable[Diagnostic], book: Book) -> list[Diagnostic]:
    """Diagnostics with their spans, in the order of files and lines."""
    places = Places(book.root)
    return sorted((places.fill(item) for item in found), key=lambda item: item.sort_key)


def _check_record(
    record: Record, index: Index, rules: dict[str, Callable[[Record, Index], Iterable[Diagnostic]]]
) -> Iterator[Diagnostic]:
    for slug, rule in rules.items():
        yield from _stamped(slug, _guarded(rule, record, index, record=record))


def _guarded(
    rule: Callable[..., Iterable[Diagnostic]], *of: Any, record: Record | None = None
) -> Iterator[Diagnostic]:
    try:
        yield from rule(*of)
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        yield _stumbled(record, f"{type(error).__name__}: {error}")


def _stumbled(record: Record | None, error: str) -> Diagnostic:
    """Where a co-op has replaced one of our kinds, a rule may meet a record of another shape: a finding, not the end of the run."""
    if record is None:
        message = _("This check stumbled over the records as a whole ({error}).", error=error)
        return Diagnostic(
            "coop.yml", message, _("Compare the files in schemas/ with Coopbook's own.")
        )
    message = _("This check stumbled over the record ({error}).", error=error)
    return record.error(
        message,
        help=_("Compare schemas/{kind}.schema.json with Coopbook's own.", kind=record.kind.name),
    )


def _stamped(slug: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    severity: Severity = getattr(all_checks()[slug], "SEVERITY", "error")
    return (replace(item, check=slug, severity=severity) for item in found)
