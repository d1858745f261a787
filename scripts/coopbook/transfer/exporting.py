"""Members as one table, a line a member, which `import members` takes back as it is: each field in
a column of its path, so that nothing is lost on the way.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from ..base.positions import Value
from ..records.dialect.shared import Schema
from ..records.model import Record

ID = "id"
_FORMULA = re.compile("^'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet would take for a formula, or would be taken for one without its apostrophe."""
_BETWEEN = re.compile(r"[;|\n]|^\[|^\s|\s$")


def write_table(records: Iterable[Record], schema: Schema, separator: str) -> str:
    """Records as CSV (RFC 4180).

    Args:
        records: Of one kind, in their order.
        schema: That of the kind: its fields give the order of the columns.
        separator: What stands between two columns.
    """
    rows = [{ID: record.id} | dict(_cells(record.value, schema, "")) for record in records]
    used = {name for row in rows for name in row}
    names = [ID, *(name for name in _columns(schema, "", used) if name in used)]
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_guard(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue()


def _guard(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _columns(schema: Schema, above: str, used: set[str]) -> Iterator[str]:
    """The columns of a schema in the order of its fields; of a map, those that are used."""
    for name, part in schema.get("properties", {}).items():
        path = f"{above}{name}"
        if part["type"] != "object":
            yield path
        elif "properties" in part:
            yield from _columns(part, f"{path}.", used)
        else:
            yield from sorted(one for one in used if one.startswith(f"{path}."))


def _cells(value: Mapping[str, Value], schema: Schema, above: str) -> Iterator[tuple[str, str]]:
    """The cells of a record by their columns."""
    for name, part in value.items():
        inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties") or {}
        path = f"{above}{name}"
        if isinstance(part, dict):
            yield from _cells(part, inner, f"{path}.")
        else:
            yield path, _cell(part)


def _cell(value: Value) -> str:
    """A value as a cell has it: words of a list with ; between them, fields within a list as our
    files write them on one line.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        plain = all(isinstance(item, str) and not _BETWEEN.search(item) for item in value)
        return "; ".join(value) if plain and value else json.dumps(value, ensure_ascii=False)
    return str(value).rstrip()
