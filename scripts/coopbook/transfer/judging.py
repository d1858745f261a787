"""What the check would say of the lines of a table: values that it would refuse are taken out and
told; a line that cannot do without them is refused with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .. import checks
from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.positions import Path, Value
from ..editing.mentions import content_of
from ..records.core_kinds import MEMBER
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_ref
from ..records.load import Book
from ..records.model import Kind, Record, dig, order_fields, parts_of
from ..records.opening import read_new, with_records
from ..yaml_files.editor import Unwritable, patch, render
from .fields import find_differences, overlay, whole_at
from .naming import tell_refused
from .plan import Line, Plan

_NEEDED = ("name", "type", "presence", "listed")
"""Fields that no record can do without."""


def judge_lines(plan: Plan, book: Book, there: Mapping[str, Record]) -> None:
    """Take out of each line what the check would refuse, and refuse what cannot be mended.

    A line is looked at again only after something was taken out of it: a chain of lines that name
    each other costs no more than as many that do not.

    Args:
        plan: Its lines have their ids.
        book: The co-op.
        there: The members who are there, by id.
    """
    kind = book.index.kinds[MEMBER]
    naming: dict[str, list[Line]] = defaultdict(list)
    for line in plan.standing:
        for _path, id in _find_names(line.value, kind.schema):
            naming[id].append(line)
    records: dict[str, Record] = {}
    waiting = plan.standing
    while waiting:
        _write_lines(waiting, book, there)
        again = []
        for line, faults in _find_wrong(waiting, records, book):
            _take_out(plan, line, faults, kind)
            again.append(line)
        for gone in [line for line in waiting if line.is_refused]:
            records.pop(gone.file, None)
            if gone.id not in there:
                again += _forget(plan, gone, naming[gone.id], kind)
        waiting = [line for line in dict.fromkeys(again) if not line.is_refused]


def _write_lines(lines: Sequence[Line], book: Book, there: Mapping[str, Record]) -> None:
    """Write the file of each line; one that cannot be written is refused."""
    kind = book.index.kinds[MEMBER]
    for line in lines:
        owner = there.get(line.id)
        if owner and owner.refused:
            line.refuse(_("{file} has faults of its own: mend them first.", file=owner.file))
            continue
        try:
            if owner:
                _write_over(line, owner, content_of(book, owner.file), kind)
            else:
                line.value = _in_order(line.value, kind.schema)
                line.data = render(line.value)
        except Unwritable as unwritable:
            line.refuse(unwritable.message)


def _write_over(line: Line, owner: Record, had: bytes, kind: Kind) -> None:
    """The file of somebody who is there, as the line would have it."""
    merged = overlay(owner.value, line.value)
    line.changes = tuple(find_differences(owner.value, merged))
    line.data = (
        patch(had, merged, front_matter=False, order=list(kind.properties)) if line.changes else had
    )


def _find_wrong(
    lines: Sequence[Line], records: dict[str, Record], book: Book
) -> list[tuple[Line, list[Diagnostic]]]:
    """The errors of records as the lines would make them, by line.

    Args:
        lines: Those that are looked at.
        records: The records of all lines, by file; those of these lines are put in.
        book: The co-op.
    """
    files = {line.file: line.data for line in lines if not line.is_refused}
    made, faults = read_new(book.index, files)
    records |= {record.file: record for record in made}
    more = with_records(book.index, records.values())
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in [*faults, *checks.check_new(made, more)]:
        if item.severity == "error":
            found[item.file].append(item)
    return [(line, found[line.file]) for line in lines if line.file in found]


def _take_out(plan: Plan, line: Line, faults: Sequence[Diagnostic], kind: Kind) -> None:
    """Take the values at fault out of a line; one that then names nobody, or whose fault lies
    elsewhere, is refused.
    """
    gone: dict[Path, Diagnostic] = {}
    for item in faults:
        path = item.path or ()
        while path and dig(line.value, *path) is None:
            path = path[:-1]
        if item.path and not path:
            path = next((one for one in line.origins if one[:1] == item.path[:1]), ())
        if not path or path[0] in _NEEDED:
            line.refuse(_("{fault} {help}", fault=item.message, help=item.help))
            return
        gone.setdefault(whole_at(path, kind), item)
    for path, item in gone.items():
        plan.leave_out(line, path, item.message)
    line.drop(list(gone))


def _forget(plan: Plan, gone: Line, lines: Sequence[Line], kind: Kind) -> Iterator[Line]:
    """Take the name of somebody whose line is refused out of those that name it; these lines."""
    for line in lines:
        paths = [
            whole_at(path, kind)
            for path, named in _find_names(line.value, kind.schema)
            if named == gone.id
        ]
        if line.is_refused or not paths:
            continue
        for path in paths:
            plan.leave_out(line, path, tell_refused(gone))
        line.drop(paths)
        yield line


def _find_names(value: Value, schema: Schema, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The members whom a value names, each with its place."""
    if x_ref.of(schema) == MEMBER and isinstance(value, str):
        yield path, value
    for step, part, inner in parts_of(value, schema):
        yield from _find_names(part, inner, (*path, step))


def _in_order(value: Value, schema: Schema) -> Value:
    """A value with its fields, and those within them, in the order of the schema."""
    if isinstance(value, dict) and "properties" in schema:
        value = order_fields(value, schema)
    if isinstance(value, dict):
        return {name: _in_order(item, part) for name, item, part in parts_of(value, schema)}
    if isinstance(value, list):
        return [_in_order(item, part) for _step, item, part in parts_of(value, schema)]
    return value
