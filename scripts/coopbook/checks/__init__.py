"""One module a check: its name is the slug, its docstring the documentation, its functions do the
checking (`model.Check`).

`check_record(record, index)`, `check_index(index)`, `check_change(before, after)` (two indexes) and
`check_record_change(old, new, before)` (a record that differs) yield diagnostics, and so does
`check_books(before, after)` (two books whole); the runner stamps the check's slug and severity.
`KIND` says which records a check gets. Checks are pure: they touch neither disk nor clock.
`syntax`, `schema`, `invalid-record-type`, `unsafe-site-setting` and `hidden-by-git` are found while
reading; their modules hold the documentation alone.
"""

from __future__ import annotations

from .aliases import ALIASES, current_slugs
from .frozen import settled_records
from .model import Check
from .runner import (
    all_checks,
    check,
    check_change,
    check_new,
    check_record,
    check_settled,
    check_with_base,
    place,
)

__all__ = [
    "ALIASES",
    "Check",
    "all_checks",
    "check",
    "check_change",
    "check_new",
    "check_record",
    "check_settled",
    "check_with_base",
    "current_slugs",
    "place",
    "settled_records",
]
