"""What the cells of a line say, put into the fields of its columns. A cell that cannot be taken is
told, and the others of its line are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..base.messages import NOTHING, Message, _
from ..base.positions import Value
from ..records.core_kinds import MEMBER
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_ref
from ..records.index import Index
from .cells import Reader, Reading, is_month_first, read_login, read_region
from .columns import ID, Column, Target
from .fields import put, schema_of, value_of
from .plan import Line, Named, Plan, Source

_REGION, _COUNTRY = ("place", "region"), ("place", "country")


def read_lines(
    plan: Plan, sources: Sequence[Source], index: Index, for_all: Mapping[Target, str]
) -> None:
    """Read the cells of every line. Those that name other members wait for `read_named`.

    Args:
        plan: Its lines are filled in, in the order of their sources.
        sources: What each column of each line holds.
        index: The co-op.
        for_all: What every line is given that does not say it itself.
    """
    cells = _Cells(plan, Reader(index), _find_month_first(plan, sources, index))
    for line, source in zip(plan.lines, sources, strict=True):
        line.wanted = source.id
        for column in plan.columns:
            cells.take_cell(line, column, source.cells.get(column.at))
        for target, text in for_all.items():
            cells.take_for_all(line, target, text)


def read_named(plan: Plan, index: Index, find_member: Callable[[str], str | Message]) -> None:
    """Read the cells that name other members.

    Args:
        plan: Its lines.
        index: The co-op.
        find_member: The id of the member whom a name or an id means, or why it means nobody.
    """
    cells = _Cells(plan, Reader(index, find_member), {})
    for line in plan.standing:
        for column, target, cell in line.named:
            cells.take(line, column, target, cell)


class _Cells:
    """The cells of one table on their way into fields."""

    def __init__(self, plan: Plan, reader: Reader, month_first: Mapping[int, bool]) -> None:
        self.plan, self.reader, self.month_first = plan, reader, month_first
        self.kind = reader.index.kinds[MEMBER]

    def take_cell(self, line: Line, column: Column, cell: Value) -> None:
        cell = cell.strip() if isinstance(cell, str) else cell
        if cell in (None, "", [], {}) or column.aside:
            return
        if not column.target:
            self.plan.note(line, column.name, "homeless", cell, NOTHING)
        elif column.target == ID:
            line.wanted = str(cell)
            self.plan.taken[column.name] += 1
        elif _names_members(schema_of(self.kind, column.target)):
            line.named.append(Named(column.name, column.target, cell))
        else:
            month_first = self.month_first.get(column.at, False)
            self.take(line, column.name, column.target, cell, month_first=month_first)

    def take_for_all(self, line: Line, target: Target, text: str) -> None:
        if _names_members(schema_of(self.kind, target)):
            if all(one.target != target for one in line.named):
                line.named.append(Named("", target, text))
        elif value_of(line.value, target) is None:
            self.take(line, "", target, text)

    def take(
        self, line: Line, column: str, target: Target, cell: Value, *, month_first: bool = False
    ) -> None:
        """Put a cell into its field."""
        schema = schema_of(self.kind, target)
        read = self._read(cell, target, schema, month_first=month_first)
        for word, help in read.homeless:
            self.plan.note(line, column, "homeless", word, help)
        if read.refused:
            self.plan.note(line, column, "refused", cell, read.refused)
        if read.value is None:
            return
        if target == _REGION:
            read = self._part_country(line, column, read)
        value, target = self._fit(line, column, target, read.value, schema)
        if value is None:
            return
        self.plan.taken[column] += 1
        if read.changed:
            self.plan.note(line, column, "changed", cell, read.changed)
        had = value_of(line.value, target)
        if isinstance(had, list) and isinstance(value, list):
            value = [*had, *(item for item in value if item not in had)]
        line.origins[put(line.value, target, value)] = column

    def _read(self, cell: Value, target: Target, schema: Schema, *, month_first: bool) -> Reading:
        if target[0] == "accounts" and len(target) > 1 and isinstance(cell, str):
            return read_login(cell.strip(), schema)
        return self.reader.read(cell, schema, month_first=month_first)

    def _part_country(self, line: Line, column: str, read: Reading) -> Reading:
        """A region without the country that stands behind it, which goes into its own field."""
        region, country = read_region(str(read.value))
        if not country:
            return read
        if value_of(line.value, _COUNTRY) is None:
            line.origins[put(line.value, _COUNTRY, country)] = column
        return Reading(region, _("its country goes beside it"))

    def _fit(
        self, line: Line, column: str, target: Target, value: Value, schema: Schema
    ) -> tuple[Value, Target]:
        """A text that is too long for its line goes into the member's own words, where these are
        still empty.
        """
        most = schema.get("maxLength")
        if not isinstance(value, str) or not most or len(value) <= most:
            return value, target
        if target[0] == "headline" and len(target) == 2:
            longer: Target = ("bio", target[1])
            if value_of(line.value, longer) is None and not any(
                one.target == longer for one in self.plan.columns
            ):
                why = _("longer than {most} signs: it is put into bio", most=most)
                self.plan.note(line, column, "changed", value, why)
                return value, longer
        why = _("It is longer than {most} signs.", most=most)
        self.plan.note(line, column, "refused", value, why)
        return None, target


def _names_members(schema: Schema) -> bool:
    return MEMBER in (x_ref.of(schema), x_ref.of(schema.get("items") or {}))


def _find_month_first(plan: Plan, sources: Sequence[Source], index: Index) -> dict[int, bool]:
    """Of each column of days, whether the month stands first."""
    american = index.settings.country == "US"
    kind = index.kinds[MEMBER]
    found = {}
    for column in plan.columns:
        if schema_of(kind, column.target).get("format") != "date":
            continue
        told = is_month_first(str(source.cells.get(column.at) or "") for source in sources)
        found[column.at] = american if told is None else told
        if told and not american:
            plan.remarks.append(
                _("In “{column}” the month stands before the day.", column=column.name)
            )
    return found
