"""One module a check: its name is the slug, its docstring the documentation, its functions the checks.

`check_record(record, index)`, `check_index(index)`, `check_change(before, after)` (two indexes) and `check_record_change(before, after)` (a
record that differs) yield diagnostics; the runner stamps the
check's slug and its severity (`SEVERITY`, error when the module does not say). Checks are pure: they touch neither disk nor clock.
`syntax`, `schema` and `record-type` are found while reading; their modules hold the documentation alone.
"""

from __future__ import annotations

from .runner import all_checks, check, check_change, of_record, placed

__all__ = ["all_checks", "check", "check_change", "of_record", "placed"]
